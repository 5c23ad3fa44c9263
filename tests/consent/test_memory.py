"""The cookie that remembers: its form, its age, what it covers, and all that can be wrong."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from klartekst.model import Duration, Site

from ..browser.browser import ARGUMENTS, find_browser
from .conftest import NewVisitor
from .stage import (
    NAME,
    OPTIONAL,
    SCRIPT,
    Visitor,
    accept,
    allowed,
    control,
    document,
    files_of,
    first,
    press,
    real_site,
    reject,
    second,
    settled,
    until,
    with_consent,
    with_cookie,
    with_register,
    without_cookie,
)

FORM = re.compile(r"1\.\d+\.nb((?:\.\w+~[01]~[0-9a-z]+~(?:[-\w]{5})*){3})")
DAY = 86_400


def remember(visitor: Visitor, value: str, **parts: Any) -> None:
    """Put a consent cookie of this value into the profile."""
    visitor.context.add_cookies([{"name": NAME, "value": value, "url": visitor.url(), **parts}])


def renew(visitor: Visitor, page: Page, site: Site) -> None:
    """The site has changed, and the visitor comes back."""
    visitor.files |= files_of(site)
    page.reload()


def far(page: Page, days: float) -> None:
    """Come back after some days."""
    page.clock.set_fixed_time(datetime.datetime.now() + datetime.timedelta(days=days))
    page.reload()


def test_cookie_has_the_form_age_and_size_that_are_promised(visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    cookie = visitor.cookies()[NAME]
    assert FORM.fullmatch(cookie["value"])
    assert len(cookie["value"]) < 200
    assert (cookie["path"], cookie["sameSite"], cookie["domain"]) == ("/", "Lax", "127.0.0.1")
    assert abs(cookie["expires"] - time.time() - 182 * DAY) < 60
    assert set(visitor.cookies()) == {NAME}


def test_a_no_is_kept_as_long_as_a_yes(new_visitor: NewVisitor) -> None:
    ends = []
    for choose in (accept, reject):
        visitor = new_visitor()
        choose(visitor.open())
        ends.append(visitor.cookies()[NAME]["expires"])
    assert abs(ends[0] - ends[1]) < 30


def test_the_cookie_holds_nothing_but_the_choice(visitor: Visitor) -> None:
    page = visitor.open()
    reject(page)
    version, number, language, *answers = visitor.cookies()[NAME]["value"].split(".")
    assert (version, language) == ("1", "nb")
    assert [answer.split("~")[:2] for answer in answers] == [[key, "0"] for key in OPTIONAL]
    assert page.evaluate("klartekst.get().id") == number


@pytest.mark.parametrize(
    ("host", "domain", "found"),
    [
        ("www.itsworking.example", "itsworking.example", ".itsworking.example"),
        ("itsworking.example", None, "itsworking.example"),
        ("other.example", "itsworking.example", "other.example"),
    ],
)
def test_on_https_the_cookie_is_secure_and_shared_only_as_the_setting_says(
    host: str, domain: str | None, found: str, visitor: Visitor
) -> None:
    page = over_https(visitor, host, with_consent(real_site(), domain=domain))
    accept(page)
    cookie = visitor.cookies()[NAME]
    assert (cookie["domain"], cookie["secure"]) == (found, True)


def over_https(visitor: Visitor, host: str, site: Site, path: str = "/") -> Page:
    """A page of `site` on an https host, answered without any network."""
    files = files_of(site)

    def answer(route: Route) -> None:
        name = route.request.url.split("/", 3)[3]
        kind = "text/javascript" if name.endswith(".js") else "text/html"
        route.fulfill(body=files.get(name, document()), content_type=kind)

    visitor.context.route(f"https://{host}/**", answer)
    page = visitor.tab()
    page.goto(f"https://{host}{path}")
    return page


def test_a_twin_on_the_host_does_not_bring_the_banner_back(visitor: Visitor) -> None:
    site = with_consent(real_site(), domain="itsworking.example")
    page = over_https(visitor, "www.itsworking.example", site)
    reject(page)
    old = visitor.cookies()[NAME]["value"].replace("~0~", "~1~")
    older = re.sub(r"~1~[0-9a-z]+~", "~1~t00000~", old)
    visitor.context.add_cookies(
        [{"name": NAME, "value": older, "url": "https://www.itsworking.example/"}]
    )
    page.reload()
    settled(page)
    assert first(page).count() == 0
    assert not any(allowed(page)[key] for key in OPTIONAL)
    press(control(page), "Informasjonskapsler: avvist")
    press(second(page), "Godta alle")
    page.reload()
    assert all(allowed(page).values())
    names = [cookie.get("domain") for cookie in visitor.context.cookies()]
    assert names.count("www.itsworking.example") == 0


@pytest.mark.parametrize("days", [181.9, 182.1])
def test_consent_ends_at_its_age_though_it_is_read_each_day(days: float, visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    far(page, 100)
    assert first(page).count() == 0
    value = visitor.cookies()[NAME]["value"]
    far(page, days)
    settled(page)
    assert (first(page).count() == 1) == (days > 182)
    assert allowed(page)["analytics"] == (days < 182)
    assert visitor.cookies()[NAME]["value"] == value


def test_keep_is_a_setting(visitor: Visitor) -> None:
    page = visitor.open(site=with_consent(real_site(), keep=Duration(1, "month")))
    accept(page)
    assert abs(visitor.cookies()[NAME]["expires"] - time.time() - 30 * DAY) < 60


BROKEN: dict[str, Callable[[str], str]] = {
    "cut short": lambda value: value[:40],
    "empty": lambda value: "",
    "of a later version": lambda value: "2" + value[1:],
    "of another tool": lambda value: "allow",
    "not base 36": lambda value: value.replace("~1~", "~1~Å"),
    "of the future": lambda value: re.sub(r"~1~[0-9a-z]+~", "~1~zzzzzz~", value),
    "of the past": lambda value: re.sub(r"~1~[0-9a-z]+~", "~1~1~", value),
    "huge": lambda value: value + "." + "a" * 3500,
    "escaped": lambda value: "%00%ff" + value,
    "script": lambda value: "<script>alert(1)</script>",
    "of strange keys": lambda value: re.sub(r"\.\w+~", ".__proto__~", value),
    "of damaged marks": lambda value: value[:-2],
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_cookie_is_no_choice_and_no_error(how: str, visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    remember(visitor, BROKEN[how](visitor.cookies()[NAME]["value"]))
    page.reload()
    first(page).wait_for()
    assert not allowed(page)["marketing"]
    reject(page)
    page.reload()
    settled(page)
    assert first(page).count() == 0


def _google_moves(site: Site) -> Site:
    from msgspec import structs

    providers = dict(site.register.providers)
    for key, provider in providers.items():
        if key == "google":
            providers[key] = structs.replace(provider, country="IN")
    return with_register(site, providers=providers)


def _new_purpose(site: Site) -> Site:
    from msgspec import structs

    categories = dict(site.register.cookie_categories)
    for key, category in categories.items():
        if key == "analytics":
            categories[key] = structs.replace(category, purposes=("security",))
    return with_register(site, cookie_categories=categories)


GROWN: dict[str, tuple[Callable[[Site], Site], set[str]]] = {
    "a new cookie": (lambda site: with_cookie(site, "gx", name="_gx"), {"analytics"}),
    "a longer lifetime": (
        lambda site: with_cookie(site, "gid", lifetime=Duration(25, "hour")), {"analytics"},
    ),
    "a new recipient": (lambda site: with_cookie(site, "ga", provider="meta"), {"analytics"}),
    "a new country": (_google_moves, {"analytics", "marketing"}),
    "a new purpose": (_new_purpose, {"analytics"}),
}  # fmt: skip


@pytest.mark.parametrize("what", GROWN)
def test_what_has_grown_is_asked_again_and_nothing_else(what: str, visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    change, asked = GROWN[what]
    renew(visitor, page, change(real_site()))
    first(page).wait_for()
    assert {key for key in OPTIONAL if not allowed(page)[key]} == asked
    assert first(page).get_by_role("listitem").count() == len(asked)
    if what == "a new cookie":
        assert "Nytt siden sist: _gx." in first(page).inner_text()
    reject(page)
    assert {key for key in OPTIONAL if not allowed(page)[key]} == asked
    page.reload()
    settled(page)
    assert first(page).count() == 0


def _other_words(site: Site) -> Site:
    from klartekst.model import Text

    words = Text.of(nb="Helt andre ord, med komma", en="Quite other words")
    return with_cookie(site, "ga", purpose=words, service="Analytics 360")


SMALLER: dict[str, Callable[[Site], Site]] = {
    "other words": _other_words,
    "a cookie less": lambda site: without_cookie(site, "gid"),
    "a shorter lifetime": lambda site: with_cookie(site, "ga", lifetime=Duration(13, "month")),
}


@pytest.mark.parametrize("what", SMALLER)
def test_words_and_what_has_shrunk_ask_nobody_again(what: str, visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    renew(visitor, page, SMALLER[what](real_site()))
    settled(page)
    assert first(page).count() == 0
    assert all(allowed(page).values())


def test_asking_for_one_category_leaves_the_age_of_the_others(visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    before = visitor.cookies()[NAME]["value"]
    visitor.files |= files_of(with_cookie(real_site(), "gx", name="_gx"))
    far(page, 90)
    accept(page)
    after = visitor.cookies()[NAME]["value"]
    ages = [dict(re.findall(r"\.(\w+)~1~(\w+)~", value)) for value in (before, after)]
    assert ages[0]["marketing"] == ages[1]["marketing"]
    assert ages[0]["analytics"] != ages[1]["analytics"]


def test_another_tab_follows(visitor: Visitor) -> None:
    one = visitor.open()
    two = visitor.tab()
    two.goto(visitor.url())
    first(two).wait_for()
    accept(one)
    first(two).wait_for(state="detached")
    assert all(allowed(two).values())
    press(control(two), "Trekk tilbake")
    until(one, "!klartekst.allowed('marketing')")


def test_another_tab_follows_also_without_a_cookie_store(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "delete Window.prototype.cookieStore; delete window.cookieStore"
    )
    one = visitor.open()
    two = visitor.tab()
    two.goto(visitor.url())
    accept(one)
    assert first(two).count() == 1
    two.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    first(two).wait_for(state="detached")
    assert all(allowed(two).values())


def test_a_page_that_comes_back_from_the_cache_knows_the_choice(browser: Browser) -> None:
    # Playwright switches the back/forward cache off, so this needs a browser of its own.
    cached = browser.browser_type.launch(
        executable_path=find_browser(),
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    visitor = Visitor(cached)
    page = visitor.open("<a href='/other/'>x</a>", files={"other/index.html": document("annen")})
    first(page).wait_for()
    page.evaluate("window.mark = 'the same page'")
    page.get_by_role("link", name="x").click()
    accept(page)
    page.evaluate("history.back()")
    page.wait_for_url(visitor.url(), wait_until="commit")
    until(page, "klartekst.allowed('marketing')")
    assert page.evaluate("mark") == "the same page"
    assert first(page).count() == 0
    visitor.close()
    cached.close()


BLOCKED = {
    "cookies that are not kept": "Object.defineProperty(document, 'cookie',"
    " {get: () => '', set() {}})",
    "cookies that throw": "Object.defineProperty(document, 'cookie',"
    " {get() { throw new DOMException('no', 'SecurityError') }, set() { throw new Error('no') }})",
    "storage that throws": "for (const name of ['localStorage', 'sessionStorage'])"
    " Object.defineProperty(window, name,"
    " {get() { throw new DOMException('no', 'SecurityError') }})",
}


@pytest.mark.parametrize("how", BLOCKED)
def test_where_the_browser_blocks_it_the_choice_holds_for_the_page(
    how: str, visitor: Visitor
) -> None:
    visitor.context.add_init_script(BLOCKED[how])
    page = visitor.open()
    accept(page)
    first(page).wait_for(state="detached")
    assert all(allowed(page).values())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert all(allowed(page).values())
    page.evaluate("klartekst.withdraw()")
    assert not allowed(page)["marketing"]


def test_a_visitor_who_has_chosen_never_sees_the_banner(visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    visitor.context.add_init_script(
        "document.addEventListener('consent:show', () => { window.seen = true })"
    )
    page.reload()
    settled(page)
    assert page.evaluate("window.seen") is None
    assert first(page).count() == 0


def test_the_language_switch_is_remembered_only_where_its_category_is_allowed(
    visitor: Visitor,
) -> None:
    page = visitor.open('<a href="#" data-language="en">English</a>')
    page.get_by_text("English").click()
    assert "lang_pref" not in visitor.cookies()
    page.evaluate("klartekst.set({functional: true})")
    page.get_by_text("English").click()
    cookie = visitor.cookies()["lang_pref"]
    assert cookie["value"] == "en"
    assert cookie["expires"] - time.time() < 13 * 31 * DAY
    assert (cookie["path"], cookie["sameSite"]) == ("/", "Lax")
    page.evaluate("klartekst.withdraw('functional')")
    assert "lang_pref" not in visitor.cookies()


def test_the_real_pages_have_the_script_and_the_switch(visitor: Visitor) -> None:
    from ..browser.published import published_files

    visitor.open(files=dict(published_files()), path="/cookies/")
    page = visitor.context.pages[0]
    assert page.locator(f"script[src='{SCRIPT}']").count() == 1
    assert page.locator("[data-language=en]").count() == 1
