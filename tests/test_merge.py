"""Values merged into texts: escaped where they land, whatever they hold."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.markdown_html import convert
from klartekst.model import Article, Duration, EmailAddress, PhoneNumber, WebAddress
from klartekst.model.values import UNSHOWABLE, Country
from klartekst.problems import SiteError
from klartekst.render.facts import Facts
from klartekst.render.merge import fill, merge

from .sites import language, page
from .strict import parse

NASTY = "<b>&amp;\"'</script>{{ x }}{% y %}*_`|[](javascript:1)\\\u2028😀<!--"


def merged(body: str, **names: Any) -> str:
    text, values = merge(page(body), names)
    return fill(convert(text), values, language(), {})


POSITIONS = {
    "a paragraph": "a {{ v }} b",
    "an emphasis": "a *{{ v }}* **{{ v }}** b",
    "a list": "- {{ v }}\n- b",
    "a heading": "## {{ v }} {#id}",
    "a quotation": "> {{ v }}",
    "code": "a `{{ v }}` b",
    "a code block": "    {{ v }}",
    "a table": "| {{ v }} | b |\n|---|---|\n| c | {{ v }} |",
    "a definition": "{{ v }}\n: b {{ v }}",
    "a link": "[{{ v }}](https://example.org)",
    "a title": '[a](https://example.org "b {{ v }}")',
    "an address": "[a](https://example.org/{{ v }})",
    "a statement": "{% if v %}a {{ v }}{% endif %}",
    "a loop": "{% for x in l %}{{ x }}{% endfor %}",
}


@pytest.mark.parametrize("body", POSITIONS.values(), ids=POSITIONS.keys())
def test_a_nasty_value_is_nothing_but_text_wherever_it_stands(body: str) -> None:
    parsed = parse(merged(body, v=NASTY, l=[NASTY]))
    assert NASTY in parsed.words or NASTY in parsed.values


@given(
    st.sampled_from(list(POSITIONS.values())),
    st.text(st.sampled_from("<>&\"'*_`|[]()#{}%\\ \n") | st.characters()).filter(
        lambda text: not UNSHOWABLE.search(text) and "\r" not in text
    ),
)
def test_any_value_is_nothing_but_text_wherever_it_stands(body: str, value: str) -> None:
    parsed = parse(merged(body, v=value, l=[value]))
    if value:
        assert value in parsed.words or value in parsed.values


def test_addresses_are_links_but_not_within_links_headings_and_code() -> None:
    mail = EmailAddress("a@b.no")
    assert merged("{{ v }}", v=mail) == '<p><a href="mailto:a@b.no">a@b.no</a></p>'
    assert merged("{{ v }}", v=PhoneNumber("+47 22")) == '<p><a href="tel:+4722">+47 22</a></p>'
    assert "https://b.no" in merged("{{ v }}", v=WebAddress("https://b.no"))
    for body in ("[{{ v }}](https://b.no)", "## {{ v }} {#v}", "`{{ v }}`", "[*{{ v }}*](#x)"):
        assert "mailto:" not in merged(body, v=mail)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Duration(13, "months"[:-1]), "13 months"),
        (Article(6, 1, "b"), "Article 6(1)(b)"),
        (datetime.date(2025, 6, 6), "2025"),
        (Country("NO"), "Norway"),
        (["a", "<b>", "c"], "a, <b>, and c"),
        (42, "42"),
        (0, "0"),
    ],
)
def test_values_are_shown_in_the_language_of_the_page(value: object, shown: str) -> None:
    assert shown in parse(merged("{{ v }}", v=value)).words.replace("\u00a0", " ")


def test_what_is_not_stated_says_so() -> None:
    assert merged("{{ v }}", v=None) == '<p><span class="unstated">not stated</span></p>'
    assert merged("[{{ v }}](#x)", v=None) == '<p><a href="#x">not stated</a></p>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{{ v|upper }}{{ v|lower }}{{ v|capfirst }}", "ÆBCæbcÆbC"),
        ("{{ l|join }} {{ l|join(' og ') }} {{ l|first }} {{ l|length }}", "a, b a og b a 2"),
        ("{{ n|default('x') }} {{ v|default('x') }}", "x æbC"),
        ("{% if n is none %}a{% else %}b{% endif %}", "a"),
        ("{% if v == 'æbC' and not n %}a{% elif v %}b{% endif %}", "a"),
        ("{{ v if n else 'z' }}", "z"),
        ("{% for x in l %}{{ loop.index }}{{ x }}{% endfor %}", "1a2b"),
        ("a {{- v -}} b", "aæbCb"),
        ("a{!-- {{ nope }} --} b", "a b"),
        ("{{ f.a['b'] }}", "c"),
        ("{{ l[1] }}", "b"),
    ],
)
def test_an_editor_has_a_few_filters_and_statements(body: str, expected: str) -> None:
    names = {"v": "æbC", "l": ["a", "b"], "n": None, "f": Facts({"a": Facts({"b": "c"})})}
    assert parse(merged(body, **names)).words == expected


@pytest.mark.parametrize(
    "expression",
    ["v.upper()", "v.__class__", "f.__class__", "f._values", "f['_values']", "v * 9", "9 ** 9",
     "range(3)", "v|safe", "v|attr('x')", "f", "[f]", "true", "1.5", "nope", "f.nope", "n.nope",
     "'\\ud800'", "'\\x00'", "1 / 0", "lipsum()", "self", "v|_mark(0)", "_values",
     "f|length|upper"],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{{{{ {} }}}}", "{{% if true %}}{{{{ {} }}}}{{% endif %}}"])
def test_the_sandbox_holds_even_where_nothing_was_checked_before(
    expression: str, frame: str
) -> None:
    with pytest.raises(SiteError) as raised:
        merged("\n" + frame.format(expression), v="x", f=Facts({"a": "b"}), n=None)
    (problem,) = raised.value.problems
    assert problem.code in ("expression-failed", "bad-character")
    assert (problem.place.file, problem.place.line) == ("content/en/privacy.md", 6)


def test_every_expression_that_fails_is_reported() -> None:
    with pytest.raises(SiteError) as raised:
        merged("{{ a }} b\nc {{ d }}", v="x")
    assert [str(p.place) for p in raised.value.problems] == [
        "content/en/privacy.md:5:1", "content/en/privacy.md:6:3",
    ]  # fmt: skip


def test_facts_give_away_nothing_but_their_values() -> None:
    facts = Facts({"b": 1, "a": 2})
    assert (list(facts), len(facts), dir(facts)) == ([1, 2], 2, ["a", "b"])
    assert facts.a == 2
    with pytest.raises(AttributeError):
        facts.nope  # noqa: B018
    assert not isinstance(facts, Mapping)
