"""Who has chosen is asked again for what has grown, and for nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from klartekst.model import Duration, Site

from .stage import (
    NAME,
    OPTIONAL,
    Visitor,
    accept,
    allowed,
    far,
    files_of,
    first,
    real_site,
    reject,
    settled,
    with_cookie,
    with_register,
    without_cookie,
)


def renew(visitor: Visitor, page: Page, site: Site) -> None:
    """The site has changed, and the visitor comes back."""
    visitor.files |= files_of(site)
    page.reload()


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
