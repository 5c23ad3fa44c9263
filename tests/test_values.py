"""The small values of the data files: what they take, and what nothing gets past."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.model import values
from klartekst.model.values import UNSHOWABLE, Article, Duration, Fault, Formed

FORMED = [
    kind for kind in vars(values).values()
    if isinstance(kind, type) and issubclass(kind, Formed) and kind is not Formed
]  # fmt: skip
_UNITS = ["second", "minute", "hour", "day", "week", "month", "year"]


@given(st.integers(1, 9999), st.sampled_from(_UNITS), st.booleans())
def test_a_duration_is_a_number_and_a_unit(count: int, unit: str, plural: bool) -> None:
    assert Duration.parse(f"{count} {unit}{'s' if plural else ''}") == Duration(count, unit)


@given(st.integers(1, 999), st.none() | st.integers(1, 99), st.none() | st.sampled_from("abcxyz"))
def test_an_article_is_read_as_lawyers_write_it(
    article: int, paragraph: int | None, point: str | None
) -> None:
    text = f"{article}{f'({paragraph})' if paragraph else ''}{f'({point})' if point else ''}"
    assert Article.parse(text) == Article(article, paragraph, point)


@given(st.text(st.sampled_from("0123456789 dayshomntsecwkr()abc-.") | st.characters(), max_size=14))
def test_whatever_else_is_typed_is_a_fault_and_no_error(text: str) -> None:
    for kind, pattern in ((Duration, r"[0-9]{1,4} [a-z]+|session|persistent"),
                          (Article, r"[0-9]{1,3}(\([0-9]{1,2}\))?(\([a-z]\))?")):  # fmt: skip
        try:
            kind.parse(text)
        except Fault as fault:
            assert fault.code and fault.message
        else:
            assert re.fullmatch(pattern, text, re.ASCII)


@pytest.mark.parametrize("kind", FORMED)
def test_a_form_takes_its_own_example(kind: type[Formed]) -> None:
    assert kind.parse(kind.example) == kind.example
    assert type(kind.parse(kind.example)) is kind
    with pytest.raises(Fault) as raised:
        kind.parse("«no»\n")
    assert raised.value.code == kind.code


@pytest.mark.parametrize("kind", FORMED)
@given(st.data())
def test_nothing_that_could_break_out_gets_past_a_form(
    kind: type[Formed], data: st.DataObject
) -> None:
    signs = st.sampled_from("<>\"'`{}\\\n\t \u2028") | st.characters()
    inserted = data.draw(st.text(signs, min_size=1, max_size=3))
    at = data.draw(st.integers(0, len(kind.example)))
    text = kind.example[:at] + inserted + kind.example[at:]
    try:
        kind.parse(text)
    except Fault:
        return
    # RFC 5322 knows addresses with braces and a backslash; what quotes an attribute is in none.
    never = "<>\"'\n\t\u2028" + ("" if kind is values.EmailAddress else "`{}\\")
    assert not set(never) & set(inserted)
    assert " " not in inserted or " " in kind.example


@pytest.mark.parametrize("sign", "\x00\x07\x1b\x7f\x85\u202e\ue000\ufffe\ufdd0\U000f0000\ud800")
def test_signs_that_no_page_can_show_are_known(sign: str) -> None:
    assert UNSHOWABLE.search(f"a{sign}b")


@pytest.mark.parametrize(
    "text", ["æøå", "العربية", "😀", "a\tb\nc", "\u00a0\u00ad\u200d\u2028", "«»–…"]
)
def test_signs_of_any_language_can_be_shown(text: str) -> None:
    assert not UNSHOWABLE.search(text)
