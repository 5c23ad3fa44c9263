"""What a comparison found, as values. Both texts are in it, once, as what is shown of them.

`Redline.old` and `Redline.new` put the two versions together again from the very stretches that
the formats show, so nothing can be shown that neither says, and nothing be left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from klartekst.model.version import (
    Block,
    Inline,
    Prose,
    SectionText,
    Table,
    TableRow,
    Version,
)

Kind = Literal["equal", "deleted", "added", "moved_away", "moved_here"]
Change = Literal["added", "deleted", "moved", "renamed", "changed"]

OLD: frozenset[Kind] = frozenset(("equal", "deleted", "moved_away"))
"""What the old text consists of."""
NEW: frozenset[Kind] = frozenset(("equal", "added", "moved_here"))
"""What the new text consists of."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is in both versions or in one.

    What was moved stands twice: ``moved_away`` where it was, ``moved_here`` where it is now;
    `section` is then the id of the other section (or of this one), empty for the lead.
    """

    kind: Kind
    text: Inline
    section: str = ""


Segments = tuple[Segment, ...]


def side(segments: Segments, kinds: frozenset[Kind]) -> Inline:
    """One version's text: the stretches of the kinds in `OLD` or `NEW`."""
    return Inline.join(segment.text for segment in segments if segment.kind in kinds)


def differs(segments: Segments) -> bool:
    """Whether any stretch is in one version only."""
    return any(segment.kind != "equal" for segment in segments)


@dataclass(frozen=True, slots=True)
class ProseChange:
    """A heading, paragraph or list item. `old` and `new` are the block without its text.

    One of them is None where the block is in one version only.
    """

    old: Prose | None
    new: Prose | None
    segments: Segments

    @property
    def shape(self) -> Prose:
        """The block as it is now or, if it is gone, as it was; without its text."""
        shape = self.new or self.old
        assert shape is not None
        return shape

    @property
    def changed(self) -> bool:
        """Whether text or kind of the block differ."""
        return self.old != self.new or differs(self.segments)

    def block(self, kinds: frozenset[Kind]) -> Block | None:
        """The block in one version."""
        shape = self.old if kinds is OLD else self.new
        return None if shape is None else replace(shape, text=side(self.segments, kinds))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, or the label of a column, with its place in the row from 0 in either version."""

    old_at: int | None
    new_at: int | None
    segments: Segments

    def at(self, kinds: frozenset[Kind]) -> int | None:
        """The place in one version, None where it has no such cell."""
        return self.old_at if kinds is OLD else self.new_at

    @property
    def changed(self) -> bool:
        """Whether the cell is in one version only, or reads differently."""
        return self.old_at is None or self.new_at is None or differs(self.segments)


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row with its place in the table from 0 in either version. The first cell is the key."""

    old_at: int | None
    new_at: int | None
    cells: tuple[Cell, ...]
    moved: bool = False

    def at(self, kinds: frozenset[Kind]) -> int | None:
        """The place in one version, None where it has no such row."""
        return self.old_at if kinds is OLD else self.new_at

    @property
    def change(self) -> Change | None:
        """What happened to the row; a row may be both moved and changed, and is then changed."""
        if self.old_at is None:
            return "added"
        if self.new_at is None:
            return "deleted"
        if any(cell.changed for cell in self.cells):
            return "changed"
        return "moved" if self.moved else None


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table; `in_old` and `in_new` say which versions have it."""

    in_old: bool
    in_new: bool
    caption: Segments
    columns: tuple[Cell, ...]
    rows: tuple[RowChange, ...]

    @property
    def changed(self) -> bool:
        """Whether anything of the table differs."""
        return (
            self.in_old != self.in_new
            or differs(self.caption)
            or any(column.changed for column in self.columns)
            or any(row.change for row in self.rows)
        )

    def block(self, kinds: frozenset[Kind]) -> Block | None:
        """The table in one version."""
        if not (self.in_old if kinds is OLD else self.in_new):
            return None
        rows = (TableRow(_cells(row.cells, kinds)) for row in _placed(self.rows, kinds))
        return Table(side(self.caption, kinds), _cells(self.columns, kinds), tuple(rows))


Placed = TypeVar("Placed", Cell, RowChange, "SectionChange")


def _placed(items: Iterable[Placed], kinds: frozenset[Kind]) -> list[Placed]:
    """The items that one version has, in its order."""
    found = [(at, item) for item in items if (at := item.at(kinds)) is not None]
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _cells(cells: tuple[Cell, ...], kinds: frozenset[Kind]) -> tuple[Inline, ...]:
    return tuple(side(cell.segments, kinds) for cell in _placed(cells, kinds))


BlockChange = ProseChange | TableChange


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section with its place on the page from 0, and its number, in either version.

    `moved` says that it changed its place among the sections that both versions have.
    """

    id: str
    old_at: int | None
    new_at: int | None
    old_number: str
    new_number: str
    title: Segments
    blocks: tuple[BlockChange, ...]
    moved: bool = False

    def at(self, kinds: frozenset[Kind]) -> int | None:
        """The place in one version, None where it has no such section."""
        return self.old_at if kinds is OLD else self.new_at

    @property
    def changes(self) -> tuple[Change, ...]:
        """What happened to the section. A new number alone is no change."""
        if self.old_at is None:
            return ("added",)
        if self.new_at is None:
            return ("deleted",)
        found: dict[Change, bool] = {
            "moved": self.moved,
            "renamed": differs(self.title),
            "changed": any(block.changed for block in self.blocks),
        }
        return tuple(change for change, holds in found.items() if holds)

    @property
    def number(self) -> str:
        """The number as it is now or, if the section is gone, as it was."""
        return self.old_number if self.new_at is None else self.new_number

    @property
    def label(self) -> str:
        """Number and title as they are now or, if the section is gone, as they were."""
        title = side(self.title, OLD if self.new_at is None else NEW)
        return f"{self.number} {title.plain}".strip()

    def in_version(self, kinds: frozenset[Kind]) -> SectionText:
        """The section in one version."""
        number = self.old_number if kinds is OLD else self.new_number
        return SectionText(self.id, number, side(self.title, kinds), _blocks(self.blocks, kinds))


def _blocks(blocks: Iterable[BlockChange], kinds: frozenset[Kind]) -> tuple[Block, ...]:
    return tuple(found for block in blocks if (found := block.block(kinds)) is not None)


@dataclass(frozen=True, slots=True)
class Redline:
    """All that differs between two versions of a page, in the order of the new one.

    Sections that are gone stand after the one that they followed.
    """

    title: Segments
    lead: tuple[BlockChange, ...]
    sections: tuple[SectionChange, ...]

    def old(self) -> Version:
        """The old version, exactly."""
        return self._version(OLD)

    def new(self) -> Version:
        """The new version, exactly."""
        return self._version(NEW)

    def _version(self, kinds: frozenset[Kind]) -> Version:
        sections = (section.in_version(kinds) for section in _placed(self.sections, kinds))
        return Version(side(self.title, kinds), _blocks(self.lead, kinds), tuple(sections))

    @property
    def lead_changed(self) -> bool:
        """Whether what stands before the first section differs."""
        return any(block.changed for block in self.lead)

    @property
    def changed(self) -> bool:
        """Whether the page says anything else than before; a new number of a section does not."""
        return (
            differs(self.title)
            or self.lead_changed
            or any(section.changes for section in self.sections)
        )

    def label(self, section_id: str) -> str:
        """Number and title of a section, empty for the lead."""
        found = (section.label for section in self.sections if section.id == section_id)
        return next(found, "")
