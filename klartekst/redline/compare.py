"""Two versions of a page, compared as a lawyer reads them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from klartekst.model.version import (
    Block,
    Heading,
    Inline,
    Prose,
    SectionText,
    Table,
    Version,
)
from klartekst.redline.align import Pair, align, dice
from klartekst.redline.moves import mark_moves
from klartekst.redline.prose import by_sentence, by_word, whole
from klartekst.redline.sentences import sentences, vocabulary
from klartekst.redline.tables import by_key, compare_tables, moved_places
from klartekst.redline.values import (
    BlockChange,
    ProseChange,
    Redline,
    SectionChange,
    Segment,
)

_ALIKE = 0.3
"""Blocks with less in common (Dice) are one deleted and one added, not one changed."""


def compare(old: Version, new: Version) -> Redline:
    """All that differs between two versions of a page, but for the order of a table's columns.

    Sections are matched by id, prose by sentence and then by word, lists by item, tables by key and
    column. `Redline.old()` and `Redline.new()` give both back exactly.
    """
    pairs = by_key((s.id for s in old.sections), (s.id for s in new.sections))
    kept = _kept(pairs, old, new)
    moved = set(moved_places(pairs))
    sections = (
        replace(_section(pair, old, new, kept), moved=place in moved)
        for place, pair in enumerate(pairs)
    )
    redline = Redline(
        tuple(by_word(old.title, new.title)), _blocks(old.lead, new.lead, kept), tuple(sections)
    )
    return mark_moves(redline)


def _kept(pairs: Sequence[Pair], old: Version, new: Version) -> frozenset[Inline]:
    """The sentences that both versions have somewhere in what differs between them."""
    before, after = [old.lead], [new.lead]
    for i, j in pairs:
        a = () if i is None else old.sections[i].blocks
        b = () if j is None else new.sections[j].blocks
        if a != b:
            before.append(a)
            after.append(b)
    return _sentences(before) & _sentences(after)


def _sentences(parts: Iterable[Sequence[Block]]) -> frozenset[Inline]:
    texts = (b.text for part in parts for b in part if not isinstance(b, Table))
    return frozenset(sentence.body for text in texts for sentence in sentences(text))


_NO_SECTION = SectionText("", "", Inline(), ())


def _section(pair: Pair, old: Version, new: Version, kept: Container[Inline]) -> SectionChange:
    i, j = pair
    before = _NO_SECTION if i is None else old.sections[i]
    after = _NO_SECTION if j is None else new.sections[j]
    return SectionChange(
        before.id or after.id,
        i,
        j,
        before.number,
        after.number,
        tuple(by_word(before.title, after.title)),
        _blocks(before.blocks, after.blocks, kept),
    )


def _blocks(
    old: Sequence[Block], new: Sequence[Block], kept: Container[Inline]
) -> tuple[BlockChange, ...]:
    if old == new:
        return tuple(_pair(block, block, kept) for block in old)
    words = [_vocabulary(block) for block in old], [_vocabulary(block) for block in new]

    def likeness(i: int, j: int) -> float:
        a, b = old[i], new[j]
        if type(a) is not type(b):
            return 0.0
        if isinstance(a, Heading) and isinstance(b, Heading) and a.id and a.id == b.id:
            return 1.0
        if isinstance(a, Table) and isinstance(b, Table) and a.caption == b.caption:
            return 1.0
        found = dice(words[0][i], words[1][j])
        return found if found >= _ALIKE else 0.0

    pairs = align(old, new, likeness)
    return tuple(
        _pair(None if i is None else old[i], None if j is None else new[j], kept) for i, j in pairs
    )


def _vocabulary(block: Block) -> frozenset[str]:
    if isinstance(block, Table):
        cells = (block.caption, *block.columns, *(row.cells[0] for row in block.rows if row.cells))
        return vocabulary(" ".join(cell.plain for cell in cells))
    return vocabulary(block.text.plain)


def _pair(old: Block | None, new: Block | None, kept: Container[Inline]) -> BlockChange:
    if isinstance(old, Table) or isinstance(new, Table):
        assert not isinstance(old, Prose) and not isinstance(new, Prose)
        return compare_tables(old, new)
    return ProseChange(_shape(old), _shape(new), tuple(_prose(old, new, kept)))


def _prose(old: Prose | None, new: Prose | None, kept: Container[Inline]) -> Iterator[Segment]:
    if old is not None and new is not None:
        yield from by_sentence(old.text, new.text, kept)
    elif old is not None:
        yield from whole("deleted", old.text)
    elif new is not None:
        yield from whole("added", new.text)


def _shape(block: Prose | None) -> Prose | None:
    return None if block is None else replace(block, text=Inline())
