"""The choice on the first and the second layer, and its way back."""

from __future__ import annotations

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
    reject,
    second,
    settled,
)

GATED = "".join(
    f'<script type="text/plain" data-consent="{key}" src="/{key}.js"></script>' for key in OPTIONAL
)
SCRIPTS = {f"{key}.js": note(key) for key in OPTIONAL}


def test_nothing_is_stored_or_fetched_before_a_choice(visitor: Visitor) -> None:
    page = visitor.open(GATED, files=SCRIPTS)
    first(page).wait_for()
    settled(page)
    assert visitor.cookies() == {}
    stored = "[localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    assert page.evaluate(f"(async () => {stored})()") == [0, 0, 0]
    assert sorted(visitor.requests) == [visitor.url(), visitor.url("/cookies/valg.js")]
    assert ran(page) == []
    assert allowed(page) == {"necessary": True} | dict.fromkeys(OPTIONAL, False)


def test_accepting_runs_each_gated_script_once_and_in_order(visitor: Visitor) -> None:
    page = visitor.open(GATED, files=SCRIPTS)
    accept(page)
    assert ran(page, 3) == list(OPTIONAL)
    first(page).wait_for(state="detached")
    assert all(allowed(page).values())
    page.reload()
    assert ran(page, 3) == list(OPTIONAL)
    assert first(page).count() == 0


def test_rejecting_runs_nothing_and_asks_no_more(visitor: Visitor) -> None:
    page = visitor.open(GATED, files=SCRIPTS)
    reject(page)
    first(page).wait_for(state="detached")
    page.reload()
    settled(page)
    assert ran(page) == []
    assert first(page).count() == 0
    assert set(visitor.cookies()) == {NAME}


def test_choosing_grants_exactly_what_is_ticked(visitor: Visitor) -> None:
    page = visitor.open(GATED, files=SCRIPTS)
    press(first(page), "Velg selv")
    second(page).get_by_role("switch", name="Analyse/Statistikk").check()
    press(second(page), "Lagre valget")
    assert ran(page, 1) == ["analytics"]
    assert allowed(page) == {
        "necessary": True,
        "functional": False,
        "analytics": True,
        "marketing": False,
    }


def test_withdrawing_takes_no_more_clicks_than_accepting(visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    press(control(page), "Trekk tilbake")
    assert allowed(page) == {"necessary": True} | dict.fromkeys(OPTIONAL, False)
