"""The bar: what it says of a page that has versions, and the other texts of it."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import expect

from klartekst import pipeline

from ..releases import first_release, prepare, release

PAGE = "content/en/privacy.md"


@pytest.fixture
def versions(site, start):
    """A preview of a site with a version in force, one announced, and a text that went on."""
    first_release(site, checked=False)
    site.with_file(PAGE, site.read(PAGE) + "\nAnnounced words.\n")
    norwegian = "content/nb/personvern.md"
    site.with_file(norwegian, site.read(norwegian) + "\nVarslede ord.\n")
    release(prepare(site), datetime.date(2026, 12, 15), checked=False)
    site.with_edit(PAGE, "Announced words.", "Working words.")
    return start(site.root).built()


@pytest.fixture
def page(versions, visit):
    found = visit(versions.url + "/en/privacy/")
    expect(found.locator(".changes summary")).to_be_visible()
    return found


def test_texts_in_force_announced_and_working_are_one_click_apart(page, versions):
    texts = page.get_by_role("navigation", name="Text shown")
    expect(texts.get_by_role("link")).to_have_text(
        ["in force 2025-06-06", "announced 2026-12-15", "working"])
    expect(texts.locator("[aria-current]")).to_have_text("working")
    expect(page.get_by_text("Working words.")).to_be_visible()
    texts.get_by_role("link", name="in force").click()
    expect(page.get_by_text("Working words.")).to_have_count(0)
    expect(page.get_by_text("Announced words.")).to_have_count(0)
    expect(texts.locator("[aria-current]")).to_have_text("in force 2025-06-06")
    texts.get_by_role("link", name="announced").click()
    expect(page.get_by_text("Announced words.")).to_be_visible()
    texts.get_by_role("link", name="working").click()
    expect(page.get_by_text("Working words.")).to_be_visible()


def test_text_in_force_is_what_is_published(page, versions, site):
    as_of = datetime.date(2026, 11, 23)
    published = pipeline.make(site.root, as_of)["en/privacy/index.html"].decode()
    text = versions.get("/en/privacy/?text=in-force").text
    assert text.partition("<body>")[2] == published.partition("<body>")[2]


def test_sections_that_differ_are_named_and_show_their_redline_in_place(page):
    page.locator(".changes summary").click()
    changed = page.locator(".changes li")
    expect(changed).to_have_count(1)
    changed.get_by_role("button").click()
    redline = page.locator("[data-preview-redline]")
    expect(redline.locator("ins").first).to_contain_text("Working")
    expect(redline.locator("del").first).to_contain_text("Announced")
    expect(redline).to_be_in_viewport()
    changed.get_by_role("button").click()
    expect(redline).to_have_count(0)
    expect(page.get_by_text("Working words.")).to_be_visible()


def test_what_was_open_stays_open_when_the_page_reloads(page, site):
    page.locator(".changes summary").click()
    site.with_file(PAGE, site.read(PAGE) + "\nOne more.\n")
    expect(page.get_by_text("One more.")).to_be_visible()
    expect(page.locator(".changes .content")).to_be_visible()


def test_stale_sections_are_told_apart_and_lead_to_the_source(real_site, start, visit):
    """The real site's languages were held against each other; then one of them changes."""
    preview = start(real_site.root).built()
    page = visit(preview.url + "/en/privacy/")
    expect(page.locator(".stale")).to_have_text("nothing stale")
    norwegian = "content/nb/personvern.md"
    real_site.with_file(norwegian, real_site.read(norwegian) + "\nEn ny setning.\n")
    expect(page.locator(".stale summary")).to_have_text("1 stale")
    page.locator(".stale summary").click()
    expect(page.locator(".stale li")).to_contain_text("“nb” changed")
    expect(page.locator(".stale li")).to_contain_text("En ny setning.")
    with page.context.expect_page() as opened:
        page.locator(".stale li a").click()
    expect(opened.value.locator(".here")).to_contain_text("{#")
