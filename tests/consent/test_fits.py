"""The banner on other people's pages: policies, odd placements, hostile styles, print, speed."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from ..browser.server import POLICY
from .conftest import NewVisitor
from .stage import (
    INLINE,
    SCRIPT,
    TAG,
    Visitor,
    accept,
    allowed,
    control,
    files_of,
    first,
    note,
    press,
    ran,
    real_site,
    reject,
    second,
    settled,
    style,
    until,
)

STRICT = POLICY + "; trusted-types klartekst"
SHIFTS = """window.shift = 0; window.largest = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => { shift += e.value }))
  .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach(
  (e) => largest.push([e.element?.tagName ?? 'ours', e.size])))
  .observe({type: 'largest-contentful-paint', buffered: true});"""


def test_everything_works_under_a_strict_policy_with_trusted_types(visitor: Visitor) -> None:
    body = (
        '<script type="text/plain" data-consent="analytics" src="/a.js"></script>'
        '<iframe title="x" data-consent="marketing" data-src="/f"></iframe>'
    )
    page = visitor.open(body, files={"a.js": note("a")}, policy=STRICT)
    press(first(page), "Velg selv")
    second(page).get_by_role("switch", name="Analyse/Statistikk").check()
    press(second(page), "Lagre valget")
    assert ran(page, 1) == ["a"]


def test_inline_scripts_run_under_trusted_types(visitor: Visitor) -> None:
    code = (
        '<script type="text/plain" data-consent="analytics" nonce="n1">window.ran = ["x"]</script>'
    )
    page = visitor.open(code, policy=INLINE + "; trusted-types klartekst")
    accept(page)
    assert ran(page, 1) == ["x"]


def test_published_integrity_is_that_of_the_script(visitor: Visitor) -> None:
    files = files_of(real_site())
    integrity = json.loads(files["cookies/valg.json"])["integrity"]
    digest = hashlib.sha384(files["cookies/valg.js"]).digest()
    assert integrity == "sha384-" + base64.b64encode(digest).decode()
    page = visitor.open(head=f'<script src="{SCRIPT}" integrity="{integrity}"></script>')
    first(page).wait_for()


HEADS = {
    "in the head": (TAG, ""),
    "deferred": (TAG.replace("<script ", "<script defer "), ""),
    "async": (TAG.replace("<script ", "<script async "), ""),
    "as a module": (TAG.replace("<script ", '<script type="module" '), ""),
    "at the end": ("", TAG),
    "twice": (TAG, TAG),
    "three ways": (TAG + TAG.replace("<script ", "<script async "), TAG),
}


@pytest.mark.parametrize("how", HEADS)
def test_one_banner_wherever_and_however_often_the_tag_stands(how: str, visitor: Visitor) -> None:
    head, end = HEADS[how]
    gated = '<script type="text/plain" data-consent="analytics" src="/a.js"></script>'
    page = visitor.open(gated + end, head=head, files={"a.js": note("a")})
    first(page).wait_for()
    settled(page)
    assert page.locator("kt-choice").count() == 1
    accept(page)
    assert ran(page, 1) == ["a"]
    page.reload()
    assert ran(page, 1) == ["a"]
    settled(page)
    assert ran(page) == ["a"]


def test_a_script_that_comes_late_still_gates_and_asks(visitor: Visitor) -> None:
    late = b"""setTimeout(() => {
      const policy = trustedTypes.createPolicy('late', {createScriptURL: (address) => address});
      const script = document.createElement('script');
      script.src = policy.createScriptURL('/cookies/valg.js');
      document.head.append(script);
    }, 200)"""
    gated = '<script type="text/plain" data-consent="analytics" src="/a.js"></script>'
    page = visitor.open(
        gated, head='<script src="/late.js"></script>', files={"late.js": late, "a.js": note("a")}
    )
    first(page).wait_for()
    assert ran(page) == []
    accept(page)
    assert ran(page, 1) == ["a"]


def test_a_page_that_removes_our_node_or_its_whole_body_gets_it_back(visitor: Visitor) -> None:
    page = visitor.open()
    first(page).wait_for()
    page.evaluate("document.querySelector('kt-choice').remove()")
    first(page).wait_for()
    page.evaluate("document.body.replaceChildren(document.createElement('main'))")
    first(page).wait_for()
    page.evaluate("document.body.replaceWith(document.createElement('body'))")
    first(page).wait_for()
    accept(page)
    control(page).wait_for()


def test_a_page_that_removes_our_node_again_and_again_is_not_raced(visitor: Visitor) -> None:
    page = visitor.open()
    first(page).wait_for()
    page.evaluate(
        """() => { window.removals = 0; new MutationObserver(() => {
        const node = document.querySelector('kt-choice');
        if (node) { removals++; node.remove() } }).observe(document.body, {childList: true}) }"""
    )
    page.evaluate("document.querySelector('kt-choice').remove()")
    page.wait_for_timeout(1000)
    assert page.evaluate("removals") < 10
    assert not allowed(page)["marketing"]


def test_a_new_route_of_a_single_page_asks_once_and_gates_what_it_brings(visitor: Visitor) -> None:
    page = visitor.open(files={"a.js": note("a")})
    accept(page)
    page.evaluate(
        """() => { history.pushState({}, '', '/ny');
        document.querySelector('main').replaceChildren() }"""
    )
    settled(page)
    assert first(page).count() == 0
    assert page.locator("kt-choice").count() == 1


HOSTILE = """* { all: unset !important; display: block !important; font-size: 3px !important;
  color: red !important; margin: 40px !important; transform: rotate(9deg) !important;
  opacity: .2 !important; visibility: hidden !important }
