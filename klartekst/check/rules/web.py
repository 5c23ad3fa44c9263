"""The web: links that say where they lead, tables with headers, descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klartekst.check.data import table
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import NOTICE_EN, NOTICE_NB
from klartekst.check.subject import Subject
from klartekst.model import Page

_WORDS = re.compile(r"[^\w\s]")


@rule(
    "empty-link-text", "warning", "WCAG 2.2, criterion 2.4.4 (link purpose)",
    why="Many read a page by its links; “here” tells them nothing.",
    mend="Call the link by what it leads to, or leave its text out: [](#rights).",
    example=Example(
        NOTICE_EN,
        bad="[here](page:cookies#list)",
        good="[in the list of cookies](page:cookies#list)",
    ),
)  # fmt: skip
def empty_link_text(subject: Subject) -> Iterator[Found]:
    """A link's text does not say where it leads."""
    for page in subject.pages:
        empty = table("words")["empty_links"].get(page.page.language, [])
        for passage in page.passages:
            for link in passage.links:
                if _WORDS.sub("", link.label).strip().lower() in empty:
                    yield Found(link.place, f"“{link.label}” does not say where the link leads")


_TABLE = re.compile(r"^(\|.*)\n\|[ |:-]+$", re.MULTILINE)


@rule(
    "table-without-header", "warning", "WCAG 2.2, criterion 1.3.1 (info and relationships)",
    why="Without labels a screen reader reads cells that belong to nothing, and on a phone a row "
    "becomes a card of unlabelled lines.",
    mend="Give every column a label.",
    example=Example(
        NOTICE_NB,
        bad="Når tiden er ute, sletter vi.\n\n| | |\n|---|---|\n| Logger | 30 dager |",
        good="Når tiden er ute, sletter vi.",
    ),
)  # fmt: skip
def table_without_header(subject: Subject) -> Iterator[Found]:
    """A column of a table has no label."""
    for page in subject.pages:
        for match in _TABLE.finditer(page.page.body):
            labels = match[1].strip().strip("|").split("|")
            if not all(label.strip() for label in labels):
                line = page.page.body_line + page.page.body.count("\n", 0, match.start())
                yield Found(page.page.place(line), "a column of the table has no label")


@rule(
    "same-description", "warning", "WCAG 2.2, criterion 2.4.2 (page titled), as a house rule",
    why="Title and description are what people see of a page before they open it.",
    mend="Describe this page in a sentence of its own.",
    example=Example(
        NOTICE_EN,
        bad="description: Privacy notice",
        good="description: What we know about you, why, for how long, and what your rights are.",
    ),
)  # fmt: skip
def same_description(subject: Subject) -> Iterator[Found]:
    """Two pages share a title or a description, or a description repeats the title."""
    seen: dict[tuple[str, str], Page] = {}
    for page in subject.pages:
        texts = (page.page.title, page.page.description)
        for passage, text in zip(page.passages, texts, strict=False):
            first = seen.setdefault((page.page.language, text.strip().lower()), page.page)
            if first is not page.page:
                yield Found(passage.start, f"“{text}” stands in {first.source} too")
        if texts[0].strip().lower() == texts[1].strip().lower():
            yield Found(page.passages[1].start, "the description repeats the title")


@rule(
    "insecure-link", "warning", "GDPR article 32, as a house rule",
    why="Over http anybody on the way can read and change what people are sent to.",
    mend="Write https.",
    example=Example(
        NOTICE_EN,
        bad="[change log](http://example.org/changes)",
        good="[change log](page:changes)",
    ),
)  # fmt: skip
def insecure_link(subject: Subject) -> Iterator[Found]:
    """A link leads to an http address."""
    for page in subject.pages:
        for passage in page.passages:
            for link in passage.links:
                if link.target.lower().startswith("http://"):
                    yield Found(link.place, f"“{link.target}” is not encrypted")


RULES: tuple[Rule, ...] = (
    empty_link_text, table_without_header, same_description, insecure_link,
)  # fmt: skip
