"""The text of one page at one time, as values: what is archived, compared and fingerprinted.

Only meaning is here: headings, paragraphs, list items, tables, links with their target, emphasis.
How these look in HTML is told by `klartekst.canonical`, how two of them differ by
`klartekst.redline`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Generic, Literal, TypeVar

Mark = Literal["strong", "em", "code"]
Marker = Literal["bullet", "number", "term", "definition", "more"]

T = TypeVar("T")

_FOLLOWABLE = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/?#]|\Z)", re.IGNORECASE)


def may_follow(href: str) -> bool:
    """Whether a link may lead there: an address on the web, a mailbox, a telephone, a path."""
    return bool(href) and bool(_FOLLOWABLE.match(href))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `href` is where it links to, or empty."""

    text: str
    marks: tuple[Mark, ...] = ()
    href: str = ""

    @property
    def style(self) -> tuple[tuple[Mark, ...], str]:
        """All but the text."""
        return self.marks, self.href


@dataclass(frozen=True, slots=True)
class Inline:
    """Text within one block. Neighbours of one style are always one run, and no run is empty.

    So two texts that read the same and look the same are equal, however they were put together.
    """

    runs: tuple[Run, ...] = ()

    def __post_init__(self) -> None:
        """Join neighbours of one style and drop what is empty."""
        runs = self.runs
        if len(runs) > 1 or (runs and not runs[0].text):
            groups = groupby((run for run in runs if run.text), lambda run: run.style)
            joined = tuple(
                Run("".join(run.text for run in group), *style) for style, group in groups
            )
            object.__setattr__(self, "runs", joined)

    @classmethod
    def of(cls, text: str) -> Inline:
        """Text without style."""
        return cls((Run(text),))

    @classmethod
    def join(cls, parts: Iterable[Inline]) -> Inline:
        """The parts as one text."""
        return cls(tuple(run for part in parts for run in part.runs))

    @property
    def plain(self) -> str:
        """The words without their style."""
        if len(self.runs) == 1:
            return self.runs[0].text
        return "".join(run.text for run in self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def split(self, places: Iterable[int]) -> list[Inline]:
        """The text cut at each of the rising `places`, from 0 to the length of `plain`."""
        found: list[Inline] = []
        runs, at = iter(self.runs), 0
        run, used = next(runs, None), 0
        for place in places:
            piece: list[Run] = []
            while run is not None and at < place:
                taken = run.text[used : used + place - at]
                piece.append(Run(taken, run.marks, run.href))
                at, used = at + len(taken), used + len(taken)
                if used == len(run.text):
                    run, used = next(runs, None), 0
            found.append(Inline(tuple(piece)))
        return found


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section: level 3 to 6, and the id that links point at, or empty."""

    level: int
    id: str
    text: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Inline


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list, at `level` 1 or deeper.

    `marker` is what stands before it: a bullet, a number, nothing (a term and its definition); or
    ``more``: a further paragraph of the item above.
    """

    level: int
    marker: Marker
    text: Inline

    @property
    def ordered(self) -> bool:
        """Whether the item is numbered."""
        return self.marker == "number"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; its first cell is its key, by which two versions of it are matched."""

    cells: tuple[Inline, ...]

    @property
    def key(self) -> str:
        """The words of the first cell."""
        return self.cells[0].plain if self.cells else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption (empty where there is none), labels of the columns, rows."""

    caption: Inline
    columns: tuple[Inline, ...]
    rows: tuple[TableRow, ...]

    def labelled(self, row: TableRow) -> dict[str, str]:
        """The words of the row's cells by column label, without the key."""
        pairs = zip(self.columns, row.cells, strict=False)
        return {column.plain: cell.plain for column, cell in pairs if cell is not row.cells[0]}


Prose = Heading | Paragraph | ListItem
Block = Heading | Paragraph | ListItem | Table


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section: its id, its number as shown (“8.”, or empty), title and blocks."""

    id: str
    number: str
    title: Inline
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        """Number and title as references show them."""
        return f"{self.number} {self.title.plain}".strip()


@dataclass(frozen=True, slots=True)
class Version:
    """A page's text: its title, what stands before the first section, and the sections."""

    title: Inline
    lead: tuple[Block, ...]
    sections: tuple[SectionText, ...]

    def section(self, section_id: str) -> SectionText | None:
        """The section with this id, if there is one."""
        return next((section for section in self.sections if section.id == section_id), None)


@dataclass(slots=True)
class Node(Generic[T]):
    """An item of a list with what lies in it: further paragraphs, lists of the next level."""

    item: T
    inside: list[T | Listing[T]] = field(default_factory=list)


@dataclass(slots=True)
class Listing(Generic[T]):
    """A list as HTML nests it: ``ul``, ``ol`` or ``dl``."""

    tag: Literal["ul", "ol", "dl"]
    entries: list[Node[T]] = field(default_factory=list)


_TAGS: dict[Marker, Literal["ul", "ol", "dl"]] = {
    "bullet": "ul",
    "number": "ol",
    "term": "dl",
    "definition": "dl",
    "more": "ul",
}


def nest(items: Iterable[T], shape: Callable[[T], ListItem]) -> list[Listing[T]]:
    """Flat list items as nested lists; `shape` gives level and marker of an item."""
    roots: list[Listing[T]] = []
    path: list[Listing[T]] = []
    for item in items:
        like = shape(item)
        del path[max(like.level, 1) :]
        if like.marker == "more" and len(path) == like.level:
            path[-1].entries[-1].inside.append(item)
            continue
        if len(path) >= like.level and path[-1].tag != _TAGS[like.marker]:
            path.pop()
        if not path or len(path) < like.level:
            new = Listing[T](_TAGS[like.marker])
            (path[-1].entries[-1].inside if path else roots).append(new)
            path.append(new)
        path[-1].entries.append(Node(item))
    return roots


def stretches(blocks: Iterable[T], shape: Callable[[T], object]) -> Iterator[T | list[Listing[T]]]:
    """The blocks in order, with each stretch of list items nested; `shape` gives its block."""
    for listed, group in groupby(blocks, lambda block: isinstance(shape(block), ListItem)):
        if listed:
            yield nest(group, lambda block: _as_item(shape(block)))
        else:
            yield from group


def _as_item(block: object) -> ListItem:
    assert isinstance(block, ListItem)
    return block
