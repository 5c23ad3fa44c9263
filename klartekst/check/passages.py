"""The texts of a site in passages, of which every character knows where it was typed.

A passage is a heading, a paragraph, a list item, a cell of a table, or a text of the data files.
What was merged into it from the data belongs to the place in the data file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

from klartekst.model import Page
from klartekst.problems import Place

Kind = Literal["heading", "paragraph", "item", "cell", "data", "front"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, from offset `start`.

    `moves` tells whether each character stands one column after the one before; `kind` is
    ``typed`` (in the text itself), ``code`` or ``merged`` (it came from the data).
    """

    start: int
    place: Place
    moves: bool
    kind: Literal["typed", "code", "merged"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a passage: where it leads, and what it is called."""

    target: str
    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A text for people in one language, in pieces that know their places.

    `level` and `id` belong to headings; `block` is the name of a layout's table or list that the
    passage stands for, which has no text here.
    """

    language: str
    kind: Kind
    text: str
    pieces: tuple[Piece, ...]
    level: int = 0
    id: str = ""
    links: tuple[Link, ...] = ()
    block: str = ""

    def piece(self, offset: int) -> Piece:
        """The piece in which the character at `offset` lies."""
        found = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        return self.pieces[max(found, 0)]

    def at(self, offset: int) -> Place:
        """Where the character at `offset` was typed."""
        piece = self.piece(offset)
        shift = offset - piece.start if piece.moves else 0
        return Place(piece.place.file, piece.place.line, piece.place.column + shift)

    @property
    def start(self) -> Place:
        """Where the passage begins."""
        return self.at(0)


Value = Callable[[str], tuple[str, Place, bool]]
"""Gives the text of an expression, its place in the data, and whether columns are exact there."""

_TOKEN = re.compile(
    r"\{\{[-+]?\s*(?P<value>.*?)\s*[-+]?\}\}"
    r"|(?P<drop>\{%.*?%\}|\{!--.*?--\}|\s*\{#[^}]*\}\s*$)"
    r"|(?P<fence>`+)(?P<code>.+?)(?P=fence)"
    r"|\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\(\s*<?(?P<target>[^)\s>]*)[^)]*\)"
    r"|<(?P<auto>[^<>\s]+[:@][^<>\s]+)>"
    r"|(?P<mark>\*{1,3}|(?<![A-Za-z0-9_*])_{1,2}(?=[^\s_])[^_]*?(?<=[^\s_])_{1,2}(?![A-Za-z0-9_*]))"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<newline>[ \t]*\n[ \t]*)"
    r"|(?P<entity>&(?:\w+|\#\d+);)",
    re.DOTALL,
)
_FIRST = re.compile(r"[{`\[<*_\\\n&]")
"""With what a token begins, but for white space before it."""
_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)]|>|:)[ \t]+")
_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*$")
_ID = re.compile(r"\{#([^}]*)\}\s*$")
_BLOCK = re.compile(r"\s*\{\{\s*block\.(\w+)\s*\}\}\s*$")


