"""Plain language: how hard a section reads, vague words, terms of the law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter

from klartekst.check.data import table
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import NOTICE_EN, NOTICE_NB, REGISTER
from klartekst.check.subject import Subject

LIMIT = 50
"""The LIX above which a section is reported: 50 to 60 is the language of official documents."""
_ENOUGH = 30  # words; in less, one long word decides
_LONG = 6  # letters; a word with more is a long one
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_END = re.compile(r"[.!?:;](?:\s|$)")


def lix(sentences: list[str]) -> float:
    """The readability index of Björnsson (1968): words a sentence plus per cent of long words.

    A long word has more than six letters. Under 30 is very easy, over 60 very hard.
    """
    return _lix([_WORD.findall(sentence) for sentence in sentences])


def _lix(sentences: list[list[str]]) -> float:
    lengths = [len(word) for words in sentences for word in words]
    if not lengths:
        return 0
    long = sum(map(_LONG.__lt__, lengths))
    return len(lengths) / len(sentences) + 100 * long / len(lengths)


def _sentences(text: list[str]) -> list[tuple[str, list[str]]]:
    """The sentences of a text that have words, with these."""
    parts = ((part, _WORD.findall(part)) for block in text for part in _END.split(block))
    return [(part.strip(), words) for part, words in parts if words]


@rule(
    "hard-to-read", "note", "GDPR article 12(1); WP260 rev.01; LIX (Björnsson 1968)",
    why="Information must be concise, intelligible and in plain language. The index is a pointer, "
    "not a verdict: it counts long words and long sentences.",
    mend="Split the longest sentences, and say it with shorter words.",
    example=Example(
        NOTICE_NB,
        bad="Behandlingsansvarlig gjennomfører systematisk sletting av personopplysninger etter "
        "utløpet av fastsatte lagringsperioder i overensstemmelse med gjeldende "
        "personvernlovgivning, bokføringslovgivning og øvrige forvaltningsrettslige "
        "oppbevaringsbestemmelser som virksomheten omfattes av til enhver tid.",
        good="Når tiden er ute, sletter vi.",
    ),
)  # fmt: skip
def hard_to_read(subject: Subject) -> Iterator[Found]:
    """A section is hard to read."""
    for page in subject.pages:
        finished = subject.finished[page.page.id, page.page.language]
        for part in page.sections:
            section = finished.get(part.id)
            sentences = _sentences(section.prose) if section and part.id else []
            index = _lix([words for _, words in sentences])
            if index > LIMIT and sum(len(words) for _, words in sentences) >= _ENOUGH:
                message = f"the section has a LIX of {index:.0f}, over {LIMIT}"
                yield Found(part.place, message, detail=_longest(sentences))


def _longest(sentences: list[tuple[str, list[str]]]) -> str:
    counted = [(len(words), text) for text, words in sentences]
    ordered = sorted(counted, key=itemgetter(0), reverse=True)
    return "\n".join(f"{count} words: {text}" for count, text in ordered[:2])


def _by_letter(words: Iterable[str]) -> re.Pattern[str]:
    r"""One pattern for all of `words`, which begin with ``\b`` and stand in small letters.

    They are put together by their first letter, so that most of a text is passed over at once.
    """
    letters: dict[str, list[str]] = {}
    for word in (word.removeprefix(r"\b") for word in words):
        first = word[:1] if word[:1].isalpha() else ""
        letters.setdefault(first, []).append(word.removeprefix(first))
    groups = (f"{letter}(?:{'|'.join(rest)})" for letter, rest in letters.items())
    return re.compile(rf"\b(?:{'|'.join(groups)})")


@cache
def _vague(language: str) -> re.Pattern[str] | None:
    patterns = table("words")["vague"].get(language)
    return _by_letter(patterns) if patterns else None


@rule(
    "vague-word", "note", "GDPR article 12(1); WP260 rev.01, paragraphs 12–13",
    why="“May”, “as needed”, “for example” leave open what is done. People cannot judge what they "
    "are not told.",
    mend="Say what you do, and when.",
    example=Example(
        NOTICE_EN,
        bad="When the time is up, we may erase it.",
        good="When the time is up, we erase it.",
    ),
)  # fmt: skip
def vague_word(subject: Subject) -> Iterator[Found]:
    """A text uses a word that leaves open what is meant."""
    for passage in subject.passages():
        pattern = _vague(passage.language)
        for match in pattern.finditer(passage.text.lower()) if pattern else ():
            word = passage.text[match.start() : match.end()].strip()
            yield Found(passage.at(match.start()), f"“{word}” leaves open what is meant")


@rule(
    "off-glossary", "warning", "GDPR article 12(1); the Norwegian and the English text of the GDPR",
    why="The law's own words can be looked up, and mean one thing. A word of one's own for the "
    "same thing makes readers look for a difference.",
    mend="Write the term of the law.",
    example=Example(REGISTER, bad="nb: Korrigering", good="nb: Retting"),
)  # fmt: skip
def off_glossary(subject: Subject) -> Iterator[Found]:
    """A text uses another word than the law for a term of the law."""
    for language in subject.languages:
        scanner, terms = _glossary(language)
        for passage in subject.passages(language) if terms else ():
            for match in scanner.finditer(passage.text.lower()):
                term = next(term for word, term in terms if word.fullmatch(match[0]))
                message = f"“{match[0]}”: the law's word is “{term}”"
                yield Found(passage.at(match.start()), message, f"write “{term}”")


@cache
def _glossary(language: str) -> tuple[re.Pattern[str], list[tuple[re.Pattern[str], str]]]:
    """One pattern for all words to avoid in a language, and each word with the law's term."""
    words = [
        (word, entry[language])
        for entry in table("glossary")
        for word in entry["avoid"].get(language, ())
    ]
    return _by_letter(word for word, _ in words), [(re.compile(word), term) for word, term in words]


@rule(
    "english-word", "note", "GDPR article 12(1)",
    why="An English word of the trade in a Norwegian text is understood by the trade alone.",
    mend="Write it in Norwegian.",
    example=Example(
        NOTICE_NB,
        bad="Vi følger vår compliance.",
        good="Da stanser vi, hvis vi ikke har en tungtveiende grunn til å fortsette.",
    ),
)  # fmt: skip
def english_word(subject: Subject) -> Iterator[Found]:
    """A Norwegian text uses an English word of the trade."""
    pattern = _by_letter(table("words")["english_in_nb"])
    for passage in subject.passages("nb"):
        for match in pattern.finditer(passage.text.lower()):
            word = passage.text[match.start() : match.end()]
            yield Found(passage.at(match.start()), f"“{word}” is English")


RULES: tuple[Rule, ...] = (hard_to_read, vague_word, off_glossary, english_word)
