"""Blocks out of a stream of elements and text: layout falls away here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Self, cast

from klartekst.canonical.tidy import INLINE, tidy, words
from klartekst.model.version import (
    Block,
    Heading,
    Inline,
    ListItem,
    Mark,
    Marker,
    Paragraph,
    Run,
    Table,
    TableRow,
    may_follow,
)

Event = tuple[Literal["start", "text", "end"], Any]
"""The start of an element, a text, or the end of an element, and the node of the parser."""

Take = Callable[[Inline], None]

_MARKS: dict[str, Mark] = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
_ORDER: tuple[Mark, ...] = ("strong", "em", "code")
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_MARKERS: dict[str, Marker] = {"li": "bullet", "dt": "term", "dd": "definition"}
_CELLS = frozenset(("td", "th", "caption"))


@dataclass(slots=True)
class _Item:
    """A list item that is being read; its second paragraph is marked “more”."""

    level: int
    marker: Marker
    begun: bool = False


@dataclass(slots=True)
class _Table:
    """A table that is being read; a table within one of its cells is text."""

    caption: Inline = field(default_factory=Inline)
    columns: tuple[Inline, ...] = ()
    rows: list[TableRow] = field(default_factory=list)
    cells: list[Inline] = field(default_factory=list)
    depth: int = 1
    heads: bool = False

    def end_row(self) -> None:
        """Take the cells since the last row as labels of the columns or as a row."""
        if self.heads and not self.columns and not self.rows:
            self.columns = tuple(self.cells)
        elif self.cells:
            self.rows.append(TableRow(tuple(self.cells)))
        self.cells = []


class Blocks:
    """Reads what stands below one element."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._links: list[str] = []
        self._lists: list[str] = []
        self._takers: list[Take] = [lambda text: self.blocks.append(Paragraph(text))]
        self._table: _Table | None = None
        self._in_cell = False

    def read(self, events: Iterable[Event]) -> Self:
        """Take all events; the blocks are in `blocks` afterwards."""
        for kind, node in events:
            if kind == "text":
                self._text(node.data)
            else:
                self._tag(kind, node)
        self._flush()
        return self

    def all_text(self, events: Iterable[Event]) -> Inline:
        """All that the events say as one text."""
        self._in_cell = True
        self.read(events)
        return tidy(self._runs)

    def _text(self, text: str) -> None:
        marks = tuple(mark for mark in _ORDER if mark in self._marks)
        self._runs.append(Run(text, marks, self._links[-1] if self._links else ""))

    def _tag(self, kind: str, node: Any) -> None:
        tag = node.name
        if tag in INLINE:
            self._style(kind, node)
        elif tag == "br":
            self._runs.append(Run(" "))
        elif tag == "table":
            self._table_tag(kind)
        elif self._table:
            self._part_of_table(kind, tag, self._table)
        else:
            self._flush()
            self._block_tag(kind, node)

    def _style(self, kind: str, node: Any) -> None:
        stack: list[str]
        value: str
        if node.name in _MARKS:
            stack, value = self._marks, _MARKS[node.name]
        elif node.name == "a" and (target := _target(node)):
            stack, value = self._links, target
        else:
            return
        if kind == "start":
            stack.append(value)
        else:
            stack.pop()

    def _flush(self) -> None:
        """End the block that is being read; in a cell, only its word."""
        if self._in_cell:
            self._runs.append(Run(" "))
            return
        text = tidy(self._runs)
        self._runs.clear()
        if text:
            self._takers[-1](text)

    def _block_tag(self, kind: str, node: Any) -> None:
        tag = node.name
        if tag in _LISTS:
            if kind == "start":
                self._lists.append(tag)
            else:
                self._lists.pop()
        elif tag in _MARKERS or (len(tag) == 2 and tag[0] == "h" and tag[1] in "123456"):
            if kind == "end":
                self._takers.pop()
            elif tag in _MARKERS:
                self._takers.append(self._item_taker(tag))
            else:
                self._takers.append(self._heading_taker(int(tag[1]), node))

    def _heading_taker(self, level: int, node: Any) -> Take:
        name = words(node.attrs.get("id") or "").strip()
        return lambda text: self.blocks.append(Heading(level, name, text))

    def _item_taker(self, tag: str) -> Take:
        marker = _MARKERS[tag]
        if tag == "li" and self._lists and self._lists[-1] == "ol":
            marker = "number"
        item = _Item(max(len(self._lists), 1), marker)
        return lambda text: self._take_item(item, text)

    def _take_item(self, item: _Item, text: Inline) -> None:
        """A list item, never more than one level below the one before it."""
        last = self.blocks[-1] if self.blocks else None
        above = last.level if isinstance(last, ListItem) else 0
        if not item.begun:
            item.level, item.begun = min(item.level, above + 1), True
            self.blocks.append(ListItem(item.level, item.marker, text))
        elif above:
            self.blocks.append(ListItem(min(item.level, above), "more", text))
        else:
            self.blocks.append(Paragraph(text))

    def _table_tag(self, kind: str) -> None:
        self._flush()
        if self._table is None:
            self._table = _Table()
        elif kind == "start":
            self._table.depth += 1
        elif self._table.depth > 1:
            self._table.depth -= 1
        else:
            table, self._table = self._table, None
            if table.caption or table.columns or table.rows:
                self.blocks.append(Table(table.caption, table.columns, tuple(table.rows)))

    def _part_of_table(self, kind: str, tag: str, table: _Table) -> None:
        if table.depth > 1 or self._in_cell is not (kind == "end" and tag in _CELLS):
            self._flush()
        elif tag in _CELLS:
            self._in_cell = kind == "start"
            if kind == "end":
                self._end_cell(tag, table)
        elif tag == "thead":
            table.heads = kind == "start"
        elif tag == "tr" and kind == "end":
            table.end_row()

    def _end_cell(self, tag: str, table: _Table) -> None:
        text = tidy(self._runs)
        self._runs.clear()
        if tag == "caption":
            table.caption = text
        else:
            table.cells.append(text)


class Section(Blocks):
    """Reads a section, whose first heading of the second level is its title."""

    def __init__(self) -> None:
        """Begin without title and number."""
        super().__init__()
        self.title = Inline()
        self.number = ""

    def _heading_taker(self, level: int, node: Any) -> Take:
        other = super()._heading_taker(level, node)

        def take(text: Inline) -> None:
            if level == 2 and not self.blocks and not self.title:
                self.title = text
            else:
                other(text)

        return take

    def read(self, events: Iterable[Event]) -> Self:
        """Take all events, the number in the title apart."""
        return super().read(self._without_number(events))

    def _without_number(self, events: Iterable[Event]) -> Iterable[Event]:
        heading: Any = None
        number: Any = None
        for kind, node in events:
            if number is not None:
                self.number = words(self.number + (node.data if kind == "text" else "")).strip()
                number = None if kind == "end" and node is number else number
            elif kind == "start" and heading is not None and _is_number(node):
                number = node
            else:
                if node.name == "h2":
                    heading = node if kind == "start" else None
                yield kind, node


def _is_number(node: Any) -> bool:
    return "number" in cast(str, node.attrs.get("class") or "").split()


def _target(node: Any) -> str:
    """Where a link points, or nothing where a browser must not follow it."""
    target = words(node.attrs.get("href") or "").strip()
    return target if may_follow(target) else ""
