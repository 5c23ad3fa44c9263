"""How Norwegian law and language are written: citations, hard spaces, quotation marks, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.passages import Passage
from klartekst.check.rules.common import NOTICE_NB, REGISTER, SITE
from klartekst.check.subject import Subject

_SHORT = re.compile(
    r"\bart\.?[ \u00a0]?\d+[ \u00a0]?\(\d+\)[ \u00a0]?(?:bokstav[ \u00a0])?\(?[a-z]\b", re.I
)
_OFFICIAL = re.compile(r"\bart(?:ikkel|\.)[ \u00a0]?\d+ nr\.[ \u00a0]?\d+", re.I)


@rule(
    "citation-form", "warning", "The Norwegian text of the GDPR (personopplysningsloven § 1)",
    why="The law is cited as it cites itself: «artikkel 6 nr. 1 bokstav b». “Art. 6 (1) b” mixes "
    "the English and the Norwegian form.",
    mend="Set “citations: official”, and write «artikkel 6 nr. 1 bokstav b» in Norwegian texts.",
    example=Example(SITE, bad="citations: short", good="citations: official"),
)  # fmt: skip
def citation_form(subject: Subject) -> Iterator[Found]:
    """Articles are cited in another form than the law's own."""
    if subject.settings.citations == "short" and "nb" in subject.languages:
        message = "articles are cited as «art. 6 (1) b», which is not the law's form"
        yield Found(subject.in_settings("citations"), message)
    for passage in _citing(subject):
        for match in _SHORT.finditer(passage.text):
            if passage.piece(match.start()).kind != "merged" or passage.kind == "data":
                message = f"“{match[0]}” is not the form in which the law cites itself"
                yield Found(passage.at(match.start()), message)


def _citing(subject: Subject) -> Iterator[Passage]:
    """The Norwegian texts that may cite an article."""
    return (passage for passage in subject.passages("nb") if "art" in passage.text.lower())


@rule(
    "mixed-citations", "warning", "GDPR article 12(1)",
    why="Two forms for one kind of reference make readers look for a difference.",
    mend="Write one form throughout.",
    example=Example(
        NOTICE_NB,
        bad="Vi følger art. 6 (1) b og artikkel 6 nr. 1 bokstav f. Når tiden er ute, sletter vi.",
        good="Når tiden er ute, sletter vi.",
    ),
)  # fmt: skip
def mixed_citations(subject: Subject) -> Iterator[Found]:
    """The Norwegian texts cite articles in two forms."""
    found = [
        (match, passage)
        for passage in _citing(subject)
        for match in (*_SHORT.finditer(passage.text), *_OFFICIAL.finditer(passage.text))
    ]
    short = [(match, passage) for match, passage in found if _SHORT.match(match[0])]
    if short and len(short) < len(found):
        match, passage = short[0]
        message = f"“{match[0]}” here, and “artikkel … nr. …” elsewhere"
        yield Found(passage.at(match.start()), message)


@rule(
    "soft-space", "note", "Ordinary Norwegian typography",
    why="A section sign at the end of a line and its number on the next are read as two things.",
    mend="Put a hard space (U+00A0) after the sign.",
    example=Example(REGISTER, bad="nb: ekomloven § 3-15", good="nb: ekomloven §\u00a03-15"),
)  # fmt: skip
def soft_space(subject: Subject) -> Iterator[Found]:
    """A section sign is followed by a space that may break."""
    for passage in subject.passages():
        for match in re.finditer(r"§ ?(?=\d)", passage.text):
            yield Found(passage.at(match.start()), "no hard space stands after “§”")


@rule(
    "quotation-marks", "note", "Språkrådet: «…» in Norwegian",
    why="Norwegian texts quote with «…»; straight marks are those of a typewriter.",
    mend="Write «…».",
    example=Example(
        NOTICE_NB,
        bad='Der vi har en "berettiget interesse"',
        good="Der vi har en berettiget interesse",
    ),
)  # fmt: skip
def quotation_marks(subject: Subject) -> Iterator[Found]:
    """A Norwegian text quotes with other marks than «…»."""
    for passage in subject.passages("nb"):
        for match in re.finditer(r'["“”„]', passage.text):
            if passage.piece(match.start()).kind != "code":
                yield Found(passage.at(match.start()), f"“{match[0]}” is not a Norwegian mark")


