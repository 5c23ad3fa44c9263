"""The tables that come with the rules are in order."""

from __future__ import annotations

import datetime
import re

import pytest

from klartekst.check.data import table
from klartekst.check.rules.facts import _is_number
from klartekst.check.rules.known import known_cookies
from klartekst.check.rules.language import LIMIT, lix


def test_words_to_avoid_begin_with_a_letter_and_are_patterns() -> None:
    for entry in table("glossary"):
        for words in entry["avoid"].values():
            for word in words:
                assert re.match(r"\\b[a-z]", word), word
                re.compile(word)


def test_no_term_of_the_glossary_is_to_be_avoided() -> None:
    for entry in table("glossary"):
        for language in ("nb", "en"):
            for other in table("glossary"):
                for word in other["avoid"].get(language, ()):
                    assert not re.fullmatch(word, entry[language]), (word, entry[language])


@pytest.mark.parametrize("name", sorted(table("signals")))
def test_signals_are_patterns_in_both_languages(name: str) -> None:
    assert table("signals")[name].keys() >= {"nb", "en"}
    for patterns in table("signals")[name].values():
        assert all(re.compile(pattern) for pattern in patterns)


def test_known_cookies_match_their_own_names() -> None:
    for known in known_cookies():
        if "<" not in known.name and not known.name.startswith("_pk_"):
            assert known.pattern.fullmatch(known.name), known.name


def test_companions_are_known_cookies() -> None:
    names = {known.name for known in known_cookies()}
    assert {known.together_with for known in known_cookies()} - {""} <= names


def test_provisions_ended_on_a_day_and_say_what_came_instead() -> None:
    for entry in table("provisions"):
        assert datetime.date.fromisoformat(entry["until"]).year > 2000
        assert entry["instead"].keys() == {"nb", "en"}
        assert all(name == name.lower() for name in entry["names"])


def test_countries_are_two_letters() -> None:
    countries = [*table("countries")["eea"], *table("countries")["adequate"]]
    assert len(table("countries")["eea"]) == 30
    assert all(re.fullmatch("[A-Z]{2}", code) for code in countries)


@pytest.mark.parametrize(
    ("digits", "good"),
    [("920331483", True), ("987654325", True), ("987654321", False), ("12345678", False)],
)
def test_check_digit_of_organisation_numbers(digits: str, good: bool) -> None:
    assert _is_number(digits) is good


def test_lix_counts_words_a_sentence_and_long_words() -> None:
    assert lix(["ett to tre fire"]) == 4
    assert lix(["behandlingsansvarlig her"]) == 2 + 50
    assert lix([]) == 0
    assert LIMIT == 50
