"""Both versions laid over each other: columns of a table, and places of what was moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from klartekst.redline.values import NEW, OLD, Cell, Kind, RowChange, TableChange, side

Kinds = frozenset[Kind]
BOTH: Kinds = OLD | NEW
"""Both versions merged into one text."""

Line = list[Cell | None]


def grid(table: TableChange, kinds: Kinds = BOTH) -> tuple[Line, list[tuple[RowChange, Line]]]:
    """The labels, and the rows, in columns that both versions share, or those of one version.

    None stands where a row or the head has no cell in the column. The head of a table without
    labels is empty.
    """
    columns = list(table.columns)
    for row in table.rows:
        columns += [cell for cell in row.cells if _find(columns, cell) is None]
    shown = [place for place, column in enumerate(columns) if _in(column, kinds)]
    head: Line = [*table.columns, *[None] * (len(columns) - len(table.columns))]
    rows = [row for row in table.rows if _in(row, kinds)]
    if kinds is not BOTH:
        rows.sort(key=lambda row: row.at(kinds) or 0)
    lines = ((row, _line(columns, row.cells)) for row in rows)
    return (
        [head[place] for place in shown] if table.columns else [],
        [(row, [line[place] for place in shown]) for row, line in lines],
    )


def label(cell: Cell | None) -> str:
    """The label of a column as it is now or, if it is gone, as it was."""
    if cell is None:
        return ""
    return side(cell.segments, OLD if cell.new_at is None else NEW).plain


def _in(item: Cell | RowChange, kinds: Kinds) -> bool:
    return kinds is BOTH or item.at(kinds) is not None


def _line(columns: Sequence[Cell], cells: Iterable[Cell]) -> Line:
    line: Line = [None] * len(columns)
    for cell in cells:
        place = _find(columns, cell)
        if place is not None:
            line[place] = cell
    return line


def _find(columns: Sequence[Cell], cell: Cell) -> int | None:
    """The column of a cell: by its place in the new table or, where it has none, in the old."""
    for place, column in enumerate(columns):
        if cell.new_at is not None and column.new_at is not None:
            if cell.new_at == column.new_at:
                return place
        elif cell.old_at is not None and cell.old_at == column.old_at:
            return place
    return None


class Placed(Protocol):
    """What has a place in either version."""

    @property
    def old_at(self) -> int | None:
        """The place in the old version, from 0; None where it has none."""

    @property
    def new_at(self) -> int | None:
        """The place in the new version, from 0; None where it has none."""

    @property
    def moved(self) -> bool:
        """Whether it stands somewhere else among the others."""


Item = TypeVar("Item", bound=Placed)


def in_both_places(items: Iterable[Item]) -> Iterator[tuple[Item, Kinds]]:
    """The items with the versions to show there: what was moved comes twice.

    Who takes from it what is of the old version, or of the new, has that version's order.
    """
    found = list(items)
    old = [(item.old_at, item) for item in found if item.old_at is not None and not _stays(item)]
    new = [(item.new_at, item) for item in found if item.new_at is not None and not _stays(item)]
    old.sort(key=lambda pair: -pair[0])
    new.sort(key=lambda pair: -pair[0])
    for item in found:
        if _stays(item):
            yield from _before(old, item.old_at, OLD)
            yield from _before(new, item.new_at, NEW)
            yield item, BOTH
    yield from _before(old, None, OLD)
    yield from _before(new, None, NEW)


def _before(
    waiting: list[tuple[int, Item]], place: int | None, kinds: Kinds
) -> Iterator[tuple[Item, Kinds]]:
    while waiting and (place is None or waiting[-1][0] < place):
        yield waiting.pop()[1], kinds


def _stays(item: Placed) -> bool:
    return item.old_at is not None and item.new_at is not None and not item.moved
