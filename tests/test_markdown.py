"""Markdown as this house writes it: front matter, addresses of links."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.markdown import bad_link, split_front_matter

GOOD = [
    "https://example.org", "HTTPS://example.org/a?b#c", "http://x", "mailto:post@example.org",
    "tel:+4722000000", "page:privacy", "page:privacy#rights", "#rights", "https://x.no/a:b",
]  # fmt: skip

DANGEROUS = [
    "javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd", "blob:x",
    "about:blank", "//example.org", "\\\\example.org", "/\\example.org", "/personvern/",
]  # fmt: skip


@pytest.mark.parametrize("target", GOOD)
def test_addresses_of_the_web_of_pages_and_of_sections_are_good(target: str) -> None:
    assert bad_link(target) == ""


@pytest.mark.parametrize("target", DANGEROUS)
@pytest.mark.parametrize(
    "hidden",
    [
        str,
        str.upper,
        str.title,
        lambda t: f" {t}",
        lambda t: f"\n{t}",
        lambda t: t[:2] + "\t" + t[2:],
        lambda t: t[:1] + "&#10;" + t[1:],
        lambda t: "".join(f"&#{ord(c)};" for c in t),
        lambda t: "".join(f"&#x{ord(c):x};" for c in t),
        lambda t: t.replace(":", "&colon;").replace("/", "&sol;"),
    ],
)
def test_dangerous_addresses_are_seen_in_every_disguise(target: str, hidden: object) -> None:
    assert callable(hidden)
    assert bad_link(hidden(target)) != ""


def browser_scheme(target: str) -> str:
    """The scheme that a browser finds (WHATWG URL: strip C0 and space, drop tab and newline)."""
    text = html.unescape(target).strip("".join(map(chr, range(0x21))))
    for sign in "\t\n\r":
        text = text.replace(sign, "")
    head, colon, _ = text.partition(":")
    plain = head[:1].isalpha() and all(c.isalnum() or c in "+-." for c in head) and head.isascii()
    return head.lower() if colon and plain else ""


@given(
    st.text(st.sampled_from("javscriptdfhelo:/\\#?&;.@ \t\n\r\x00%") | st.characters(), max_size=25)
)
def test_no_address_that_passes_has_a_dangerous_scheme(target: str) -> None:
    if not bad_link(target):
        scheme = browser_scheme(target)
        assert scheme in ("https", "http", "mailto", "tel", "page") or html.unescape(
            target
        ).strip().startswith("#")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: b\n---\nBody\n", ("a: b\n", "Body\n", 4)),
        ("---\n---\n", ("", "", 3)),
        ("--- \na: b\n---\t", ("a: b\n", "", 3)),
        ("---\na: b\n---\n\nBody\n---\nmore", ("a: b\n", "\nBody\n---\nmore", 4)),
        ("", None), ("Body", None), ("\n---\na: b\n---\n", None), ("---\na: b\n", None),
        ("---\na: b\n--- x\n", None), ("----\na: b\n----\n", None),
    ],
)  # fmt: skip
def test_front_matter_stands_between_two_lines_of_hyphens(
    text: str, expected: tuple[str, str, int] | None
) -> None:
    assert split_front_matter(text) == expected
