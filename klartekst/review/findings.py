"""Which findings a change brings, mends or waives, wherever in a file they have moved to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klartekst.check.finding import Finding

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings that came and went, and those whose waiver is another than before or new."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def compared(old: Sequence[Finding], new: Sequence[Finding]) -> Compared:
    """What became of the findings `old` in `new`, both in order of place.

    A finding is the same where code, file, section or entry, and message are, whatever the line;
    where only numbers in the message differ it is the same, too.
    """
    pairs: list[tuple[Finding, Finding]] = []
    for likeness in (_exactly, _roughly):
        old, new = _matched(old, new, likeness, pairs)
    waived = (now for then, now in pairs if now.waiver and now.waiver != then.waiver)
    return Compared(tuple(new), tuple(old), tuple(sorted(waived)))


Likeness = Callable[[Finding], tuple[str, ...]]


def _exactly(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.place.file, finding.anchor, finding.message


def _roughly(finding: Finding) -> tuple[str, ...]:
    return (*_exactly(finding)[:3], _NUMBER.sub("0", finding.message))


def _matched(
    old: Sequence[Finding],
    new: Sequence[Finding],
    likeness: Likeness,
    pairs: list[tuple[Finding, Finding]],
) -> tuple[list[Finding], list[Finding]]:
    """What is left of both when each has been paired with one that is like it."""
    waiting: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in reversed(old):
        waiting[likeness(finding)].append(finding)
    left = []
    for finding in new:
        if same := waiting[likeness(finding)]:
            pairs.append((same.pop(), finding))
        else:
            left.append(finding)
    return sorted(one for rest in waiting.values() for one in rest), left
