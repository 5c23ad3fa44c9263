"""What an editor sees in a real browser while the sources change under it."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest
from playwright.sync_api import expect

from .conftest import until

PAGE = "content/en/privacy.md"


@pytest.fixture
def window(preview, browser):
    """``window(path)``: a window on the preview; none of them may break the policy or fail."""
    opened = []
    faults = []

    def load(path="/en/privacy/", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if _is_fault(m) else None)
        page.goto(preview.url + path)
        expect(page.locator(".bar")).to_be_visible()
        # The edit that a test began with may reload the page under our hands.
        page.wait_for_function("() => (window.sameDocument = true)")
        opened.append(page)
        return page

    yield load
    for page in opened:
        if not page.is_closed():
            page.wait_for_load_state()  # closing in the middle of a reload can wait for ever
            page.context.close()
    assert faults == []


def _is_fault(message):
    return message.type in ("error", "warning") and "favicon" not in (message.location or {}).get(
        "url", ""
    )


def save(site, name, old, new):
    site.with_edit(name, old, new)


def first_words(site, name=PAGE):
    """The beginning of the first paragraph of a text."""
    body = site.read(name).split("---\n", 2)[2]
    line = next(line for line in body.split("\n") if line and line[0].isalpha())
    return line[:30]


def overlay(page):
    return page.locator(".overlay")


def test_an_edit_shows_by_itself_and_is_marked(site, window):
    page = window()
    words = first_words(site)
    save(site, PAGE, words, f"Freshly saved. {words}")
    expect(page.get_by_text("Freshly saved.")).to_be_visible()
    expect(page.locator("[data-preview-changed]")).to_have_count(1)
    assert "Freshly saved." in page.locator("[data-preview-changed]").inner_text()
    expect(page.locator("[data-preview-changed]")).to_have_count(0)


def test_edits_in_quick_succession_are_all_shown(site, window):
    """livereload's own watcher holds back what comes within three seconds of the last reload."""
    page = window()
    text = site.read(PAGE)
    for number in range(6):
        site.with_file(PAGE, f"{text}\nQuick edit {number}.\n")
        time.sleep(0.15)
    expect(page.get_by_text("Quick edit 5.")).to_be_visible(timeout=2500)


def test_a_change_out_of_sight_is_brought_into_view(site, window):
    page = window()
    site.with_file(PAGE, site.read(PAGE) + "\nThe very last sentence.\n")
    expect(page.get_by_text("The very last sentence.")).to_be_in_viewport()


def test_the_other_language_follows_to_the_section(site, window):
    norwegian = window("/personvern/", viewport={"width": 1280, "height": 400})
    name = "content/nb/personvern.md"
    english = window("/en/privacy/", viewport={"width": 1280, "height": 400})
    site.with_file(name, site.read(name) + "\nEn siste setning.\n")
    expect(norwegian.get_by_text("En siste setning.")).to_be_in_viewport()
    last = english.locator("article > section").last
    expect(last).to_have_attribute("data-preview-changed", "")
    expect(last.locator("h2")).to_be_in_viewport()
    assert english.evaluate("window.sameDocument")  # it was not loaded again


def test_every_problem_lies_over_the_last_good_page_until_mended(site, window):
    page = window()
    good, data = site.read(PAGE), site.read("data/register.yaml")
    site.with_file(PAGE, good + "\n{{ nobody }} and <b>raw</b>\n")
    line = good.count("\n") + 2
    expect(overlay(page)).to_contain_text(f"{PAGE}:{line}:4")
    expect(overlay(page)).to_contain_text(f"{PAGE}:{line}:18")
    expect(overlay(page)).to_contain_text("unknown-name")
    expect(overlay(page)).to_contain_text("raw HTML is not allowed")
    expect(overlay(page)).to_contain_text("write Markdown")
    expect(page.locator("h1")).to_be_visible()
    site.with_file("data/register.yaml", data + "\nnobody: {x: 1}\n")
    expect(overlay(page)).to_contain_text("data/register.yaml:")
    page.reload()
    expect(overlay(page)).to_contain_text("unknown-key")
    site.with_file("data/register.yaml", data)
    site.with_file(PAGE, good)
    expect(overlay(page)).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


