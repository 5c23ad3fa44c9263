"""Text that looks like markup, in every text field of the model at once, comes out as text.

Every text of the good site is replaced by one that no escaping may miss, with a number of its own;
then all that is published is read by real parsers.
"""

from __future__ import annotations

import html
import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin
from xml.etree import ElementTree

import pytest
from justhtml import JustHTML

from klartekst import typed, yaml_source
from klartekst.load import DATA_FILES
from klartekst.model import Entry, Text
from klartekst.render import Files

from .sites import GOOD, SiteFolder

NASTY = (
    "«{}» <nasty onx=\"y\" x='z'>&amp; &lt;b&gt; </script></title></style>{{{{ x }}}} {{% y %}} *_`"
    " [](javascript:1) \\ \\u0041\u2028😀 ]]> --> %s {{0}} § 5"
)
_PLAIN = ("data/site.yaml", "data/register.yaml", "data/changes.yaml")

NOT_SHOWN = {
    ("register", "mechanisms", "*", "reference"): "the reference of a mechanism has no table yet",
    ("register", "providers", "*", "entity"): "no page names the legal entity yet",
    ("register", "cookie_categories", "*", "reason"): "the banner says it, in its script",
}
"""Texts that no page shows."""


class Nasty:
    """Replaces texts and remembers which number stands where."""

    def __init__(self) -> None:
        self.paths: dict[int, tuple[str, ...]] = {}

    def text(self, path: tuple[str, ...]) -> str:
        number = len(self.paths) + 100
        self.paths[number] = path
        return NASTY.format(number)

    def replaced(self, kind: Any, data: Any, path: tuple[str, ...]) -> Any:
        """`data`, which is to be read as a `kind`, with every free text in it replaced."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            kind = (
                next(p for p in parts if p is not str or len(parts) == 2)
                if (isinstance(data, dict) or str not in parts)
                else str
            )
            return self.replaced(kind, data, path)
        if origin is Annotated:
            return data
        if origin is tuple:
            return [self.replaced(parts[0], item, (*path, "*")) for item in data]
        if origin is dict:
            return {key: self.replaced(parts[1], v, (*path, "*")) for key, v in data.items()}
        if kind is Text:
            return {code: self.text((*path, code)) for code in data}
        if isinstance(kind, type) and issubclass(kind, Entry):
            known = typed.fields(kind)
            return {k: self.replaced(known[k].kind, v, (*path, k)) for k, v in data.items()}
        kept = path[-1] == "logo" or data == "cookie_consent_status"  # a file, and the banner's own
        return data if kind is not str or kept else self.text(path)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Nasty]:
    """What is published of the good site with every text replaced."""
    site = SiteFolder.copy(GOOD, tmp_path_factory.mktemp("escaping") / "site")
    nasty = Nasty()
    for name in _PLAIN:
        document = yaml_source.parse(site.read(name), name)
        data = nasty.replaced(DATA_FILES[name], document.data, (Path(name).stem,))
        site.with_file(name, json.dumps(data, ensure_ascii=False))
    for page in ("nb/personvern.md", "en/privacy.md"):
        name = f"content/{page}"
        site.with_edit(name, "block.personal_data ", "block.personal_data_and_cookies ")
    for page in ("nb/personvern.md", "en/cookies.md"):
        for key in ("title", "description"):
            old = next(x for x in site.read(f"content/{page}").split("\n") if x.startswith(key))
            value = json.dumps(nasty.text((page, key)), ensure_ascii=False)
            site.with_edit(f"content/{page}", f"{old}\n", f"{key}: {value}\n")
    return site.make(), nasty


def pages(files: Files) -> Iterator[tuple[str, JustHTML]]:
    for path, data in files.items():
        if path.endswith(".html"):
            yield path, JustHTML(data.decode(), sanitize=False)


def json_texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from json_texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from json_texts(value)
    elif isinstance(data, str):
        yield data


def shown(files: Files) -> str:
    """Every text and attribute of every page, and the structured data, as a parser reads them."""
    found: list[str] = []
    for _, page in pages(files):
        for element in page.query("*"):
            found += [str(value) for value in (element.attrs or {}).values()]
            if element.name == "script":
                found += json_texts(
                    json.loads("".join(part.data for part in element.children) or "{}")
                )
            elif element.name != "style":
                found.append(element.to_text(separator="", strip=False))
    return "\n".join(found).replace("\u00a0", " ")


def test_nothing_of_a_text_becomes_markup(spoiled: tuple[Files, Nasty]) -> None:
    for path, page in pages(spoiled[0]):
        for element in page.query("*"):
            assert element.name != "nasty", path
            assert not {"onx", "x"} & (element.attrs or {}).keys(), path
            for value in (element.attrs or {}).values():
                assert not str(value).startswith("javascript:"), path
        assert page.errors == [], path


def test_every_text_is_shown_as_it_was_typed(spoiled: tuple[Files, Nasty]) -> None:
    files, nasty = spoiled
    assert len(nasty.paths) > 90
    everything = shown(files)
    missing = {
        path for number, path in nasty.paths.items() if NASTY.format(number) not in everything
    }
    unexpected = [p for p in missing if not any(_matches(p, known) for known in NOT_SHOWN)]
    assert unexpected == []
    for known in NOT_SHOWN:
        assert any(_matches(path, known) for path in nasty.paths.values()), known


def _matches(path: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return path[: len(known)] == known


def test_structured_data_cannot_end_its_element(spoiled: tuple[Files, Nasty]) -> None:
    for path, data in spoiled[0].items():
        if path.endswith(".html"):
            text = data.decode()
            for block in text.split('<script type="application/ld+json">')[1:]:
                inner = block.partition("</script>")[0]
                assert not set("<>&\u2028\u2029") & set(inner)
                assert isinstance(json.loads(inner), dict)


def test_xml_is_well_formed(spoiled: tuple[Files, Nasty]) -> None:
    found = [path for path in spoiled[0] if path.endswith(".xml")]
    assert "sitemap.xml" in found
    for path in found:
        root = ElementTree.fromstring(spoiled[0][path])
        assert not any("nasty" in element.tag for element in root.iter()), path


def test_no_text_reaches_a_style_sheet(spoiled: tuple[Files, Nasty]) -> None:
    styles = [data.decode() for path, data in spoiled[0].items() if path.endswith(".css")]
    assert styles
    assert not any("nasty" in text for text in styles)


def test_no_text_is_escaped_twice(spoiled: tuple[Files, Nasty]) -> None:
    everything = shown(spoiled[0])
    assert html.escape(NASTY.format(100)) not in everything
    assert "&amp;amp;" not in everything
