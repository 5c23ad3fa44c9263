"""What the rules read: the site as values, its texts in passages, its sections with their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from klartekst.check import finished, reviews
from klartekst.check.lines import Lines
from klartekst.check.passages import Passage, Piece, Reader
from klartekst.check.tokens import Token, tokens
from klartekst.check.values import REGISTER, SITE, Values
from klartekst.load import Loaded
from klartekst.messages import Language
from klartekst.model import Page, Register, Settings, Site
from klartekst.model.values import PageId
from klartekst.problems import Place
from klartekst.render import Rendered
from klartekst.render.article import Article

NOTICE, COOKIES, CHANGE_LOG = "privacy", "cookies", "changes"
"""The ids of the pages that rules know: the privacy notice, the cookies, the change log."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with all below it, or with an empty id what stands before the first.

    `role` is what it is for, or empty; `level` is the heading's, 0 for the start of the page.
    """

    id: str
    level: int
    role: str
    place: Place
    passages: tuple[Passage, ...]

    @property
    def blocks(self) -> set[str]:
        """The names of the tables and lists of the layouts in it."""
        return {passage.block for passage in self.passages if passage.block}


@dataclass(frozen=True, slots=True)
class PageText:
    """A page with its passages and its parts; `parts` overlap as headings nest."""

    page: Page
    passages: tuple[Passage, ...]
    parts: tuple[Part, ...]

    @property
    def sections(self) -> Iterator[Part]:
        """The start of the page and its sections."""
        return (part for part in self.parts if part.level in (0, 2))

    def with_role(self, role: str) -> Part | None:
        """The first part that has this role."""
        return next((part for part in self.parts if part.role == role), None)

    def search(
        self, pattern: re.Pattern[str], sign: str = ""
    ) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Every match of `pattern` in the page's passages, of which each holds the `sign`."""
        for passage in self.passages:
            for match in pattern.finditer(passage.text) if sign in passage.text else ():
                yield passage, match


class Subject:
    """A made site as the rules see it. Whatever is costly is made when a rule first asks."""

    def __init__(self, loaded: Loaded, site: Site, rendered: Rendered) -> None:
        """`loaded`, `site` and `rendered` are of the same making."""
        self.loaded = loaded
        self.site = site
        self.languages: Mapping[str, Language] = rendered.languages
        self.articles: Mapping[tuple[str, str], Article] = rendered.articles
        self.lines = Lines(loaded.root)
        self._tokens: dict[int, tuple[Token, ...]] = {}
        self.values = Values(site, loaded.documents, self.lines)

    @property
    def register(self) -> Register:
        """The register."""
        return self.site.register

    @property
    def settings(self) -> Settings:
        """The site's settings."""
        return self.site.settings

    def at(self, *path: str | int) -> Place:
        """Where the value at `path` of the register stands."""
        return self.loaded.documents[REGISTER].place(path)

    def key_at(self, *path: str | int) -> Place:
        """Where the key of the entry at `path` of the register stands."""
        return self.loaded.documents[REGISTER].key_place(path)

    def in_settings(self, *path: str | int) -> Place:
        """Where the value at `path` of the settings stands."""
        return self.loaded.documents[SITE].place(path)

    @cached_property
    def pages(self) -> tuple[PageText, ...]:
        """All pages."""
        return tuple(self._page(page) for page in self.site.pages)

    @cached_property
    def data(self) -> tuple[Passage, ...]:
        """Every text for people in the data files."""
        return tuple(self.values.passages())

    def passages(self, language: str = "") -> Iterator[Passage]:
        """Every text of the site, or those in one language: the pages' and the data's."""
        for page in self.pages:
            if language in ("", page.page.language):
                yield from page.passages
        yield from (p for p in self.data if language in ("", p.language))

    def find(self, page_id: str) -> Iterator[PageText]:
        """The page with this id in every language."""
        return iter(self._by_id.get(page_id, ()))

    @cached_property
    def _by_id(self) -> dict[str, list[PageText]]:
        found: dict[str, list[PageText]] = {}
        for page in self.pages:
            found.setdefault(page.page.id, []).append(page)
        return found

    @cached_property
    def finished(self) -> dict[tuple[str, str], dict[str, finished.Section]]:
        """The finished text of every section, by page id and language and then by its own id."""
        return {key: finished.sections(article) for key, article in self.articles.items()}

    @cached_property
    def translated(self) -> reviews.Texts:
        """Everything that stands in several languages, as it was typed."""
        return reviews.translated(self.site)

    def tokens(self, passage: Passage) -> tuple[Token, ...]:
        """The dates, durations, articles and numbers of a passage, read once."""
        key = id(passage)  # as long as the subject lives, its passages do
        if key not in self._tokens:
            language = self.languages[passage.language]
            self._tokens[key] = tuple(tokens(passage.text, language))
        return self._tokens[key]

    def _page(self, page: Page) -> PageText:
        language = self.languages[page.language]
        reader = Reader(page, lambda expression: self.values.text(expression, language))
        body = tuple(reader.read())
        return PageText(page, (*self._front(page), *body), tuple(_parts(page, body)))

    def _front(self, page: Page) -> Iterator[Passage]:
        """Title and description out of the front matter."""
        lines = self.lines.of(page.source)[: page.body_line - 1]
        for text, key in ((page.title, "title:"), (page.description, "description:")):
            number = next((i for i, line in enumerate(lines) if line.startswith(key)), 0)
            at = Place(page.source, number + 1, 1 + max(lines[number].find(text), 0))
            yield Passage(page.language, "front", text, (Piece(0, at, True, "typed"),))


def _parts(page: Page, passages: tuple[Passage, ...]) -> Iterator[Part]:
    headings = [i for i, passage in enumerate(passages) if passage.kind == "heading"]
    first = headings[0] if headings else len(passages)
    yield Part("", 0, "", page.place(page.body_line), passages[:first])
    for n, i in enumerate(headings):
        heading = passages[i]
        end = next((j for j in headings[n + 1 :] if passages[j].level <= heading.level), None)
        role = page.roles.get(PageId(heading.id), heading.id)
        yield Part(heading.id, heading.level, role, heading.start, passages[i:end])
