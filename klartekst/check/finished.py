"""The finished text of a section, with all that was merged into it, as words.

Articles are HTML that Klartekst wrote itself, so that a few patterns are enough to read them, at a
hundredth of what a browser's parser costs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from klartekst.render.article import Article

LEAD = "top"
"""Stands for the id of what comes before the first section, with the title of the page."""

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|li|[udo]l|d[td]|div|h[1-6]|table|caption|t[dhr]|thead|tbody|br)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Section:
    """A section as people read it: its id, its title and its HTML."""

    id: str
    title: str
    html: str

    @cached_property
    def blocks(self) -> list[str]:
        """Its paragraphs, list items and cells."""
        return _blocks(self.html)

    @cached_property
    def text(self) -> str:
        """All of its words with single spaces, the title first."""
        return " ".join([self.title, *self.blocks]).strip()

    @cached_property
    def prose(self) -> list[str]:
        """Its paragraphs and list items; no tables."""
        return _blocks(_TABLE.sub(" ", self.html))


def sections(article: Article) -> dict[str, Section]:
    """The sections of an article by id, in order; what stands before them is `LEAD`."""
    page = article.page
    lead = Section(LEAD, f"{page.title} {page.description}", article.lead)
    rest = (Section(each.id, _plain(each.title), each.body) for each in article.sections)
    return {LEAD: lead, **{section.id: section for section in rest}}


def _blocks(html: str) -> list[str]:
    found = (_plain(part) for part in _BLOCK.split(html))
    return [text for text in found if text]


def _plain(html: str) -> str:
    text = _TAG.sub("", html) if "<" in html else html
    return " ".join((unescape(text) if "&" in text else text).split())