class Reader:
    """Cuts the Markdown of one page into passages."""

    def __init__(self, page: Page, value: Value) -> None:
        """`value` resolves expressions in the page's language."""
        self.page = page
        self.value = value
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", page.body))]

    def place(self, offset: int) -> Place:
        """The place in the file of an offset in the page's body."""
        line = bisect_right(self._line_starts, offset) - 1
        return self.page.place(self.page.body_line + line, offset - self._line_starts[line] + 1)

    def read(self) -> Iterator[Passage]:
        """The passages in the order of the page."""
        kind: Kind = "paragraph"
        start = end = 0
        for match in _LINE.finditer(self.page.body):
            line = match[0].rstrip("\n")
            item = _ITEM.match(line)
            if line.strip() and not item and line[0] not in "#|" and start < end:
                end = match.start() + len(line)  # the paragraph or item goes on
                continue
            if start < end:
                yield self._passage(start, end, kind)
            start = end = match.end()
            if line.startswith("#") and (heading := _HEADING.match(line)):
                yield self._heading(heading, match.start())
            elif line.startswith("|"):
                yield from self._row(line, match.start())
            elif line.strip():
                kind = "item" if item else "paragraph"
                start = match.start() + (item.end() if item else 0)
                end = match.start() + len(line)
        if start < end:
            yield self._passage(start, end, kind)

    def _heading(self, match: re.Match[str], offset: int) -> Passage:
        name = _ID.search(match[2])
        start, end = offset + match.start(2), offset + match.end(2)
        passage = self._passage(start, end, "heading")
        return Passage(
            passage.language, "heading", passage.text, passage.pieces, len(match[1]),
            name[1] if name else "", passage.links,
        )  # fmt: skip

    def _row(self, line: str, offset: int) -> Iterator[Passage]:
        if _RULE.match(line):
            return
        for cell in re.finditer(r"(?<=\|)(?:[^|\\`]|\\.|`[^`]*`)+", line):
            text = cell[0]
            start = offset + cell.start() + len(text) - len(text.lstrip())
            if text.strip():
                yield self._passage(start, offset + cell.start() + len(text.rstrip()), "cell")

    def _passage(self, start: int, end: int, kind: Kind) -> Passage:
        source = self.page.body[start:end]
        if block := _BLOCK.fullmatch(source):
            piece = Piece(0, self.place(start), False, "merged")
            return Passage(self.page.language, kind, "", (piece,), block=block[1])
        building = _Building(self)
        building.add(source, start)
        pieces = building.pieces or [Piece(0, self.place(start), True, "typed")]
        text = "".join(building.texts)
        return Passage(self.page.language, kind, text, tuple(pieces), links=tuple(building.links))


class _Building:
    """A passage in the making."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.texts: list[str] = []
        self.pieces: list[Piece] = []
        self.links: list[Link] = []
        self.length = 0

    def put(self, text: str, piece: Piece) -> None:
        """Append `text`."""
        if text:
            self.texts.append(text)
            self.pieces.append(piece)
            self.length += len(text)

    def typed(self, text: str, offset: int, kind: Literal["typed", "code"] = "typed") -> None:
        """Append what stands in the body at `offset`."""
        self.put(text, Piece(self.length, self.reader.place(offset), True, kind))

    def add(self, source: str, offset: int) -> None:
        """Append a piece of Markdown that stands at `offset`."""
        at = 0
        for match in _tokens(source):
            self.typed(source[at : match.start()], offset + at)
            self._token(match, offset)
            at = match.end()
        self.typed(source[at:], offset + at)

    def _token(self, match: re.Match[str], offset: int) -> None:
        kind = match.lastgroup
        if match["value"] is not None:
            text, place, exact = self.reader.value(match["value"])
            at = self.reader.place(offset + match.start())
            known = place.file != ""
            self.put(text, Piece(self.length, place if known else at, exact and known, "merged"))
        elif match["code"] is not None:
            self.typed(match["code"], offset + match.start("code"), "code")
        elif match["target"] is not None:
            self._link(match, offset)
        elif kind == "mark" and match[0].startswith("_"):
            inner = match[0].strip("_")
            self.typed(inner, offset + match.start() + match[0].index(inner))
        elif kind in ("auto", "escaped"):
            self.typed(match[kind], offset + match.start(kind))
        elif kind == "newline":
            self.typed(" ", offset + match.start())
        elif kind == "entity":
            self.typed(unescape(match[0]), offset + match.start())

    def _link(self, match: re.Match[str], offset: int) -> None:
        before = self.length
        self.add(match["label"], offset + match.start("label"))
        label = "".join(self.texts)[before:]
        place = self.reader.place(offset + match.start())
        self.links.append(Link(match["target"], label, place))


def _tokens(source: str) -> Iterator[re.Match[str]]:
    """All that ``_TOKEN.finditer`` finds, tried only where a token can begin."""
    at = 0
    while first := _FIRST.search(source, at):
        before = source[at : first.start()]
        starts = {at + len(before.rstrip()), at + len(before.rstrip(" \t")), first.start()}
        matches = (_TOKEN.match(source, start) for start in sorted(starts))
        if match := next(filter(None, matches), None):
            yield match
        at = match.end() if match else first.end()
