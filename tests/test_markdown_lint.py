"""What a Markdown text may hold; what it may not is in `tests/bad/texts.py`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.markdown_lint import endless, links, lint, section_ids

GOOD = [
    "`<b>` and ``<i> ` <script>`` are code", "p < 0.05, x<0, <3, a <-> b", "<https://example.org>",
    "<HTTPS://EXAMPLE.ORG>", "<post@example.org>", "<mailto:post@example.org>", "&lt;b&gt; &copy;",
    "[x](https://example.org)", "[x](<https://example.org>)", "[x](#y)", "[](page:privacy#rights)",
    "[x](mailto:a@b.no)", "[x](tel:+4722000000)", "[x](https://example.org/a:b?c=javascript:1)",
    "[x][r]\n\n[r]: https://example.org 'title'", "\\[x\\](javascript:1)",
    "[x](page:privacy \"t\")",
    "`[x](javascript:1)`", "[{{ authority.name }}]({{ authority.website }})",
    "Array[0] (see below)",
    "## A {#a}\n\n### B {#b}\n\n#### C\n\n## D {#d}", "Nr. 1 og # 2", "a | b\n--- | ---\n1 | 2",
    "text\n\n---\n\ntext", "***", "- a\n- b", "{% if a < b %}x{% endif %}", "{{ '<b>' }}",
    "{!-- <b> --}", "a\tb", "§ 3-15, «x» – 😀 العربية", "Wow!",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_plain_texts_are_good(text: str) -> None:
    assert list(lint(text, "f.md", 1)) == []


@pytest.mark.parametrize("text", [
    "Point {} [see note {}, art. 6(1)(f).\n\n", "Less than < {} kroner.\n\n", "({}\n\n",
    "| _ga_{} | <5 MB | < 2 years |\n", "- {}) fewer than <{} pupils\n",
])  # fmt: skip
def test_long_list_or_table_for_people_is_not_endless(text: str) -> None:
    assert list(endless("".join(text.format(i, i) for i in range(400)), "f.md", 1)) == []


def test_places_count_from_the_line_on_which_the_text_begins() -> None:
    (problem,) = lint("a\n\nb <i>", "f.md", 10)
    assert str(problem.place) == "f.md:12:3"


def test_every_link_is_found_with_its_offset() -> None:
    text = "[a](x) `[b](y)` [c](<z> 't')\n\n[d]: w\n> [e]: v\n\n[f]({{ g }})"
    assert sorted(links(text)) == [(text.index(t), t) for t in ("x", "z", "w", "v")]


def test_the_ids_of_sections_are_found_in_order_with_their_offsets() -> None:
    text = "## A {#a}\n\ntext {#no}\n\n### B {#b} ###\n\n## C\n\n## D {#d}"
    assert list(section_ids(text)) == ["a", "b", "d"]
    assert all(
        text[offset:].startswith(f"{{#{name}}}") for name, offset in section_ids(text).items()
    )


@given(
    st.text(
        st.sampled_from("ab <>/[]():#{}`!\n|-=.1&;\\") | st.characters(exclude_categories=["Cs"])
    )
)
def test_no_text_makes_it_fail_and_every_place_is_in_the_text(text: str) -> None:
    lines = text.split("\n")
    for problem in lint(text, "f.md", 1):
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
