"""Other sites than ours: written from right to left, with a logo, with every kind of text."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from ..sites import GOOD, REPOSITORY, SiteFolder
from .test_accessibility import AXE, RUN, enlarge, overflowing, shift

LONG = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
EVERYTHING = """\
---
page: cookies
title: Everything
description: Every kind of text that a page may hold.
---

Before the first section, with `code` and **strong** *words*.

## One {#one}

### A third level

#### A fourth level

1. An ordered list
    - with one in it

> A quotation of what somebody has said.

Term
:   What it means.

And code:

    indented code that is far too long for a small window: 0123456789012345678901234567890123456789

| Cookie | Lifetime | What it is for, and what becomes of it afterwards | Who | How | Why |
|:--|--:|:-:|---|---|---|
| `a_cookie_with_a_name_that_is_far_longer_than_any_window_is_wide_0123456789` | 1 | 2 | 3 | 4 | 5 |

## Two {#list}

LONG and https://example.org/LONG

## Three {#three}

Last.
""".replace("LONG", LONG)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, serve) -> str:
    """A page with every kind of text, by a company with a logo and a very long name."""
    site = SiteFolder.copy(GOOD, tmp_path_factory.mktemp("sites") / "everything")
    site.with_edit("data/site.yaml", "short_name: Nordbakst", f"short_name: {LONG}")
    site.with_edit("data/register.yaml", "    name: basket\n", f"    name: basket_{'x_' * 60}\n")
    uses = re.search(r"^uses:\n(  .*\n)+", site.read("data/register.yaml"), re.MULTILINE)
    site.with_edit("data/register.yaml", uses[0], "")
    site.with_file("content/en/cookies.md", EVERYTHING + "\n{{ block.cookies }}\n")
    return serve(site.make())


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory, serve) -> str:
    """A site whose second language is Arabic: other files, and no other code."""
    site = SiteFolder.copy(GOOD, tmp_path_factory.mktemp("sites") / "mirrored")
    (site.root / "content/en").rename(site.root / "content/ar")
    for name in ("site", "register", "changes"):
        text = site.read(f"data/{name}.yaml")
        site.with_file(f"data/{name}.yaml", re.sub(r"\ben\b(?=[:\]])", "ar", text))
    site.with_file("layouts/messages/ar.po", catalogue())
    return serve(site.make())


def catalogue() -> bytes:
    """The English catalogue with each message in made-up Arabic, what is put into it kept."""
    with Path(REPOSITORY, "layouts/messages/en.po").open("rb") as file:
        words = read_po(file, locale="ar")
    for message in words:
        if message.id:
            message.string = "كلمة " + " ".join(re.findall(r"\{\w+\}", str(message.id)))
    out = BytesIO()
    write_po(out, words)
    return out.getvalue()


@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_of_text_fits(size, width, visit, everything):
    page = visit(everything + "/en/cookies/", viewport={"width": width, "height": 700})
    enlarge(page, size)
    assert overflowing(page) == []


def test_every_kind_of_text_is_accessible(visit, everything):
    page = visit(everything + "/en/cookies/", viewport={"width": 320, "height": 700})
    page.evaluate(AXE)
    assert page.evaluate(RUN)["violations"] == []


def test_table_written_in_markdown_becomes_cards_too(visit, everything):
    page = visit(everything + "/en/cookies/", viewport={"width": 320, "height": 700})
    cells = page.locator("#one td")
    assert {round(cell.bounding_box()["x"]) for cell in cells.all()} == {
        round(cells.first.bounding_box()["x"])
    }
    label = cells.nth(1).evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Lifetime"'
    assert {cell.evaluate("cell => getComputedStyle(cell).textAlign") for cell in cells.all()} == {
        "start"
    }


def test_columns_are_aligned_as_markdown_says(visit, everything):
    page = visit(everything + "/en/cookies/")
    cells = page.locator("#one td").all()[:4]
    aligned = [cell.evaluate("cell => getComputedStyle(cell).textAlign") for cell in cells]
    assert aligned == ["start", "end", "center", "start"]


def test_sections_without_numbers_are_named_alone(visit, everything):
    page = visit(everything + "/en/cookies/")
    assert page.locator(".toc-wide a").all_text_contents() == ["One", "Two", "Three"]
    assert page.locator(".number").count() == 0


def test_purposes_say_why_where_no_uses_are_described(visit, everything):
    page = visit(everything + "/en/privacy/")
    why = page.locator(".glance dl > div", has_text="Why").get_by_role("listitem")
    assert why.all_text_contents() == ["Orders", "Newsletter"]


def test_page_without_sections_has_no_contents(visit, everything):
    page = visit(everything + "/en/privacy/changes/")
    assert page.locator(".toc").count() == 0
    assert page.locator("h1").bounding_box()["x"] > 300  # where the other pages have it


def test_logo_is_named_after_the_company_and_moves_nothing(visit, everything):
    page = visit(everything + "/en/privacy/", color_scheme="dark")
    logo = page.get_by_role("img", name=LONG)
    assert logo.evaluate("it => it.naturalWidth") > 0
    assert logo.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(251, 251, 249)"
    box = logo.bounding_box()
    assert 28 <= box["height"] < 40 and box["x"] < 300
    assert shift(page) == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways_from_right_to_left(width, visit, mirrored):
    page = visit(mirrored, viewport={"width": width, "height": 700})
    words = []
    for path in ("/ar/privacy/", "/ar/cookies/", "/ar/privacy/changes/"):
        page.goto(mirrored + path)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert overflowing(page) == []
        words.append(page.locator("main").inner_text())
    # Durations in a language whose long form the CLDR leaves to the short one.
    assert "13 شهرًا" in words[0]
    assert "duration" not in "".join(words)


def test_page_is_mirrored_from_right_to_left(visit, mirrored):
    page = visit(mirrored + "/ar/privacy/#rights")

    def left(selector):
        return page.locator(selector).first.bounding_box()["x"]

    assert left(".brand") > left(".languages")
    assert left(".toc-wide") > left("main")
    assert left(".toc-wide .number") > left(".toc-wide .number + span")
    assert left("thead th:first-child") > left("thead th:last-child")
    marker = page.locator(".toc-wide [aria-current]").evaluate(
        "it => parseFloat(getComputedStyle(it, '::before').right)"
    )
    assert marker < 0


def test_switch_leads_between_directions(visit, mirrored):
    page = visit(mirrored + "/ar/privacy/#rights")
    page.get_by_role("link", name="Norsk bokmål").click()
    page.wait_for_url("**/personvern/#rights")
    assert page.evaluate("document.documentElement.dir") == "ltr"
