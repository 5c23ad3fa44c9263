"""The redline for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from klartekst.redline.outline import Outline, Part
from klartekst.redline.values import Redline
from klartekst.redline.words import Words, on_one_line

_COLOURS = {"deleted": "31;9", "moved_away": "33;9", "added": "32;4", "moved_here": "36;4"}
_SIGNS = {
    "deleted": ("[-", "-]"),
    "moved_away": ("[-", "-]"),
    "added": ("{+", "+}"),
    "moved_here": ("{+", "+}"),
}


def as_text(redline: Redline, words: Words, *, colour: bool = False) -> str:
    """What changed, section by section; ``[-deleted-]{+added+}``, or ANSI colours as well.

    Nothing of the text reaches the terminal as a command. Ends in a line feed.
    """
    outline = Outline(redline, words)
    lines = []
    if title := outline.title():
        lines += [_line(title, colour), ""]
    for chapter in outline.chapters():
        notes = f" ({', '.join(map(on_one_line, chapter.notes))})" if chapter.notes else ""
        lines.append(_bold(_line(chapter.heading, colour), colour) + notes)
        lines += [f"  - {_line(line, colour)}" for line in chapter.lines]
        lines.append("")
    return "\n".join(lines) or f"{words.no_changes}\n"


def _line(parts: Iterable[Part], colour: bool) -> str:
    return "".join(_part(part, colour) for part in parts).strip()


def _part(part: Part, colour: bool) -> str:
    text = on_one_line(part.text)
    if part.kind == "equal" or not text.strip():
        return text
    before, after = _SIGNS[part.kind]
    bare = text.strip()
    where = f" ({on_one_line(part.where)})" if part.where else ""
    shown = f"{before}{bare}{after}{where}"
    if colour:
        shown = f"\x1b[{_COLOURS[part.kind]}m{shown}\x1b[0m"
    start = text.index(bare)
    return text[:start] + shown + text[start + len(bare) :]


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text