def test_a_problem_leads_to_its_place_in_the_source(site, window):
    page = window()
    site.with_file(PAGE, site.read(PAGE) + "\n<b>\n")
    link = overlay(page).get_by_role("link").first
    with page.context.expect_page() as opened:
        link.click()
    source = opened.value
    expect(source.locator(".here")).to_have_text("<b>")
    expect(source.locator(".here")).to_be_in_viewport()


def test_template_that_fails_is_told_with_its_line(site, window):
    page = window()
    site.with_file("layouts/page.html", "\n\n{{ nobody.x }}\n")
    expect(overlay(page)).to_contain_text("layouts/page.html:3")
    shutil.rmtree(site.root / "layouts")
    expect(overlay(page)).to_have_count(0)


def test_half_saved_deleted_and_renamed_files_are_survived(site, window, preview):
    page = window()
    good = site.read(PAGE)
    site.with_file(PAGE, good[:20])
    expect(overlay(page)).to_contain_text("front matter")
    (site.root / PAGE).unlink()
    expect(overlay(page)).to_contain_text("missing in “en”")
    other = site.root / "content/en/.privacy.md.swp"
    other.write_text(good + "\nWritten by rename.\n", "utf-8")
    other.replace(site.root / PAGE)
    expect(overlay(page)).to_have_count(0)
    expect(page.get_by_text("Written by rename.")).to_be_visible()
    page.context.close()  # its address is about to go
    (site.root / PAGE).rename(site.root / "content/en/renamed.md")
    until(lambda: preview.get("/en/renamed/").status == 200)
    assert preview.get("/en/privacy/").status == 404


def test_another_branch_under_it_is_followed(site, window):
    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=e@example.org", *words],
            cwd=site.root,
            check=True,
            capture_output=True,
        )

    git("init", "-q", "-b", "first")
    site.with_file(".gitignore", ".klartekst\n")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "second")
    site.with_file(PAGE, site.read(PAGE) + "\nOn the second branch.\n")
    site.with_file("layouts/assets/print.css", "/* none */")
    git("add", ".")
    git("commit", "-qm", "two")
    git("checkout", "-q", "first")
    page = window()
    expect(page.get_by_text("On the second branch.")).to_have_count(0)
    git("checkout", "-q", "second")
    expect(page.get_by_text("On the second branch.")).to_be_visible()
    git("checkout", "-q", "first")
    expect(page.get_by_text("On the second branch.")).to_have_count(0)
    expect(overlay(page)).to_have_count(0)


def test_a_folder_that_vanishes_and_comes_back_is_watched_again(site, window):
    page = window()
    aside = site.root.with_name("aside")
    site.root.rename(aside)
    expect(overlay(page)).to_contain_text("missing")
    aside.rename(site.root)
    expect(overlay(page)).to_have_count(0)
    words = first_words(site)
    save(site, PAGE, words, f"After it came back. {words}")
    expect(page.get_by_text("After it came back.")).to_be_visible()


def test_style_changes_without_loading_the_page_again(site, window):
    page = window()
    site.with_file("layouts/assets/print.css", "h1 { color: rgb(1, 2, 3) }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert page.evaluate("window.sameDocument")


def test_findings_lead_to_the_source(site, window):
    site.with_file(PAGE, site.read(PAGE) + "\nWrite to personvern@nordbakst.example.\n")
    page = window()
    page.locator(".findings summary").click()
    finding = page.locator(".findings li", has_text="personvern@nordbakst.example").first
    expect(finding).to_be_visible()
    with page.context.expect_page() as opened:
        finding.get_by_role("link").click()
    expect(opened.value.locator(".here")).to_contain_text("personvern@nordbakst.example")


def test_the_choice_of_consent_can_be_forgotten(window):
    page = window("/en/cookies/")
    page.evaluate("klartekst.reject()")
    assert "cookie_consent_status" in page.evaluate("document.cookie")
    page.get_by_role("button", name="Forget consent").click()
    page.wait_for_load_state()
    expect(page.locator(".bar")).to_be_visible()
    assert "cookie_consent_status" not in page.evaluate("document.cookie")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_of_the_preview_scrolls_sideways(width, site, window):
    page = window(viewport={"width": width, "height": 800})
    site.with_file(PAGE, site.read(PAGE) + "\n<b>\n")
    expect(overlay(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