_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_DATE = re.compile(rf"\d(?<!\w\d)\d?\.? (?:{_MONTHS})\b", re.IGNORECASE)
_GOOD_DATE = re.compile(rf"\d{{1,2}}\. (?:{_MONTHS})")


@rule(
    "date-form", "note", "Språkrådet: ordinal full stop, month in small letters",
    why="«6. juni 2025» is how Norwegian writes a date.",
    mend="Write a full stop after the day, and the month in small letters.",
    example=Example(
        NOTICE_NB,
        bad="Når tiden er ute, tidligst 1 januar, sletter vi.",
        good="Når tiden er ute, sletter vi.",
    ),
)  # fmt: skip
def date_form(subject: Subject) -> Iterator[Found]:
    """A Norwegian date lacks its full stop, or its month has a capital letter."""
    for passage in subject.passages("nb"):
        for match in _DATE.finditer(passage.text):
            if not _GOOD_DATE.fullmatch(match[0]):
                yield Found(passage.at(match.start()), f"“{match[0]}” is not how a date is written")


_PARTED = re.compile(r"\d[.,]\d")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d.,]\d|\d)")


@rule(
    "thousands", "note", "Språkrådet: thousands are set apart by a space",
    why="A full stop in a number reads as a decimal sign to some, and a comma to others.",
    mend="Write a hard space: 10 000.",
    example=Example(
        NOTICE_NB,
        bad="Det koster deg ingenting, ikke 10.000 kroner.",
        good="Det koster deg ingenting.",
    ),
)  # fmt: skip
def thousands(subject: Subject) -> Iterator[Found]:
    """A Norwegian number has a full stop or a comma between its thousands."""
    for passage in subject.passages("nb"):
        for match in _THOUSANDS.finditer(passage.text) if _PARTED.search(passage.text) else ():
            yield Found(passage.at(match.start()), f"“{match[0]}” sets thousands apart by a sign")


@rule(
    "em-dash", "note", "Språkrådet: the Norwegian dash is short, with spaces",
    why="The long dash is English; Norwegian writes the short one, with a space on both sides.",
    mend="Write “–”, or a comma.",
    example=Example(NOTICE_NB, bad="Du velger selv — alltid.", good="Du velger selv."),
)  # fmt: skip
def em_dash(subject: Subject) -> Iterator[Found]:
    """A Norwegian text has a long dash."""
    for passage in subject.passages("nb"):
        for match in re.finditer("—", passage.text):
            yield Found(passage.at(match.start()), "a long dash stands in a Norwegian text")


_BROKEN = re.compile(
    r"\b([a-zæøå]{3,}(?:s|er|ets|ings|tets))-([a-zæøå]{4,})\b|\w\u00ad\w|[a-zæøå]-\s(?!og\b|eller\b|samt\b|/)[a-zæøå]{3,}"
)


@rule(
    "broken-word", "note", "Språkrådet: compounds are written in one word",
    why="A hyphen at the end of a line in a PDF stays in the word when the text is copied out.",
    mend="Write the word in one.",
    example=Example(
        NOTICE_NB,
        bad="Tabellen over viser lagrings-periodene.",
        good="Tabellen over sier hvor lenge vi har hver type opplysning.",
    ),
)  # fmt: skip
def broken_word(subject: Subject) -> Iterator[Found]:
    """A Norwegian word seems broken by a hyphen."""
    for passage in subject.passages("nb"):
        hyphens = "-" in passage.text or "\u00ad" in passage.text
        for match in _BROKEN.finditer(passage.text) if hyphens else ():
            if passage.piece(match.start()).kind != "code":
                yield Found(passage.at(match.start()), f"“{match[0]}” seems broken by a hyphen")


RULES: tuple[Rule, ...] = (
    citation_form, mixed_citations, soft_space, quotation_marks, date_form, thousands, em_dash,
    broken_word,
)  # fmt: skip
