"""The feed holds to RFC 4287, its ids to RFC 4151, and the list of versions to the archive."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from .releases import FIRST, NEXT, html

ATOM = "{http://www.w3.org/2005/Atom}"
TAG = re.compile(
    r"tag:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?,\d{4}(?:-\d\d(?:-\d\d)?)?:"
    r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*",
    re.ASCII,
)
FEEDS = {"nb": "personvern/endringer/feed.xml", "en": "en/privacy/changes/feed.xml"}


@pytest.fixture(params=["nb", "en"])
def feed(request, twice):
    """The feed of a language, with its language and the files of the site."""
    files = twice.make()
    return ET.fromstring(files[FEEDS[request.param]]), request.param, files


def texts(element, name):
    return [found.text or "" for found in element.findall(f"{ATOM}{name}")]


def test_feed_has_what_rfc_4287_requires(feed):
    root, code, _ = feed
    assert root.tag == f"{ATOM}feed"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == code
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):  # section 4.1.1, 4.1.2: exactly one each
            [text] = texts(element, name)
            assert text.strip()
        alternates = [(e.get("type"), e.get("hreflang")) for e in links(element, "alternate")]
        assert len(alternates) == len(set(alternates)) == 1
        for date in texts(element, "updated") + texts(element, "published"):
            assert datetime.fromisoformat(date).tzinfo  # RFC 3339
    assert texts(root.find(f"{ATOM}author"), "name") == ["Nordbakst (Nordlys Bakeri AS)"]
    [own] = links(root, "self")
    assert urlsplit(own.get("href")).path.strip("/") == FEEDS[code]
    assert own.get("type") == "application/atom+xml"


def links(element, rel):
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def test_ids_are_unique_tags(feed):
    root, _, _ = feed
    ids = [
        text for element in (root, *root.findall(f"{ATOM}entry")) for text in texts(element, "id")
    ]
    assert len(ids) == len(set(ids)) == 4
    assert all(TAG.fullmatch(text) for text in ids), ids


def test_entries_are_the_versions_newest_first_and_lead_to_them(feed):
    root, code, files = feed
    entries = root.findall(f"{ATOM}entry")
    addresses = [links(entry, "alternate")[0].get("href") for entry in entries]
    assert [str(NEXT) in address for address in addresses] == [True, False, False]
    for address in addresses:
        path = urlsplit(address).path
        assert address.startswith("https://nordbakst.example/") and html(files, path)
    summary = {"nb": "Første erklæring.", "en": "First notice."}[code]
    assert texts(entries[-1], "summary") == [summary]


def test_feed_is_as_new_as_its_newest_release(feed):
    root, _, _ = feed
    updated = [text for entry in root.findall(f"{ATOM}entry") for text in texts(entry, "updated")]
    assert texts(root, "updated") == [max(updated)]


def ids(site):
    return set(re.findall(r"<id>(.*?)</id>", site.make()[FEEDS["nb"]].decode()))


def test_ids_outlast_a_move_of_the_site_and_a_new_version(released, twice):
    before = ids(released)
    assert before < ids(twice)
    base = "base_url: https://nordbakst.example"
    released.with_edit("data/site.yaml", base, "base_url: https://new.example/legal")
    assert ids(released) == before


def test_signs_of_xml_in_a_summary_are_text(released):
    from .releases import prepare, release

    released.with_edit("content/en/privacy.md", "Call {{", "Ring up {{")
    release(prepare(released, "A < B & C"), checked=False)
    root = ET.fromstring(released.make()[FEEDS["en"]])
    assert texts(root.find(f"{ATOM}entry"), "summary") == ["A < B & C"]


def test_list_of_versions_has_dates_kinds_hashes_and_addresses(twice):
    files = twice.make()
    listed = json.loads(files["personvern/endringer/versions.json"])["versions"]
    assert len(listed) == 6
    for entry in listed:
        page = html(files, urlsplit(entry["address"]).path)
        assert f"<code>{entry['sha256']}</code>" in page
        assert set(entry["sections"]) == set(re.findall(r'<section id="([^"]+)"', page))
        assert entry["redline"] is None or html(files, urlsplit(entry["redline"]).path)
    [old, new] = [e for e in listed if (e["page"], e["language"]) == ("privacy", "nb")]
    assert (old["inForceFrom"], old["replaced"]) == (str(FIRST), str(NEXT))
    assert (new["replaced"], new["kind"]) == (None, "material")
    assert (old["redline"], new["redline"][-10:]) == (None, "endringer/")
