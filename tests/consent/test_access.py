"""Keyboard, screen reader, small screens, large text, forced colours, and no covered focus."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import NewVisitor
from .stage import (
    OPEN,
    Visitor,
    accept,
    control,
    files_of,
    first,
    press,
    real_site,
    reject,
    second,
    settled,
    style,
    until,
    with_consent,
)

PHONE = {"width": 390, "height": 844}
TINY = {"width": 320, "height": 256}
FOCUS = """() => { let at = document.activeElement;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at.textContent.trim() || at.tagName }"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page and in its shadow roots."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


def focused(page: Page) -> str:
    """The text of what has the focus."""
    text: str = page.evaluate(FOCUS)
    return text


MEDIA: list[dict[str, Any]] = [
    {"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"},
    {"viewport": PHONE, "color_scheme": "light"}, {"viewport": PHONE, "color_scheme": "dark"},
]  # fmt: skip


@pytest.mark.parametrize("media", MEDIA, ids=lambda media: "-".join(map(str, media.values())))
@pytest.mark.parametrize("language", ["nb", "en"])
def test_axe_finds_nothing_on_either_layer(
    media: dict[str, Any], language: str, new_visitor: NewVisitor
) -> None:
    body = (
        '<iframe title="Kart" data-consent="marketing" data-src="/x"></iframe>'
        "<div data-consent-here></div>"
    )
    page = new_visitor(**media).open(body, language=language, policy=OPEN)
    first(page).wait_for()
    assert violations(page) == []
    first(page).get_by_role("button").nth(2).click()
    for summary in second(page).locator("summary").all():
        summary.click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    first(page).get_by_role("button").first.click()
    control(page).wait_for()
    assert violations(page) == []


def test_first_layer_is_a_named_region_early_in_the_order_and_no_trap(visitor: Visitor) -> None:
    page = visitor.open('<a href="#x">Egen lenke</a>')
    first(page).wait_for()
    assert page.get_by_role("region", name="Informasjonskapsler").count() == 1
    seen = []
    for _ in range(6):
        page.keyboard.press("Tab")
        seen.append(focused(page))
    assert seen[:3] == ["Godta alle", "Avvis alle", "Velg selv"]
    assert seen[5] == "Egen lenke"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Velg selv"
    page.keyboard.press("Enter")
    assert second(page).is_visible()


def test_second_layer_takes_the_focus_keeps_it_and_gives_it_back(visitor: Visitor) -> None:
    page = visitor.open('<a href="#x">Egen lenke</a>')
    first(page).get_by_role("button", name="Velg selv").focus()
    page.keyboard.press("Space")
    dialog = page.get_by_role("dialog", name="Informasjonskapsler")
    assert dialog.count() == 1
    assert dialog.evaluate("(d) => d.matches(':modal')")
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(focused(page))
    assert "Egen lenke" not in seen
    assert {"Lukk", "Lagre valget", "Avvis alle"} <= set(seen)
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert focused(page) == "Velg selv"


def test_focus_goes_on_to_the_control_after_a_choice(visitor: Visitor) -> None:
    page = visitor.open()
    first(page).get_by_role("button", name="Avvis alle").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "Informasjonskapsler: avvist"
    page.keyboard.press("Enter")
    second(page).get_by_role("button", name="Godta alle").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "Informasjonskapsler: godtatt"
    page.keyboard.press("Tab")
    assert focused(page) == "Trekk tilbake"
    page.keyboard.press("Enter")
    assert focused(page) == "Informasjonskapsler: avvist"


def test_a_page_s_own_opener_gets_the_focus_back(visitor: Visitor) -> None:
    page = visitor.open("<button data-consent-open>Mine valg</button>")
    accept(page)
    page.get_by_role("button", name="Mine valg").click()
    press(second(page), "Avvis alle")
    assert focused(page) == "Mine valg"


def test_appearing_and_saving_are_announced_once_in_the_right_language(visitor: Visitor) -> None:
    page = visitor.open()
    status = page.locator("kt-choice [role=status]")
    said = (
        "document.querySelector('kt-choice').shadowRoot.querySelector('[role=status]').textContent"
    )
    until(page, f"{said} == 'Informasjonskapsler'")
    assert status.evaluate("(s) => s.closest('[lang]').lang") == "nb"
    reject(page)
    until(page, f"{said}.trim() == 'Valget er lagret.'")
    assert status.count() == 1


