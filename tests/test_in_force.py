"""What stands around a text waits for its release as the text does."""

from __future__ import annotations

import json

import pytest

from klartekst import archive

from .languages import catalogue, with_language
from .releases import NEXT, as_of, html, prepare, release

SITE, REGISTER = "data/site.yaml", "data/register.yaml"
EN = "content/en/privacy.md"
COOKIE = """\
cookies:
  visitor:
    name: _visitor
    category: statistics
    provider: counter
    lifetime: 2 years
    purpose: {nb: Teller deg, en: Counts you}
"""


def shown_anywhere(files, words: str) -> list[str]:
    """The paths of the files in which some words stand."""
    return [path for path, data in files.items() if words.encode() in data]


@pytest.mark.parametrize(("name", "old", "new"), [
    (SITE, "short_name: Nordbakst", "short_name: Sørbakst"),
    (SITE, "email: personvern@", "email: Sørbakst@"),
    (SITE, "legal_name: Nordlys", "legal_name: Sørbakst"),
    (REGISTER, "en: Allergies", "en: Sørbakst"),
    (EN, "title: ", "title: Sørbakst and "),
    (EN, "description: ", "description: Sørbakst and "),
])
def test_what_is_not_released_shows_nowhere_but_in_a_draft(name, old, new, released):
    released.with_edit(name, old, new)
    assert shown_anywhere(released.make(), "Sørbakst") == []
    assert shown_anywhere(as_of(released, "2027-01-01", draft=True), "Sørbakst")


def test_banner_is_that_of_the_release_in_force(released):
    before = released.make()["cookies/valg.js"]
    released.with_edit(REGISTER, "cookies:\n", COOKIE)
    assert released.make()["cookies/valg.js"] == before
    release(prepare(released), NEXT, checked=False)
    assert as_of(released, "2026-01-14")["cookies/valg.js"] == before
    after = as_of(released, "2026-01-15")["cookies/valg.js"]
    assert b"_visitor" not in before and b"_visitor" in after


def test_announced_title_waits_on_every_page(released):
    released.with_edit(EN, "title: ", "title: Sørbakst and ")
    release(prepare(released), NEXT, checked=False)
    early, late = as_of(released, "2026-01-14"), as_of(released, "2026-01-15")
    # Only what tells of the announced version itself may name it.
    for path in shown_anywhere(early, "Sørbakst"):
        assert "2026-01-15" in path or "changes/" in path or path.endswith("versions.json")
    assert "Sørbakst" not in early["index.html"].decode()
    assert "Sørbakst" in late["index.html"].decode()


def test_language_that_is_added_waits_for_its_first_release(released):
    before = released.make()
    with_language(released, "nn", "nb", catalogue("nn", "nb"))
    assert released.make() == before
    draft = as_of(released, "2026-01-01", draft=True)
    assert "nn/personvern/index.html" in draft
    release(prepare(released), NEXT, checked=False)
    assert as_of(released, "2026-01-14").keys() - before.keys() >= {
        "personvern/2026-01-15/index.html"
    }
    assert not any(path.startswith("nn/") for path in as_of(released, "2026-01-14"))
    assert 'lang="nn"' in html(as_of(released, "2026-01-15"), "/nn/personvern/")


def test_frozen_facts_that_this_engine_cannot_read_are_a_problem_with_their_place(released):
    name = "archive/2025-06-06/facts.json"
    facts = json.loads(released.read(name))
    facts["register"]["rights"]["access"]["colour"] = "red"
    data = archive.json_bytes(facts)
    manifest = released.read("archive/2025-06-06/manifest.json")
    old = archive.digest((released.root / name).read_bytes())
    released.with_file(name, data)
    released.with_file(
        "archive/2025-06-06/manifest.json", manifest.replace(old, archive.digest(data))
    )
    assert released.found() == [f"{name}:1:1 unreadable-facts"]
