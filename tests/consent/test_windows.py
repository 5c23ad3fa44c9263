"""The choice in every window: other tabs, the cache, a browser that blocks, our own pages."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser

from ..browser.browser import ARGUMENTS, find_browser
from .stage import (
    SCRIPT,
    Visitor,
    accept,
    allowed,
    control,
    document,
    first,
    press,
    settled,
    until,
)


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
    assert cookie["expires"] - time.time() < 13 * 31 * 86_400
    assert (cookie["path"], cookie["sameSite"]) == ("/", "Lax")
    page.evaluate("klartekst.withdraw('functional')")
    assert "lang_pref" not in visitor.cookies()


def test_the_real_pages_have_the_script_and_the_switch(visitor: Visitor) -> None:
    from ..browser.published import published_files

    visitor.open(files=dict(published_files()), path="/cookies/")
    page = visitor.context.pages[0]
    assert page.locator(f"script[src='{SCRIPT}']").count() == 1
    assert page.locator("[data-language=en]").count() == 1
