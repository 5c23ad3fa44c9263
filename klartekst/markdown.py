"""Markdown as a text tool: front matter apart, faults of the source found, HTML made.

Raw HTML and dangerous links are refused in the *source*, where the line and column are known. What
`convert` returns may hold the marks that `klartekst.render.merge` put there for merged values; they
pass through untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from klartekst.problems import Place, Problem

if TYPE_CHECKING:
    import markdown

ALLOWED_SCHEMES = ("https", "http", "mailto", "tel", "page")
"""What a link may begin with; ``page:privacy#rights`` points at a page of this site by its id."""

_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[`~]*[ ]*$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_RAW_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s>]*>)(?![^\s<>@]+@[^\s<>]+>)")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s{0,3}\[[^\]]+\]:\s*<?(\S+)", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_HEADING_ID = re.compile(r"\s*\{#([^}]*)\}$")
_GOOD_ID = re.compile(r"[a-z][a-z0-9-]*")


def split_front_matter(text: str) -> tuple[str, str, int] | None:
    """The YAML between the two lines of ``---``, the body, and the line on which the body begins.

    None where the text does not begin with such a block, or never closes it.
    """
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not match:
        return None
    return match[1], text[match.end():], text[: match.end()].count("\n") + 1


def lint(body: str, file: str, first_line: int) -> Iterator[Problem]:
    """Every fault in the Markdown source `body`, which begins on `first_line` of `file`."""
    text = _blank(_blank(body, _FENCE), _CODE_SPAN)
    prose = _blank(text, _JINJA)

    def place(offset: int) -> Place:
        line_start = text.rfind("\n", 0, offset) + 1
        return Place(file, first_line + text.count("\n", 0, offset), offset - line_start + 1)

    for match in _RAW_HTML.finditer(prose):
        yield Problem(place(match.start()), "raw-html", "raw HTML is not allowed in a text",
                      "write Markdown; for a plain “<” write “&lt;”")
    for match in _LINK.finditer(prose):
        group = 1 if match[1] is not None else 2
        if bad := _bad_link(match[group]):
            yield Problem(place(match.start(group)), "bad-link", bad, _LINK_HINT)
    yield from _heading_faults(text, place)


_LINK_HINT = "link to https://…, mailto:…, tel:…, page:<id of a page> or #<id of a section>"


def _bad_link(target: str) -> str:
    # Browsers skip white space and control characters in a scheme, and so must this.
    scheme = re.match(r"([^/?#]*?):", re.sub(r"[\s\x00-\x1f]|&\w+;|&#\w+;", "", target))
    if scheme and scheme[1].lower() not in ALLOWED_SCHEMES:
        return f"a link may not begin with “{scheme[1]}:”"
    return "a link names a page by its id, not by its path" if target.startswith("/") else ""


def _heading_faults(text: str, place: _Locate) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for match in _HEADING.finditer(text):
        here, level, id_match = place(match.start()), len(match[1]), _HEADING_ID.search(match[2])
        if level == 1:
            yield Problem(here, "heading-level", "the title stands in the front matter",
                          "begin sections with “##”")
        if id_match is None:
            if level == 2:
                yield Problem(here, "missing-section-id", "the section has no id",
                              "end the heading with one, the same in every language: {#rights}")
            continue
        at = place(match.start(2) + id_match.start(1))
        name = id_match[1]
        if not _GOOD_ID.fullmatch(name):
            yield Problem(at, "bad-section-id", f"“{name}” cannot be the id of a section",
                          "use small letters, digits and hyphens: {#your-rights}")
        if first := seen.get(name):
            yield Problem(at, "duplicate-section-id", f"the id “{name}” is taken, see {first}",
                          "give each section an id of its own")
        seen.setdefault(name, at)


if TYPE_CHECKING:
    from collections.abc import Callable

    _Locate = Callable[[int], Place]


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """`text` with all that `pattern` finds overwritten by spaces: every offset stays."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def convert(text: str) -> str:
    """The HTML of a Markdown text. Headings carry the ids that ``{#id}`` gives them."""
    converter = _converter()
    converter.reset()
    return str(converter.convert(text))


@cache
def _converter() -> markdown.Markdown:
    # Imported late: a build that finds every text in its cache never needs it.
    import markdown
    from markdown.treeprocessors import Treeprocessor

    class HeadingIds(Treeprocessor):
        """Moves ``{#id}`` from the end of a heading into its id attribute."""

        def run(self, root: Element) -> None:
            for element in root.iter():
                if re.fullmatch("h[1-6]", element.tag):
                    _take_id(element)

    class Tables(Treeprocessor):
        """Dresses tables as those that the layouts make, once their cells are converted."""

        def run(self, root: Element) -> None:
            for parent in list(root.iter()):
                for i, element in enumerate(parent):
                    if element.tag == "table":
                        parent[i] = _dressed(element)

    converter = markdown.Markdown(extensions=["tables", "sane_lists", "def_list"])
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.inlinePatterns.deregister("automail")
    converter.treeprocessors.register(HeadingIds(converter), "heading-ids", 100)
    converter.treeprocessors.register(Tables(converter), "tables", 15)
    return converter


if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def _take_id(heading: Element) -> None:
    holder = heading[-1] if len(heading) else heading
    text = (holder.tail if len(heading) else holder.text) or ""
    match = _HEADING_ID.search(text)
    if not match:
        return
    heading.set("id", match[1])
    if len(heading):
        holder.tail = text[: match.start()]
    else:
        holder.text = text[: match.start()]


_ROLES = {
    "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row",
    "th": "columnheader", "td": "cell",
}
_ALIGNED = {"text-align: right;": "end", "text-align: center;": "center"}


def _dressed(table: Element) -> Element:
    """The table as ``layouts/partials/tables.html`` writes one, so that its rows become cards too.

    Alignment becomes a class: the pages' policy allows no style attribute.
    """
    labels = ["".join(heading.itertext()) for heading in table.iter("th")]
    for element in table.iter():
        if role := _ROLES.get(element.tag):
            element.set("role", role)
        if aligned := _ALIGNED.get(element.attrib.pop("style", "")):
            element.set("class", aligned)
    for row in table.iter("tr"):
        for label, cell in zip(labels, row, strict=False):
            cell.set(*(("scope", "col") if cell.tag == "th" else ("data-label", label)))
    wrapper = table.makeelement("div", {"class": "table"})
    wrapper.append(table)
    return wrapper
