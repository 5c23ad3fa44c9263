"""What stands around a text waits for its release as the text does."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from klartekst import archive

from .languages import catalogue, with_language
from .releases import NEXT, as_of, copy, html, prepare, release

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


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SITE, "short_name: Nordbakst", "short_name: Sørbakst"),
        (SITE, "email: personvern@", "email: Sørbakst@"),
        (SITE, "legal_name: Nordlys", "legal_name: Sørbakst"),
        (REGISTER, "en: Allergies", "en: Sørbakst"),
        (EN, "title: ", "title: Sørbakst and "),
        (EN, "description: ", "description: Sørbakst and "),
    ],
)
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


def test_language_put_first_moves_no_page_before_its_release(released):
    before = released.make()
    with_language(released, "nn", "nb", catalogue("nn", "nb"))
    released.with_edit(SITE, "languages: [nb, en, nn]", "languages: [nn, nb, en]")
    after = released.make()
    assert after.keys() == before.keys()
    assert html(after, "/personvern/endringer/") == html(before, "/personvern/endringer/")


def without_english(site):
    """The site in Norwegian alone."""
    site.without("content/en").with_edit(SITE, "languages: [nb, en]", "languages: [nb]")
    for name in (REGISTER, "data/changes.yaml"):
        text = re.sub(r", en: [^{}]*(?=\})", "", site.read(name))
        site.with_file(name, re.sub(r"\n +en: .*", "", text))
    return site


def test_language_that_the_release_in_force_lacks_waits_though_it_was_there_before(released):
    english = {name: released.read(name) for name in (REGISTER, "data/changes.yaml")}
    pages = copy(released.root, released.root.with_name("before")).root / "content/en"
    without_english(released).with_edit("content/nb/personvern.md", "Ring {{", "Bruk {{")
    release(prepare(released), NEXT, checked=False)
    before = released.make()
    log = released.read("data/changes.yaml").partition("\n- date: 2025-06-06")[0]
    log = log.replace("nb: Changed.", "nb: Changed.\n    en: Changed.")
    released.with_file(REGISTER, english[REGISTER])
    released.with_file("data/changes.yaml", f"{log}\n{english['data/changes.yaml']}")
    released.with_edit(SITE, "languages: [nb]", "languages: [nb, en]")
    shutil.copytree(pages, released.root / "content/en")
    assert released.make() == before


def test_language_that_is_gone_prevails_no_more(released):
    released.with_edit(SITE, "prevailing_language: nb", "prevailing_language: en")
    release(prepare(released.with_edit(EN, "Call {{", "Ring {{")), NEXT, checked=False)
    assert "prevails" in html(released.make(), "/en/privacy/")
    without_english(released).with_edit(SITE, "prevailing_language: en\n", "")
    assert 'class="prevails"' not in html(released.make(), "/personvern/")


def test_site_in_none_of_the_released_languages_is_built_as_it_is_written(released):
    without_english(released).with_file("layouts/messages/nn.po", catalogue("nn", "nb"))
    (released.root / "content/nb").rename(released.root / "content/nn")
    for name in (SITE, REGISTER, "data/changes.yaml"):
        text = released.read(name).replace("prevailing_language: nb\n", "")
        released.with_file(name, re.sub(r"\bnb(: |\])", r"nn\1", text))
    assert 'lang="nn"' in html(released.make(), "/personvern/")


LOGS = "content/nb/personvern/endringer.md", "content/en/privacy/changes.md"


def test_page_without_versions_shows_facts_and_titles_in_force(released):
    for name in LOGS:
        text = "Write to {{ controller.email }}, see [](page:privacy).\n\n{{ block.changes }}"
        released.with_edit(name, "{{ block.changes }}", text)
    before = released.make()
    released.with_edit(SITE, "email: personvern@", "email: Sørbakst@")
    released.with_edit(EN, "title: ", "title: Sørbakst and ")
    after = released.make()
    for path in ("/personvern/endringer/", "/en/privacy/changes/"):
        assert html(after, path) == html(before, path)


def test_page_without_versions_may_name_what_no_release_has_yet(released):
    for name in LOGS:
        released.with_edit(name, "{{ block.changes }}", "{{ uses.rowing.name }}")
    new = "  rowing:\n    name: {nb: Roing, en: Rowing}\n    description: {nb: ro, en: row}\n"
    released.with_edit(REGISTER, "  baking:\n", f"{new}  baking:\n")
    assert "Rowing" in html(released.make(), "/en/privacy/changes/")


def test_order_of_the_register_waits_too(released):
    before = released.make()["cookies/valg.js"]
    text = released.read(REGISTER)
    parts = "  necessary:\n", "  statistics:\n", "\ncookies:"
    start, middle, end = map(text.index, parts)
    moved = text[middle:end].rstrip("\n") + "\n" + text[start:middle]
    released.with_file(REGISTER, text[:start] + moved + text[end:])
    assert released.make()["cookies/valg.js"] == before


def test_choice_is_kept_as_long_as_the_page_in_force_says(released):
    before = released.make()["cookies/valg.js"]
    released.with_edit(SITE, "appearance:", "consent:\n  keep: 12 months\nappearance:")
    released.with_edit(REGISTER, "lifetime: 6 months", "lifetime: 12 months")
    assert released.make()["cookies/valg.js"] == before
    release(prepare(released), NEXT, checked=False)
    assert as_of(released, "2026-01-14")["cookies/valg.js"] == before
    assert as_of(released, "2026-01-15")["cookies/valg.js"] != before


def test_no_call_follows_a_category_that_nobody_is_asked_about_yet(released):
    before = released.make()["cookies/valg.js"]
    released.with_file(REGISTER, released.read(REGISTER).replace("statistics", "counting"))
    released.with_edit(SITE, "appearance:", "consent:\n  meta: counting\nappearance:")
    assert released.make()["cookies/valg.js"] == before


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
