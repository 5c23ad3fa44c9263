"""On paper: pages are numbered, addresses are written out, and navigation is left out."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader


@pytest.fixture
def sheets(visit, published):
    """The text of each sheet of the printed notice."""
    page = visit(published + "/personvern/")
    reader = PdfReader(BytesIO(page.pdf(format="A4")))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


def test_sheets_are_numbered(sheets):
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, 1):
        assert sheet.startswith(f"{number} / {len(sheets)} ")


def test_addresses_are_written_out_in_full_and_once(sheets):
    text = re.sub(r"\s", "", "".join(sheets))
    assert "Endringslogg(https://itsworking.no/personvern/endringer/)" in text
    assert "Datatilsynet(https://www.datatilsynet.no)" in text
    assert "Cookie-erklæring:https://itsworking.no/cookies." in text
    assert "Itsworkinghttps://itsworking.no/personvern/" in text.replace("W", "w")


def test_navigation_is_not_printed(sheets):
    text = " ".join(sheets)
    assert text.count("Dine rettigheter") == 2  # at a glance, and the section
    assert not re.search("Hopp til teksten|English|Innhold", text)


def test_no_heading_and_no_head_of_a_table_stands_last_on_a_sheet(sheets):
    for sheet in sheets[:-1]:
        assert not re.search(r"\d+\. [A-ZÆØÅ][a-zæøå ]+$|Formål$", sheet)
        assert re.search(r"[.,]$", sheet)


def test_paper_is_white_also_for_readers_in_the_dark(visit, published):
    page = visit(published + "/personvern/", color_scheme="dark")
    page.emulate_media(media="print")
    body = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"[{body}.color, {body}.backgroundColor]") == [
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    ]
