"""Taking it back: as easy as giving it, and what is then deleted."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from .stage import (
    NAME,
    OPTIONAL,
    Visitor,
    accept,
    allowed,
    control,
    first,
    note,
    press,
    ran,
    real_site,
    second,
    settled,
    with_consent,
    with_cookie,
)
from .test_memory import over_https

SCRIPT = '<script type="text/plain" data-consent="analytics" src="/a.js"></script>'
OFF = {"necessary": True} | dict.fromkeys(OPTIONAL, False)


def put(page: Page, *cookies: str) -> None:
    """Set cookies as a script of the page would."""
    page.evaluate("(all) => all.forEach((each) => { document.cookie = each })", list(cookies))


def names(visitor: Visitor) -> list[tuple[str, str, str]]:
    """Name, domain and path of every cookie but ours."""
    found: list[Any] = [dict(each) for each in visitor.jar()]
    return sorted((c["name"], c["domain"], c["path"]) for c in found if c["name"] != NAME)


@pytest.mark.parametrize("path", ["/", "/butikk/kurv/"])
def test_the_way_back_is_on_every_page_and_takes_one_click(path: str, visitor: Visitor) -> None:
    from .stage import document

    page = visitor.open(files={"butikk/kurv/index.html": document()}, path=path)
    accept(page)
    page.reload()
    press(control(page), "Trekk tilbake")
    assert allowed(page) == OFF
    assert control(page).get_by_role("button").all_inner_texts() == ["Informasjonskapsler: avvist"]


def test_control_shows_the_present_choice(visitor: Visitor) -> None:
    page = visitor.open()
    assert control(page).is_hidden()
    accept(page)
    words = []
    for answers in ("{}", "{marketing: false}", "{analytics: false, functional: false}"):
        page.evaluate(f"klartekst.set({answers})")
        words.append(control(page).get_by_role("button").first.inner_text())
    assert [word.split(": ")[1] for word in words] == ["godtatt", "delvis godtatt", "avvist"]


def test_cookie_page_shows_choice_date_and_id_and_has_the_same_controls(visitor: Visitor) -> None:
    page = visitor.open("<h2>Valget</h2><div data-consent-here></div>")
    here = page.locator("[data-consent-here] section")
    assert "Analyse/Statistikk: ikke valgt" in here.inner_text()
    press(here, "Godta alle")
    number = page.evaluate("klartekst.get().id")
    text = here.inner_text()
    assert "Markedsføring: godtatt" in text
    assert f"id {number}" in text
    assert page.evaluate("new Date().toLocaleDateString('nb', {dateStyle: 'long'})") in text
    assert first(page).count() == 0
    press(here, "Velg selv")
    second(page).get_by_role("switch", name="Markedsføring").uncheck()
    press(second(page), "Lagre valget")
    assert "Markedsføring: avvist" in here.inner_text()
    press(here, "Avvis alle")
    assert allowed(page) == OFF
    assert "Analyse/Statistikk: avvist" in here.inner_text()


def test_a_place_for_the_choice_that_is_added_later_is_filled(visitor: Visitor) -> None:
    page = visitor.open()
    page.evaluate(
        """() => { const place = document.createElement('div');
        place.dataset.consentHere = ''; document.body.append(place) }"""
    )
    page.locator("[data-consent-here] section").wait_for()


def test_cookies_of_the_category_are_deleted_on_every_domain_and_path(visitor: Visitor) -> None:
    page = over_https(visitor, "www.shop.itsworking.example", real_site(), "/a/b/c")
    accept(page)
    put(
        page,
        "_ga=1;Path=/",
        "_ga=2;Path=/;Domain=itsworking.example",
        "_ga=3;Path=/;Domain=shop.itsworking.example;Secure",
        "_gid=4;Path=/a/b",
        "_gid=5;Path=/a/",
        "_gid=6;Path=/a/b/c",
        "_fbp=7;Path=/",
        "wp_lang=8;Path=/",
        "basket=9;Path=/;Domain=itsworking.example",
        "_gat=10;Path=/",
        "x_ga=11;Path=/",
    )
    page.evaluate("klartekst.withdraw('analytics')")
    left = [name for name, _, _ in names(visitor)]
    assert left == ["_fbp", "_gat", "basket", "wp_lang", "x_ga"]


def test_prefixes_patterns_and_storage_entries_are_deleted(visitor: Visitor) -> None:
    from klartekst.model.consent import CookiePattern

    site = with_cookie(
        real_site(), "p", name=None, pattern=CookiePattern("_ga_[A-Z0-9]+"), label="_ga_<id>"
    )
    site = with_cookie(site, "q", name=None, prefix="a.b-")
    site = with_cookie(site, "l", name="seen", kind="localStorage")
    site = with_cookie(site, "s", name=None, prefix="tab", kind="sessionStorage")
    page = visitor.open(site=site)
    accept(page)
    put(page, "_ga_AB12=1", "_ga_ab=1", "a.b-c=1", "aXb-c=1", "seen=1")
    page.evaluate(
        """() => { for (const s of [localStorage, sessionStorage])
        for (const key of ['seen', 'tab1', 'own']) s.setItem(key, '1') }"""
    )
    page.evaluate("klartekst.reject()")
    assert [name for name, _, _ in names(visitor)] == ["_ga_ab", "aXb-c", "seen"]
    left = "(s) => Object.keys(s).sort()"
    assert page.evaluate(f"({left})(localStorage)") == ["own", "tab1"]
    assert page.evaluate(f"({left})(sessionStorage)") == ["own", "seen"]


def test_nothing_is_ever_set_to_find_out_where_a_cookie_lies(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        """const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
        window.set = [];
        Object.defineProperty(document, 'cookie', {
          get: () => own.get.call(document),
          set: (text) => { set.push(text); own.set.call(document, text) },
        });"""
    )
    page = visitor.open()
    accept(page)
    put(page, "_ga=1")
    page.evaluate("klartekst.withdraw()")
    written = [each for each in page.evaluate("set") if "Max-Age=0" not in each]
    assert [each.split("=")[0] for each in written] == [NAME, "_ga", NAME]


def test_what_necessary_or_another_allowed_category_also_owns_survives(visitor: Visitor) -> None:
    site = with_cookie(real_site(), "wide", name=None, prefix="w", category="analytics")
    site = with_cookie(site, "all", name=None, prefix="cookie_", category="analytics")
    page = visitor.open(site=site)
    accept(page)
    put(page, "wp_login=1", "wx=1")
    page.evaluate("klartekst.withdraw('analytics')")
    assert [name for name, _, _ in names(visitor)] == ["wp_login"]
    assert NAME in visitor.cookies()


def test_what_is_necessary_survives_whoever_is_said_to_set_it(visitor: Visitor) -> None:
    site = with_cookie(real_site(), "cf_bm", name="wide_id", party="third", category="necessary")
    site = with_cookie(site, "wide", name=None, prefix="wide_", category="analytics")
    page = visitor.open(site=site)
    accept(page)
    put(page, "wide_id=1", "wide_x=1")
    page.evaluate("klartekst.withdraw('analytics')")
    assert [name for name, _, _ in names(visitor)] == ["wide_id"]


def test_withdrawal_loads_the_page_anew_where_something_gated_runs(visitor: Visitor) -> None:
    page = visitor.open(SCRIPT, files={"a.js": note("a")})
    accept(page)
    ran(page, 1)
    with page.expect_navigation():
        press(control(page), "Trekk tilbake")
    settled(page)
    assert ran(page) == []
    assert allowed(page) == OFF


def test_withdrawal_does_not_load_a_page_anew_on_which_nothing_ran(visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    page.evaluate("window.mark = 1")
    press(control(page), "Trekk tilbake")
    settled(page)
    assert page.evaluate("mark") == 1


def test_without_reload_the_visitor_is_told_what_still_runs(visitor: Visitor) -> None:
    page = visitor.open(
        SCRIPT, files={"a.js": note("a")}, site=with_consent(real_site(), reload=False)
    )
    page.evaluate("window.gone = []; void klartekst.on('change', (c) => gone.push(...c.withdrawn))")
    accept(page)
    ran(page, 1)
    press(control(page), "Trekk tilbake")
    settled(page)
    assert page.evaluate("gone") == list(OPTIONAL)
    assert "Last siden på nytt" in control(page).inner_text()
