"""The words of a language, and its ways of writing."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.messages import is_known, read_language
from klartekst.model import Article, Duration
from klartekst.problems import SiteError

from .sites import REPOSITORY, language


def shipped(code: str, citations: str = "official") -> object:
    text = (REPOSITORY / "layouts" / "messages" / f"{code}.po").read_text(encoding="utf-8")
    return language(code, text, citations)


@pytest.mark.parametrize(
    ("code", "citations", "article", "shown"),
    [
        ("nb", "official", "6(1)(b)", "artikkel 6 nr. 1 bokstav b"),
        ("en", "official", "6(1)(b)", "Article 6(1)(b)"),
        ("nb", "short", "6(1)(b)", "art. 6 (1) b"),
        ("nb", "official", "7(3)", "artikkel 7 nr. 3"),
        ("en", "official", "7(3)", "Article 7(3)"),
        ("nb", "official", "15", "artikkel 15"),
        ("nb", "official", "6(f)", "artikkel 6 bokstav f"),
    ],
)
def test_an_article_is_cited_in_the_form_of_the_language(
    code: str, citations: str, article: str, shown: str
) -> None:
    assert shipped(code, citations).article(Article.parse(article)) == shown


@pytest.mark.parametrize("code", ["nb", "en"])
@given(st.integers(1, 9999), st.sampled_from(["minute", "hour", "week", "month", "year"]))
def test_a_span_is_shown_in_the_unit_that_was_typed(code: str, count: int, unit: str) -> None:
    words = {
        "nb": {"minute": "minutt", "hour": "time", "week": "uke", "month": "måned", "year": "år"}
    }
    shown = shipped(code).duration(Duration(count, unit))
    assert "".join(filter(str.isdigit, shown)) == str(count)
    assert words.get(code, {}).get(unit, unit) in shown


def test_dates_lists_and_countries_are_written_as_people_write_them() -> None:
    norwegian, english = shipped("nb"), shipped("en")
    day = datetime.date(2025, 6, 6)
    assert (norwegian.date(day), english.date(day)) == ("6. juni 2025", "6 June 2025")
    assert norwegian.join(["a", "b", "c"]) == "a, b og c"
    assert (norwegian.country("NO"), english.country("NO")) == ("Norge", "Norway")
    assert english.country("ZQ") == "ZQ"
    assert (norwegian.name, english.name) == ("Norsk bokmål", "English")


def test_a_message_that_lacks_is_noted_and_shown_in_english() -> None:
    found = language("nb", 'msgid "Who"\nmsgstr "Hvem"\n\n#, fuzzy\nmsgid "Why"\nmsgstr "Hvor"\n')
    assert [found.gettext(word) for word in ("Who", "Why", "What")] == ["Hvem", "Why", "What"]
    assert found.missing == {"Why", "What"}


def test_a_later_catalogue_wins_over_an_earlier() -> None:
    texts = [
        'msgid "Who"\nmsgstr "Hvem"\n\nmsgid "Why"\nmsgstr "Hvorfor"',
        'msgid "Who"\nmsgstr "Kven"',
    ]
    found = read_language("nb", texts, "f.po", "official")
    assert (found.gettext("Who"), found.gettext("Why")) == ("Kven", "Hvorfor")


def test_the_direction_of_a_language_is_known() -> None:
    assert [language(code).direction for code in ("nb", "ar", "he", "en")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
    ]


def test_languages_are_those_of_the_cldr() -> None:
    assert all(is_known(code) for code in ("nb", "nn", "en", "ar", "se", "zh-Hans", "en-GB"))
    assert not any(is_known(code) for code in ("xx", "", "n", "norsk", "en-XX-YY"))


@given(st.text(st.sampled_from("{}date!:.0_ []") | st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_translation_reaches_beyond_its_places(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    try:
        found = language("nb", f'msgid "In force from {{date}}"\nmsgstr "{quoted}"\n')
    except SiteError as error:
        assert {problem.code for problem in error.problems} <= {"bad-message", "bad-catalogue"}
    else:
        shown = found.gettext("In force from {date}").format(date="X")
        assert "object at 0x" not in shown
