"""The redline as a Word document (ECMA-376) with real tracked changes.

Who accepts all changes has the new text, who rejects all has the old one, word for word and in
order (a column that was deleted or added stays, empty). So what was moved stands in both places,
and its marks name another author, “… (moved)”, which word processors show in another colour.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from html import escape
from itertools import count

from klartekst.model.version import Heading, Inline, ListItem, Prose, Run
from klartekst.redline import docx_parts
from klartekst.redline.grid import BOTH, Kinds, Line, grid, in_both_places
from klartekst.redline.values import (
    NEW,
    OLD,
    BlockChange,
    Kind,
    Redline,
    SectionChange,
    Segment,
    Segments,
    TableChange,
)
from klartekst.redline.words import Words, printable

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MARKS = {
    "strong": "<w:b/>",
    "em": "<w:i/>",
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
}
_ORDER = ("code", "strong", "em")  # as the schema has them
_WIDTH = 9026  # of the text on the page, in twentieths of a point


def as_docx(redline: Redline, words: Words, *, author: str, when: datetime.datetime) -> bytes:
    """The document's bytes, the same for the same input.

    `author` and `when` (in UTC) stand on every tracked change.
    """
    import zipfile  # late: with its codecs it is slow to import, and only this format needs it

    writer = _Writer(redline, words, author, when)
    body = "".join(writer.page())
    parts = {
        "[Content_Types].xml": docx_parts.CONTENT_TYPES,
        "_rels/.rels": docx_parts.relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": docx_parts.relations(
            {"styles": "styles.xml", "numbering": "numbering.xml"}
        ),
        "word/styles.xml": docx_parts.styles(),
        "word/numbering.xml": docx_parts.numbering(writer.lists),
        "word/document.xml": docx_parts.document(body),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return buffer.getvalue()


class _Writer:
    """Writes the body; `lists` counts the numbered lists in it."""

    def __init__(
        self, redline: Redline, words: Words, author: str, when: datetime.datetime
    ) -> None:
        self.redline = redline
        self.author = printable(author)
        self.mover = f"{self.author} ({printable(words.moved)})"
        self.date = when.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.ids = count(1)
        self.lists = 0

    def page(self) -> Iterator[str]:
        """All paragraphs and tables."""
        if self.redline.title:
            yield self._paragraph(self.redline.title, "equal", '<w:pStyle w:val="Title"/>')
        yield from self._blocks(self.redline.lead, BOTH)
        for section, kinds in in_both_places(self.redline.sections):
            heading = _number(section) + section.title
            lone: Kind = _lone(section.old_at is None, section.new_at is None, kinds)
            if heading:
                shown = _seen(heading, kinds)
                yield self._paragraph(shown, lone, '<w:pStyle w:val="Heading2"/>')
            yield from self._blocks(section.blocks, kinds)

    def _blocks(self, blocks: tuple[BlockChange, ...], kinds: Kinds) -> Iterator[str]:
        in_list = False
        for block in blocks:
            if isinstance(block, TableChange):
                yield from self._table(block, kinds)
                in_list = False
                continue
            shape = block.old if kinds is OLD else block.new if kinds is NEW else block.shape
            if shape is not None:
                lone = _lone(block.old is None, block.new is None, kinds)
                style = self._style(shape, in_list)
                yield self._paragraph(_seen(block.segments, kinds), lone, style)
                in_list = isinstance(shape, ListItem)

    def _style(self, shape: Prose, in_list: bool) -> str:
        if isinstance(shape, Heading):
            return f'<w:pStyle w:val="Heading{min(shape.level, 6)}"/>'
        if not isinstance(shape, ListItem):
            return ""
        level = min(shape.level, docx_parts.LEVELS) - 1
        style = '<w:pStyle w:val="ListParagraph"/>'
        if shape.marker not in ("bullet", "number"):
            return f'{style}<w:ind w:left="{720 * (level + 1)}"/>'
        if shape.ordered and not in_list:
            self.lists += 1
        # A list that turns from bullets to numbers on the way counts on from the last one.
        self.lists = max(self.lists, int(shape.ordered))
        number = self.lists + 1 if shape.ordered else 1
        return f'{style}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def _table(self, table: TableChange, kinds: Kinds) -> Iterator[str]:
        if (kinds is OLD and not table.in_old) or (kinds is NEW and not table.in_new):
            return
        lone = _lone(not table.in_old, not table.in_new, kinds)
        if table.caption:
            style = '<w:pStyle w:val="Caption"/>'
            yield self._paragraph(_seen(table.caption, kinds), lone, style)
        head, rows = grid(table, kinds)
        wide = len(rows[0][1]) if rows else len(head)
        if not wide:
            return
        columns = f'<w:gridCol w:w="{_WIDTH // wide}"/>' * wide
        yield '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        yield f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        if head:
            yield self._row(head, lone, kinds, "<w:tblHeader/>")
        lines = {id(row): line for row, line in rows}
        alone = ((row, kinds) for row, _ in rows)
        for row, seen in in_both_places(table.rows) if kinds is BOTH else alone:
            change = _lone(row.old_at is None, row.new_at is None, seen)
            yield self._row(lines[id(row)], change, seen)
        yield f"</w:tbl>{self._paragraph((), lone, '')}"

    def _row(self, line: Line, lone: Kind, kinds: Kinds, more: str = "") -> str:
        mark = self._mark(lone)
        properties = f"<w:trPr>{more}{mark}</w:trPr>" if more or mark else ""
        cells = "".join(
            f"<w:tc>{self._paragraph(_seen(cell.segments, kinds) if cell else (), lone, '')}</w:tc>"
            for cell in line
        )
        return f"<w:tr>{properties}{cells}</w:tr>"

    def _paragraph(self, segments: Segments, lone: Kind, style: str) -> str:
        mark = self._mark(lone)
        properties = style + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
        start = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{start}{''.join(map(self._segment, segments))}</w:p>"

    def _segment(self, segment: Segment) -> str:
        tag = "w:t" if segment.kind in NEW else "w:delText"
        runs = "".join(_run(run, tag) for run in segment.text.runs)
        mark = self._mark(segment.kind)
        if not mark:
            return runs
        return f"{mark.removesuffix('/>')}>{runs}</{mark[1:6]}>"

    def _mark(self, kind: Kind) -> str:
        """The empty element that says who made a change, and when; nothing for what stayed."""
        if kind == "equal":
            return ""
        tag = "w:ins" if kind in NEW else "w:del"
        author = escape(self.mover if kind.startswith("moved") else self.author)
        return f'<{tag} w:id="{next(self.ids)}" w:author="{author}" w:date="{self.date}"/>'


def _number(section: SectionChange) -> Segments:
    """The number before the title of a section."""

    def part(kind: Kind, number: str) -> Segments:
        return (Segment(kind, Inline.of(f"{number} ")),) if number else ()

    if section.old_number == section.new_number:
        return part("equal", section.new_number)
    return part("deleted", section.old_number) + part("added", section.new_number)


def _seen(segments: Segments, kinds: Kinds) -> Segments:
    """The segments as they are where one version alone is shown: what stayed, was moved."""
    if kinds is BOTH:
        return segments
    moved: Kind = "moved_away" if kinds is OLD else "moved_here"
    return tuple(
        Segment(moved if segment.kind == "equal" else segment.kind, segment.text)
        for segment in segments
        if segment.kind in kinds
    )


def _lone(only_new: bool, only_old: bool, kinds: Kinds) -> Kind:
    """What is done to the mark at the end of a paragraph or to a row as such."""
    if only_new:
        return "added"
    if only_old:
        return "deleted"
    return "equal" if kinds is BOTH else "moved_away" if kinds is OLD else "moved_here"


def _run(run: Run, tag: str) -> str:
    style = "".join(_MARKS[mark] for mark in _ORDER if mark in run.marks)
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    text = escape(printable(run.text)).replace("\r", "&#13;")
    return f'<w:r>{properties}<{tag} xml:space="preserve">{text}</{tag}></w:r>'
