"""Redlines on demand: between any two versions, in every form."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from klartekst.cli import main
from klartekst.problems import SiteError
from klartekst.redlines import redlines

from .releases import FIRST, NEXT
from .sites import SiteFolder

EN = "content/en/privacy.md"
ONE = ("--page", "privacy", "--lang", "en")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def redline(site: SiteFolder, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["--site", str(site.root), "redline", *arguments])
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.stderr


@pytest.fixture
def thrice(twice):
    """Two versions, and a working text that differs from both."""
    return twice.with_edit(EN, "Ring up {{", "Telephone {{")


def test_by_default_the_working_text_is_held_against_the_last_release(thrice):
    text = redline(thrice, *ONE)
    assert "[-Ring up-]{+Telephone+}" in text
    assert "Call" not in text


@pytest.mark.parametrize(
    ("versions", "shown"),
    [
        ((str(FIRST), str(NEXT)), "[-Call-]{+Ring up+}"),
        ((str(NEXT), str(FIRST)), "[-Ring up-]{+Call+}"),
        ((str(FIRST),), "[-Call-]{+Telephone+}"),
        ((str(FIRST), "working"), "[-Call-]{+Telephone+}"),
        (("working", str(FIRST)), "[-Telephone-]{+Call+}"),
    ],
)
def test_any_two_versions_are_compared(versions, shown, thrice):
    assert shown in redline(thrice, *versions, *ONE)


def test_every_page_and_language_is_shown_unless_one_is_chosen(thrice):
    assert redline(thrice).count("(en)\n") == redline(thrice).count("(nb)\n") == 2
    assert redline(thrice, "--lang", "nb").count("(nb)\n") == 2
    assert "(nb)" not in redline(thrice, "--lang", "en")
    assert redline(thrice, "--page", "cookies").count("\n\n") >= 2


def test_page_without_both_versions_is_left_out(thrice):
    assert "Cookie" not in redline(thrice, str(FIRST), str(NEXT)).replace("Cookies", "")


@pytest.mark.parametrize("version", ["2025-06-07", "last", "2025-6-6", "20250606"])
def test_unknown_version_lists_those_that_there_are(version, thrice):
    said = redline(thrice, version, code=1)
    assert "[unknown-version]" in said
    assert f"{FIRST}, {NEXT}, working" in said


def test_unknown_page_and_language_are_told(thrice):
    assert "[unknown-page]" in redline(thrice, "--page", "privcy", code=1)
    assert "[unknown-language]" in redline(thrice, "--lang", "sv", code=1)


def test_unknown_version_has_its_code(thrice):
    with pytest.raises(SiteError) as error:
        redlines(thrice.root, "2020-01-01", None, None, None)
    assert [problem.code for problem in error.value.problems] == ["unknown-version"]


def test_site_without_an_archive_says_that_there_is_no_version(site):
    assert "[unknown-version]" in redline(site, code=1)


def test_markdown_is_made_for_a_comment(thrice):
    text = redline(thrice, "--format", "md", *ONE)
    assert text.startswith("## Privacy notice (en)\n")
    assert re.search(r"~~Ring up~~ \*\*Telephone\*\*", text)


class Tags(HTMLParser):
    """Fails where an element is closed that is not open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.path: list[str] = []
        self.feed(html)
        assert self.path == []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br", "wbr", "link"):
            self.path.append(tag)

    def handle_endtag(self, tag):
        assert self.path.pop() == tag


def test_html_is_one_whole_file(thrice, tmp_path):
    file = tmp_path / "redline.html"
    assert redline(thrice, "--format", "html", "--output", str(file)) == f"wrote {file}\n"
    html = file.read_text("utf-8")
    Tags(html)
    assert html.startswith("<!doctype html>\n") and html.count("<h1>") == 4
    assert "del {" in html and not re.search(r"\ssrc=|<link|url\(", html)
    assert html == redline(thrice, "--format", "html")


def test_word_document_tracks_the_changes(thrice, tmp_path):
    file = tmp_path / "redline.docx"
    redline(thrice, *ONE, "--format", "docx", "--output", str(file))
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        document = ET.fromstring(archive.read("word/document.xml"))
    deleted = [text.text for text in document.iter(f"{W}delText")]
    added = [text.text for change in document.iter(f"{W}ins") for text in change.iter(f"{W}t")]
    assert (deleted, added) == (["Ring up"], ["Telephone"])
    [author] = {change.get(f"{W}author") for change in document.iter(f"{W}ins")}
    assert author == "Nordbakst"


def test_word_document_needs_a_file_and_one_page(thrice, tmp_path):
    assert "--output" in redline(thrice, *ONE, "--format", "docx", code=2)
    file = tmp_path / "redline.docx"
    said = redline(thrice, "--format", "docx", "--output", str(file), code=2)
    assert "--page privacy --lang en" in said
    assert not file.exists()


def test_file_that_cannot_be_written_is_told(thrice, tmp_path):
    file = tmp_path / "no/such/folder.html"
    assert str(file) in redline(thrice, "--format", "html", "--output", str(file), code=1)
