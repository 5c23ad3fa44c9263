"""What the rules about the notice share: how it is known that a text says something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from klartekst.check.data import table
from klartekst.check.finding import Found
from klartekst.check.subject import NOTICE, PageText, Subject
from klartekst.problems import Place

NOTICE_NB, NOTICE_EN = "content/nb/personvern.md", "content/en/privacy.md"
REGISTER, SITE = "data/register.yaml", "data/site.yaml"
"""Where the examples stand."""


@cache
def signal(name: str, language: str) -> re.Pattern[str] | None:
    """The words by which a text in `language` says what is called `name`; None if not known."""
    patterns = table("signals")[name].get(language.partition("-")[0])
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def notices(subject: Subject) -> Iterator[PageText]:
    """The privacy notice in each language."""
    return subject.find(NOTICE)


def plain(text: str) -> str:
    """A text with single plain spaces, as `blocks` gives the finished ones."""
    return " ".join(text.split())


def blocks(subject: Subject, page: PageText) -> Iterator[str]:
    """The finished paragraphs, items and cells of a page."""
    for section in subject.finished[page.page.id, page.page.language].values():
        yield section.title
        yield from section.blocks


def says(subject: Subject, page: PageText, name: str) -> bool:
    """Whether a page says what is called `name`, by the role of a section or by its words."""
    if page.with_role(name):
        return True
    pattern = signal(name, page.page.language)
    return pattern is not None and any(pattern.search(text) for text in blocks(subject, page))


def where(page: PageText, *roles: str) -> Place:
    """The heading under which something would stand: the first of `roles` that the page has."""
    for role in roles:
        if part := page.with_role(role):
            return part.place
    return page.page.place(page.page.body_line)


def absent(subject: Subject, name: str, message: str, *roles: str) -> Iterator[Found]:
    """A finding for each language in which the notice does not say what is called `name`."""
    for page in notices(subject):
        if not says(subject, page, name):
            yield Found(where(page, *roles), message)
