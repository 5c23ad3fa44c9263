"""What two languages must agree on word for word: dates, durations, articles, numbers.

Each is read out of a text in one language and becomes a value that is the same in every language:
“6. juni 2025” and “6 June 2025” are one date, «én måned» and “one month” one duration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from klartekst.check.data import table
from klartekst.messages import Language

Kind = Literal["date", "duration", "article", "number"]


class Token(NamedTuple):
    """One of these in a text: its kind, its value in no language, how it is written, and where."""

    kind: Kind
    value: tuple[str, ...]
    text: str
    offset: int


_ARTICLE = re.compile(
    r"\bart(?:ikkel|icle|ikler|icles|\.)?\s*(\d+)\b"
    r"(?:\s*(?:nr\.\s*|\()(\d+)\)?)?(?:\s*(?:bokstav\s+|\()([a-z])\b\)?|(?<=\))\s*([a-z])\b)?"
)
_SECTION = re.compile(r"(?:§§?|\bsections?|\bparagrafe?n?)\s*(\d+-\d+(?:\s[a-z]\b)?|\d+)")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w])\d+(?:[\s\u00a0.,]\d+)*")


def tokens(text: str, language: Language) -> Iterator[Token]:
    """Every token of a text; what belongs to one is not read again as another."""
    left = text.lower().replace("\u00a0", " ")
    for kind, pattern in _patterns(left, language):
        for match in pattern.finditer(left):
            value = _value(kind, match, language)
            if value:
                start, end = match.span()
                yield Token(kind, value, text[start:end], start)
                left = f"{left[:start]}{' ' * (end - start)}{left[end:]}"


def _patterns(text: str, language: Language) -> Iterator[tuple[Kind, re.Pattern[str]]]:
    """What may be found in a text; most texts have no digit, and say no length of time."""
    digits = _DIGIT.search(text) is not None
    if digits:
        yield "date", _ISO
        yield "date", _dates(language)
        yield "article", _ARTICLE
        yield "article", _SECTION
    code = language.code.partition("-")[0]
    if (found := _durations(code)) and _units(code).search(text):
        yield "duration", found
    if digits:
        yield "number", _NUMBER


def _value(kind: Kind, match: re.Match[str], language: Language) -> tuple[str, ...]:
    if kind == "date" and match.re is not _ISO:
        parts = match.groupdict()
        month = _months(language).index(parts["month"] or parts["first"]) + 1
        return (parts["year"] or "", str(month), parts["day"] or parts["later"])
    if kind == "duration":
        return _duration(match, language.code.partition("-")[0])
    if kind == "number":
        return (_plain(match[0]),)
    if match.re is _ISO:
        return (match[1], str(int(match[2])), str(int(match[3])))
    if match.re is _SECTION:
        return ("§", " ".join(match[1].split()))
    return tuple(part for part in match.groups() if part)


def _plain(number: str) -> str:
    """A number without what sets its thousands apart, its decimals after a full stop."""
    bare = re.sub(r"[\s\u00a0]", "", number)
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare)
    return bare.replace(",", ".")


def _months(language: Language) -> list[str]:
    return [language.locale.months["format"]["wide"][i].lower() for i in range(1, 13)]


_DATES: dict[str, re.Pattern[str]] = {}


def _dates(language: Language) -> re.Pattern[str]:
    """Day, month and perhaps year; or month, day and year."""
    if language.code not in _DATES:
        months = "|".join(map(re.escape, _months(language)))
        _DATES[language.code] = re.compile(
            rf"\b(?P<day>\d{{1,2}})\.? (?P<month>{months})\b(?:,? (?P<year>\d{{4}}))?"
            rf"|\b(?P<first>{months}) (?P<later>\d{{1,2}})\b"
        )
    return _DATES[language.code]


@cache
def _durations(code: str) -> re.Pattern[str] | None:
    units = table("units").get(code)
    if units is None:
        return None
    names = "|".join(f"(?P<{unit}>{units[unit]})" for unit in _UNITS)
    words = "|".join(units["numbers"][1:])
    return re.compile(rf"\b(?P<count>\d+|{words})[\s-](?:{names})\b")


@cache
def _units(code: str) -> re.Pattern[str]:
    """What ends a duration: found at once in a text that has none."""
    return re.compile(rf"[\s-](?:{'|'.join(table('units')[code][unit] for unit in _UNITS)})\b")


_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")


def _duration(match: re.Match[str], code: str) -> tuple[str, ...]:
    unit = next(unit for unit in _UNITS if match[unit])
    if match["count"].isdigit():
        return (match["count"], unit)
    words = table("units")[code]["numbers"]
    return (str(next(i for i in range(1, 13) if re.fullmatch(words[i], match["count"]))), unit)
