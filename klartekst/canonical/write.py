"""Values to the canonical fragment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from klartekst.model.version import (
    Block,
    Heading,
    Inline,
    Listing,
    ListItem,
    Paragraph,
    Run,
    SectionText,
    Table,
    TableRow,
    Version,
    stretches,
)

_ITEMS = {"term": "dt", "definition": "dd"}


def to_fragment(version: Version) -> str:
    """The version as a canonical fragment, ending in a line feed."""
    lines = ["<article>"]
    if version.title:
        lines.append(f"<h1>{_inline(version.title)}</h1>")
    if version.lead:
        lines += ['<div class="lead">', *_blocks(version.lead), "</div>"]
    for section in version.sections:
        lines += _section(section)
    return "\n".join([*lines, "</article>", ""])


def _section(section: SectionText) -> Iterator[str]:
    yield f'<section id="{escape(section.id)}">'
    number = f'<span class="number">{_text(section.number)}</span>' if section.number else ""
    if title := f"{number} {_inline(section.title)}".strip():
        yield f"<h2>{title}</h2>"
    yield from _blocks(section.blocks)
    yield "</section>"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in stretches(blocks, lambda block: block):
        if isinstance(block, list):
            for listing in block:
                yield from _list(listing)
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Heading):
            name = f' id="{escape(block.id)}"' if block.id else ""
            yield f"<h{block.level}{name}>{_inline(block.text)}</h{block.level}>"
        elif isinstance(block, Paragraph):
            yield f"<p>{_inline(block.text)}</p>"


def _list(listing: Listing[Block]) -> Iterator[str]:
    yield f"<{listing.tag}>"
    for node in listing.entries:
        assert isinstance(node.item, ListItem)
        tag = _ITEMS.get(node.item.marker, "li")
        first = f"<{tag}>{_inline(node.item.text)}"
        if not node.inside:
            yield f"{first}</{tag}>"
            continue
        yield first
        for inner in node.inside:
            if isinstance(inner, Listing):
                yield from _list(inner)
            elif isinstance(inner, ListItem):
                yield f"<p>{_inline(inner.text)}</p>"
        yield f"</{tag}>"
    yield f"</{listing.tag}>"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    if table.caption:
        yield f"<caption>{_inline(table.caption)}</caption>"
    if table.columns:
        labels = "".join(f"<th>{_inline(column)}</th>" for column in table.columns)
        yield f"<thead><tr>{labels}</tr></thead>"
    for row in table.rows:
        yield f"<tr>{''.join(_cells(table, row))}</tr>"
    yield "</table>"


def _cells(table: Table, row: TableRow) -> Iterator[str]:
    for i, cell in enumerate(row.cells):
        if i == 0:
            yield f"<th>{_inline(cell)}</th>"
        else:
            label = table.columns[i].plain if i < len(table.columns) else ""
            attribute = f' data-label="{escape(label)}"' if label else ""
            yield f"<td{attribute}>{_inline(cell)}</td>"


def _inline(text: Inline) -> str:
    parts = []
    for href, runs in groupby(text.runs, lambda run: run.href):
        inner = "".join(_marked(run) for run in runs)
        parts.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(parts)


def _marked(run: Run) -> str:
    html = _text(run.text)
    for mark in reversed(run.marks):
        html = f"<{mark}>{html}</{mark}>"
    return html


def _text(text: str) -> str:
    return escape(text, quote=False)
