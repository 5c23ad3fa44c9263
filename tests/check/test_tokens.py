"""Dates, durations, articles and numbers read out of texts in two languages."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.check.tokens import tokens
from klartekst.messages import read_language

NB, EN = read_language("nb", [], "nb.po", "official"), read_language("en", [], "en.po", "official")


def values(text: str, language: object) -> list[tuple[str, tuple[str, ...]]]:
    assert language in (NB, EN)
    return [(t.kind, t.value) for t in tokens(text, NB if language is NB else EN)]


@pytest.mark.parametrize(
    ("nb", "en", "value"),
    [
        ("fra 6. juni 2025", "from 6 June 2025", ("date", ("2025", "6", "6"))),
        ("den 2025-06-06", "on 2025-06-06", ("date", ("2025", "6", "6"))),
        ("innen én måned", "within one month", ("duration", ("1", "month"))),
        ("i 13 måneder", "for 13 months", ("duration", ("13", "month"))),
        ("i 30 dager", "for 30 days", ("duration", ("30", "day"))),
        ("artikkel 6 nr. 1 bokstav b", "Article 6(1)(b)", ("article", ("6", "1", "b"))),
        ("art. 6 (1) b", "Art. 6 (1) (b)", ("article", ("6", "1", "b"))),
        ("ekomloven § 2-7 b", "section 2-7 b of the act", ("article", ("§", "2-7 b"))),
        ("§\u00a03-15", "section 3-15", ("article", ("§", "3-15"))),
        ("10 000 kroner", "10,000 kroner", ("number", ("10000",))),
        ("0,5 prosent", "0.5 per cent", ("number", ("0.5",))),
    ],
)
def test_same_fact_has_the_same_value_in_both(
    nb: str, en: str, value: tuple[str, tuple[str, ...]]
) -> None:
    assert values(nb, NB) == [value]
    assert values(en, EN) == [value]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_date_reads_alike_in_both(date: datetime.date) -> None:
    expected = [("date", (str(date.year), str(date.month), str(date.day)))]
    assert values(f"fra {NB.date(date)} og", NB) == expected
    assert values(date.strftime("on %-d %B %Y and"), EN) == expected


@given(st.text())
def test_any_text_is_read_and_every_token_stands_at_its_place(text: str) -> None:
    for token in tokens(text, NB):
        assert text[token.offset : token.offset + len(token.text)] == token.text
