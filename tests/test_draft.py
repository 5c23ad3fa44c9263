"""The drafted entry lists what changed and leaves the summary to a person."""

from __future__ import annotations

import pytest

from klartekst.draft import draft
from klartekst.problems import SiteError

from .releases import FIRST, NEXT, prepare, release
from .sites import SiteFolder

LOG = "data/changes.yaml"


@pytest.fixture
def changed(released):
    return released.with_edit("content/en/privacy.md", "Call {{", "Ring up {{")


def codes(site: SiteFolder) -> list[str]:
    with pytest.raises(SiteError) as error:
        draft(site.root)
    return [problem.code for problem in error.value.problems]


def test_changed_sections_and_facts_are_listed(changed):
    changed.with_edit("data/register.yaml", "_tu_[0-9]+", "_tu_[0-9a-f]+")
    text = draft(changed.root).text
    assert "#   privacy: en: rights (changed)" in text
    assert "fact: register.cookies.counter.pattern" in text
    assert "- pages: [privacy]" in text
    assert "nb: rights" not in text


def test_new_moved_and_removed_sections_are_told_apart(released):
    page = released.read("content/en/privacy.md")
    cookies = page[page.index("## Cookies") :]
    page = page.replace(cookies, "").replace("## Your rights", cookies + "\n## Your rights")
    released.with_file("content/en/privacy.md", page + "\n## Children {#children}\n\nNone.\n")
    text = draft(released.root).text
    assert "#   privacy: en: children (added)" in text
    assert "(moved)" in text


def test_entry_stands_on_top_and_on_the_line_that_is_told(changed):
    before = changed.read(LOG)
    drafted = draft(changed.root)
    log = changed.read(LOG)
    assert log.endswith(before)
    assert log.splitlines()[drafted.line - 1] == "- pages: [privacy]"


def test_check_asks_for_the_summary(changed):
    draft(changed.root)
    assert {problem.place.file for problem in changed.problems()} == {LOG}


def test_head_of_the_file_and_comment_of_an_entry_stay_where_they_were(changed):
    head, comment = "# The change log.\n\n", "# A note on the first version.\n"
    old = changed.read(LOG)
    changed.with_file(LOG, head + comment + old)
    draft(changed.root)
    assert changed.read(LOG).startswith(head + "# What changes:")
    assert changed.read(LOG).endswith(comment + old)


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log.replace("\n", "\r\n"),
        lambda log: "\ufeff" + log,
        lambda log: "".join(f"    {line}\n" for line in log.splitlines()),
    ],
)
def test_form_of_the_file_is_kept(change, changed):
    old = change(changed.read(LOG))
    changed.with_file(LOG, old)
    prepare(changed)
    new = (changed.root / LOG).read_bytes().decode()
    assert new.removeprefix("\ufeff").endswith(old.removeprefix("\ufeff"))
    assert new.startswith("\ufeff") == old.startswith("\ufeff")
    assert "\n" not in new.replace("\r\n", "") or "\r" not in old
    assert changed.codes() == []


@pytest.mark.parametrize("log", ["[]\n", "# The change log.\n\n[]\n"])
def test_first_entry_of_all(log, site):
    site.with_file(LOG, log)
    prepare(site)
    assert "pages: [privacy, cookies]" in site.read(LOG) and "[]" not in site.read(LOG)
    release(site, FIRST, checked=False)
    assert site.found() == []


def test_facts_are_named_under_the_pages_that_show_them(changed):
    changed.with_edit("data/register.yaml", "lifetime: 30 minutes", "lifetime: 31 minutes")
    changed.with_edit("data/register.yaml", "nb: nøtter", "nb: mandler")
    text = draft(changed.root).text
    assert "#   cookies: fact: register.cookies.counter.lifetime\n" in text
    assert "#   privacy: fact: register.data_categories" in text
    assert "privacy: fact: register.cookies.counter" not in text
    assert "cookies: fact: register.data_categories" not in text


def test_nothing_is_drafted_where_nothing_changed(released):
    before = released.read(LOG)
    assert codes(released) == ["empty-change"]
    assert released.read(LOG) == before


def test_one_entry_is_prepared_at_a_time(changed):
    prepare(changed)
    before = changed.read(LOG)
    assert codes(changed) == ["already-prepared"]
    assert changed.read(LOG) == before


def test_drafted_entry_is_released(changed):
    release(prepare(changed), NEXT, checked=False)
    assert changed.found() == []


def test_fact_that_no_page_shows_can_be_released(released):
    released.with_edit("data/register.yaml", "_tu_[0-9]+", "_tu_[0-9a-f]+")
    release(prepare(released), NEXT, checked=False)
    assert codes(released) == ["empty-change"]


def test_disk_that_refuses_is_told(changed, monkeypatch):
    def fail(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("klartekst.change_log.replace", fail)
    assert codes(changed) == ["cannot-write"]
