"""Every character of a text knows where it was typed, also what was merged from the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst import pipeline
from klartekst.check.passages import _TOKEN, Passage, Reader, _tokens
from klartekst.check.rules import BY_CODE
from klartekst.check.subject import Subject
from klartekst.model import Page
from klartekst.problems import Place

from ..sites import SiteFolder
from .wellmade import TODAY, findings, well_made

NB = "content/nb/personvern.md"


def page(body: str) -> Page:
    return Page("p", "nb", "p", "T", "D", False, False, True, "p.md", body, 5, {})


def read(body: str) -> list[Passage]:
    return list(Reader(page(body), lambda name: (f"<{name}>", Place("d.yaml", 3, 7), True)).read())


def test_passages_of_every_kind_have_their_text() -> None:
    body = (
        "Før.\n\n## En {#en}\n\nto\nlinjer med [lenke](#en) og **sterkt**\n\n- punkt\n- *to*\n\n"
        "| A | B |\n|---|---|\n| `x|y` | c |\n\n{{ block.rights }}\n"
    )
    found = [(p.kind, p.text, p.block) for p in read(body)]
    assert found == [
        ("paragraph", "Før.", ""),
        ("heading", "En", ""),
        ("paragraph", "to linjer med lenke og sterkt", ""),
        ("item", "punkt", ""),
        ("item", "to", ""),
        ("cell", "A", ""),
        ("cell", "B", ""),
        ("cell", "x|y", ""),
        ("cell", "c", ""),
        ("paragraph", "", "rights"),
    ]


def test_place_of_a_word_after_a_value_a_link_and_a_line_break() -> None:
    (passage,) = read("Se {{ x }} og [her](#a) eller\n  der borte.")
    for word, line, column in (("og", 5, 12), ("her", 5, 16), ("der", 6, 3), ("borte", 6, 7)):
        place = passage.at(passage.text.index(word))
        assert (place.file, place.line, place.column) == ("p.md", line, column)


def test_merged_value_has_its_place_in_the_data() -> None:
    (passage,) = read("Se {{ x }} nå.")
    assert passage.text == "Se <x> nå."
    assert passage.at(4) == Place("d.yaml", 3, 8)


@given(st.text(alphabet="ab \n#*_[]()`|-{}<>&;\\.1", max_size=80))
def test_any_markdown_is_read_and_typed_characters_stand_where_they_say(body: str) -> None:
    lines = body.split("\n")
    for passage in read(body):
        for i, sign in enumerate(passage.text):
            piece, place = passage.piece(i), passage.at(i)
            if piece.kind != "merged" and sign not in " &<>" and "&" not in body:
                assert lines[place.line - 5][place.column - 1] == sign


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return well_made(tmp_path / "site")


def test_finding_in_a_merged_value_is_placed_in_the_data_file(site: SiteFolder) -> None:
    site.with_edit(
        "data/register.yaml",
        "nb: adekvansbeslutningen om EU-US",
        "nb: adekvathetsbeslutningen om EU-US",
    )
    (found,) = findings(site, BY_CODE["off-glossary"])
    line = site.read("data/register.yaml").split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith("adekvathetsbeslutning")


def test_place_in_a_quoted_text_is_exact_and_in_a_folded_one_is_its_start(
    site: SiteFolder,
) -> None:
    quoted = site.with_edit(
        "data/register.yaml", "nb: for å levere det du bestiller", 'nb: "for osv. å levere"'
    )
    (found,) = findings(quoted, BY_CODE["vague-word"])
    line = site.read("data/register.yaml").split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith("osv")
    folded = quoted.with_edit(
        "data/register.yaml", '"for osv. å levere"', ">-\n        for\n        osv. å"
    )
    (found,) = findings(folded, BY_CODE["vague-word"])
    assert site.read("data/register.yaml").split("\n")[found.place.line - 1].endswith(">-")


def test_value_of_a_reference_is_placed_where_it_is_told(site: SiteFolder) -> None:
    site.with_edit(NB, "{{ mechanisms.adequacy_us.name }}", "{{ providers.google.mechanism.name }}")
    made = pipeline.made(site.root, TODAY)
    subject = Subject(made.loaded, made.site, made.rendered)
    origin = subject.values.origin(["providers", "google", "mechanism", "name"])
    assert origin and origin.path == ("mechanisms", "adequacy_us", "name")


def test_role_of_a_section_comes_from_its_id_or_the_front_matter(site: SiteFolder) -> None:
    for name in (NB, "content/en/privacy.md"):
        site.with_edit(name, "{#sources}", "{#whence}")
    text = site.read(NB)
    start, end = text.index("## Hvor opplysningene kommer fra"), text.index("## Må du gi oss")
    site.with_file(NB, f"{text[:start]}## Litt til {{#whence}}\n\nVi hilser.\n\n{text[end:]}")
    assert [f.place.file for f in findings(site, BY_CODE["no-source"])] == [NB]
    site.with_edit(NB, "glance: true", "glance: true\nroles: {whence: sources}")
    assert findings(site, BY_CODE["no-source"]) == []


@given(st.lists(st.sampled_from([*"{}[]()<>*_\\\n `&#!-%a", "{{", "}}", "{#x}", "](", "&amp;"])))
def test_tokens_are_those_of_a_search_at_every_character(parts: list[str]) -> None:
    text = "".join(parts)
    assert [m.span() for m in _tokens(text)] == [m.span() for m in _TOKEN.finditer(text)]
