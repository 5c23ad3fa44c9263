"""What is translated, and the texts that were last held against each other.

``data/translations.yaml`` has a mark of each part in each language; beside it, in
``data/translations/``, lie the texts that were marked. So what changed since can be shown without
git and without a release, out of a copy of the folder alone, and a pull request shows which text
somebody vouched for.

What is marked is what was typed: the Markdown of a section, in which the data's values are named,
and the texts of an entry of the register. So a new retention period, which both languages show out
of one place, asks for no new review, nor does a new layout.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import TypeAlias

from klartekst.check.lines import Lines
from klartekst.check.values import REGISTER, texts
from klartekst.model import Page, Site
from klartekst.model.version import Version

TRANSLATIONS = "data/translations.yaml"
LEAD = "top"
"""Stands for the id of what comes before the first section, with the title of the page."""

Texts: TypeAlias = dict[str, dict[str, dict[str, str]]]
"""By unit and part, what was typed in each language, as Markdown."""

_HEADING = re.compile(r"^(?=##[ \t].*\{#[^}]+\}[ \t#]*$)", re.MULTILINE)
_ID = re.compile(r"##[ \t].*\{#([^}]+)\}")


def translated(site: Site) -> Texts:
    """Everything that is translated: the sections of every page, the entries of the register."""
    found: Texts = {}
    for code in site.settings.languages:
        for page in site.pages:
            if page.language == code:
                unit = found.setdefault(page.id, {})
                for part, text in _sections(page).items():
                    unit.setdefault(part, {})[page.language] = text
    found[REGISTER] = _entries(site)
    return found


def _sections(page: Page) -> dict[str, str]:
    return split(f"{page.title}\n\n{page.description}\n\n{page.body}")


def _entries(site: Site) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path, text in texts(site.register):
        part, rest = ".".join(map(str, path[:2])), ".".join(map(str, path[2:]))
        languages = found.setdefault(part, {})
        for code, value in text.in_language.items():
            so_far = languages.setdefault(str(code), f"## {part} {{#{part}}}\n\n")
            languages[str(code)] = f"{so_far}- {rest}: {value}\n"
    return found


def split(text: str) -> dict[str, str]:
    """A Markdown text by its sections; what stands before the first is `LEAD`."""
    found: dict[str, str] = {}
    for chunk in _HEADING.split(text):
        match = _ID.match(chunk)
        if chunk.strip():
            found[match[1] if match else LEAD] = chunk.strip() + "\n"
    return found


def mark(text: str) -> str:
    """By which it is known that somebody read just this text, emphasis and white space aside."""
    return hashlib.sha256(" ".join(text.replace("*", "").split()).encode()).hexdigest()[:16]


def file_of(unit: str, language: str) -> str:
    """Where the reviewed text of a unit lies."""
    return f"data/translations/{unit.removeprefix('data/')}.{language}.md"


def reviewed(lines: Lines, unit: str, language: str) -> Mapping[str, str]:
    """The text of each part of a unit when it was last held against the other languages."""
    return split("\n".join(lines.of(file_of(unit, language))))


def redline(old: str, new: str) -> str:
    """What changed between two texts of a part, as text."""
    # Imported late: most checks find nothing to compare.
    from klartekst.redline import Words, compare
    from klartekst.redline.as_text import as_text

    return as_text(compare(_version(old), _version(new)), Words()).strip()


def _version(text: str) -> Version:
    from klartekst import canonical, markdown_html

    html = markdown_html.convert(text)
    begins = _ID.match(text)
    wrapped = (
        f'<section id="{begins[1]}">{html}</section>' if begins else f"<div class=lead>{html}</div>"
    )
    return canonical.from_html(f"<article>{wrapped}</article>")
