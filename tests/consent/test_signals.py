"""Global Privacy Control, Google's Consent Mode and Meta's consent call."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from klartekst.model.consent import GOOGLE_SIGNALS

from .stage import (
    OPTIONAL,
    TAG,
    Visitor,
    accept,
    allowed,
    control,
    files_of,
    first,
    press,
    real_site,
    reject,
    second,
    settled,
    with_consent,
)

GPC = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
ADS = ("ad_storage", "ad_user_data", "ad_personalization")


def calls(page: Page) -> list[Any]:
    """What Google's tag would read."""
    found: list[Any] = page.evaluate("dataLayer.map((each) => [...each])")
    return found


def signals(*granted: str) -> dict[str, str]:
    """All signals: security and those `granted`, the rest denied."""
    yes = {"security_storage", *granted}
    return {each: "granted" if each in yes else "denied" for each in GOOGLE_SIGNALS}


def test_with_gpc_the_banner_says_so_and_an_explicit_yes_still_counts(visitor: Visitor) -> None:
    visitor.context.add_init_script(GPC)
    page = visitor.open()
    assert "Global Privacy Control" in first(page).inner_text()
    assert visitor.cookies() == {}
    assert page.evaluate("klartekst.get().gpc") is True
    accept(page)
    page.reload()
    settled(page)
    assert all(allowed(page).values())


def test_gpc_can_stand_for_a_no_without_asking(visitor: Visitor) -> None:
    visitor.context.add_init_script(GPC)
    page = visitor.open(site=with_consent(real_site(), gpc="refuse"))
    settled(page)
    assert first(page).count() == 0
    assert visitor.cookies() == {}
    assert not any(allowed(page)[key] for key in OPTIONAL)
    press(control(page), "Informasjonskapsler: ikke valgt")
    press(second(page), "Godta alle")
    assert all(allowed(page).values())


def test_gpc_can_be_ignored(visitor: Visitor) -> None:
    visitor.context.add_init_script(GPC)
    page = visitor.open(site=with_consent(real_site(), gpc="ignore"))
    assert "Global Privacy Control" not in first(page).inner_text()
    assert page.evaluate("klartekst.get().gpc") is False


@pytest.mark.parametrize(("setting", "said"), [("note", True), ("refuse", True), ("ignore", False)])
def test_gpc_json_says_whether_the_signal_is_heeded(setting: str, said: bool) -> None:
    files = files_of(with_consent(real_site(), gpc=setting))
    assert json.loads(files[".well-known/gpc.json"]) == {"gpc": said}


def test_google_hears_denied_before_any_tag_and_each_change_once(visitor: Visitor) -> None:
    tag = '<script src="/tag.js"></script>'
    page = visitor.open(
        head=TAG + tag, files={"tag.js": b"window.first = JSON.stringify([...dataLayer[0]])"}
    )
    assert json.loads(page.evaluate("window.first")) == ["consent", "default", signals()]
    page.evaluate("klartekst.set({analytics: true})")
    page.evaluate("klartekst.set({analytics: true})")
    accept(page)
    page.evaluate("klartekst.withdraw()")
    every = (*ADS, "analytics_storage", "functionality_storage", "personalization_storage")
    assert calls(page) == [
        ["consent", "default", signals()],
        ["consent", "update", signals("analytics_storage")],
        ["consent", "update", signals(*every)],
        ["consent", "update", signals()],
    ]
    accept_again = "klartekst.set({marketing: true})"
    page.evaluate(accept_again)
    page.reload()
    assert calls(page) == [
        ["consent", "default", signals()],
        ["consent", "update", signals(*ADS)],
    ]


def test_without_the_setting_google_and_meta_hear_nothing(visitor: Visitor) -> None:
    head = '<script src="/fbq.js"></script>' + TAG
    page = visitor.open(
        head=head, site=with_consent(real_site(), consent_mode=False, meta=None),
        files={"fbq.js": b"window.said = []; window.fbq = (...a) => said.push(a)"},
    )  # fmt: skip
    accept(page)
    assert page.evaluate("[window.dataLayer === undefined, said]") == [True, []]


def test_meta_hears_revoke_first_and_then_each_change_of_its_category(visitor: Visitor) -> None:
    head = '<script src="/fbq.js"></script>' + TAG
    page = visitor.open(
        head=head, files={"fbq.js": b"window.said = []; window.fbq = (...a) => said.push(a[1])"}
    )
    accept(page)
    page.evaluate("klartekst.withdraw('marketing')")
    assert page.evaluate("said") == ["revoke", "grant", "revoke"]


def test_reject_tells_google_nothing_new(visitor: Visitor) -> None:
    page = visitor.open()
    reject(page)
    assert calls(page) == [["consent", "default", signals()]]
