"""Expressions in texts: what is good, and that nothing gets through unjudged.

What is refused is in `tests/bad/expressions.py`.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.check.expressions import expression_faults
from klartekst.problems import SiteError
from klartekst.render.facts import Facts
from klartekst.render.merge import Block, merge

from .sites import page

NAMES: dict[str, Any] = {
    "controller": Facts({"name": "Nord", "phone": None, "inner": Facts({"city": "Oslo"})}),
    "rights": Facts({"access": Facts({"name": "Access"}), "erasure": Facts({"name": "Erasure"})}),
    "block": Facts({"rights": Block("rights")}),
    "list": ["a", "b"],
    "unread": None,
}

GOOD = [
    "", "no expression { here } %}", "{{ controller.name }}", "{{ controller['name'] }}",
    "{{ controller.inner.city }}", "{{controller.name}}{{ controller.name }}", "{{ list[0] }}",
    "{{- controller.name -}}", "{{ controller\n.name }}", "{{ 'text' }} {{ 42 }} {{ none }}",
    "{{ controller.name|upper|lower|capfirst }}", "{{ controller.phone|default('none') }}",
    "{{ list|join(' / ') }} {{ list|first }} {{ rights|length }}", "{{ block.rights }}",
    "{% if controller.phone %}{{ controller.phone }}{% endif %}",
    "{% if not controller.phone and (list or rights) %}a{% elif controller.name == 'x' %}b"
    "{% else %}c{% endif %}",
    "{% if controller.phone is none %}a{% endif %}",
    "{% if controller.phone is not none %}{% endif %}",
    "{% for right in rights %}{{ loop.index }}. {{ right.name }}{% else %}none{% endfor %}",
    "{% for a in rights %}{% for b in list %}{{ a.name }}{{ b }}{% endfor %}{% endfor %}",
    "{% for x in rights if x.name != 'Access' %}{{ x.name }}{% endfor %}",
    "{%- if true -%} x {%- endif -%}", "{!-- {{ nope }} {% nope %} --}", "## A {#a}",
    "{{ controller.name if controller.phone else 'x' }}", "{{ unread.what.ever }}",
    "{% if unread.what %}{{ unread.what }}{% endif %}",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_names_filters_and_statements_are_good(text: str) -> None:
    assert list(expression_faults(page(text), NAMES)) == []


@pytest.mark.parametrize("text", [text for text in GOOD if "unread" not in text])
def test_what_is_good_can_be_merged(text: str) -> None:
    merge(page(text), NAMES)


def test_places_are_those_of_the_file() -> None:
    text = "a\n{{ controller.name }} {{ controller.nam }}\n\n{% if x %}{% endif %} {{ name }}"
    found = [str(problem.place) for problem in expression_faults(page(text), NAMES)]
    assert sorted(found) == [f"content/en/privacy.md:{at}" for at in ("6:26", "8:26", "8:7")]


_PIECES = st.sampled_from([
    "{{ ", " }}", "{% ", " %}", "{!-- ", " --}", "{{- ", " -%}", "if ", "for x in ", "endif",
    "endfor",
    "else", "elif ", "set x = ", "include 'x'", "raw", "endraw", "controller", ".name", ".phone",
    ".__class__", "rights", "list", "[0]", "['name']", "x", "nope", "|upper", "|join", "|safe",
    "|first",
    "|default(", "(", ")", " ~ ", " * ", " ** ", "9", "1e999", "'a'", "'", '"', "\\", "\n", " ",
    "block",
    ".rights", " is none", " is ", " not ", " and ", "loop.index", "self", "range(9)", ".format(",
    "{#a}",
    "|_mark(0)", "[", "]", "{", "}", "%", ",", ":", "-", "none", "true", "é", "\ue000", "\\ud800",
    "||",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_whatever_is_written_is_judged_and_never_a_bug(text: str) -> None:
    here = page(text)
    problems = list(expression_faults(here, NAMES))
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.place.line - here.body_line + 1 <= len(lines)
    if not problems:
        try:
            merge(here, NAMES)
        except SiteError as error:
            assert {p.code for p in error.problems} <= {"expression-failed", "bad-character"}


@given(st.lists(_PIECES, min_size=1, max_size=6).map("".join))
def test_whatever_stands_in_an_expression_is_judged_and_never_a_bug(inner: str) -> None:
    test_whatever_is_written_is_judged_and_never_a_bug.hypothesis.inner_test(f"{{{{ {inner} }}}}")
    test_whatever_is_written_is_judged_and_never_a_bug.hypothesis.inner_test(
        f"{{% if {inner} %}}{{{{ controller.name }}}}{{% endif %}}"
    )
