"""Versions, redlines, the change log and announcements, as visitors meet them."""

from __future__ import annotations

import datetime
import re

import pytest

from klartekst.pipeline import make

from ..releases import FIRST, NEXT
from ..sites import REPOSITORY
from .test_accessibility import AXE, RUN, enlarge, overflowing
from .test_html import invalid

CHOICES = {"nb": ("/personvern/", "endringer"), "en": ("/en/privacy/", "changes")}
PATHS = [
    path
    for page, log in CHOICES.values()
    for path in (page, f"{page}{FIRST}/", f"{page}{NEXT}/", f"{page}{NEXT}/{log}/", f"{page}{log}/")
]
NOTE = "div.since"


@pytest.fixture(scope="module")
def sites(_second_version, serve):
    """The files and the address of the site before and after the second version is in force."""
    days = {"before": datetime.date(2025, 12, 1), "after": datetime.date(2026, 2, 1)}
    found = {name: make(_second_version, day) for name, day in days.items()}
    return {name: (files, serve(files)) for name, files in found.items()}


def faults(page):
    """What axe-core finds on wide and narrow windows, light and dark."""
    page.evaluate(AXE)
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate(RUN)
            assert len(result["passes"]) > 15
            found += [
                f"{width} {scheme}: {violation['id']}: {node['html']}"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
    assert overflowing(page) == []
    return found


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(path, sites, visit):
    assert faults(visit(sites["after"][1] + path)) == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways_on_the_smallest_screen_with_large_letters(path, sites, visit):
    page = visit(sites["after"][1] + path, viewport={"width": 320, "height": 600})
    enlarge(page, "200%")
    # No date is as long as “31. desember 2026”.
    page.evaluate("""() => document.querySelectorAll("time").forEach(
        (time) => time.textContent = "31. desember 2026")""")
    assert overflowing(page) == []


@pytest.mark.parametrize("code", ["nb", "en"])
def test_axe_finds_nothing_on_a_page_that_announces_another(code, sites, visit):
    page = visit(sites["before"][1] + CHOICES[code][0])
    assert page.locator(".announced").count() == 1
    assert faults(page) == []


def test_pages_of_versions_are_valid(sites, tmp_path):
    for name, (files, _) in sites.items():
        (tmp_path / name).mkdir()
        assert invalid(files, tmp_path / name) == []


def test_announcement_leads_to_the_new_text_and_to_what_changes(sites, visit):
    page = visit(sites["before"][1] + "/en/privacy/")
    page.get_by_role("link", name="read the new text").click()
    assert page.get_by_text("This text is in force from 15 January 2026").is_visible()
    page.go_back()
    page.get_by_role("link", name="see what changes").click()
    assert page.locator("h1").text_content() == "Changes of 15 January 2026"


def test_redline_is_side_by_side_where_there_is_room_and_merged_where_not(sites, visit):
    page = visit(sites["after"][1] + f"/en/privacy/{NEXT}/changes/")
    sides, merged = page.locator(".redline-sides"), page.locator(".redline-merged")
    old, new = page.locator(".redline-old"), page.locator(".redline-new")
    assert (sides.is_visible(), merged.is_visible()) == (True, False)
    assert old.bounding_box()["x"] + old.bounding_box()["width"] <= new.bounding_box()["x"]
    page.set_viewport_size({"width": 390, "height": 900})
    assert (sides.is_visible(), merged.is_visible()) == (False, True)


def test_redline_says_in_words_what_colours_show(sites, visit):
    page = visit(
        sites["after"][1] + f"/personvern/{NEXT}/endringer/", viewport={"width": 390, "height": 900}
    )
    assert page.locator("ins:visible").first.text_content().startswith("lagt til: Slå på tråden:")
    assert page.locator("del:visible").first.text_content().startswith("slettet: Ring")


def test_languages_of_a_redline_lead_to_each_other(sites, visit):
    page = visit(sites["after"][1] + f"/personvern/{NEXT}/endringer/")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"**/en/privacy/{NEXT}/changes/")


@pytest.mark.parametrize("path", ["/en/privacy/", f"/personvern/{FIRST}/", "/cookies/"])
def test_script_of_the_documentation_computes_the_fingerprint_shown(path, sites, visit):
    text = (REPOSITORY / "docs/fingerprint.md").read_text("utf-8")
    [script] = re.findall(r"```js\n(.*?)```", text, re.DOTALL)
    page = visit(sites["after"][1] + path)
    script = script.replace("console.log(", "return (")
    computed = page.evaluate(f"async () => {{ {script} }}")
    assert computed == page.locator(".fingerprint code").text_content()


def choose(page, day):
    """Accept all on that day, and come back two months after the second version."""
    page.clock.set_fixed_time(day)
    page.evaluate("klartekst.accept()")
    page.clock.set_fixed_time("2026-03-15T12:00:00")
    page.reload()


@pytest.mark.parametrize(
    ("code", "said", "action"),
    [
        ("en", "Changed since your choice on 20 December 2025:", "Change your choice"),
        ("nb", "Endret siden du valgte 20. desember 2025:", "Endre valget ditt"),
    ],
)
def test_visitor_is_told_what_changed_since_the_choice(code, said, action, sites, visit):
    path, log = CHOICES[code]
    page = visit(sites["after"][1] + path)
    choose(page, "2025-12-20T12:00:00")
    note = page.locator(NOTE)
    assert said in note.text_content() and "Changed." in note.text_content()
    assert note.get_by_role("link").get_attribute("href") == f"{path}{NEXT}/{log}/"
    assert faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    note.get_by_role("button", name=action).click()
    page.get_by_role("dialog").wait_for()


def test_nothing_is_told_without_a_choice_or_after_a_newer_one(sites, visit):
    page = visit(sites["after"][1] + "/en/privacy/")
    assert page.locator(NOTE).count() == 0
    choose(page, "2026-01-15T00:00:01")
    assert page.evaluate("klartekst.get().time") is not None
    assert page.locator(NOTE).count() == 0


def test_note_goes_away_with_a_new_choice(sites, visit):
    page = visit(sites["after"][1] + "/en/privacy/")
    choose(page, "2025-12-20T12:00:00")
    assert page.locator(NOTE).count() == 1
    page.evaluate("klartekst.set({statistics: false})")
    assert page.locator(NOTE).count() == 0


def test_telling_sends_nothing(sites, visit):
    page = visit(sites["after"][1] + "/en/privacy/")
    choose(page, "2025-12-20T12:00:00")
    page.wait_for_load_state("networkidle")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.evaluate("document.dispatchEvent(new CustomEvent('consent:record'))")
    assert page.locator(NOTE).count() == 1
    assert sent == []


def test_page_without_a_change_since_tells_nothing(sites, visit):
    page = visit(sites["after"][1] + "/en/cookies/")
    choose(page, "2025-12-20T12:00:00")
    assert page.locator(NOTE).count() == 0
