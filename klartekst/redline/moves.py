"""Sentences that went from one place to another are moved, not deleted and added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from klartekst.model.version import Inline
from klartekst.redline.sentences import vocabulary
from klartekst.redline.values import (
    OLD,
    BlockChange,
    Kind,
    ProseChange,
    Redline,
    Segment,
    Segments,
    differs,
)

_WORDS = 3
"""A moved sentence has at least so many different words; “See below.” is no sign of a move."""

_Blocks = tuple[BlockChange, ...]
_Destinations = dict[Inline, list[str]]


def mark_moves(redline: Redline) -> Redline:
    """The redline with what was moved marked so, and neighbours of one kind joined."""
    gone, come = _places(redline, "deleted"), _places(redline, "added")
    both = {text: min(len(gone[text]), len(come[text])) for text in gone if text in come}
    # Where each goes to and comes from, in the order in which the page is read.
    to = {text: come[text][:count][::-1] for text, count in both.items()}
    origin = {text: gone[text][:count][::-1] for text, count in both.items()}

    def mark(segment: Segment) -> Segment:
        if segment.kind == "deleted" and to.get(segment.text):
            return Segment("moved_away", segment.text, to[segment.text].pop())
        if segment.kind == "added" and origin.get(segment.text):
            return Segment("moved_here", segment.text, origin[segment.text].pop())
        return segment

    return _rewritten(redline, lambda segments: _joined([mark(segment) for segment in segments]))


def _places(redline: Redline, kind: Kind) -> _Destinations:
    """The ids of the sections in which each sentence stands that is in one version only."""
    found: _Destinations = defaultdict(list)
    parts = [("", redline.lead), *((section.id, section.blocks) for section in redline.sections)]
    for section_id, blocks in parts:
        for segment in _segments(blocks):
            if segment.kind == kind and len(vocabulary(segment.text.plain)) >= _WORDS:
                found[segment.text].append(section_id)
    return found


def _segments(blocks: _Blocks) -> Iterator[Segment]:
    for block in blocks:
        if isinstance(block, ProseChange):
            yield from block.segments


def _rewritten(redline: Redline, rewrite: Callable[[Segments], Segments]) -> Redline:
    def blocks(old: _Blocks) -> _Blocks:
        return tuple(
            replace(block, segments=rewrite(block.segments))
            if isinstance(block, ProseChange) and differs(block.segments)
            else block
            for block in old
        )

    lead = blocks(redline.lead)
    sections = (replace(section, blocks=blocks(section.blocks)) for section in redline.sections)
    return replace(redline, lead=lead, sections=tuple(sections))


def _joined(segments: list[Segment]) -> Segments:
    """Between two stretches that stayed: first all that went, then all that came, each joined."""
    found: list[Segment] = []
    for equal, group in groupby(segments, lambda segment: segment.kind == "equal"):
        stretch = list(group)
        if equal:
            found.append(Segment("equal", Inline.join(segment.text for segment in stretch)))
        else:
            found += _one_side([s for s in stretch if s.kind in OLD])
            found += _one_side([s for s in stretch if s.kind not in OLD])
    return tuple(found)


def _one_side(segments: list[Segment]) -> list[Segment]:
    """Neighbours of one kind joined; the space before a moved sentence goes with it."""
    found: list[Segment] = []
    for place, segment in enumerate(segments):
        like = segment
        if not segment.text.plain.strip() and len(segments) > 1:
            like = segments[place + 1] if place + 1 < len(segments) else segments[place - 1]
        if found and (found[-1].kind, found[-1].section) == (like.kind, like.section):
            found[-1] = replace(found[-1], text=Inline.join((found[-1].text, segment.text)))
        else:
            found.append(replace(like, text=segment.text))
    return found
