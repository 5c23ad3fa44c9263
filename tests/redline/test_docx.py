"""The Word document: whoever accepts or rejects its tracked changes has the new or the old text."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given

from klartekst.model.version import Block, Inline, Table, Version
from klartekst.redline import Redline, Words, as_docx, compare
from klartekst.redline.words import printable

from .documents import pairs
from .pages import WORDS, edited, moved, published, redline_to, section_html

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHEN = datetime.datetime(2026, 1, 15, 9, 30, tzinfo=datetime.UTC)


def _document(redline: Redline, words: Words | None = None) -> ElementTree.Element:
    data = as_docx(redline, words or Words(), author="Kari “K” <Nordmann>", when=_WHEN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    return parts["word/document.xml"]


def _paragraphs(document: ElementTree.Element, refused: str) -> Iterator[str]:
    """The text of each paragraph that is left when the changes of one kind are taken out."""
    for parent in document.iter():
        rows = [
            row
            for row in parent.findall(f"{_W}tr")
            if row.find(f"{_W}trPr/{_W}{refused}") is not None
        ]
        for row in rows:
            parent.remove(row)
    for paragraph in document.iter(f"{_W}p"):
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}{refused}") is None:
            kept = [child for child in paragraph if child.tag != f"{_W}{refused}"]
            yield "".join(
                text.text or ""
                for child in kept
                for text in child.iter()
                if text.tag in (f"{_W}t", f"{_W}delText")
            )


def _expected(version: Version) -> Iterator[str]:
    yield version.title.plain
    yield from _texts(version.lead)
    for section in version.sections:
        yield f"{section.number} {section.title.plain}" if section.number else section.title.plain
        yield from _texts(section.blocks)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        texts: list[Inline] = []
        if isinstance(block, Table):
            texts = [block.caption, *block.columns, *(c for row in block.rows for c in row.cells)]
        else:
            texts = [block.text]
        yield from (text.plain for text in texts)


def _said(texts: Iterator[str]) -> list[str]:
    return [found for text in texts if (found := printable(text))]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_accepting_gives_the_new_and_rejecting_the_old_text(language: str) -> None:
    page = f"{language}-notice"
    html = moved(page, "contact", "data").replace("Its Working", "ItsWorking")
    html = html.replace(section_html(html, "security"), "").replace("GDPR", "GDPR and more")
    redline = redline_to(page, html)
    document = _document(redline, WORDS[language])
    assert _said(_paragraphs(document, "del")) == _said(_expected(redline.new()))
    document = _document(redline, WORDS[language])
    assert _said(_paragraphs(document, "ins")) == _said(_expected(redline.old()))


def _without_tables(version: Version) -> Version:
    """Columns that come and go stay in a document, so a table is compared on real pages only."""

    def prose(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(block for block in blocks if not isinstance(block, Table))

    sections = (type(s)(s.id, s.number, s.title, prose(s.blocks)) for s in version.sections)
    return Version(version.title, prose(version.lead), tuple(sections))


@given(pairs())
def test_accepting_and_rejecting_are_exact_for_any_prose(pair) -> None:
    old, new = (_without_tables(version) for version in pair)
    redline = compare(old, new)
    assert _said(_paragraphs(_document(redline), "del")) == _said(_expected(new))
    assert _said(_paragraphs(_document(redline), "ins")) == _said(_expected(old))


@given(pairs())
def test_document_of_any_redline_is_well_formed_and_its_tables_are_even(pair) -> None:
    document = _document(compare(*pair))
    for table in document.iter(f"{_W}tbl"):
        wide = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
        assert wide > 0
        assert {len(row.findall(f"{_W}tc")) for row in table.findall(f"{_W}tr")} == {wide}


def test_changes_carry_author_date_and_numbers_of_their_own() -> None:
    document = _document(edited("nb-notice", ("stans", "stopp"), (">8.<", ">9.<")))
    marks = [mark for mark in document.iter() if mark.tag in (f"{_W}ins", f"{_W}del")]
    assert {mark.get(f"{_W}author") for mark in marks} == {"Kari “K” <Nordmann>"}
    assert {mark.get(f"{_W}date") for mark in marks} == {"2026-01-15T09:30:00Z"}
    ids = [mark.get(f"{_W}id") for mark in marks]
    assert len(ids) == len(set(ids)) == 4


def test_what_was_moved_is_marked_as_such() -> None:
    document = _document(redline_to("nb-notice", moved("nb-notice", "contact", "data")))
    marks = {mark.get(f"{_W}author") for mark in document.iter(f"{_W}ins")}
    assert "Kari “K” <Nordmann> (moved)" in marks


def test_lists_headings_and_tables_are_those_of_word() -> None:
    document = _document(redline_to("nb-notice", published("nb-notice")))
    styles = [style.get(f"{_W}val") for style in document.iter(f"{_W}pStyle")]
    assert styles.count("Heading2") == 11
    assert {"Title", "Heading3", "Caption", "ListParagraph"} <= set(styles)
    numbers = {number.get(f"{_W}val") for number in document.iter(f"{_W}numId")}
    assert numbers == {"1", "2"}
    assert len(list(document.iter(f"{_W}tbl"))) == 1


def test_same_redline_gives_the_same_bytes() -> None:
    redline = edited("nb-notice", ("stans", "stopp"))
    first, second = (as_docx(redline, Words(), author="K", when=_WHEN) for _ in range(2))
    assert first == second
