"""Gated scripts, frames, pictures and links: when they load, how often, in which order."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from .conftest import NewVisitor
from .stage import (
    INLINE,
    OPEN,
    TAG,
    Visitor,
    accept,
    allowed,
    first,
    note,
    press,
    ran,
    real_site,
    reject,
    second,
    settled,
    until,
    with_consent,
)

FRAME = (
    '<iframe title="Kart over kontoret" width="400" height="300" data-consent="marketing" '
    'data-src="{}"></iframe>'
)


def gated(words: str, consent: str = "analytics", attributes: str = "") -> str:
    """Gated scripts, one for each of the `words`, from files of that name."""
    return "".join(
        f'<script type="text/plain" data-consent="{consent}" {attributes} src="/{word}.js">'
        "</script>"
        for word in words.split()
    )


def notes(words: str) -> dict[str, bytes]:
    """The files of those scripts."""
    return {f"{word}.js": note(word) for word in words.split()}


def inline(word: str, attributes: str = "") -> str:
    """A gated script in the page itself."""
    code = note(word).decode()
    return f'<script type="text/plain" data-consent="analytics" {attributes}>{code}</script>'


def place(page: Page) -> Locator:
    """What stands in a frame's place."""
    return page.locator("kt-choice section").filter(has_text="Kart over kontoret")


def test_external_and_inline_scripts_run_in_the_order_of_the_page(visitor: Visitor) -> None:
    body = gated("a") + inline("b", 'nonce="n1"') + gated("c") + inline("d", 'nonce="n1"')
    page = visitor.open(body, files=notes("a c"), policy=INLINE)
    accept(page)
    assert ran(page, 4) == ["a", "b", "c", "d"]


def test_modules_run_and_async_scripts_hold_nobody_up(visitor: Visitor) -> None:
    body = (
        gated("slow", attributes="async") + gated("b") + gated("m", attributes='data-type="module"')
    )
    files = notes("b m") | {"m.js": b"import './b2.js';" + note("m"), "b2.js": note("imported")}
    page = visitor.open(body, files=files)
    page.route("**/slow.js", lambda route: None)
    accept(page)
    assert ran(page, 3) == ["b", "imported", "m"]


def test_attributes_of_a_gated_script_are_kept(visitor: Visitor) -> None:
    body = gated("a", attributes='id="tag" crossorigin="anonymous" data-site="7" nonce="n1" defer')
    page = visitor.open(body, files=notes("a"), policy=INLINE)
    accept(page)
    ran(page, 1)
    kept = page.locator("#tag").evaluate(
        "(s) => [s.crossOrigin, s.dataset.site, s.nonce, s.defer, s.type]"
    )
    assert kept == ["anonymous", "7", "n1", True, ""]


