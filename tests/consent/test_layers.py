"""What the two layers show: who asks, for what, and buttons that weigh the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from .conftest import NewVisitor
from .stage import (
    OPTIONAL,
    TAG,
    Visitor,
    accept,
    allowed,
    control,
    first,
    press,
    real_site,
    reject,
    second,
    settled,
    with_consent,
)

PHONE = {"width": 390, "height": 844}
LOOK = """(button) => {
  const style = getComputedStyle(button), box = button.getBoundingClientRect();
  const keys = ['color', 'backgroundColor', 'fontSize', 'fontWeight', 'borderTopWidth',
    'borderTopColor', 'borderTopStyle', 'textDecorationLine', 'opacity'];
  return [Math.round(box.width), Math.round(box.height), ...keys.map((key) => style[key])];
}"""
WORDS = {
    "nb": (
        "Its Working (Allisson Holding AS) ber om samtykke",
        "Google, Meta får også",
        "Du kan når som helst endre eller trekke tilbake",
        "Måler annonseresultater",
    ),
    "en": (
        "Its Working (Allisson Holding AS) asks for your consent",
        "Google, Meta will also",
        "You can change or withdraw it at any time",
        "Measure advertising results",
    ),
}


def names(buttons: Locator) -> list[str]:
    """What stands on buttons, in order."""
    return [text.strip() for text in buttons.all_inner_texts()]


def cells(page: Page) -> list[list[str]]:
    """Every row of the tables of the second layer."""
    found: list[list[str]] = (
        second(page)
        .locator("tr")
        .evaluate_all("(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))")
    )
    return found


@pytest.mark.parametrize("language", ["nb", "en"])
def test_first_layer_says_who_what_for_who_else_and_how_to_withdraw(
    language: str, visitor: Visitor
) -> None:
    page = visitor.open(language=language)
    text = first(page).inner_text()
    for words in WORDS[language]:
        assert words in text
    site = real_site()
    for key in OPTIONAL:
        category = site.register.cookie_categories[key]
        assert f"{category.name[language]}: {category.purpose[language]}" in text
    targets = [link.get_attribute("href") for link in first(page).get_by_role("link").all()]
    pages = [site.find(each, language) for each in ("cookies", "privacy")]
    assert targets == [visitor.url(site.settings.path(each)) for each in pages if each]


def test_accept_reject_and_choose_are_buttons_of_one_kind_in_one_place(visitor: Visitor) -> None:
    page = visitor.open()
    buttons = first(page).get_by_role("button")
    assert names(buttons) == ["Godta alle", "Avvis alle", "Velg selv"]
    same = "(all) => all.every((b) => b.tagName == 'BUTTON' && b.parentNode == all[0].parentNode)"
    assert buttons.evaluate_all(same)


@pytest.mark.parametrize(
    "media",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=lambda media: "-".join(media.values()),
)
@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE])
def test_accept_and_reject_look_alike_everywhere(
    media: dict[str, Any], size: dict[str, int], new_visitor: NewVisitor
) -> None:
    page = new_visitor(viewport=size, **media).open()
    buttons = first(page).get_by_role("button")
    assert names(buttons) == ["Godta alle", "Avvis alle", "Velg selv"]
    looks = [button.evaluate(LOOK) for button in buttons.all()]
    assert looks[0] == looks[1] == looks[2]
    press(first(page), "Velg selv")
    looks = [button.evaluate(LOOK) for button in second(page).locator(".acts button").all()]
    assert looks[0] == looks[1] == looks[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_have_enough_contrast(scheme: str, new_visitor: NewVisitor) -> None:
    from klartekst.check.appearance import contrast

    page = new_visitor(color_scheme=scheme).open()
    style = "(b) => [getComputedStyle(b).color, getComputedStyle(b).backgroundColor]"
    colours = first(page).get_by_role("button").first.evaluate(style)
    digits = [[int(n) for n in colour[4:-1].split(",")] for colour in colours]
    fore, back = ("#{:02x}{:02x}{:02x}".format(*each) for each in digits)
    assert contrast(fore, back) >= 4.5


def test_every_optional_switch_is_off_at_first_and_necessary_is_on_and_locked(
    visitor: Visitor,
) -> None:
    page = visitor.open()
    press(first(page), "Velg selv")
    switches = second(page).get_by_role("switch")
    states = switches.evaluate_all("(all) => all.map((s) => [s.checked, s.disabled])")
    assert states == [[True, True]] + [[False, False]] * 3
    assert "ekomloven § 3-15" in second(page).locator(".row").first.inner_text()
    assert "§ 3-15" in (switches.first.get_attribute("aria-description") or "")


def test_there_is_one_switch_a_purpose_and_none_for_legitimate_interest(visitor: Visitor) -> None:
    page = visitor.open()
    press(first(page), "Velg selv")
    labels = second(page).locator("label").all_inner_texts()
    assert labels == ["Nødvendige", "Funksjonelle", "Analyse/Statistikk", "Markedsføring"]
    assert "interesse" not in second(page).inner_text().lower()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_second_layer_lists_every_cookie_of_the_register(language: str, visitor: Visitor) -> None:
    page = visitor.open(language=language)
    first(page).get_by_role("button").nth(2).click()
    rows = {row[0]: row[1:] for row in cells(page)}
    register = real_site().register
    for cookie in register.cookies.values():
        assert rows[cookie.shown][1] == cookie.purpose[language]
    heads = {"nb": ["Leverandør", "Formål", "Levetid"], "en": ["Provider", "Purpose", "Lifetime"]}
    assert rows[{"nb": "Navn", "en": "Name"}[language]] == heads[language]
    country = {"nb": "Google (USA)", "en": "Google (United States)"}[language]
    assert rows["_ga"][0] == country
    third = {"nb": "tredjepart", "en": "third party"}[language]
    assert third in rows["fr"][0]
    assert rows["_fbp"][2] == {"nb": "90 dager", "en": "90 days"}[language]


def test_data_of_the_register_is_never_read_as_html(visitor: Visitor) -> None:
    from klartekst.model import Text

    from .stage import with_cookie

    evil = Text.of(nb="<img src=x onerror=alert(1)>", en="</script><b>x")
    page = visitor.open(site=with_cookie(real_site(), "ga", purpose=evil))
    press(first(page), "Velg selv")
    assert ["_ga", "Google (USA)", evil["nb"], "2 år"] in cells(page)
    assert second(page).locator("img").count() == 0


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("nb", "nb"), ("NB-no", "nb"), ("no", "nb"), ("nn", "nb"), ("en-GB", "en"), ("en", "en"),
     ("sv", "nb"), ("", "nb")],
)  # fmt: skip
def test_banner_speaks_the_language_of_the_page_or_the_first(
    language: str, spoken: str, visitor: Visitor
) -> None:
    page = visitor.open(language=language)
    name = {"nb": "Godta alle", "en": "Accept all"}[spoken]
    first(page).get_by_role("button", name=name).wait_for()
    assert page.locator("kt-choice .ui").get_attribute("lang") == spoken


def test_the_tag_may_name_the_language(visitor: Visitor) -> None:
    head = TAG.replace("<script ", '<script data-language="en" ')
    page = visitor.open(head=head, language="nb")
    first(page).get_by_role("button", name="Accept all").wait_for()


def test_page_reads_and_works_without_a_choice(visitor: Visitor) -> None:
    page = visitor.open('<p>Hele teksten</p><button id="own">Egen</button>' + "<p>x</p>" * 100)
    first(page).wait_for()
    page.locator("#own").click()
    page.locator("p").last.scroll_into_view_if_needed()
    assert page.evaluate("document.querySelector('#own').closest('[inert],[aria-hidden]')") is None
    assert page.evaluate("getComputedStyle(document.body).overflow") == "visible"
    assert first(page).get_attribute("aria-modal") is None


def test_esc_scrolling_clicking_beside_time_and_leaving_decide_nothing(visitor: Visitor) -> None:
    visitor.files["other/index.html"] = b"<!doctype html><title>x</title>"
    page = visitor.open("<p>x</p>" * 200)
    first(page).wait_for()
    page.keyboard.press("Escape")
    page.mouse.wheel(0, 2000)
    page.mouse.click(5, 5)
    page.clock.install()
    page.clock.run_for(3_600_000)
    assert first(page).is_visible()
    page.goto(visitor.url("/other/"))
    page.goto(visitor.url())
    first(page).wait_for()
    assert visitor.cookies() == {}


@pytest.mark.parametrize("way", ["Escape", "Lukk", "beside"])
def test_closing_the_second_layer_grants_nothing_and_is_no_choice(
    way: str, visitor: Visitor
) -> None:
    page = visitor.open()
    press(first(page), "Velg selv")
    second(page).get_by_role("switch", name="Markedsføring").check()
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "Lukk":
        press(second(page), "Lukk")
    else:
        page.mouse.click(3, 3)
        settled(page)
        assert second(page).is_visible()
        page.keyboard.press("Escape")
    assert second(page).is_hidden()
    assert first(page).is_visible()
    assert visitor.cookies() == {}
    assert not any(allowed(page)[key] for key in OPTIONAL)
    press(first(page), "Velg selv")
    assert not second(page).get_by_role("switch", name="Markedsføring").is_checked()


def test_rejecting_all_takes_no_more_clicks_or_tabs_than_accepting_all(visitor: Visitor) -> None:
    page = visitor.open()
    first(page).wait_for()
    at = {}
    for tabs in range(1, 4):
        page.keyboard.press("Tab")
        focus = "document.activeElement.shadowRoot?.activeElement.textContent"
        at[page.evaluate(focus)] = tabs
    assert abs(at["Avvis alle"] - at["Godta alle"]) <= 1
    assert at["Avvis alle"] <= 2
    reject(page)
    assert json.loads(json.dumps(allowed(page)))["marketing"] is False


def test_second_layer_shows_the_stored_choice_when_it_opens_again(visitor: Visitor) -> None:
    page = visitor.open()
    press(first(page), "Velg selv")
    second(page).get_by_role("switch", name="Funksjonelle").check()
    press(second(page), "Lagre valget")
    page.reload()
    press(control(page), "Informasjonskapsler: delvis godtatt")
    states = second(page).get_by_role("switch").evaluate_all("(all) => all.map((s) => s.checked)")
    assert states == [True, True, False, False]


@pytest.mark.parametrize("position", ["bottom", "top", "corner"])
def test_first_layer_stands_where_the_setting_says(position: str, visitor: Visitor) -> None:
    page = visitor.open(site=with_consent(real_site(), position=position))
    box = first(page).bounding_box()
    assert box is not None
    size = page.viewport_size
    assert size is not None
    assert (box["y"] < 20) == (position == "top")
    assert (box["width"] < 500) == (position == "corner")
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"]


@pytest.mark.parametrize("where", ["start", "end", "none"])
def test_control_stands_where_the_setting_says(where: str, visitor: Visitor) -> None:
    page = visitor.open(
        "<a href='#' data-consent-open>Valg</a><button data-consent-withdraw>Nei</button>",
        site=with_consent(real_site(), control=where),
    )
    if where == "none":
        assert "på siden om informasjonskapsler" in first(page).inner_text()
    accept(page)
    if where == "none":
        assert control(page).is_hidden()
        page.get_by_role("link", name="Valg").click()
        assert second(page).is_visible()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Nei").click()
        assert not allowed(page)["marketing"]
    else:
        box = control(page).bounding_box()
        assert box is not None
        assert (box["x"] < 100) == (where == "start")
