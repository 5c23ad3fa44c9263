"""What machines read of a page."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from klartekst.render import Files

from .sites import GOOD, SiteFolder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return SiteFolder.copy(GOOD, tmp_path_factory.mktemp("meta") / "site").make()


def graph(files: Files, path: str) -> list[dict[str, Any]]:
    html = files[path].decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def test_a_page_says_what_it_is_and_since_when(files: Files) -> None:
    page, _ = graph(files, "en/privacy/index.html")
    assert page["@type"] == "WebPage"
    assert page["url"] == page["@id"] == "https://nordbakst.example/en/privacy/"
    assert (page["inLanguage"], page["name"]) == ("en", "Privacy notice")
    assert (page["datePublished"], page["dateModified"]) == ("2024-03-01", "2024-11-15")
    assert page["version"] == "2024-11-15"


def test_the_publisher_can_be_identified(files: Files) -> None:
    page, organisation = graph(files, "personvern/index.html")
    assert page["publisher"]["@id"] == organisation["@id"]
    assert organisation["legalName"] == "Nordlys Bakeri AS"
    assert organisation["iso6523Code"] == "0192:999888777"
    assert organisation["address"]["addressCountry"] == "NO"


def test_a_page_that_never_changed_has_no_dates(site: SiteFolder) -> None:
    site.with_edit("data/changes.yaml", "[privacy, cookies]", "[privacy]")
    page, _ = graph(site.make(), "cookies/index.html")
    assert not {"datePublished", "dateModified", "version"} & page.keys()


def test_the_site_map_names_every_page_in_every_language(files: Files) -> None:
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    root = ElementTree.fromstring(files["sitemap.xml"])
    found = {
        url.findtext("s:loc", namespaces=names): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)
        }
        for url in root.findall("s:url", names)
    }
    base = "https://nordbakst.example"
    assert found[f"{base}/personvern/"] == found[f"{base}/en/privacy/"]
    assert found[f"{base}/personvern/"] == {
        "nb": f"{base}/personvern/", "en": f"{base}/en/privacy/",
    }  # fmt: skip
    assert {f"{base}/cookies/", f"{base}/personvern/endringer/"} <= found.keys()
    for address in found:
        assert f"{str(address).removeprefix(base).strip('/')}/index.html" in files
