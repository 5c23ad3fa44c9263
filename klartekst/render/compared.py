"""What a release changed on a page: its redline, and in short the sections that it changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from klartekst import canonical
from klartekst.cache import Memory
from klartekst.messages import Language
from klartekst.model import Page, Release

if TYPE_CHECKING:
    from klartekst.redline import Words


def words(language: Language) -> Words:
    """The words of a redline in a language."""
    from klartekst.redline import Words

    return Words(**{key: language.gettext(word) for key, word in asdict(Words()).items()})


def redline_html(page: Page, release: Release, before: Release, language: Language) -> str:
    """The redline of a page in a release against the release before, as HTML."""
    return _compared(*_texts(page, release, before), words(language))[1]


def changed_sections(
    page: Page, release: Release, before: Release, language: Language, memory: Memory
) -> list[tuple[str, str, list[str]]]:
    """The sections that a release changed: id, label and what happened, as the redline has it."""

    def make() -> str:
        return _compared(*_texts(page, release, before), words(language))[0]

    key = (page.id, page.language, before.digest, release.digest)
    found: Any = json.loads(memory.remember(make, "sections", *key))
    return [(section, label, changes) for section, label, changes in found]


def _texts(page: Page, release: Release, before: Release) -> tuple[str, str]:
    key = (page.id, page.language)
    return before.pages[key].fragment, release.pages[key].fragment


# A change log and the redlines that it points at are made of the same comparisons.
@lru_cache(maxsize=1024)
def _compared(old: str, new: str, words: Words) -> tuple[str, str]:
    """The changed sections as JSON, and the redline as HTML."""
    from klartekst.redline import as_html, compare, summary

    redline = compare(*(canonical.from_fragment(text) for text in _shortened(old, new)))
    sections = [(each.id, each.label, each.changes) for each in summary(redline)]
    return json.dumps(sections), as_html(redline, words)


_SECTION = '\n<section id="'
_END = "\n</article>\n"


def _shortened(old: str, new: str) -> list[str]:
    """Two fragments in which a section that is the same in both is its heading alone.

    A redline shows no more of it, and hundreds of versions are compared in little time.
    """
    texts = [text.removesuffix(_END).split(_SECTION) for text in (old, new)]
    same = set(texts[0][1:]) & set(texts[1][1:])
    return [
        _SECTION.join([head, *(_heading(s) if s in same else s for s in sections)]) + _END
        for head, *sections in texts
    ]


def _heading(section: str) -> str:
    head, mark, _ = section.partition("</h2>\n")
    return f"{head}{mark}</section>" if mark else section
