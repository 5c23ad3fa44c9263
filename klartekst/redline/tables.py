"""Two tables by key and column: a row is the same row where its first cell is the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from klartekst.model.version import Inline, Table, TableRow
from klartekst.redline.align import Pair, align, dice, rising
from klartekst.redline.prose import by_word
from klartekst.redline.sentences import vocabulary
from klartekst.redline.values import Cell, RowChange, Segment, Segments, TableChange

_ALIKE = 0.5
"""Rows of different keys whose other cells have this much in common are one row, renamed."""


def compare_tables(old: Table | None, new: Table | None) -> TableChange:
    """What differs between two tables; one of them may be None."""
    before, after = old or _NONE, new or _NONE
    columns = _columns(before, after)
    rows = (_row(pair, before, after, columns) for pair in _rows(before, after))
    return TableChange(
        old is not None,
        new is not None,
        tuple(by_word(before.caption, after.caption)),
        tuple(
            _label(pair, before, after)
            for pair in columns
            if _has(pair[0], before.columns) or _has(pair[1], after.columns)
        ),
        _with_moves(list(rows)),
    )


_NONE = Table(Inline(), (), ())


def numbered(keys: Iterable[str]) -> list[tuple[str, int]]:
    """The keys, each with how often it was there before: all of them different."""
    seen: Counter[str] = Counter()
    found = []
    for key in keys:
        found.append((key, seen[key]))
        seen[key] += 1
    return found


def by_key(old: Iterable[str], new: Iterable[str]) -> list[Pair]:
    """Places of equal keys in the order of `new`; what is gone follows what it followed."""
    before = {key: i for i, key in enumerate(numbered(old))}
    matched = [(before.pop(key, None), j) for j, key in enumerate(numbered(new))]
    there = {i for i, _ in matched}
    gone: dict[int | None, list[Pair]] = defaultdict(list)
    last = None
    for i in range(len(before) + len(there - {None})):
        last = i if i in there else last
        if i not in there:
            gone[last].append((i, None))
    found = [*gone[None]]
    for pair in matched:
        found += [pair, *(gone[pair[0]] if pair[0] is not None else ())]
    return found


def _columns(old: Table, new: Table) -> list[Pair]:
    """The columns matched by label. One that is renamed in its place is the same column."""
    pairs = by_key(_labels(old), _labels(new))
    gone = {i for i, j in pairs if j is None}
    come = {j for i, j in pairs if i is None}
    renamed = gone & come
    kept = [pair for pair in pairs if pair[1] is not None or pair[0] not in renamed]
    return [(j, j) if i is None and j in renamed else (i, j) for i, j in kept]


def _labels(table: Table) -> Iterator[str]:
    """A label for each column, also for those that only some row has."""
    wide = max((len(row.cells) for row in table.rows), default=0)
    yield from (column.plain for column in table.columns)
    yield from (f"\0{place}" for place in range(len(table.columns), wide))


def _has(place: int | None, items: Sequence[Inline]) -> bool:
    return place is not None and place < len(items)


def _rows(old: Table, new: Table) -> list[Pair]:
    pairs = by_key((row.key for row in old.rows), (row.key for row in new.rows))
    gone = [i for i, j in pairs if i is not None and j is None]
    come = [j for i, j in pairs if i is None and j is not None]
    before = [_vocabulary(old.rows[i]) for i in gone]
    after = [_vocabulary(new.rows[j]) for j in come]

    def likeness(a: int, b: int) -> float:
        found = dice(before[a], after[b]) if before[a] and after[b] else 0.0
        return found if found >= _ALIKE else 0.0

    renamed = {
        come[b]: gone[a]
        for a, b in align([("old", i) for i in gone], [("new", j) for j in come], likeness)
        if a is not None and b is not None
    }
    kept = [pair for pair in pairs if pair[1] is not None or pair[0] not in renamed.values()]
    return [(renamed.get(j, i) if i is None and j is not None else i, j) for i, j in kept]


def _vocabulary(row: TableRow) -> frozenset[str]:
    return vocabulary(" ".join(cell.plain for cell in row.cells[1:]))


def _row(pair: Pair, old: Table, new: Table, columns: list[Pair]) -> RowChange:
    before = old.rows[pair[0]].cells if pair[0] is not None else ()
    after = new.rows[pair[1]].cells if pair[1] is not None else ()
    return RowChange(*pair, tuple(_paired(columns, before, after)))


def _label(pair: Pair, old: Table, new: Table) -> Cell:
    return next(_paired([pair], old.columns, new.columns))


def _paired(columns: list[Pair], old: Sequence[Inline], new: Sequence[Inline]) -> Iterator[Cell]:
    for i, j in columns:
        before = old[i] if i is not None and i < len(old) else None
        after = new[j] if j is not None and j < len(new) else None
        if before is not None or after is not None:
            yield Cell(
                i if before is not None else None,
                j if after is not None else None,
                _cell(before, after),
            )


def _cell(old: Inline | None, new: Inline | None) -> Segments:
    if old is not None and new is not None:
        return tuple(by_word(old, new))
    if old:
        return (Segment("deleted", old),)
    return (Segment("added", new),) if new else ()


def _with_moves(rows: list[RowChange]) -> tuple[RowChange, ...]:
    """The rows, those marked moved that stand elsewhere among the rows of both versions."""
    moved = set(moved_places([(row.old_at, row.new_at) for row in rows]))
    return tuple(
        RowChange(row.old_at, row.new_at, row.cells, moved=place in moved)
        for place, row in enumerate(rows)
    )


def moved_places(pairs: Sequence[Pair]) -> Iterator[int]:
    """Which of the pairs, given in the order of the new version, broke out of the old order."""
    both = [(place, i) for place, (i, j) in enumerate(pairs) if i is not None and j is not None]
    stayed = {both[k][0] for k in rising([i for _, i in both])}
    return (place for place, _ in both if place not in stayed)
