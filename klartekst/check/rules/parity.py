"""Two languages, one text: sections, numbers, dates, articles, links and names must agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from klartekst.check import tokens
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.passages import Link, Passage
from klartekst.check.rules.common import NOTICE_EN
from klartekst.check.subject import PageText, Part, Subject

_LAW = "GDPR article 12(1): one notice, whatever the language"


def _groups(subject: Subject) -> Iterator[list[PageText]]:
    """Each page in all its languages, the default language first."""
    for page in subject.pages:
        if page.page.language == subject.settings.default_language:
            others = [other for other in subject.find(page.page.id) if other is not page]
            if others:
                yield [page, *others]


@rule(
    "sections-differ", "warning", _LAW,
    why="A reference to a section must lead to the same in every language.",
    mend="Give both languages the same sections, ids and order.",
    example=Example(NOTICE_EN, bad="{#storage}", good="{#retention}"),
)  # fmt: skip
def sections_differ(subject: Subject) -> Iterator[Found]:
    """The languages of a page have different sections, or in another order."""
    for first, *others in _groups(subject):
        wanted = [part.id for part in first.parts if part.id]
        for other in others:
            found = [part for part in other.parts if part.id]
            ids = [part.id for part in found]
            yield from (_extra(part, first) for part in found if part.id not in wanted)
            missing = (part for part in first.parts if part.id and part.id not in ids)
            yield from (_extra(part, other) for part in missing)
            common = [name for name in wanted if name in ids]
            moved = (
                p
                for p, name in zip((p for p in found if p.id in common), common, strict=False)
                if p.id != name
            )
            if part := next(moved, None):
                message = f"“{part.id}” stands in another order than in “{first.page.language}”"
                yield Found(part.place, message)


def _extra(part: Part, other: PageText) -> Found:
    return Found(part.place, f"“{other.page.language}” has no section “{part.id}”")


@rule(
    "blocks-differ", "warning", _LAW,
    why="A table or list that only one language shows is a fact that only its readers are told.",
    mend="Show the same blocks in every language.",
    example=Example(NOTICE_EN, bad="", good="{{ block.cookie_bases }}"),
)  # fmt: skip
def blocks_differ(subject: Subject) -> Iterator[Found]:
    """A section shows other tables or lists of the register in another language."""
    for one, other in _sections(subject):
        for passage in one.passages:
            if passage.block and passage.block not in other.blocks:
                message = f"“block.{passage.block}” does not stand in {other.place.file}"
                yield Found(passage.start, message)


def _sections(subject: Subject) -> Iterator[tuple[Part, Part]]:
    """Each section with the same in another language, in both directions."""
    for first, *others in _groups(subject):
        for other in others:
            twins = {part.id: part for part in other.sections}
            for part in first.sections:
                if twin := twins.get(part.id):
                    yield part, twin
                    yield twin, part


def _differing(subject: Subject, kind: tokens.Kind) -> Iterator[Found]:
    """Tokens of one kind that stand in one language of a section or of a text of the data only."""
    for one, other in _sections(subject):
        theirs = {token.value for _, token in _tokens(subject, other.passages, kind)}
        for passage, token in _tokens(subject, one.passages, kind):
            if token.value not in theirs:
                message = f"“{token.text.strip()}” does not stand in {other.place.file}"
                yield Found(passage.at(token.offset), message)
    yield from _differing_data(subject, kind)


def _tokens(
    subject: Subject, passages: Iterable[Passage], kind: tokens.Kind
) -> Iterator[tuple[Passage, tokens.Token]]:
    for passage in passages:
        for token in subject.tokens(passage):
            if token.kind == kind:
                yield passage, token


def _differing_data(subject: Subject, kind: tokens.Kind) -> Iterator[Found]:
    many = len(subject.settings.languages)
    for i in range(0, len(subject.data), many):
        group = subject.data[i : i + many]  # one text in all languages
        found = {each.language: list(_tokens(subject, [each], kind)) for each in group}
        values = {code: {token.value for _, token in tokens_} for code, tokens_ in found.items()}
        for passage, token in (pair for pairs in found.values() for pair in pairs):
            lacking = next((code for code, has in values.items() if token.value not in has), None)
            if lacking:
                message = f"“{token.text.strip()}” does not stand in “{lacking}”"
                yield Found(passage.at(token.offset), message)


@rule(
    "numbers-differ", "warning", _LAW,
    why="A number that only one language has is a fact that only its readers are told.",
    mend="Write the same number in both; best by its name in the data.",
    example=Example(NOTICE_EN, bad="we send you 2 copies", good="we send you a copy"),
)  # fmt: skip
def numbers_differ(subject: Subject) -> Iterator[Found]:
    """A number stands in one language only."""
    yield from _differing(subject, "number")


@rule(
    "dates-differ", "warning", _LAW,
    why="A date that only one language has is a term that only its readers know.",
    mend="Write the same date in both.",
    example=Example(NOTICE_EN, bad="from 1 May 2026 we send you a copy", good="we send you a copy"),
)  # fmt: skip
def dates_differ(subject: Subject) -> Iterator[Found]:
    """A date stands in one language only."""
    yield from _differing(subject, "date")


@rule(
    "durations-differ", "warning", _LAW,
    why="A period that differs between the languages is a promise that is broken in one of them.",
    mend="Write the same period in both; best by its name in the data.",
    example=Example(
        NOTICE_EN, bad="within two months at the latest", good="within one month at the latest"
    ),
)  # fmt: skip
def durations_differ(subject: Subject) -> Iterator[Found]:
    """A duration stands in one language only."""
    yield from _differing(subject, "duration")


@rule(
    "articles-differ", "warning", _LAW,
    why="A provision that only one language cites sends readers of the two to different law.",
    mend="Cite the same provisions in both.",
    example=Example(
        NOTICE_EN,
        bad="under section 3-15 we send you a copy",
        good="we send you a copy",
    ),
)  # fmt: skip
def articles_differ(subject: Subject) -> Iterator[Found]:
    """An article or a section of an act is cited in one language only."""
    yield from _differing(subject, "article")


@rule(
    "links-differ", "warning", _LAW,
    why="A link that only one language has leads only its readers on.",
    mend="Link to the same pages and sections in both.",
    example=Example(NOTICE_EN, bad="change log", good="[change log](page:changes)"),
)  # fmt: skip
def links_differ(subject: Subject) -> Iterator[Found]:
    """A link stands in one language only."""
    for one, other in _sections(subject):
        theirs = {_target(link) for passage in other.passages for link in passage.links}
        for passage in one.passages:
            for link in passage.links:
                if _target(link) not in theirs:
                    message = f"no link to “{link.target}” stands in {other.place.file}"
                    yield Found(link.place, message)


def _target(link: Link) -> str:
    """Where a link leads, whatever the language: of other sites only the host counts."""
    return urlsplit(link.target).netloc.lower() or link.target


@rule(
    "cookie-names-differ", "warning", _LAW,
    why="A cookie that only one language names is one that readers of the other cannot find.",
    mend="Name the same cookies in both; best by their place in the data.",
    example=Example(
        NOTICE_EN,
        bad="The name (as in {{ cookies.ga.name }}), lifetime and purpose",
        good="The name, lifetime and purpose",
    ),
)  # fmt: skip
def cookie_names_differ(subject: Subject) -> Iterator[Found]:
    """A cookie is named in one language only."""
    names = [c.shown for c in subject.register.cookies.values() if not c.shown.isalpha()]
    if not names:
        return
    ordered = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{ordered})(?![\w-])")
    for one, other in _sections(subject):
        ours = [(p, match) for p in one.passages for match in pattern.finditer(p.text)]
        texts = [passage.text for passage in other.passages] if ours else []
        theirs = {match for text in texts for match in pattern.findall(text)}
        for passage, match in ours:
            if match[0] not in theirs:
                message = f"“{match[0]}” is not named in {other.place.file}"
                yield Found(passage.at(match.start()), message)


RULES: tuple[Rule, ...] = (
    sections_differ, blocks_differ, numbers_differ, dates_differ, durations_differ,
    articles_differ, links_differ, cookie_names_differ,
)  # fmt: skip
