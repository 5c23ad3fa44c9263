"""The first stage: every file is read, however broken the others are."""

from __future__ import annotations

import pytest

from klartekst.load import load

from .sites import SiteFolder
from .test_yaml_source import WORDS

FILES = ["data/site.yaml", "data/register.yaml", "data/changes.yaml", "content/nb/personvern.md"]


def test_the_good_site_is_read_whole(site: SiteFolder) -> None:
    loaded = load(site.root)
    found = loaded.site()
    assert (loaded.problems, loaded.all_pages) == ([], True)
    assert found
    assert {(page.id, page.language, page.slug) for page in found.pages} == {
        ("privacy", "nb", "personvern"), ("privacy", "en", "privacy"),
        ("cookies", "nb", "cookies"), ("cookies", "en", "cookies"),
        ("changes", "nb", "personvern/endringer"), ("changes", "en", "privacy/changes"),
    }  # fmt: skip
    privacy = found.find("privacy", "nb")
    assert privacy
    line = site.read(privacy.source).split("\n")[privacy.body_line - 1 :]
    assert "\n".join(line) == privacy.body


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "saved", [lambda data: b"\xef\xbb\xbf" + data, lambda data: data.replace(b"\n", b"\r\n"),
              lambda data: data.replace(b"\n", b"\r"), lambda data: data.rstrip(b"\n"),
              lambda data: data + b"\n\n"],
    ids=["byte-order mark", "CRLF", "CR", "no last line feed", "empty last lines"],
)  # fmt: skip
def test_files_as_editors_save_them_are_all_good(
    name: str, saved: object, site: SiteFolder
) -> None:
    assert callable(saved)
    before = site.make()
    site.with_file(name, saved((site.root / name).read_bytes()))
    assert site.make() == before


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("text", ["\x00", "---\n---\n", "[", "\t", "a: *b", "- - -"])
def test_nothing_is_held_against_a_file_that_cannot_be_read(
    name: str, text: str, site: SiteFolder
) -> None:
    problems = load(site.with_file(name, text).root).problems
    assert problems
    assert {problem.place.file for problem in problems} == {name}


def test_what_editors_leave_beside_a_file_is_passed_over(site: SiteFolder) -> None:
    before = site.make()
    (site.root / "content/nb/.#cookies.md").symlink_to("user@host.1234:5678")
    for name in (
        "._cookies.md",
        "cookies.md~",
        "#cookies.md#",
        ".DS_Store",
        ".cookies.md.swp",
        "x.txt",
    ):
        site.with_file(f"content/nb/{name}", b"\xff\x00")
    assert site.make() == before


def test_a_link_within_the_site_is_good(site: SiteFolder) -> None:
    before = site.make()
    (site.root / "content/nb/cookies.md").rename(site.root / "shared.md")
    (site.root / "content/nb/cookies.md").symlink_to(site.root / "shared.md")
    assert site.make() == before


def test_words_that_yaml_takes_for_something_else_are_shown_as_typed(site: SiteFolder) -> None:
    examples = "".join(f"      - {{nb: {word}, en: {word}}}\n" for word in WORDS)
    site.with_edit("data/register.yaml", "      - {nb: nøtter, en: nuts}\n", examples)
    site.with_edit("data/site.yaml", "  name: Datatilsynet", "  name: no")
    site.with_edit("data/site.yaml", "city: Oslo", "city: NO")
    site.with_edit("content/en/privacy.md", "title: Privacy notice", "title: on")
    html = site.page("/en/privacy/")
    shown = ", ".join(WORDS).replace("no,", "No,", 1).replace("<<", "&lt;&lt;")
    assert f">{shown}<" in html
    assert ">no</a>" in html
    assert '"addressLocality": "NO"' in html
    assert "<h1>on</h1>" in html
