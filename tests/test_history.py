"""No change in silence, and none without a change: as a lawyer edits, and as an editor types."""

from __future__ import annotations

import datetime

import pytest

from klartekst import pipeline
from klartekst.check import history
from klartekst.render import versions

from .languages import catalogue, with_language
from .releases import ENTRY, first_release, prepare, release
from .sites import ITSWORKING, REPOSITORY, SiteFolder

LOG = "data/changes.yaml"
NB, EN = "content/nb/personvern.md", "content/en/privacy.md"


def silent(site: SiteFolder) -> list[str]:
    """What `check` says of the history: code and file, once each."""
    made = pipeline.made(site.root)
    problems = history.unreleased(made.loaded, made.site, made.rendered.working)
    return sorted({f"{problem.code} {problem.place.file}" for problem in problems})


@pytest.fixture(scope="session")
def _real(tmp_path_factory):
    root = tmp_path_factory.mktemp("notice") / "site"
    site = SiteFolder.copy(ITSWORKING, root)
    if (root / "archive").exists():
        site.without("archive")
    return first_release(site, checked=False).root


@pytest.fixture
def notice(_real, tmp_path):
    """Its Working's notice, released."""
    from .releases import copy

    return copy(_real, tmp_path / "notice")


def move_last_section_first(text):
    head, first, *rest = text.split("\n## ")
    return "\n## ".join([head, rest[-1].rstrip("\n") + "\n", first, *rest[:-1]])


def split_in_two(text):
    head, mark, tail = text.partition("\n\n", text.index("## "))
    return f"{head}\n\n### Del to {{#part-two}}{mark}{tail}"


def rename_first_heading(text):
    start = text.index("## ") + 3
    return text[:start] + "Om " + text[start:]


def another_word(text):
    assert " vi " in text
    return text.replace(" vi ", " vi alltid ", 1)


@pytest.mark.parametrize(
    "edit",
    [
        another_word,
        move_last_section_first,
        rename_first_heading,
        lambda text: text.replace("\n## ", "\n## Nytt {#new}\n\nNoe nytt.\n\n## ", 1),
        lambda text: text[: text.rindex("\n## ")] + "\n",
        lambda text: text.replace("description: ", "description: Om ", 1),
        lambda text: text + "\n[Les mer](https://example.org/a)\n",
    ],
    ids=["word", "moved", "renamed", "new", "removed", "description", "link"],
)
def test_lawyers_edit_of_the_notice_is_not_silent(edit, notice):
    notice.with_file(NB, edit(notice.read(NB)))
    assert f"silent-change {NB}" in silent(notice)
    assert not any("/en/" in problem for problem in silent(notice))


def test_section_split_in_two_is_a_change(notice):
    text = notice.read(NB)
    at = text.index("\n\n", text.index("\n## ") + 1)
    notice.with_file(NB, f"{text[:at]}\n\n## Del to {{#part-two}}{text[at:]}")
    assert f"silent-change {NB}" in silent(notice)


def test_shorter_lifetime_is_a_change_of_fact_and_pages(notice):
    notice.with_edit("data/register.yaml", *first_lifetime(notice))
    found = silent(notice)
    assert "silent-change data/register.yaml" in found
    assert all(f"silent-change content/{code}/cookies.md" in found for code in ("nb", "en"))


def first_lifetime(site):
    lines = site.read("data/register.yaml").splitlines()
    i = next(i for i, line in enumerate(lines) if line.strip().startswith("lifetime: 2 years"))
    while lines[i].strip().startswith("lifetime: 2 years"):
        found = "\n".join(lines[i - 4 : i + 1])
        if site.read("data/register.yaml").count(found) == 1:
            return found, found.replace("2 years", "13 months")
        i += 1
    raise AssertionError("no cookie lives two years")


def test_new_recipient_is_a_change(released):
    released.with_edit(
        "data/register.yaml",
        "recipients:\n  carriers:",
        (
            "recipients:\n  bank:\n    name: {nb: Banken, en: The bank}\n"
            "    description: {nb: når du betaler, en: when you pay}\n  carriers:"
        ),
    )
    assert silent(released) == [
        f"silent-change {EN}",
        f"silent-change {NB}",
        "silent-change data/register.yaml",
    ]


def test_fact_that_no_page_shows_is_not_changed_in_silence(released):
    released.with_edit("data/register.yaml", "_tu_[0-9]+", "_tu_[0-9a-f]+")
    assert silent(released) == ["silent-change data/register.yaml"]
    made = pipeline.made(released.root)
    [problem] = history.unreleased(made.loaded, made.site, made.rendered.working)
    line = released.read("data/register.yaml").splitlines()[problem.place.line - 1]
    assert problem.code == "silent-change"
    assert line[problem.place.column - 1 :].startswith('"_tu_')
    assert "cookies.counter.pattern" in problem.message


def test_removed_fact_is_told_where_it_was(released):
    released.with_edit("data/register.yaml", "    service: Tellerup Web\n", "")
    made = pipeline.made(released.root)
    [problem] = history.unreleased(made.loaded, made.site, made.rendered.working)
    line = released.read("data/register.yaml").splitlines()[problem.place.line - 1]
    assert line.startswith("  counter:")


