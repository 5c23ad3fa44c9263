"""The cookie that remembers: its form, its age, and all that can be wrong with it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from klartekst.model import Duration, Site

from .conftest import NewVisitor
from .stage import (
    NAME,
    OPTIONAL,
    Visitor,
    accept,
    allowed,
    control,
    document,
    far,
    files_of,
    first,
    press,
    real_site,
    reject,
    second,
    settled,
    with_consent,
)

FORM = re.compile(r"1\.\d+\.nb((?:\.\w+~[01]~[0-9a-z]+~(?:[-\w]{5})*){3})")
DAY = 86_400


def remember(visitor: Visitor, value: str, **parts: Any) -> None:
    """Put a consent cookie of this value into the profile."""
    visitor.context.add_cookies([{"name": NAME, "value": value, "url": visitor.url(), **parts}])


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
    names = [cookie.get("domain") for cookie in visitor.jar()]
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
