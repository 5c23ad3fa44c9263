"""Two texts by sentence, and what answers to each other in them by word."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from klartekst.model.version import Inline
from klartekst.redline.align import align, dice, matches
from klartekst.redline.sentences import Sentence, sentences, tokens, vocabulary
from klartekst.redline.values import Kind, Segment

_ALIKE = 0.4
"""Sentences with less in common (Dice) are one deleted and one added, not one changed."""

_ISLANDS = 4
"""So many changes with hardly a word between them are shown as one changed phrase."""


def by_sentence(old: Inline, new: Inline, kept: Container[Inline] = ()) -> list[Segment]:
    """The two texts as segments, each sentence that is in one only as a segment of its own.

    `kept` are sentences that both versions of the page have somewhere: they are never taken for
    another wording of something else.
    """
    if old == new:
        return _segments("equal", old)
    before, after = sentences(old), sentences(new)
    bags = ([_bag(s, kept) for s in before], [_bag(s, kept) for s in after])
    single = len(before) == len(after) == 1

    def likeness(i: int, j: int) -> float:
        a, b = bags[0][i], bags[1][j]
        if a is None or b is None:
            return 0.0
        found = 1.0 if single else dice(a, b)
        return found if found >= _ALIKE else 0.0

    found: list[Segment] = []
    for i, j in align([s.body for s in before], [s.body for s in after], likeness):
        found += _sentence(
            before[i] if i is not None else None, after[j] if j is not None else None
        )
    return found


def whole(kind: Kind, text: Inline) -> list[Segment]:
    """A text that is in one version only, sentence by sentence."""
    found: list[Segment] = []
    for sentence in sentences(text):
        found += _lone(sentence, kind)
    return found


def _bag(sentence: Sentence, kept: Container[Inline]) -> frozenset[str] | None:
    return None if sentence.body in kept else vocabulary(sentence.body.plain)


def _segments(kind: Kind, text: Inline) -> list[Segment]:
    return [Segment(kind, text)] if text else []


def _sentence(old: Sentence | None, new: Sentence | None) -> list[Segment]:
    if old is None or new is None:
        return [*_lone(old, "deleted"), *_lone(new, "added")]
    gap = by_word(old.gap, new.gap) if old.gap != new.gap else _segments("equal", old.gap)
    return gap + by_word(old.body, new.body)


def _lone(sentence: Sentence | None, kind: Kind) -> list[Segment]:
    if sentence is None:
        return []
    return _segments(kind, sentence.gap) + _segments(kind, sentence.body)


class _Span(NamedTuple):
    """A stretch of the old text and what stands for it in the new one, in characters."""

    equal: bool
    i1: int
    i2: int
    j1: int
    j2: int

    @property
    def size(self) -> int:
        return max(self.i2 - self.i1, self.j2 - self.j1)

    def to(self, other: _Span) -> _Span:
        """All from this span to `other` as one change."""
        return _Span(False, self.i1, other.i2, self.j1, other.j2)


def by_word(old: Inline, new: Inline) -> list[Segment]:
    """The two texts as segments of words that stayed, went and came."""
    if old == new:
        return _segments("equal", old)
    spans = _readable(_spans(old, new), old.plain)
    gone, come = old.split(span.i2 for span in spans), new.split(span.j2 for span in spans)
    found: list[Segment] = []
    for span, before, after in zip(spans, gone, come, strict=True):
        if span.equal:
            found += _segments("equal", before)
        else:
            found += _segments("deleted", before) + _segments("added", after)
    return found


def _spans(old: Inline, new: Inline) -> list[_Span]:
    ends = tokens(old.plain), tokens(new.plain)
    found: list[_Span] = []
    i1 = j1 = 0
    for i, j in matches(old.split(ends[0]), new.split(ends[1])):
        start = (ends[0][i - 1] if i else 0, ends[1][j - 1] if j else 0)
        end = (ends[0][i], ends[1][j])
        if start != (i1, j1):
            found.append(_Span(False, i1, start[0], j1, start[1]))
        if found and found[-1].equal:
            found[-1] = found[-1]._replace(i2=end[0], j2=end[1])
        else:
            found.append(_Span(True, start[0], end[0], start[1], end[1]))
        i1, j1 = end
    if (i1, j1) != (len(old.plain), len(new.plain)):
        found.append(_Span(False, i1, len(old.plain), j1, len(new.plain)))
    return found


def _readable(spans: list[_Span], old: str) -> list[_Span]:
    """The same with small islands between changes made part of one changed phrase."""
    found: list[_Span] = []
    for span in spans:
        found.append(span)
        while len(found) > 2 and not span.equal and _is_island(*found[-3:]):
            found[-3:] = [found[-3].to(found[-1])]
    changed = [place for place, span in enumerate(found) if not span.equal]
    if len(changed) >= _ISLANDS:
        first, last = changed[0], changed[-1]
        islands = [span for span in found[first:last] if span.equal]
        stayed = sum(len(old[span.i1 : span.i2].split()) for span in islands)
        if stayed < 2 * len(islands):
            found[first : last + 1] = [found[first].to(found[last])]
    return found


def _is_island(left: _Span, middle: _Span, right: _Span) -> bool:
    return middle.equal and middle.size <= min(left.size, right.size)
