"""Both versions laid over each other: columns of a table, and places of what was moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from klartekst.redline.values import NEW, OLD, Cell, Kind, RowChange, SectionChange, TableChange

Kinds = frozenset[Kind]
BOTH: Kinds = OLD | NEW
"""Both versions merged into one text."""

Line = list[Cell | None]
Placed = TypeVar("Placed", RowChange, SectionChange)


def grid(table: TableChange) -> tuple[Line, list[Line]]:
    """The labels, and the cells of each row in `table.rows`, in columns that both versions share.

    None stands where a row or the head has no cell in the column.
    """
    columns = list(table.columns)
    for row in table.rows:
        columns += [cell for cell in row.cells if _find(columns, cell) is None]
    labelled = len(table.columns)
    head: Line = [*columns[:labelled], *[None] * (len(columns) - labelled)]
    return head if labelled else [], [_line(columns, row.cells) for row in table.rows]


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


def in_both_places(items: Iterable[Placed]) -> Iterator[tuple[Placed, Kinds]]:
    """The items with the versions to show there: what was moved comes twice.

    Who takes from it what is of the old version, or of the new, has that version's order.
    """
    found = list(items)
    places: list[Placed | None] = [item for item in found if _stayed(item)]
    old = [item for item in found if item.old_at is not None and not _stayed(item)]
    new = [item for item in found if item.new_at is not None and not _stayed(item)]
    old.sort(key=lambda item: -(item.old_at or 0))
    new.sort(key=lambda item: -(item.new_at or 0))
    for item in [*places, None]:
        while old and (item is None or (old[-1].old_at or 0) < (item.old_at or 0)):
            yield old.pop(), OLD
        while new and (item is None or (new[-1].new_at or 0) < (item.new_at or 0)):
            yield new.pop(), NEW
        if item is not None:
            yield item, BOTH


def _stayed(item: RowChange | SectionChange) -> bool:
    return item.old_at is not None and item.new_at is not None and not item.moved
