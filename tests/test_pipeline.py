"""The build as a whole: the same bytes from the same sources, in as many languages as there are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from klartekst import pipeline
from klartekst.problems import SiteError

from .languages import catalogue, with_language
from .sites import GOOD, REPOSITORY, SiteFolder

_FINGERPRINT = """
import hashlib, sys
from pathlib import Path
from typing import Any
from klartekst import pipeline
for path, data in sorted(pipeline.make(Path(sys.argv[1])).items()):
    print(hashlib.sha256(data).hexdigest(), path)
"""


def fingerprints(root: str, cwd: Path, **environment: str) -> str:
    """What is published of the site in `root`, as another process makes it."""
    done = subprocess.run(
        [sys.executable, "-c", _FINGERPRINT, root], cwd=cwd, capture_output=True, text=True,
        check=True, env={**os.environ, "PYTHONPATH": str(REPOSITORY)} | environment, timeout=60,
    )  # fmt: skip
    return done.stdout


def test_the_same_sources_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    one = SiteFolder.copy(GOOD, tmp_path / "one" / "site")
    two = SiteFolder.copy(GOOD, tmp_path / "another place" / "nettsted")
    first = fingerprints(str(one.root), tmp_path, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati")
    second = fingerprints(
        "nettsted", two.root.parent, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C",
        LANG="tr_TR.UTF-8", PYTHONUTF8="0",
    )  # fmt: skip
    assert first == second
    assert "personvern/index.html" in first


def test_what_is_remembered_changes_nothing(site: SiteFolder) -> None:
    cold = site.make()
    assert (site.root / ".klartekst").is_dir()
    assert site.make() == cold
    site.without(".klartekst")
    assert site.make() == cold


def test_files_are_what_their_pages_say(site: SiteFolder) -> None:
    files = site.make()
    for path in ("personvern", "cookies", "personvern/endringer", "en/privacy", "en/cookies"):
        assert f"{path}/index.html" in files
    assert {"sitemap.xml", "index.html", "404.html"} <= files.keys()
    assert all(not path.startswith("/") and ".." not in path for path in files)
    styles = [path for path in files if path.endswith(".css")]
    assert styles
    assert all(re.fullmatch(r"personvern/assets/\w+\.[0-9a-f]{10}\.css", path) for path in styles)


def test_a_root_that_belongs_to_another_system_is_left_alone(site: SiteFolder) -> None:
    site.with_edit("data/site.yaml", "languages: [", "root_page: false\nlanguages: [")
    assert not {"index.html", "404.html"} & site.make().keys()


def test_the_site_moves_below_a_folder_with_its_base_address(site: SiteFolder) -> None:
    site.with_edit("data/site.yaml", "https://nordbakst.example\nlang",
                   "https://nordbakst.example/jus\nlang")  # fmt: skip
    files = site.make()
    pages = [data.decode() for path, data in files.items() if path.endswith(".html")]
    links = {link for page in pages for link in re.findall(r'(?:href|src)="(/[^"]*)"', page)}
    assert links
    assert all(link.startswith("/jus/") for link in links)


def test_nothing_of_the_sources_is_changed(site: SiteFolder) -> None:
    def sources() -> dict[str, tuple[bytes, int]]:
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns)
            for part in ("content", "data")
            for path in (site.root / part).rglob("*") if path.is_file()
        }  # fmt: skip

    before = sources()
    pipeline.build(site.root, site.output)
    assert sources() == before


def test_nynorsk_is_added_with_files_alone(site: SiteFolder) -> None:
    files = with_language(site, "nn", "nb", catalogue("nn", "nb")).make()
    page = files["nn/personvern/index.html"].decode()
    assert '<html lang="nn" dir="ltr">' in page
    assert "Norsk nynorsk" in page
    assert "15. november 2024" in page
    assert "13 månadar" in page  # the words of the catalogue are copied, those of CLDR are not
    for path in ("personvern", "en/privacy", "nn/personvern"):
        html = files[f"{path}/index.html"].decode()
        codes = re.findall(r'<link rel="alternate" hreflang="([\w-]+)"', html)
        assert sorted(codes) == ["en", "nb", "nn", "x-default"]
    assert 'hreflang="nn"' in files["sitemap.xml"].decode()


def test_arabic_is_added_with_files_alone(site: SiteFolder) -> None:
    files = with_language(site, "ar", "en", catalogue("ar", "en", "نص {}")).make()
    page = files["ar/privacy/index.html"].decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "العربية" in page
    assert "نوفمبر" in page
    assert "نص In force from" in page
    assert '<section lang="ar" dir="rtl">' in files["404.html"].decode()
    assert 'dir="ltr"' in files["en/privacy/index.html"].decode()


def test_each_message_that_a_language_lacks_is_reported(site: SiteFolder) -> None:
    po = catalogue("nn", "nb").replace('msgid "Your rights"', 'msgid "No rights"')
    po = po.replace('msgid "Contents"', '#, fuzzy\nmsgid "Contents"')
    with_language(site, "nn", "nb", po)
    with pytest.raises(SiteError) as raised:
        site.make()
    found = {(p.code, p.place.file) for p in raised.value.problems}
    assert found == {("missing-message", "layouts/messages/nn.po")}
    assert [re.findall("“(.*)”", p.message) for p in raised.value.problems] == [
        ["Contents"], ["Your rights"],
    ]  # fmt: skip


def test_a_language_without_a_catalogue_is_told_once(site: SiteFolder) -> None:
    with_language(site, "nn", "nb", "")
    (problem,) = site.problems()
    assert (problem.code, problem.place.file) == ("missing-message", "layouts/messages/nn.po")
    assert int(re.findall(r"lacks (\d+) texts", problem.message)[0]) > 40


def test_a_language_that_is_only_named_is_one_problem_a_file(released: SiteFolder) -> None:
    released.with_edit("data/site.yaml", "languages: [nb, en]", "languages: [nb, en, nn]")
    found = [(problem.place.file, problem.code) for problem in released.problems()]
    assert found == [
        *((f"content/en/{name}.md", "missing-page")
          for name in ("cookies", "privacy", "privacy/changes")),
        ("data/changes.yaml", "missing-language"), ("data/register.yaml", "missing-language"),
    ]  # fmt: skip
    texts = re.findall(r"(\d+) texts of this file lack “nn”", released.problems()[-1].message)
    assert int(texts[0]) > 40
