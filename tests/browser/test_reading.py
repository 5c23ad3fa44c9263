"""Moving through a page: keyboard, contents, language switch, links to sections."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PAGE = "/personvern/"
CURRENT = ".toc-wide a[aria-current]"


def focused(page, expression):
    return page.evaluate(f"(() => {{ const it = document.activeElement; return {expression}; }})()")


def test_skip_link_comes_first_and_leads_to_the_text(visit, published):
    page = visit(published + PAGE)
    page.keyboard.press("Tab")
    if focused(page, "it.matches('kt-choice')"):
        page.keyboard.press("Tab")
    assert focused(page, "it.className") == "skip"
    assert page.locator(".skip").evaluate("it => getComputedStyle(it).clipPath") == "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page, "it.closest('main') !== null")


@pytest.mark.parametrize("width", [390, 1280])
def test_keyboard_goes_through_the_page_in_order_and_is_always_seen(width, visit, published):
    page = visit(published + PAGE, viewport={"width": width, "height": 800})
    stops = page.evaluate("""() => [...document.querySelectorAll("a, summary")]
        .filter(it => it.checkVisibility()).length""")
    beside = ["toc toc-wide"] if width > 1000 else []
    way = ["skip", "site-header", *beside, "content", "site-footer"]
    assert walk(page, "Tab", stops) == way
    assert walk(page, "Shift+Tab", stops - 1) == way[::-1]


def walk(page, key, stops):
    """The regions of the page through which the focus goes for so many stops, all of them seen."""
    regions = []
    while stops:
        page.keyboard.press(key)
        region, outline, opacity, seen = focused(
            page,
            """[
            it.matches("kt-choice") ? null
                : it.closest(".skip, .site-header, .toc-wide, main, .site-footer").className
                || it.closest("main").id,
            getComputedStyle(it).outlineStyle + getComputedStyle(it).outlineWidth,
            getComputedStyle(it).opacity,
            document.elementsFromPoint(...(box => [box.left + 2, box.top + box.height / 2])(
                it.getClientRects()[0])).some(found => found === it || it.contains(found))]""",
        )
        if region is None:  # the consent banner has tests of its own
            continue
        stops -= 1
        assert (outline, opacity, seen) == ("solid3px", "1", True), focused(page, "it.outerHTML")
        if regions[-1:] != [region]:
            regions.append(region)
    return regions


def test_focus_in_the_header_leaves_the_reader_where_they_are(visit, published):
    page = visit(published + PAGE + "#rights")
    place = page.evaluate("scrollY")
    page.locator("a[hreflang=en]").first.focus()
    page.wait_for_timeout(50)
    assert place == page.evaluate("scrollY") > 0


def test_contents_mark_the_section_that_was_asked_for(visit, published):
    page = visit(published + PAGE)
    assert page.locator(CURRENT).count() == 0
    links = page.locator(".toc-wide a").all()
    assert len(links) == 11
    for link in links:
        link.click()
        expect(page.locator(CURRENT)).to_have_text([link.text_content()])


def test_contents_follow_the_reader(visit, published):
    page = visit(published + PAGE)
    titles = page.locator(".toc-wide a").all_text_contents()
    marked = page.evaluate(
        """async current => {
        const marked = [];
        for (let last = -1; scrollY !== last;) {
            last = scrollY;
            scrollBy(0, 40);
            await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
            marked.push(...[...document.querySelectorAll(current)].map(it => it.textContent));
        }
        return marked;
    }""",
        CURRENT,
    )
    assert list(dict.fromkeys(marked)) == titles


def test_language_switch_keeps_the_section(visit, published):
    page = visit(published + PAGE + "#rights")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/privacy/#rights")
    heading = page.get_by_role("heading", name="Your rights").last
    assert 0 < heading.bounding_box()["y"] < 200


def test_language_switch_keeps_the_section_that_was_scrolled_to(visit, published):
    page = visit(published + PAGE + "#rights")
    page.evaluate("document.getElementById('security').scrollIntoView()")
    link = page.locator("a[hreflang=en]").first
    page.wait_for_function("link => link.hash === '#security'", arg=link.element_handle())
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("link => link.hash === ''", arg=link.element_handle())


def test_language_switch_keeps_a_place_within_a_section(visit, published):
    page = visit(published + PAGE + "#manage-cookies")
    link = page.locator("a[hreflang=en]").first
    page.wait_for_function("link => link.hash === '#manage-cookies'", arg=link.element_handle())
    assert page.locator(CURRENT).get_attribute("href") == "#cookies"


def test_link_to_a_section_is_copied_and_that_is_said(visit, published):
    page = visit(published + PAGE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    status = page.locator("p.status")
    assert status.text_content() == ""
    page.get_by_role("link", name="Lenke til avsnittet 8. Dine rettigheter").click()
    expect(status).to_have_text("Lenken er kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == published + PAGE + "#rights"
    assert page.url.endswith("#rights")


def test_link_to_a_section_stays_a_link_where_copying_is_refused(visit, published):
    page = visit(published + PAGE)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.locator("#rights .anchor").click()
    page.wait_for_url("**#rights")
    assert page.locator("p.status").text_content() == ""


def test_contents_are_folded_on_a_phone(visit, published):
    page = visit(published + PAGE, viewport={"width": 390, "height": 800})
    contents = page.get_by_role("navigation", name="Innhold")
    assert contents.count() == 1
    assert not contents.get_by_role("link").first.is_visible()
    contents.locator("summary").click()
    contents.get_by_role("link", name="8. Dine rettigheter").click()
    assert page.url.endswith("#rights")