def test_place_is_the_heading_of_the_section_that_changed(released):
    released.with_edit(EN, "Call {{", "Ring up {{")
    made = pipeline.made(released.root)
    [problem] = history.unreleased(made.loaded, made.site, made.rendered.working)
    assert released.read(EN).splitlines()[problem.place.line - 1] == "## Your rights {#rights}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Call {{", "*Call* {{"),
        ("Call {{", "__Call__ {{"),
        ("Call {{", "Call\n{{"),
        ("Call {{", "Call  {{"),
        ("- {{ right", "* {{ right"),
        ("*none*", "_none_"),
        ("*none*", "none"),
        ("The bases:", "{!-- a note --}\nThe bases:"),
        ("|---|---|", "| :-- | ---: |"),
    ],
)
def test_white_space_and_style_of_markdown_are_no_change(old, new, released):
    assert silent(released.with_edit(EN, old, new)) == []


def test_layout_and_looks_are_no_change(released):
    layout = (REPOSITORY / "layouts/page.html").read_text("utf-8")
    released.with_file("layouts/page.html", layout.replace("<article>", '<article class="x">'))
    released.with_edit("data/site.yaml", "#7a2e1d", "#1d4f7c")
    assert silent(released) == []


def test_new_numbers_are_no_change_but_a_reference_to_another_number_is(released):
    released.with_edit("content/en/cookies.md", "See [](page:privacy#cookies).", "See below.")
    prepare(released)
    released.with_edit(EN, "## What we process", "## First {#first}\n\nNew.\n\n## What we process")
    released.with_edit(EN, "see also [](#data)", "see also [the data](#data)")
    made = pipeline.made(released.root)
    old = made.site.releases[0].pages["privacy", "en"].fragment
    new = made.rendered.working["privacy", "en"].fragment
    before, after = versions.sections(old), versions.sections(new)
    changed = {section for section in after if before.get(section) != after[section]}
    assert changed == {"first", "rights"}
    released.with_edit("content/en/cookies.md", "See below.", "See [](page:privacy#cookies).")
    made = pipeline.made(released.root)
    assert "4. Cookies" in made.rendered.working["cookies", "en"].fragment
    assert "silent-change content/en/privacy.md" in silent(released)


def test_other_link_target_is_a_change(released):
    old = "Complain to [{{ authority.name }}]({{ authority.website }})"
    released.with_edit(EN, old, "Complain to [{{ authority.name }}](https://elsewhere.example)")
    assert silent(released) == [f"silent-change {EN}"]


def test_prepared_entry_covers_its_pages_and_no_other(released):
    released.with_edit(EN, "Call {{", "Ring up {{")
    prepare(released)
    assert silent(released) == []
    released.with_edit("content/en/cookies.md", "The provider", "A provider")
    assert silent(released) == ["silent-change content/en/cookies.md"]


def test_entry_that_names_an_unchanged_page_is_empty(released):
    released.with_edit(EN, "Call {{", "Ring up {{")
    prepare(released).with_edit(LOG, "- pages: [privacy]", "- pages: [privacy, cookies]")
    assert silent(released) == [f"empty-change {LOG}"]


def test_released_page_that_moved_is_not_gone(released):
    released.with_file("content/en/notice.md", released.read(EN)).without(EN)
    assert not any("gone-page" in line for line in silent(released))


def test_page_in_a_new_language_was_never_released(released):
    with_language(released, "nn", "nb", catalogue("nn", "nb"))
    assert {"silent-change content/nn/personvern.md", "silent-change content/nn/cookies.md"} <= {
        *silent(released)
    }


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (
            lambda log: ENTRY.replace("pages", "date: 2025-06-05\n  pages") + log,
            ["change-order", "unreleased-change"],
        ),
        (
            lambda log: ENTRY.replace("pages", "date: 2025-07-01\n  pages") + log,
            ["unreleased-change"],
        ),
        (
            lambda log: log + ENTRY.replace("pages", "date: 2025-07-01\n  pages"),
            ["change-order", "unreleased-change"],
        ),
        (
            lambda log: log + log.replace("material", "editorial"),
            ["duplicate-change", "duplicate-change", "unreleased-change"],
        ),
        (lambda log: log + ENTRY, ["change-order"]),
        (
            lambda log: ENTRY + ENTRY.replace("material", "editorial") + log,
            ["change-order", "duplicate-change", "duplicate-change"],
        ),
        (lambda log: log.replace("material", "editorial"), ["changed-entry"]),
        (lambda log: log.replace("First notice", "Some notice"), ["changed-entry"]),
        (lambda log: log.replace(", cookies]", "]"), ["changed-entry"]),
        (lambda log: "[]\n", ["missing-entry"]),
        (lambda log: log.replace("2025-06-06", "2025-06-31"), ["bad-date"]),
    ],
)
def test_change_log_and_archive_agree(edit, codes, released):
    released.with_file(LOG, edit(released.read(LOG)))
    found = [problem for problem in released.problems() if problem.code != "missing-entry"]
    if codes == ["missing-entry"]:
        found = list(released.problems())
    assert sorted(problem.code for problem in found) == codes
    assert {problem.place.file for problem in found} == {LOG}


def test_site_without_an_archive_has_no_history_to_hold(site):
    assert silent(site) == []
    site.with_file(LOG, "[]\n")
    assert site.codes() == []


def test_removed_page_is_told_and_keeps_its_place_in_the_change_log(twice):
    for code in ("nb", "en"):
        twice.without(f"content/{code}/cookies.md")
    for page in (NB, EN):
        lines = twice.read(page).splitlines(keepends=True)
        twice.with_file(page, "".join(line for line in lines if "page:cookies" not in line))
    assert twice.codes() == []
    assert silent(twice) == [
        "gone-page archive/2025-06-06/cookies.nb.html",
        f"silent-change {EN}", f"silent-change {NB}"]  # fmt: skip
    release(prepare(twice), datetime.date(2026, 3, 1), checked=False)
    assert twice.found() == []
