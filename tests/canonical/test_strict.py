"""The short way into a page leads to the same text as a parser that reads as browsers do."""

from __future__ import annotations

import html as escapes
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.canonical import from_html, strict, to_fragment

from ..browser.published import published_files

NAMES = sorted(strict._KNOWN - strict._VOID)
STRANGE = ["b", "a", "p", "table", "tr", "td", "li", "ul", "h2", "section", "form", "svg", "div",
           "script", "style", "template", "textarea", "button", "select", "P", "body", "dd",
           "math", "title", "noscript", "tbody", "caption", "col", "option", "nobr"]  # fmt: skip

texts = st.text("abæ <>&\"'\n\t\xa0;#é­\u200bx", max_size=12)
attributes = st.sampled_from([
    "", ' id="a"', ' class="lead"', ' class="number"', ' href="/x?a=1&amp;b=2"', " hidden",
    ' Class="lead"', ' title="a\nb"', " id=a", ' title="a>b"', ' class="anchor"',
])  # fmt: skip
raw = st.sampled_from([
    "<br>", "<wbr>", "<hr>", "<br/>", "<p/>", "<img>", "&nbsp;", "&#128;", "&amp", "&#38;",
    "<!-- x -->", "<![CDATA[x]]>", "</p>", "<p>", "<li>", "</b>", "<b>", "<?x?>", "\r\n", "\0",
])  # fmt: skip


def trees(names, own, leaves):
    """HTML whose elements have these names and attributes, and these leaves."""

    def element(children):
        return st.builds(
            lambda name, own, inner: f"<{name}{own}>{''.join(inner)}</{name}>",
            st.sampled_from(names), own, st.lists(children, max_size=4),
        )  # fmt: skip

    return st.lists(st.recursive(leaves, element, max_leaves=14), max_size=6).map("".join)


escaped = texts.map(partial(escapes.escape, quote=False))
pages = trees([*NAMES, *STRANGE], attributes, escaped | raw)
likely = trees(NAMES, st.sampled_from(["", ' id="a"', ' class="lead"', ' href="/x"']), escaped)


def agrees(html):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict, "article", lambda html: None)
        as_browsers_read = from_html(html)
    return from_html(html) == as_browsers_read


@given(likely | pages, likely | pages)
def test_what_is_taken_is_read_as_browsers_read_it(before, inside):
    assert agrees(f"{before}<article>{inside}</article>")
    assert agrees(f'<article><section id="s">{inside}</section></article>{before}')


GOOD = '<article><section id="s"><p>good</p></section></article>'
BAD = GOOD.replace("good", "bad")
RAW = ("title", "textarea", "script", "style", "noscript", "iframe", "xmp", "noembed", "template")


@pytest.mark.parametrize(
    "before",
    [
        *(f"<body><{name}>{GOOD}</{name}>" for name in RAW),
        f"<!-- {GOOD} -->",
        f"<?x {GOOD}?>",
        f"<div title='{GOOD}'></div>",
        f"<div title='{GOOD}'>",
        BAD.replace("article", "ARTICLE"),
        f"<p x='<title>' y='</title>' z='>{GOOD}'></p>",
        f"</ x {GOOD}>",
    ],
)
def test_article_that_nobody_sees_is_not_taken_for_the_one_that_is_seen(before):
    for html in (before + BAD, f"<!doctype html><html><head></head><body>{before}{BAD}"):
        assert "bad" in to_fragment(from_html(html))
        assert "good" not in to_fragment(from_html(html))


@pytest.mark.parametrize("before", ["<a href='/x'>", "<b>", "<svg>", "<math>", "<p><b></p>"])
def test_what_reaches_into_an_article_is_read_as_browsers_read_it(before):
    assert agrees(f"{before}{GOOD.replace('good', '<a href=/y>good</a>')}")
    assert agrees(f"{before}<p>{GOOD}")


pieces = st.lists(
    st.sampled_from([*"<>\"'= /abx", " x=", "<p", "</", "article", "<title>", "</title>", "<b>",
                     "</b>", "<div>", "</div>", "<table>", "<svg>", "<script>", "</script>", "<!--",
                     "<article/>", GOOD])
).map("".join)  # fmt: skip


@given(pieces)
def test_whatever_stands_before_an_article_is_read_as_browsers_read_it(before):
    assert agrees(before + BAD)


def test_published_pages_are_read_alike():
    pages = [data for path, data in published_files().items() if path.endswith(".html")]
    assert len(pages) > 8
    for data in pages:
        assert agrees(data.decode())


def test_pages_with_versions_and_what_is_archived_take_the_short_way():
    files = published_files()
    for path in ("personvern", "en/privacy", "cookies", "en/cookies"):
        assert strict.article(files[f"{path}/index.html"].decode())


@pytest.mark.parametrize(
    "inside",
    [
        "<p>a<ul><li>b</li></ul></p>",
        "<p><b><div>x</div></b></p>",
        "<ul><li>a<li>b</ul>",
        "<table>x<tr><td>a</td></tr></table>",
        "<table><tr><p>x</p></tr></table>",
        "<a href='/x'>a<b><a href='/y'>b</a></b></a>",
        "<h2>a<h3>b</h3></h2>",
        "<div><li>x</li></div>",
        "<p/>x",
        "<P>x</P>",
        "<p hidden>x</p>",
        "&nbsp;",
        "&#128;",
        "<!-- x -->",
        "<svg><p>x</p></svg>",
        "<script><b>x</b></script>",
        "<p TITLE='x'>y</p>",
        "<textarea><p>x</p></textarea>",
    ],
)
def test_what_browsers_mend_is_left_to_a_parser_that_mends_it_too(inside):
    html = f'<article><section id="s">{inside}</section></article>'
    assert strict.article(html) is None
    assert agrees(html)
