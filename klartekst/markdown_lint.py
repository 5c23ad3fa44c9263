"""Faults of a Markdown text, found in its source, where the line and the column are known.

What is refused here cannot be found in the finished HTML any more: raw HTML, dangerous links,
headings that no reference could reach. `klartekst.markdown` makes nothing dangerous of them either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from klartekst.markdown import HEADING_ID, LINK_HINT, MAIL, bad_link
from klartekst.problems import Place, Problem

_Locate = Callable[[int], Place]

# Longer spans are possible, but where a line begins anew the block may be another one.
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)")
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{!--.*?--\}", re.DOTALL)
_PAIRS = {"]": "[", ")": "(", "}}": "{{", "%}": "{%", "--}": "{!--", "}": "{#", ">": "<"}
_BRACKET = re.compile(r"\{\{|\}\}|\{%|%\}|\{!--|--\}|\{#|[\[\]()}>]|<(?![\s\d])|\n\n")
_MOST_OPEN = 100
_RUNS = (" " * 500, "`" * 20)
_LONGEST_LINE, _MOST_LINES, _MOST_MARKS, _MOST_MARKS_OF_LINE = 10_000, 5_000, 5_000, 1_000
_RAW_HTML = re.compile(rf"(?<!\]\()(?<!\]: )<(?=[A-Za-z/!?])(?!(?i:https?)://[^\s<>]*>)(?!{MAIL}>)")
_LINK = re.compile(r"(?<!\\)\]\([ \t\n]*<?([^)\s>]*)")
_REFERENCE = re.compile(
    r"^[ \t>*+:-]*(?:\d+\.[ \t]+)?\[[^\[\]\n]*\]:[ ]*\n?[ ]*<?([^\s>]*)", re.MULTILINE
)
_IMAGE = re.compile(r"!\[")
_HEADING = re.compile(r"^(#{1,6})[ \t]*(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_INNER_HEADING = re.compile(r"^(?:[ \t>*+:-]|\d+\.[ \t])+(#{1,6}(?!#))", re.MULTILINE)
_UNDERLINED = re.compile(r"(?:\A|(?<=\n\n))[ \t]*[^\s#|>*+-][^\n]*\n([=-]+)[ \t]*$", re.MULTILINE)
# Twenty levels; the converter fails at more.
_TOO_DEEP = re.compile(
    r"^(?:[ \t>]{80}|[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}\.)[ \t]+){21})", re.MULTILINE
)
_BEGINNING = "(?:https?://|mailto:|tel:|page:|#)"


class _Fault(NamedTuple):
    """What is wrong wherever a pattern finds something; its first group is the place."""

    pattern: re.Pattern[str]
    code: str
    message: str
    hint: str


_SLIPS = (
    _Fault(
        re.compile(r"^[ \t]*([•·▪●◦‣]|[–—]\t)", re.MULTILINE), "pasted-list",
        "this sign makes no list", "begin each item with “- ”, after an empty line",
    ),
    _Fault(
        re.compile(rf"\][ \t]+(\({_BEGINNING}[^()\s]*\))"), "bad-link",
        "a space stands between the text of a link and its address", "remove it: [text](address)",
    ),
    _Fault(
        re.compile(rf"\]\(({_BEGINNING}[^()\s<>]*[ \t]+(?![\"'\s)])[^()\n]*)\)"),
        "bad-link", "the address of a link holds a space", "write “%20” in its place",
    ),
    _Fault(
        re.compile(r"(?<![{\w])(\{[ ]?[a-z_]+(?:\.\w+)+[ ]?\})(?!\})"), "single-brace",
        "a value is named between two braces on each side", "write {{ controller.email }}",
    ),
)  # fmt: skip
"""What people type or paste that Markdown takes for plain words."""
_GOOD_ID = re.compile(r"[a-z][a-z0-9-]*")


def endless(body: str, file: str, first_line: int) -> Iterator[Problem]:
    """Shapes that no text for people has, and over which its reading would take for ever.

    Nothing else looks at a text in which there is one; the arguments are those of `lint`.
    """
    if (offset := _endless_from(body)) is not None:
        message = "what begins here is too long: a line, a paragraph or list, or a run of one sign"
        hint = "write shorter paragraphs and lists, with an empty line between them"
        yield Problem(_at(body, offset, file, first_line), "endless-text", message, hint)
    if max(map(body.count, _PAIRS.values())) <= _MOST_OPEN:
        return
    still_open = dict.fromkeys(_PAIRS.values(), 0)
    for match in _BRACKET.finditer(body):
        sign = match[0]
        if sign == "\n\n":  # what is opened in one paragraph is looked for in no other
            still_open.update(dict.fromkeys("[(<", 0))
        elif sign in still_open:
            still_open[sign] += 1
            if still_open[sign] > _MOST_OPEN:
                message = f"“{sign}” is opened here for the hundredth time and was never closed"
                place = _at(body, match.start(), file, first_line)
                yield Problem(place, "endless-text", message, "close each where it ends")
                return
        else:
            still_open[_PAIRS[sign]] = max(0, still_open[_PAIRS[sign]] - 1)


def _endless_from(body: str) -> int | None:
    """Where a run of blanks or backticks begins that is too long, or a line or block that is."""
    blank = body.replace("\t", " ")
    for run in _RUNS:
        if (start := blank.find(run)) >= 0:
            return start
    offset = 0
    for block in body.split("\n\n"):
        if len(block) > _MOST_MARKS_OF_LINE:
            lines = block.split("\n")
            if len(lines) > _MOST_LINES or _marks(block) > _MOST_MARKS:
                return offset
            for line in lines:
                if len(line) > _LONGEST_LINE or _marks(line) > _MOST_MARKS_OF_LINE:
                    return offset + block.index(line)
        offset += len(block) + 2
    return None


def _marks(text: str) -> int:
    """How many signs may begin emphasis, code or an entity."""
    return sum(map(text.count, "*_`&\\"))


def _at(body: str, offset: int, file: str, first_line: int) -> Place:
    line_start = body.rfind("\n", 0, offset) + 1
    return Place(file, first_line + body.count("\n", 0, offset), offset - line_start + 1)


def lint(body: str, file: str, first_line: int) -> Iterator[Problem]:
    """Every fault in the Markdown source `body`, which begins on `first_line` of `file`."""
    text = _without_code(body)
    prose = _blank(text, _JINJA)

    def place(offset: int) -> Place:
        return _at(text, offset, file, first_line)

    for match in _RAW_HTML.finditer(prose):
        message, hint = (
            "raw HTML is not allowed in a text",
            "write Markdown; for a plain “<” write “&lt;”",
        )
        yield Problem(place(match.start()), "raw-html", message, hint)
    for match in _IMAGE.finditer(prose):
        message = "a text cannot hold a picture"
        yield Problem(
            place(match.start()), "no-picture", message, "link to it, or put it into a layout"
        )
    for offset, target in links(body):
        if fault := bad_link(target):
            yield Problem(place(offset), "bad-link", fault, LINK_HINT)
    for slip in _SLIPS:
        for match in slip.pattern.finditer(prose):
            yield Problem(place(match.start(1)), slip.code, slip.message, slip.hint)
    for match in _TOO_DEEP.finditer(text):
        message, hint = "this is indented too far", "nest lists less deep"
        yield Problem(place(match.start()), "too-deep", message, hint)
    yield from _heading_faults(body, place)


def links(body: str) -> Iterator[tuple[int, str]]:
    """The target of every link in the source and its offset; those made of data are left out."""
    text = _without_code(body)
    for pattern in (_LINK, _REFERENCE):
        for match in pattern.finditer(text):
            if "{{" not in match[1]:
                yield match.start(1), match[1]


def section_ids(body: str) -> dict[str, int]:
    """The ids that the headings of the source carry, in order, and the offset of each."""
    return {
        found[1]: match.start(2) + found.start(1) - 2
        for match in _HEADING.finditer(body)
        if (found := HEADING_ID.search(match[2]))
    }


def _without_code(body: str) -> str:
    return _blank(body, _CODE_SPAN)


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """`text` with all that `pattern` finds overwritten by spaces: every offset stays."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _heading_faults(text: str, place: _Locate) -> Iterator[Problem]:
    for match in _INNER_HEADING.finditer(text):
        message, hint = "a heading stands at the start of a line", "move it out, or remove the “#”"
        yield Problem(place(match.start(1)), "heading-form", message, hint)
    for match in _UNDERLINED.finditer(text):
        message, hint = (
            "a line of signs under a text makes it a heading",
            ("begin a heading with “##”; put an empty line before a rule"),
        )
        yield Problem(place(match.start(1)), "heading-form", message, hint)
    previous = 1
    for match in _HEADING.finditer(text):
        level = len(match[1])
        if level == 1:
            message, hint = "the title stands in the front matter", "begin sections with “##”"
            yield Problem(place(match.start()), "heading-level", message, hint)
        elif level > previous + 1:
            message, hint = (
                f"a heading of level {level} under one of {previous}",
                "leave no level out",
            )
            yield Problem(place(match.start()), "heading-level", message, hint)
        previous = max(level, 2)
    yield from _id_faults(text, place)


def _id_faults(text: str, place: _Locate) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for match in _HEADING.finditer(text):
        found = HEADING_ID.search(match[2])
        if found is None:
            if len(match[1]) == 2:
                hint = "end the heading with one, the same in every language: {#rights}"
                yield Problem(
                    place(match.start()), "missing-section-id", "the section has no id", hint
                )
            continue
        name, at = found[1], place(match.start(2) + found.start(1) - 2)
        if found.start() == 0:
            yield Problem(
                at, "empty-heading", "the heading has no words", "write some before the id"
            )
        if not _GOOD_ID.fullmatch(name):
            hint = "use small letters, digits and hyphens: {#your-rights}"
            yield Problem(at, "bad-section-id", f"“{name}” cannot be the id of a section", hint)
        if first := seen.get(name):
            hint = "give each section an id of its own"
            message = f"the id “{name}” is taken, see {first}"
            yield Problem(at, "duplicate-section-id", message, hint)
        seen.setdefault(name, at)
