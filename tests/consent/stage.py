"""What the browser tests of the banner share: a site's script, pages around it, and a visitor."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any

from msgspec import structs
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page

from klartekst.consent import consent_files
from klartekst.load import load
from klartekst.model import Site
from klartekst.render import Layouts, folders

from ..browser.server import POLICY, Server
from ..sites import ITSWORKING

SCRIPT = "/cookies/valg.js"
TAG = f'<script src="{SCRIPT}"></script>'
NAME = "cookie_consent_status"
OPTIONAL = ("functional", "analytics", "marketing")

INLINE = POLICY.replace("script-src 'self'", "script-src 'self' 'nonce-n1'")
"""A policy that lets scripts of the page itself run, those with the nonce n1."""
OPEN = "default-src * 'unsafe-inline'"
"""A policy for tests in which something comes from another host."""


@cache
def real_site() -> Site:
    """Its Working's site as first released, without its domain, which no loopback host has."""
    site = load(ITSWORKING).site()
    assert site is not None
    return with_consent(site, domain=None)


def with_consent(site: Site, **changes: Any) -> Site:
    """The site with other settings of the banner."""
    consent = structs.replace(site.settings.consent, **changes)
    return replace(site, settings=structs.replace(site.settings, consent=consent))


def with_cookie(site: Site, slug: str, **changes: Any) -> Site:
    """The site with a cookie changed, or a new one like `_ga`."""
    cookies = site.register.cookies
    cookie = structs.replace(cookies.get(slug, cookies["ga"]), **changes)
    return with_register(site, cookies={**cookies, slug: cookie})


def without_cookie(site: Site, slug: str) -> Site:
    """The site without a cookie."""
    cookies = {key: each for key, each in site.register.cookies.items() if key != slug}
    return with_register(site, cookies=cookies)


def with_register(site: Site, **changes: Any) -> Site:
    """The site with other parts of its register."""
    return replace(site, register=structs.replace(site.register, **changes))


def files_of(site: Site) -> dict[str, bytes]:
    """What is published for the banner of a site."""
    layouts = Layouts(folders(ITSWORKING))
    languages = {
        code: layouts.language(code, "official") for code in map(str, site.settings.languages)
    }
    return consent_files(site, languages, layouts.file, layouts.render)


def document(body: str = "", head: str = TAG, language: str = "nb") -> bytes:
    """A page of somebody's site, with the banner's tag in its head."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Side</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
        f"<body><main><h1>Side</h1>{body}</main></body></html>"
    ).encode()


def note(word: str) -> bytes:
    """A script that notes that it ran, in the page's `ran`."""
    return f"(window.ran ||= []).push('{word}');".encode()


class Visitor:
    """A fresh browser profile, a server, and a log of what left the page and what went wrong."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        """`options` are those of a browser context."""
        self.browser = browser
        self.context: BrowserContext = browser.new_context(**options)
        self.context.set_default_timeout(5000)
        self.requests: list[str] = []
        self.faults: list[str] = []
        self.files: dict[str, bytes] = {}
        self.servers: list[Server] = []
        self.address = ""

    def open(
        self,
        body: str = "",
        *,
        site: Site | None = None,
        policy: str = POLICY,
        files: Mapping[str, bytes] | None = None,
        path: str = "/",
        host: str = "127.0.0.1",
        **parts: str,
    ) -> Page:
        """A page with `body` and the banner of `site`, in a new tab."""
        self.files |= {**files_of(site or real_site()), "index.html": document(body, **parts)}
        self.files |= files or {}
        if not self.servers:
            self.serve(policy)
        page = self.tab()
        page.goto(self.url(path, host))
        return page

    def serve(self, policy: str) -> None:
        """Start the server."""
        self.servers.append(Server(self.files, {"Content-Security-Policy": policy}))
        self.address = self.servers[0].address

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path on one of the server's names."""
        return self.address.replace("127.0.0.1", host) + path

    def tab(self) -> Page:
        """A new tab that is watched."""
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._console)
        return page

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def cookies(self) -> dict[str, Any]:
        """Every cookie of the profile, by its name."""
        return {str(cookie.get("name")): cookie for cookie in self.jar()}

    def jar(self) -> list[Any]:
        """Every cookie of the profile, once all that the pages have written has arrived there.

        What a page writes is under way for a moment; the answer to a read comes after it.
        """
        for page in self.context.pages:
            with suppress(Error):  # it is on its way to another page
                page.evaluate("() => { try { return document.cookie } catch { return '' } }")
        return list(self.context.cookies())

    def close(self) -> None:
        """Leave nothing behind."""
        self.context.close()
        for server in self.servers:
            server.close()


def first(page: Page) -> Locator:
    """The first layer."""
    return page.locator("kt-choice .panel")


def second(page: Page) -> Locator:
    """The second layer."""
    return page.locator("kt-choice dialog")


def control(page: Page) -> Locator:
    """The permanent control."""
    return page.locator("kt-choice .pill")


def press(layer: Locator, name: str) -> None:
    """Press a button of a layer."""
    layer.get_by_role("button", name=name, exact=True).click()


def accept(page: Page) -> None:
    """Accept all on the first layer."""
    press(first(page), "Godta alle")


def reject(page: Page) -> None:
    """Reject all on the first layer."""
    press(first(page), "Avvis alle")


def allowed(page: Page) -> dict[str, bool]:
    """What the script allows now."""
    found: dict[str, bool] = page.evaluate("klartekst.get().categories")
    return found


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true; Playwright's own way needs eval, which policies forbid."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {expression}")


def ran(page: Page, count: int = 0) -> list[str]:
    """What the gated scripts of a page have noted, once there are `count` of them."""
    until(page, f"(window.ran ?? []).length >= {count}")
    noted: list[str] = page.evaluate("window.ran ?? []")
    return noted


def settled(page: Page) -> None:
    """Give the page time to do what it should not do."""
    page.wait_for_timeout(150)


def style(element: Locator, *properties: str) -> list[str]:
    """Computed values of CSS properties of an element."""
    found: list[str] = element.evaluate(
        "(e, names) => names.map((name) => getComputedStyle(e)[name])", list(properties)
    )
    return found


def far(page: Page, days: float) -> None:
    """Come back after some days."""
    page.clock.set_fixed_time(datetime.datetime.now() + datetime.timedelta(days=days))
    page.reload()
