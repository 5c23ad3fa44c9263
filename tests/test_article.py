"""A page's text as numbered sections, and its links resolved."""

from __future__ import annotations

import html as escapes
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from klartekst.load import load
from klartekst.model import Site
from klartekst.render.article import Article, Links, compose

from .sites import GOOD, page
from .test_markdown import browser_scheme

HTML = """<p>Lead</p>
<h2 id="a">First</h2>
<p>One</p>
<h3 id="a-more">More</h3>
<p>Two</p>
<h2 id="b">The <em>second</em> &amp; last</h2>
<p>Three</p>"""


@pytest.fixture(scope="module")
def good() -> Site:
    site = load(GOOD).site()
    assert site
    return site


def resolved(site: Site, html: str, **changed: object) -> tuple[str, list[str]]:
    """The text with its links resolved on a site of this page and another, and the faults."""
    here = compose(page("", **changed), html)
    other = compose(page("", id="cookies", slug="cookies", title="Cook & ies", numbered=True), HTML)
    links = Links(site, {("privacy", "en"): here, ("cookies", "en"): other})
    found = links.resolve(here)
    text = found.lead + "".join(section.title + section.body for section in found.sections)
    return text, [problem.code for problem in links.problems]


def test_a_text_is_cut_at_its_sections() -> None:
    article = compose(page("", numbered=True), HTML)
    assert article.lead == "<p>Lead</p>"
    assert [section.id for section in article.sections] == ["a", "b"]
    assert [section.number for section in article.sections] == ["1.", "2."]
    assert article.sections[0].body == '<p>One</p>\n<h3 id="a-more">More</h3>\n<p>Two</p>'
    assert article.sections[1].label == "2. The <em>second</em> &amp; last"
    assert {key: section.id for key, section in article.ids.items()} == {
        "a": "a", "a-more": "a", "b": "b",
    }  # fmt: skip


def test_a_page_that_is_not_numbered_has_no_numbers() -> None:
    assert compose(page(""), HTML).sections[0].label == "First"
    assert compose(page(""), "<p>x</p>").sections == ()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="page:cookies">x</a>', '<a href="/en/cookies/">x</a>'),
        ('<a href="page:cookies"></a>', '<a href="/en/cookies/">Cook &amp; ies</a>'),
        ('<a href="page:cookies#a"></a>', '<a href="/en/cookies/#a">1. First</a>'),
        ('<a href="page:cookies#a-more"></a>', '<a href="/en/cookies/#a-more">1. First</a>'),
        ('<a href="page:cookies#b"></a>', '<a href="/en/cookies/#b">2. The second &amp; last</a>'),
        ('<a href="PAGE:cookies" title="t">x</a>', '<a href="/en/cookies/" title="t">x</a>'),
        ('<a href="https://x.no/?a&amp;b">x</a>', '<a href="https://x.no/?a&amp;b">x</a>'),
        ('<a href="/from/a/layout">x</a>', '<a href="/from/a/layout">x</a>'),
        ('<a href="mailto:a@b.no">x</a>', '<a href="mailto:a@b.no">x</a>'),
    ],
)
def test_a_link_leads_to_an_address(good: Site, html: str, expected: str) -> None:
    assert resolved(good, html) == (expected, [])


def test_a_link_to_a_section_of_its_own_page_is_a_fragment(good: Site) -> None:
    text, faults = resolved(good, '<a href="#c"></a>\n<h2 id="c">See</h2>', numbered=True)
    assert ('<a href="#c">1. See</a>' in text, faults) == (True, [])


@pytest.mark.parametrize(
    ("target", "code"),
    [("page:nope", "unknown-page"), ("page:cookies#nope", "unknown-section"),
     ("#nope", "unknown-section"), ("javascript:alert(1)", "bad-link"), ("//x.no", "bad-link"),
     ("/\\x.no", "bad-link"), ("/\t/x.no", "bad-link"), ("x", "bad-link"), ("", "bad-link")],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_reported(good: Site, target: str, code: str) -> None:
    assert resolved(good, f'<a href="{escape(target)}">x</a>')[1] == [code]


@given(st.text(st.sampled_from("javscriptd:/\\#page &;\t\nhxo.") | st.characters(), max_size=20))
def test_no_link_ever_has_a_dangerous_address(target: str) -> None:
    site = load(GOOD).site() if not _SITE else _SITE[0]
    assert site
    _SITE[:] = [site]
    text, faults = resolved(site, f'<a href="{escape(target)}" title="t">x</a>')
    for href in re.findall(r'href="([^"]*)"', text):
        address = escapes.unescape(href)
        plain = re.sub(r"[\s\x00-\x1f]", "", address).replace("\\", "/")
        assert browser_scheme(address) in ("", "https", "http", "mailto", "tel")
        assert not plain.startswith("//")
    assert faults or 'href="' in text


_SITE: list[Site] = []


def test_a_section_sign_holds_on_to_its_number() -> None:
    assert "§\u00a03-15" in compose(page(""), "<p>ekomloven § 3-15</p>").lead


def test_an_article_is_made_of_safe_html() -> None:
    article = compose(page(""), HTML)
    assert isinstance(article, Article)
    assert all(isinstance(s.title, Markup) and isinstance(s.body, Markup) for s in article.sections)
