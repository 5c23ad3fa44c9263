"""Everyone can read the pages: axe-core, small windows, large text, forced colours."""

from __future__ import annotations

from importlib.resources import files

import pytest

from klartekst.check import appearance

from .published import page_paths

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run({rules: Object.fromEntries(
    axe.getRules().filter(rule => !rule.tags.includes("wcag2aaa"))
        .map(rule => [rule.ruleId, {enabled: true}])), resultTypes: ["violations"]})"""
TEXT_PAGES = [path for path in page_paths() if path not in ("/", "/404.html")]


@pytest.mark.parametrize("path", page_paths())
def test_axe_finds_nothing(path, visit, published):
    page = visit(published + path)
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
    assert found == []


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_scrolls_sideways_on_the_smallest_screen(size, visit, published):
    page = visit(published, viewport={"width": 320, "height": 600})
    for path in page_paths():
        page.goto(published + path)
        enlarge(page, size)
        assert overflowing(page) == [], path


def enlarge(page, size):
    page.evaluate("size => document.documentElement.style.fontSize = size", size)


def overflowing(page):
    """Each element that reaches beyond the window, or whose own text does not fit it."""
    return page.evaluate("""() => [...document.querySelectorAll("body, body *")]
        .filter(element => !element.closest(".hidden, .skip, thead") && element.checkVisibility())
        .filter(element => {
            const box = element.getBoundingClientRect();
            return box.left < -1 || box.right > innerWidth + 1
                || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
        })
        .map(element => element.outerHTML.slice(0, 120))""")


@pytest.mark.parametrize("path", TEXT_PAGES)
def test_rows_are_labelled_cards_on_a_phone_and_still_a_table(path, visit, published):
    page = visit(published + path, viewport={"width": 320, "height": 600})
    tables = page.get_by_role("table")
    for table in tables.all():
        row = table.locator("tbody tr").first
        cells = row.locator("td").all()
        assert row.locator("th").bounding_box()["width"] > 240
        assert all(cell.bounding_box()["width"] > 240 for cell in cells)
        labels = [
            cell.evaluate("cell => getComputedStyle(cell, '::before').content") for cell in cells
        ]
        headings = table.get_by_role("columnheader").all_text_contents()
        assert labels == [f'"{heading}"' for heading in headings[1:]]


def test_a_table_is_a_table_where_there_is_room(visit, published):
    page = visit(published + "/cookies/")
    row = page.locator(".cookies tbody tr").first
    tops = {cell.bounding_box()["y"] for cell in row.locator("th, td").all()}
    assert len(tops) == 1


def test_lines_hold_about_66_characters(visit, published):
    page = visit(published + "/personvern/")
    averages = page.evaluate("""() => [...document.querySelectorAll("section > p")]
        .map(paragraph => {
            const range = document.createRange();
            range.selectNodeContents(paragraph);
            const height = parseFloat(getComputedStyle(paragraph).lineHeight);
            const lines = Math.round(paragraph.getBoundingClientRect().height / height);
            return [paragraph.textContent.length, lines];
        })
        .filter(([, lines]) => lines > 2)
        .map(([signs, lines]) => signs / (lines - 0.5))""")
    assert len(averages) > 3
    assert 58 <= sum(averages) / len(averages) <= 74


def test_dark_mode_changes_the_colours_that_check_judges(visit, published):
    page = visit(published + "/personvern/", color_scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    assert hexadecimal(dark) == appearance._GROUNDS["accent_dark"]
    assert hexadecimal(page.evaluate(ground)) == appearance._GROUNDS["accent"]


def hexadecimal(colour):
    parts = colour.removeprefix("rgb(").removesuffix(")").split(",")
    return "#" + "".join(f"{int(part):02x}" for part in parts)


def test_current_section_is_marked_without_colours_too(visit, published):
    page = visit(published + "/personvern/#rights", forced_colors="active")
    style = "getComputedStyle(document.querySelector('.toc-wide [aria-current]'), '::before')"
    assert page.evaluate(f"{style}.borderInlineStartWidth") == "3px"
    assert page.evaluate(f"{style}.borderInlineStartColor") != page.evaluate(
        "getComputedStyle(document.body).backgroundColor"
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_of_navigation_are_large_enough(width, visit, published):
    page = visit(published + "/personvern/", viewport={"width": width, "height": 900})
    small = page.evaluate("""() => [...document.querySelectorAll(
            "nav a, summary, .anchor, .brand")]
        .filter(target => target.checkVisibility())
        .filter(target => {
            const box = target.getBoundingClientRect();
            return box.width < 24 || box.height < 24;
        })
        .map(target => target.outerHTML)""")
    assert small == []


def test_nothing_jumps_while_a_page_loads_or_scrolls(visit, published):
    page = visit(published + "/personvern/#rights")
    page.mouse.wheel(0, 1500)
    page.wait_for_timeout(200)
    assert shift(page) == 0


def shift(page):
    """By how much the parts of the page have been moved since it began to load; 0 is none."""
    return page.evaluate("""() => new Promise(resolve => {
        let sum = 0;
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) sum += entry.value;
        }).observe({type: "layout-shift", buffered: true});
        setTimeout(() => resolve(sum), 100);
    })""")
