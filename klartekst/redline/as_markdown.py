"""The redline for a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable

from klartekst.redline.outline import Outline, Part
from klartekst.redline.values import Redline
from klartekst.redline.words import Words, on_one_line

_SPECIAL = re.compile(r"([\\`*_~\[\]<>#|&$!])")
_JOINER = "\u2060"
"""A word joiner: seen by nobody, and neither a letter, a space nor a sign."""

# A backslash hides these from Markdown, but GitHub looks for them in what Markdown has made:
# @name tells somebody, #12 and GH-12 and addresses link to places, :name: becomes a picture.
_CALLS = re.compile(r"([@#:]|GH-|www\.|//)(?=\S)", re.IGNORECASE)
_FIRST = re.compile(r"^(\d*)([.)+=-])")  # what begins a list or underlines a heading


def as_markdown(redline: Redline, words: Words) -> str:
    """What changed, section by section: ``~~deleted~~ **added**``. Ends in a line feed.

    Nothing in the text acts as Markdown or HTML, calls a person or links to an issue.
    """
    outline = Outline(redline, words)
    blocks = []
    if title := outline.title():
        blocks.append(f"## {_line(title)}")
    for chapter in outline.chapters():
        notes = f" ({', '.join(map(escaped, chapter.notes))})" if chapter.notes else ""
        blocks.append(f"### {_line(chapter.heading)}{notes}")
        if lines := [f"- {_line(line)}" for line in chapter.lines]:
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks or [escaped(words.no_changes)]) + "\n"


def _line(parts: Iterable[Part]) -> str:
    line = ""
    for part in parts:
        shown = _part(part)
        # “~~old~~ **new**” is read more easily than “~~old~~**new**”.
        line += f" {shown}" if part.kind != "equal" and line.endswith("~~") else shown
    line = line.strip()
    return _FIRST.sub(r"\1\\\2", line)


def _part(part: Part) -> str:
    text = on_one_line(part.text)
    bare = text.strip()
    if part.kind == "equal" or not bare:
        return escaped(text)
    sign = "~~" if part.kind in ("deleted", "moved_away") else "**"
    # Next to a comma or a bracket Markdown would not take the sign for one.
    before = "" if bare[0].isalnum() else _JOINER
    after = "" if bare[-1].isalnum() else _JOINER
    where = f" _({escaped(part.where)})_" if part.where else ""
    shown = f"{sign}{before}{escaped(bare)}{after}{sign}{where}"
    start = text.index(bare)
    return text[:start] + shown + text[start + len(bare) :]


def harmless(text: str) -> str:
    """The text on one line, so that GitHub finds no name to call and no place to link to in it."""
    return _CALLS.sub(rf"\1{_JOINER}", on_one_line(text))


def escaped(text: str) -> str:
    """The same, and nothing in it acts as Markdown or HTML; not for the start of a line."""
    return _SPECIAL.sub(r"\\\1", harmless(text))