def test_integrity_of_a_gated_script_is_checked(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    wrong = "sha384-" + "A" * 64
    page = visitor.open(
        gated("a", attributes=f'integrity="{wrong}"') + gated("b"), files=notes("a b")
    )
    accept(page)
    assert ran(page, 1) == ["b"]
    assert "integrity" in visitor.faults[0]


def test_a_script_that_fails_does_not_hold_up_the_next(new_visitor: NewVisitor) -> None:
    page = new_visitor().open(gated("missing b"), files=notes("b"))
    accept(page)
    assert ran(page, 1) == ["b"]


def test_several_categories_on_one_element_mean_all_of_them(visitor: Visitor) -> None:
    page = visitor.open(gated("a", "analytics marketing") + gated("b"), files=notes("a b"))
    page.evaluate("klartekst.set({analytics: true})")
    assert ran(page, 1) == ["b"]
    page.evaluate("klartekst.set({marketing: true})")
    assert ran(page, 2) == ["b", "a"]


def test_what_other_code_adds_later_is_gated_too(visitor: Visitor) -> None:
    page = visitor.open(files=notes("a") | {"pixel.png": b""})
    add = """(consent) => {
      const script = Object.assign(document.createElement('script'), {type: 'text/plain'});
      script.dataset.consent = consent;
      script.setAttribute('src', location.origin + '/a.js');
      const picture = document.createElement('img');
      Object.assign(picture.dataset, {consent, src: '/pixel.png'});
      document.body.append(script, picture);
    }"""
    policy = "trustedTypes.createPolicy('default', {createScriptURL: (s) => s})"
    page.evaluate(policy)
    page.evaluate(add, "analytics")
    settled(page)
    assert ran(page) == []
    assert visitor.url("/pixel.png") not in visitor.requests
    accept(page)
    assert ran(page, 1) == ["a"]
    page.evaluate(add, "analytics")
    assert ran(page, 2) == ["a", "a"]
    assert visitor.requests.count(visitor.url("/pixel.png")) >= 1


def test_pictures_and_links_wait_and_are_unloaded_on_withdrawal(visitor: Visitor) -> None:
    body = (
        '<img alt="" data-consent="marketing" data-src="/p.svg">'
        '<link rel="stylesheet" data-consent="functional" data-href="/font.css">'
    )
    files = {"p.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>', "font.css": b"h1{color:red}"}
    page = visitor.open(body, files=files)
    settled(page)
    assert not [url for url in visitor.requests if "p.svg" in url or "font" in url]
    accept(page)
    until(page, "getComputedStyle(document.querySelector('h1')).color == 'rgb(255, 0, 0)'")
    assert page.locator("img").get_attribute("src") == "/p.svg"
    page.evaluate("klartekst.withdraw()")
    assert page.locator("img").get_attribute("src") is None
    until(page, "getComputedStyle(document.querySelector('h1')).color != 'rgb(255, 0, 0)'")


def test_unknown_and_empty_categories_are_refused_with_one_warning(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    body = gated("a", "analitics") * 2 + gated("b", "") + gated("c", "analytics nope")
    page = visitor.open(body, files=notes("a b c"))
    accept(page)
    page.evaluate("klartekst.set({analitics: true, constructor: true})")
    settled(page)
    assert ran(page) == []
    assert page.evaluate("klartekst.allowed('analitics')") is False
    warnings = [
        "No category “analitics”",
        "No category “”",
        "No category “nope”",
        "No category “constructor”",
    ]
    assert visitor.faults == warnings


def test_necessary_needs_no_choice(visitor: Visitor) -> None:
    page = visitor.open(gated("a", "necessary"), files=notes("a"))
    assert ran(page, 1) == ["a"]


def test_saving_the_same_again_runs_nothing_twice_and_changes_nothing(visitor: Visitor) -> None:
    page = visitor.open(gated("a"), files=notes("a"))
    accept(page)
    ran(page, 1)
    page.evaluate("window.changes = 0; void klartekst.on('change', () => changes++)")
    page.evaluate("klartekst.accept()")
    settled(page)
    assert ran(page) == ["a"]
    assert page.evaluate("changes") == 0


def test_a_frame_waits_and_its_place_says_what_and_from_whom(visitor: Visitor) -> None:
    page = visitor.open(FRAME.format("https://kart.example/side"), policy=OPEN)
    text = place(page).inner_text()
    assert "Kart over kontoret" in text
    assert "Innhold fra kart.example (Markedsføring)." in text
    assert "Markedsføring" in text
    assert page.locator("iframe").is_hidden()
    settled(page)
    assert not [url for url in visitor.requests if "kart.example" in url]


def _foreign(visitor: Visitor) -> str:
    """The address of a page on a second host."""
    visitor.files["frame.html"] = b"<!doctype html><title>x</title><p>Innholdet</p>"
    visitor.serve(OPEN)
    return visitor.url("/frame.html", "localhost")


def test_a_frame_shown_once_loads_alone_and_stores_nothing(visitor: Visitor) -> None:
    target = _foreign(visitor)
    page = visitor.open(FRAME.format(target) * 2, policy=OPEN)
    page.evaluate("window.records = []; void klartekst.on('record', (r) => records.push(r))")
    press(place(page).first, "Vis én gang")
    page.frame_locator("iframe").first.get_by_text("Innholdet").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert place(page).count() == 1
    assert visitor.cookies() == {}
    assert not allowed(page)["marketing"]
    (record,) = page.evaluate("records")
    assert (record["event_method"], record["purposes"][0]["event_state"]) == (
        "frame.once",
        "ConsentGiven",
    )


def test_a_frame_shown_always_grants_its_category_and_keeps_all_in_step(visitor: Visitor) -> None:
    target = _foreign(visitor)
    page = visitor.open(FRAME.format(target) * 2, policy=OPEN)
    press(place(page).first, "Godta alltid")
    page.frame_locator("iframe").nth(1).get_by_text("Innholdet").wait_for()
    assert place(page).count() == 0
    assert allowed(page) == {
        "necessary": True,
        "functional": False,
        "analytics": False,
        "marketing": True,
    }
    assert "Markedsføring" not in first(page).inner_text()
    press(first(page), "Velg selv")
    assert second(page).get_by_role("switch", name="Markedsføring").is_checked()


def test_a_frame_is_unloaded_on_withdrawal_and_its_place_is_back(visitor: Visitor) -> None:
    target = _foreign(visitor)
    page = visitor.open(
        FRAME.format(target), policy=OPEN, site=with_consent(real_site(), reload=False)
    )
    accept(page)
    page.frame_locator("iframe").get_by_text("Innholdet").wait_for()
    page.evaluate("klartekst.withdraw('marketing')")
    place(page).wait_for()
    assert page.locator("iframe").get_attribute("src") is None
    until(page, "frames.length == 1 && frames[0].location.href == 'about:blank'")


def test_third_parties_get_no_request_or_early_connection_before_a_yes(visitor: Visitor) -> None:
    body = FRAME.format("http://localhost:9/x") + gated("a", "marketing")
    page = visitor.open(body, policy=OPEN)
    reject(page)
    page.reload()
    settled(page)
    assert not [url for url in visitor.requests if not url.startswith(visitor.url())]
    assert page.locator("link[rel=preconnect], link[rel=dns-prefetch]").count() == 0


@pytest.mark.parametrize("javascript", [False, True])
def test_nothing_optional_loads_without_the_script(
    javascript: bool, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(java_script_enabled=javascript)
    head = TAG.replace("valg.js", "gone.js")
    body = "<p>Teksten</p>" + gated("a") + FRAME.format("/frame.html") + inline("b")
    page = visitor.open(body, head=head, files=notes("a"), policy=OPEN)
    page.wait_for_timeout(150)
    assert page.get_by_text("Teksten").is_visible()
    assert visitor.cookies() == {}
    assert not [url for url in visitor.requests if url.endswith(("/a.js", "/frame.html"))]
