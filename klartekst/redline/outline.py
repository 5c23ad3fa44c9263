"""What changed, as lines: the ground of the two plain formats, terminal and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from klartekst.redline.grid import grid, label
from klartekst.redline.values import (
    NEW,
    OLD,
    BlockChange,
    Cell,
    Kind,
    Redline,
    RowChange,
    SectionChange,
    Segments,
    TableChange,
    differs,
    side,
)
from klartekst.redline.words import Words, target

_FAR = 90
"""How many characters of unchanged text beside a change are shown."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line, and where it was moved to or from."""

    kind: Kind
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A changed section: its heading, what happened to it, and its changed lines."""

    heading: tuple[Part, ...]
    notes: tuple[str, ...]
    lines: tuple[tuple[Part, ...], ...]


class Outline:
    """Makes the chapters of one redline in one language."""

    def __init__(self, redline: Redline, words: Words) -> None:
        """`words` are those of the page's language."""
        self.redline = redline
        self.words = words

    def title(self) -> tuple[Part, ...]:
        """The page's title, if it changed."""
        return self._parts(self.redline.title) if differs(self.redline.title) else ()

    def chapters(self) -> Iterator[Chapter]:
        """Each section that says anything else, in the order of the page."""
        if self.redline.lead_changed:
            yield Chapter((Part("equal", self.words.lead),), (), self._lines(self.redline.lead))
        for section in self.redline.sections:
            if section.changes:
                yield Chapter(
                    self._heading(section), self._notes(section), self._lines(section.blocks)
                )

    def _heading(self, section: SectionChange) -> tuple[Part, ...]:
        number = (Part("equal", f"{section.number} "),) if section.number else ()
        return number + self._parts(section.title)

    def _notes(self, section: SectionChange) -> tuple[str, ...]:
        notes = [self.words.change(change) for change in section.changes]
        both = section.old_at is not None and section.new_at is not None
        number = self.words.number(section.old_number, section.new_number) if both else ""
        return (*notes, number) if number else (*notes,)

    def _lines(self, blocks: Iterable[BlockChange]) -> tuple[tuple[Part, ...], ...]:
        found: list[tuple[Part, ...]] = []
        for block in blocks:
            if isinstance(block, TableChange):
                found += self._table(block)
            elif block.changed:
                found.append(_near(self._parts(block.segments)))
        return tuple(found)

    def _parts(self, segments: Segments) -> tuple[Part, ...]:
        """The segments as text; a link whose words stayed shows its target."""
        return tuple(
            Part(
                segment.kind,
                segment.text.plain + target(segments, place),
                self.words.where(segment, self.redline),
            )
            for place, segment in enumerate(segments)
        )

    def _table(self, table: TableChange) -> Iterator[tuple[Part, ...]]:
        if differs(table.caption):
            yield self._parts(table.caption)
        for column in table.columns:
            if column.changed and table.in_old and table.in_new:
                yield Part("equal", f"{self.words.column}: "), *self._cell(column)
        head, rows = grid(table)
        for row, line in rows:
            labels = [label(cell) for cell in head] or [""] * len(line)
            yield from self._row(row, list(zip(labels, line, strict=True)))

    def _row(
        self, row: RowChange, cells: list[tuple[str, Cell | None]]
    ) -> Iterator[tuple[Part, ...]]:
        key = side(row.cells[0].segments, OLD if row.new_at is None else NEW) if row.cells else None
        name = key.plain if key else ""
        if row.change == "changed":
            for place, (name_of, cell) in enumerate(cells):
                if cell is not None and cell.changed:
                    title = f"{name}: " + (f"{name_of}: " if name_of and place else "")
                    yield Part("equal", title), *self._cell(cell)
        elif row.change is not None:
            values = [
                f"{name_of}: {_plain(cell)}" if name_of else _plain(cell)
                for name_of, cell in cells[1:]
                if cell is not None
            ]
            kind: Kind = "added" if row.change == "added" else "deleted"
            text = ": ".join(part for part in (name, "; ".join(values)) if part)
            note = Part("equal", f"{self.words.change(row.change)}: ")
            yield note, Part("equal", name) if row.change == "moved" else Part(kind, text)

    def _cell(self, cell: Cell) -> tuple[Part, ...]:
        """The cell by word, or as “old → new” where no word stayed."""
        parts = self._parts(cell.segments)
        stayed = any(part.kind == "equal" and any(map(str.isalnum, part.text)) for part in parts)
        old, new = side(cell.segments, OLD).plain, side(cell.segments, NEW).plain
        if stayed or not old or not new or old == new:
            return parts
        return Part("deleted", old), Part("equal", " → "), Part("added", new)


def _plain(cell: Cell) -> str:
    return "".join(segment.text.plain for segment in cell.segments)


def _near(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, what stayed shortened to what stands near a change."""
    found = []
    for place, part in enumerate(parts):
        text = part.text
        head = _FAR if place > 0 else 0
        tail = _FAR if place < len(parts) - 1 else 0
        if part.kind == "equal" and len(text) > head + tail + 20 and len(parts) > 1:
            start = text.rfind(" ", 0, head) + 1 if head else 0
            end = text.find(" ", len(text) - tail) if tail else len(text)
            text = f"{text[:start]}…{text[end:] if end >= 0 else ''}"
        found.append(Part(part.kind, text, part.where))
    return tuple(found)