button, kt-choice { display: none !important } html { font-size: 10px }"""
ADOPT = """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet] }"""
LOOKS = ("fontSize", "color", "display", "visibility", "opacity", "transform", "width")


def test_styles_leak_neither_in_nor_out(visitor: Visitor) -> None:
    page = visitor.open("<button id='own'>x</button><h2>y</h2>")
    first(page).wait_for()
    button = first(page).get_by_role("button").first
    before = style(button, *LOOKS)
    own = page.locator("#own")
    plain = style(own, "backgroundColor", "fontWeight", "minHeight")
    page.evaluate(ADOPT, HOSTILE)
    assert style(button, *LOOKS) == before
    page.evaluate("document.adoptedStyleSheets = []; document.querySelector('kt-choice').remove()")
    assert style(own, "backgroundColor", "fontWeight", "minHeight") == plain


def test_custom_properties_theme_it(visitor: Visitor) -> None:
    css = (
        b"html { --kt-accent: rgb(120, 0, 60); --kt-ground: rgb(255, 250, 240); --kt-font: serif }"
    )
    page = visitor.open(
        head=TAG + '<link rel="stylesheet" href="/own.css">', files={"own.css": css}
    )
    button = first(page).get_by_role("button").first
    looks = style(button, "backgroundColor", "color", "fontFamily")
    assert looks == ["rgb(120, 0, 60)", "rgb(255, 250, 240)", "serif"]


def test_print_hides_all_of_it(visitor: Visitor) -> None:
    page = visitor.open()
    first(page).wait_for()
    page.emulate_media(media="print")
    assert first(page).is_hidden()
    page.emulate_media(media="screen")
    reject(page)
    page.emulate_media(media="print")
    assert control(page).is_hidden()


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, {"width": 390, "height": 844}])
@pytest.mark.parametrize("text", ["<p>Kort.</p>", "<p>" + "Lang tekst. " * 60 + "</p>"])
def test_it_shifts_nothing_and_is_never_the_largest_paint(
    size: dict[str, int], text: str, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(viewport=size)
    visitor.context.add_init_script(SHIFTS)
    page = visitor.open(text)
    first(page).wait_for()
    page.wait_for_timeout(400)
    assert page.evaluate("shift") == 0
    largest = page.evaluate("largest")
    assert largest
    assert {tag for tag, _ in largest} <= {"H1", "P"}


def test_the_banner_stands_in_the_first_frame_after_the_script(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    visitor.context.add_init_script(
        """document.addEventListener('consent:show', () => { window.shownAt = performance.now();
          requestAnimationFrame(() => {
            window.there = !!document.querySelector('kt-choice') }) })"""
    )
    page = visitor.open("<p>x</p>" * 50)
    until(page, "window.there !== undefined")
    assert page.evaluate("there") is True


def test_one_request_and_nothing_beside_it(visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    settled(page)
    assert visitor.requests == [visitor.url(), visitor.url(SCRIPT)]


def test_a_driven_browser_sees_it_too(visitor: Visitor) -> None:
    page = visitor.open()
    first(page).wait_for()
    assert page.evaluate("navigator.webdriver") is True


def test_it_does_not_bother_documents_of_another_kind(visitor: Visitor) -> None:
    page = visitor.open(files={"quirks.html": b"<script src='/cookies/valg.js'></script><p>x"})
    page.goto(visitor.url("/quirks.html"))
    accept(page)
    assert all(allowed(page).values())


def test_a_cached_page_asks_without_interaction_and_runs_nothing_before(visitor: Visitor) -> None:
    """Cached HTML is the same for all: the decision is the browser's, before any interaction."""
    page = visitor.open(
        '<script type="text/plain" data-consent="analytics" src="/a.js"></script>',
        files={"a.js": note("a")},
    )
    first(page).wait_for()
    assert ran(page) == []
    other = visitor.tab()
    other.goto(visitor.url())
    accept(page)
    other.reload()
    assert ran(other, 1) == ["a"]


def test_our_names_are_not_those_that_blocking_lists_hide(visitor: Visitor) -> None:
    page = visitor.open("<div data-consent-here></div>")
    press(first(page), "Velg selv")
    found: list[str] = page.evaluate(NAMES)
    assert found
    blocked = ("cookie", "consent", "gdpr", "banner", "cmp", "privacy")
    assert [name for name in found if any(word in name.lower() for word in blocked)] == []


NAMES = """() => { const names = [];
  const visit = (root) => root.querySelectorAll('*').forEach((e) => {
    if (root != document || e.tagName == 'KT-CHOICE') names.push(e.tagName, e.id, ...e.classList);
    if (e.shadowRoot) visit(e.shadowRoot) });
  visit(document); return names.filter(Boolean) }"""