@pytest.mark.parametrize("position", ["bottom", "top", "corner"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 700}, PHONE])
def test_what_has_the_focus_is_never_covered(
    position: str, size: dict[str, int], new_visitor: NewVisitor
) -> None:
    links = "".join(f'<p><a href="#{n}">Lenke {n}</a></p>' for n in range(40))
    visitor = new_visitor(viewport=size)
    page = visitor.open(links, site=with_consent(real_site(), position=position))
    first(page).wait_for()
    assert _covered(page) == []
    accept(page)
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    assert _covered(page) == []


def _covered(page: Page) -> list[str]:
    """The links that lie wholly under something of ours while they have the focus."""
    found: list[str] = page.evaluate(
        """async () => { const covered = [];
        for (const link of document.querySelectorAll('p a')) {
          link.focus();
          await new Promise(requestAnimationFrame);
          const {left, top, right, bottom} = link.getBoundingClientRect();
          const points = [[left + 1, top + 1], [right - 1, bottom - 1]];
          const at = ([x, y]) => document.elementFromPoint(x, y)?.tagName;
          const hidden = points.every((point) => at(point) == 'KT-CHOICE');
          if (hidden) covered.push(link.textContent);
        } return covered }"""
    )
    return found


@pytest.mark.parametrize("size", [TINY, {"width": 320, "height": 640}, PHONE])
def test_small_screens_have_no_sideways_scroll_and_reach_every_control(
    size: dict[str, int], new_visitor: NewVisitor
) -> None:
    page = new_visitor(viewport=size).open()
    first(page).wait_for()
    wide = "(e) => e.scrollWidth > e.clientWidth"
    assert not first(page).evaluate(wide)
    for button in first(page).get_by_role("button").all():
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box is not None
        assert box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
    press(first(page), "Velg selv")
    for summary in second(page).locator("summary").all():
        summary.click()
    assert not second(page).evaluate(wide)
    second(page).get_by_role("button", name="Lagre valget").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_target_is_24_pixels_or_more(new_visitor: NewVisitor) -> None:
    page = new_visitor(viewport=PHONE).open("<div data-consent-here></div>")
    press(first(page), "Velg selv")
    small = """(all) => all.map((e) => [e.textContent, e.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
      .map(([text]) => text)"""
    targets = page.locator("kt-choice :is(button, a, label, summary)")
    assert targets.count() > 12
    assert targets.evaluate_all(small) == []


def test_text_of_twice_the_size_stays_readable(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(viewport={"width": 390, "height": 844})
    page = visitor.open()
    session = visitor.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    first(page).wait_for()
    size = "(e) => getComputedStyle(e).fontSize"
    assert first(page).get_by_role("button").first.evaluate(size) == "32px"
    for button in first(page).get_by_role("button").all():
        button.scroll_into_view_if_needed()
        assert not button.evaluate("(b) => b.scrollWidth > b.clientWidth + 1")
    assert not first(page).evaluate("(e) => e.scrollWidth > e.clientWidth")


def test_nothing_moves_where_less_motion_is_wanted(new_visitor: NewVisitor) -> None:
    page = new_visitor(reduced_motion="reduce").open()
    first(page).wait_for()
    settled(page)
    looks = style(first(page), "animationDuration", "transitionDuration", "opacity")
    assert looks == ["0.001s", "0s", "1"]
    accept(page)
    assert first(page).count() == 0


def test_forced_colours_keep_every_border_and_state(new_visitor: NewVisitor) -> None:
    page = new_visitor(forced_colors="active").open()
    for button in first(page).get_by_role("button").all():
        line, border, ground, words = style(
            button, "borderTopStyle", "borderTopColor", "backgroundColor", "color"
        )
        assert line == "solid"
        assert ground not in (border, words)


@pytest.mark.parametrize("title", ["Informasjonskapsler", "ملفات تعريف الارتباط"])
def test_words_of_a_language_from_right_to_left_mirror_the_layout(
    title: str, visitor: Visitor
) -> None:
    script = files_of(real_site())["cookies/valg.js"].decode()
    translated = script.replace("Informasjonskapsler", title).encode()
    page = visitor.open(files={"cookies/valg.js": translated})
    first(page).get_by_role("button").first.click()
    box, size = control(page).bounding_box(), page.viewport_size
    assert box is not None and size is not None
    assert (box["x"] > size["width"] / 2) == (title != "Informasjonskapsler")
