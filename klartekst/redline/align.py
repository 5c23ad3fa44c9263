"""Which items of one list answer to which of another.

Items that are equal are matched as in any diff; in what is left between them, those that are alike
are paired, in order. The work stays near linear: long lists are cut at items that are unique in
both (the idea of Bram Cohen's patience diff) before the thorough methods see them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Pair = tuple[int | None, int | None]
"""Places in the old and the new list; None where the item has no match."""

Likeness = Callable[[int, int], float]
"""How alike the items at two places are: 0 (not to be paired) to 1."""

_THOROUGH = 40_000
"""How many comparisons (items times items) are fine for a thorough method."""


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Places of equal items, rising in both lists."""
    found: list[tuple[int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i1, i2, j1, j2 = waiting.pop()
        while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
            found.append((i1, j1))
            i1, j1 = i1 + 1, j1 + 1
        while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
            found.append((i2, j2))
        if (i2 - i1) * (j2 - j1) <= _THOROUGH:
            matcher = SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False)
            for block in matcher.get_matching_blocks():
                found += ((i1 + block.a + n, j1 + block.b + n) for n in range(block.size))
        else:
            anchors = _anchors(old, new, (i1, i2, j1, j2))
            starts = [(i1, j1), *anchors] if anchors else []
            ends = [*anchors, (i2, j2)]
            waiting += ((a, b, c, d) for (a, c), (b, d) in zip(starts, ends, strict=False))
    return sorted(found)


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], within: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """The longest rising row of items that are unique on both sides."""
    i1, i2, j1, j2 = within
    counts, others = Counter(old[i1:i2]), Counter(new[j1:j2])
    where = {new[j]: j for j in range(j1, j2) if others[new[j]] == 1}
    pairs = [(i, where[old[i]]) for i in range(i1, i2) if counts[old[i]] == 1 and old[i] in where]
    return [pairs[k] for k in rising([j for _, j in pairs])]


def rising(numbers: Sequence[int]) -> list[int]:
    """The places of the longest rising row within `numbers`, all different."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        last[at : at + 1] = [place]
    row, place = [], last[-1] if last else -1
    while place >= 0:
        row.append(place)
        place = before[place]
    return row[::-1]


def align(old: Sequence[Hashable], new: Sequence[Hashable], likeness: Likeness) -> Iterator[Pair]:
    """All items of both lists in order, paired where they are equal or else alike."""
    i1 = j1 = 0
    for i, j in [*matches(old, new), (len(old), len(new))]:
        yield from _gap(i1, i, j1, j, likeness)
        if i < len(old):
            yield i, j
        i1, j1 = i + 1, j + 1


def _gap(i1: int, i2: int, j1: int, j2: int, likeness: Likeness) -> Iterator[Pair]:
    if i1 == i2 or j1 == j2:
        yield from ((i, None) for i in range(i1, i2))
        yield from ((None, j) for j in range(j1, j2))
    elif (i2 - i1) * (j2 - j1) > _THOROUGH and min(i2 - i1, j2 - j1) > 1:
        i, j = (i1 + i2) // 2, (j1 + j2) // 2
        yield from _gap(i1, i, j1, j, likeness)
        yield from _gap(i, i2, j, j2, likeness)
    else:
        yield from _best(i1, i2, j1, j2, likeness)


def _best(i1: int, i2: int, j1: int, j2: int, likeness: Likeness) -> Iterator[Pair]:
    """The pairing in order that is most alike in all."""
    wide = j2 - j1 + 1
    alike = [[likeness(i, j) for j in range(j1, j2)] for i in range(i1, i2)]
    score = [[0.0] * wide for _ in range(i2 - i1 + 1)]
    for a in range(i2 - i1 - 1, -1, -1):
        row, below, like = score[a], score[a + 1], alike[a]
        for b in range(wide - 2, -1, -1):
            row[b] = max(below[b], row[b + 1], below[b + 1] + like[b])
    a = b = 0
    while a < i2 - i1 or b < wide - 1:
        inside = a < i2 - i1 and b < wide - 1
        if inside and alike[a][b] and score[a][b] == score[a + 1][b + 1] + alike[a][b]:
            yield i1 + a, j1 + b
            a, b = a + 1, b + 1
        elif a < i2 - i1 and (b == wide - 1 or score[a][b] == score[a + 1][b]):
            yield i1 + a, None
            a += 1
        else:
            yield None, j1 + b
            b += 1


def dice(old: frozenset[str], new: frozenset[str]) -> float:
    """What two sets have in common (Dice's coefficient, 0 to 1)."""
    both = len(old) + len(new)
    return 2 * len(old & new) / both if both else 1.0
