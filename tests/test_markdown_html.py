"""Markdown made HTML: what comes out, and what never does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klartekst.markdown_html import convert

from .strict import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Rights {#rights}", '<h2 id="rights">Rights</h2>'),
        ("### *More* {#more} ###", '<h3 id="more"><em>More</em></h3>'),
        ("<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>'),
        ("<a@b.no>", '<p><a href="mailto:a@b.no">a@b.no</a></p>'),
        ("<mailto:a@b.no>", '<p><a href="mailto:a@b.no">a@b.no</a></p>'),
        ("[](#x)", '<p><a href="#x"></a></p>'),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("```\n<b> *x*\n```", "<pre><code>&lt;b&gt; *x*\n</code></pre>"),
        ("AT&T &amp; &copy; <3", "<p>AT&amp;T &amp; &copy; &lt;3</p>"),
        ("§ 5, «sitat» – ja …", "<p>§ 5, «sitat» – ja …</p>"),
    ],
)
def test_plain_markdown_becomes_plain_html(text: str, expected: str) -> None:
    assert convert(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<b onclick=x>y</b>", "<!-- x -->", "<?php ?>",
        "<svg/onload=x>",
        "<div>\n\n*x*\n\n</div>", "- <b>\n\n  <i>", "> <script>", "    <b>", "a <b\nc>",
        "&lt;b&gt;",
        "<javascript:alert(1)>", "\\<b>", "`<b>", "![x](y)", "![x][y]\n\n[y]: z",
        "| <b> |\n|---|\n| <i> |", "term\n: <b>", "<a@b.no onclick=x>", "&#60;b&#62;",
    ],
)  # fmt: skip
def test_raw_html_and_pictures_come_out_as_text(text: str) -> None:
    assert "<" in parse(convert(text)).words or "!" in parse(convert(text)).words


@pytest.mark.parametrize(
    "text",
    ["# Title", "## No id", "- ## x {#x}", "> ## x {#x}", "1. ### x {#x}", "a\n---", "a\n===\nb",
     "- a\n\n    ## x {#x}"],
)  # fmt: skip
def test_what_begins_no_section_is_no_heading(text: str) -> None:
    assert not re.search("<h[1-6]", convert(text))


def test_no_link_stands_within_a_link() -> None:
    for inner in ("<https://x.no>", "<a@b.no>", "[x](https://x.no)", "[r]"):
        parse(convert(f"[a {inner} b](https://example.org)\n\n[r]: https://x.no"))


def test_a_text_leaves_nothing_behind_for_the_next() -> None:
    convert("[x]: https://example.org")
    assert convert("[x]") == "<p>[x]</p>"


_SIGNS = "ab \n\t#*_`~<>[](){}!&;:/\\|-=+.\"'@1x"
_PIECES = st.sampled_from([
    "<script>", "</p>", "<b onclick=x>", "[a](", "](", "javascript:", "&#106;", "&lt;", "<!--",
    "-->",
    "## ", "{#a}", "\n\n", "\n- ", "\n    ", "\n> ", "| a |\n|---|\n", "`", "**", "<a@b.no>",
    "[r]: ",
    "<https://x.no>", "\ue0000\ue001", "wzxhzdk:0", "klzzwxh:0000", '"', "\\",
])  # fmt: skip


@settings(max_examples=250)
@given(st.lists(st.text(_SIGNS, max_size=6) | _PIECES, max_size=25).map("".join))
def test_nothing_but_plain_elements_and_attributes_ever_comes_out(text: str) -> None:
    parse(convert(text))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"])))
def test_every_word_of_a_code_span_comes_out_as_it_was_typed(text: str) -> None:
    typed = " ".join(text.split())
    if typed and "`" not in typed:
        assert parse(convert(f"`{typed}`")).words == typed
