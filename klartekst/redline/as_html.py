"""The redline as a fragment of HTML, merged and side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from klartekst.model.version import (
    Heading,
    Inline,
    Listing,
    ListItem,
    Prose,
    Run,
    may_follow,
    stretches,
)
from klartekst.redline.grid import BOTH, Kinds, grid, label
from klartekst.redline.values import (
    NEW,
    OLD,
    BlockChange,
    Cell,
    ProseChange,
    Redline,
    RowChange,
    SectionChange,
    Segment,
    Segments,
    TableChange,
    differs,
)
from klartekst.redline.words import Words, printable, target

_COLUMN = '<th role="columnheader" scope="col">'
_KEY = '<th role="rowheader" scope="row">'
_ITEMS = {"term": "dt", "definition": "dd"}


def as_html(redline: Redline, words: Words, *, whole: bool = False) -> str:
    """The redline as one ``div.redline``, well-formed also as XML, without style or script.

    Each section keeps its id. A changed one has ``div.redline-merged`` with both texts in one, and
    ``div.redline-sides`` with ``div.redline-old`` and ``div.redline-new``: the style sheet shows
    one or the other. What was deleted is in ``del``, what was added in ``ins``, each with a word
    before it in ``span.hidden``; moved text has the class ``moved`` and says where from or to.
    `whole` also gives the text of sections in which nothing changed.
    """
    writer = _Writer(redline, words, whole)
    return "\n".join(['<div class="redline">', *writer.page(), "</div>", ""])


def _text(text: str) -> str:
    return escape(printable(text))


class _Writer:
    """Writes one redline in one language."""

    def __init__(self, redline: Redline, words: Words, whole: bool) -> None:
        self.redline = redline
        self.words = words
        self.whole = whole
        self.ids: set[str] = set()

    def page(self) -> Iterator[str]:
        if not self.redline.changed:
            yield f'<p class="redline-note">{_text(self.words.no_changes)}</p>'
        if differs(self.redline.title):
            yield f'<p class="redline-title">{self._segments(self.redline.title, BOTH)}</p>'
        if self.redline.lead_changed or (self.whole and self.redline.lead):
            yield '<section class="redline-section">'
            yield f"<h2>{_text(self.words.lead)}</h2>"
            yield from self._body(self.redline.lead, self.redline.lead_changed)
            yield "</section>"
        for section in self.redline.sections:
            yield from self._section(section)

    def _section(self, section: SectionChange) -> Iterator[str]:
        kinds = " ".join(section.changes) or "unchanged"
        yield f'<section class="redline-section" data-change="{kinds}"{self._id(section.id)}>'
        number = f'<span class="number">{_text(section.number)}</span> ' if section.number else ""
        yield f"<h2>{number}{self._segments(section.title, BOTH)}</h2>"
        yield f'<p class="redline-note">{_text(self._note(section))}</p>'
        changed = any(block.changed for block in section.blocks)
        if changed or self.whole:
            yield from self._body(section.blocks, changed and len(section.changes) > 0)
        yield "</section>"

    def _id(self, name: str) -> str:
        if not name or name in self.ids:
            return ""
        self.ids.add(name)
        return f' id="{_text(name)}"'

    def _note(self, section: SectionChange) -> str:
        changes = [self.words.change(change) for change in section.changes]
        both = section.old_at is not None and section.new_at is not None
        number = self.words.number(section.old_number, section.new_number) if both else ""
        return ", ".join([*(changes or [self.words.unchanged]), *([number] if number else [])])

    def _body(self, blocks: tuple[BlockChange, ...], changed: bool) -> Iterator[str]:
        if not changed:
            yield from self._blocks(blocks, NEW)
            return
        yield '<div class="redline-merged">'
        yield from self._blocks(blocks, BOTH)
        yield "</div>"
        yield '<div class="redline-sides">'
        for name, title, kinds in (("old", self.words.old, OLD), ("new", self.words.new, NEW)):
            yield f'<div class="redline-{name}">'
            yield f"<h3>{_text(title)}</h3>"
            yield from self._blocks(blocks, kinds)
            yield "</div>"
        yield "</div>"

    def _blocks(self, blocks: Iterable[BlockChange], kinds: Kinds) -> Iterator[str]:
        shown = [block for block in blocks if _shape(block, kinds)]
        for block in stretches(shown, lambda block: _shape(block, kinds)):
            if isinstance(block, list):
                for listing in block:
                    yield from self._list(listing, kinds)
            elif isinstance(block, TableChange):
                yield from self._table(block, kinds)
            elif isinstance(block, ProseChange):
                shape = _shape(block, kinds)
                tag = f"h{shape.level}" if isinstance(shape, Heading) else "p"
                yield f"<{tag}>{self._segments(block.segments, kinds)}</{tag}>"

    def _list(self, listing: Listing[BlockChange], kinds: Kinds) -> Iterator[str]:
        yield f"<{listing.tag}>"
        for node in listing.entries:
            shape = _shape(node.item, kinds)
            assert isinstance(shape, ListItem)
            tag = _ITEMS.get(shape.marker, "li")
            yield f"<{tag}>{self._prose(node.item, kinds)}"
            for inner in node.inside:
                if isinstance(inner, Listing):
                    yield from self._list(inner, kinds)
                else:
                    yield f"<p>{self._prose(inner, kinds)}</p>"
            yield f"</{tag}>"
        yield f"</{listing.tag}>"

    def _prose(self, block: BlockChange, kinds: Kinds) -> str:
        return self._segments(block.segments, kinds) if isinstance(block, ProseChange) else ""

    def _table(self, table: TableChange, kinds: Kinds) -> Iterator[str]:
        head, rows = grid(table, kinds)
        labels = [_text(label(cell)) for cell in head]
        yield '<div class="table">'
        yield '<table role="table">'
        if any(segment.kind in kinds for segment in table.caption):
            yield f"<caption>{self._segments(table.caption, kinds)}</caption>"
        if head:
            cells = "".join(f"{_COLUMN}{self._cell(cell, kinds)}</th>" for cell in head)
            yield f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'
        yield '<tbody role="rowgroup">'
        for row, line in rows:
            yield self._row(row, [self._cell(cell, kinds) for cell in line], labels)
        yield "</tbody>"
        yield "</table>"
        yield "</div>"

    def _row(self, row: RowChange, cells: list[str], labels: list[str]) -> str:
        """A row as the layouts write it; one that only changed its place says so."""
        note = f'<span class="where">{_text(self.words.moved)}: </span>'
        first = note if row.change == "moved" else ""
        html = f"{_KEY}{first}{cells[0]}</th>" if cells else ""
        for place, cell in enumerate(cells[1:], 1):
            name = f' data-label="{labels[place]}"' if labels and labels[place] else ""
            html += f'<td role="cell"{name}>{cell}</td>'
        change = f' data-change="{row.change}"' if row.change else ""
        return f'<tr role="row"{change}>{html}</tr>'

    def _cell(self, cell: Cell | None, kinds: Kinds) -> str:
        return self._segments(cell.segments, kinds) if cell is not None else ""

    def _segments(self, segments: Segments, kinds: Kinds) -> str:
        return "".join(
            self._segment(segment, target(segments, place))
            for place, segment in enumerate(segments)
            if segment.kind in kinds
        )

    def _segment(self, segment: Segment, leads_to: str) -> str:
        inner = _inline(segment.text)
        if leads_to:
            inner += f'<span class="where">{_text(leads_to)}</span>'
        if segment.kind == "equal":
            return inner
        tag = "del" if segment.kind in OLD else "ins"
        where = self.words.where(segment, self.redline)
        if where:
            note = f'<span class="where">{_text(where)}: </span>'
            return f'<{tag} class="moved">{note}{inner}</{tag}>'
        word = _text(self.words.kind(segment.kind))
        return f'<{tag}><span class="hidden">{word}: </span>{inner}</{tag}>'


def _shape(block: BlockChange, kinds: Kinds) -> Prose | TableChange | None:
    """What kind of block stands here in the versions shown, None if none does."""
    if isinstance(block, TableChange):
        return block if kinds is BOTH or block.block(kinds) is not None else None
    return block.shape if kinds is BOTH else block.old if kinds is OLD else block.new


def _inline(text: Inline) -> str:
    parts = []
    for href, runs in groupby(text.runs, lambda run: run.href):
        inner = "".join(_marked(run) for run in runs)
        parts.append(f'<a href="{_text(href)}">{inner}</a>' if may_follow(href) else inner)
    return "".join(parts)


def _marked(run: Run) -> str:
    html = _text(run.text)
    for mark in reversed(run.marks):
        html = f"<{mark}>{html}</{mark}>"
    return html
