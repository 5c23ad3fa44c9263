"""The bar: what it says of a page that has versions, and the other texts of it."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import expect

from klartekst import pipeline

from ..browser.test_accessibility import AXE, RUN
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
        ["in force 2025-06-06", "announced 2026-12-15", "working"]
    )
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


def test_the_bar_and_the_overlay_speak_the_language_of_the_page(versions, visit, site):
    page = visit(versions.url + "/personvern/")
    expect(page.locator(".changes")).to_have_text("ingen endringer")
    texts = page.get_by_role("navigation", name="Tekst som vises")
    expect(texts.get_by_role("link")).to_have_text(
        ["gjeldende 2025-06-06", "kunngjort 2026-12-15", "arbeidstekst"]
    )
    expect(page.get_by_role("button", name="Glem samtykket")).to_be_visible()
    site.with_file(PAGE, site.read(PAGE) + "\n<b>\n")
    expect(page.get_by_role("heading", name="1 feil i kildene")).to_be_visible()
    expect(page.get_by_role("button", name="Se siden")).to_be_visible()


def test_a_change_before_the_first_section_shows_its_redline(page, site):
    text = site.read(PAGE)
    begins = text.index("---\n", 4) + 4
    site.with_file(PAGE, f"{text[:begins]}\nQuite new words.\n{text[begins:]}")
    expect(page.get_by_text("Quite new words.")).to_be_visible()
    page.locator(".changes summary").click()
    button = page.get_by_role("button", name="the start of the page")
    button.click()
    redline = page.locator("[data-preview-redline]")
    expect(redline.locator("ins").first).to_contain_text("Quite new words.")
    panel = page.locator(".changes .content").bounding_box()
    assert redline.bounding_box()["y"] >= panel["y"] + panel["height"]
    expect(page.locator("article > .lead")).to_be_hidden()


def test_axe_finds_nothing_in_what_the_preview_adds(versions, visit, site):
    page = visit(versions.url + "/en/privacy/", bypass_csp=True)  # axe itself sets styles
    expect(page.locator(".changes summary")).to_be_visible()
    for panel in (".findings summary", ".changes summary"):
        page.locator(panel).click()
        assert _violations(page) == []
    page.locator(".changes li button").first.click()
    site.with_file(PAGE, site.read(PAGE) + "\n<b> and {{ nobody }}\n")
    expect(page.locator(".overlay")).to_be_visible()
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert _violations(page) == []


def _violations(page):
    page.evaluate(AXE)
    result = page.evaluate(RUN)
    assert len(result["passes"]) > 15
    return [
        f"{violation['id']}: {node['html']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def test_the_keyboard_reaches_all_of_it(page, site):
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".findings .content")).to_be_visible()
    page.keyboard.press("Tab")
    focused = "document.querySelector('klartekst-preview').shadowRoot.activeElement"
    assert page.evaluate(f"{focused}.matches('.place')")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".findings .content")).to_be_hidden()
    site.with_file(PAGE, site.read(PAGE) + "\n<b>\n")
    close = page.get_by_role("button", name="See the page")
    expect(close).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(f"{focused}?.matches('.close')"):
            break
    page.keyboard.press("Enter")
    expect(close).to_have_count(0)
