"""A page's text as numbered sections, and its links resolved.

A section begins at a heading of the second level and is known by its id, the same in every
language. A link with nothing between its brackets shows what it points at: ``[](#rights)`` becomes
“8. Your rights”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape

from markupsafe import Markup, escape

from klartekst.markdown import LINK_HINT, bad_link
from klartekst.model import Page, Site
from klartekst.problems import Problem, did_you_mean

_SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>\n?', re.DOTALL)
_SECTION_SIGN = re.compile(r"(§+) (?=\d)")
_HEADING_ID = re.compile(r'<h[3-6] id="([^"]+)">')
_LINK = re.compile(r'<a href="([^"]*)"( title="[^"]*")?>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its id, its number (empty where the page is not numbered), title and body."""

    id: str
    number: str
    title: Markup
    body: Markup

    @property
    def label(self) -> Markup:
        """Number and title, as the table of contents and references show them."""
        return Markup("{} {}").format(self.number, self.title) if self.number else self.title


@dataclass(frozen=True, slots=True)
class Article:
    """A page's text: what stands before the first section, and the sections."""

    page: Page
    lead: Markup
    sections: tuple[Section, ...]

    @property
    def ids(self) -> dict[str, Section]:
        """Every id that a link may point at, and the section it lies in."""
        found = {section.id: section for section in self.sections}
        for section in self.sections:
            found.update(dict.fromkeys(_HEADING_ID.findall(section.body), section))
        return found


def compose(page: Page, html: str) -> Article:
    """Cut the finished HTML of a page into sections and number them, if the page asks for it.

    A section sign is tied to its number by a hard space, which nobody can see or easily type.
    """
    html = _SECTION_SIGN.sub("\\1\u00a0", html)
    lead, *rest = _SECTION.split(html)
    sections = [
        Section(
            rest[i],
            f"{i // 3 + 1}." if page.numbered else "",
            Markup(rest[i + 1]),
            Markup(rest[i + 2].strip()),
        )
        for i in range(0, len(rest), 3)
    ]
    return Article(page, Markup(lead.strip()), tuple(sections))


def targets(article: Article) -> tuple[object, ...]:
    """All that a link to an article may show or need: its page, its ids and their names."""
    page = article.page
    ids = tuple((name, section.label) for name, section in article.ids.items())
    return page.id, page.language, page.slug, page.title, ids


class Links:
    """Resolves the links of articles against all pages of the site."""

    def __init__(self, site: Site, articles: Mapping[tuple[str, str], Article]) -> None:
        """`articles` are keyed by page id and language."""
        self.site = site
        self.articles = articles
        self.problems: list[Problem] = []

    def resolved(self, article: Article) -> tuple[Article, tuple[Problem, ...]]:
        """See `resolve`; with the problems that were found."""
        found = self.resolve(article)
        return found, tuple(self.problems)

    def resolve(self, article: Article) -> Article:
        """The article with page and section links turned into addresses and empty ones named."""

        def within(html: Markup) -> Markup:
            return Markup(_LINK.sub(lambda match: self._link(match, article.page), html))

        sections = tuple(
            replace(section, title=within(section.title), body=within(section.body))
            for section in article.sections
        )
        return replace(article, lead=within(article.lead), sections=sections)

    def _link(self, match: re.Match[str], page: Page) -> str:
        target, title, label = unescape(match[1]), match[2] or "", match[3]
        scheme, _, rest = target.partition(":")
        if re.match(r"/(?![/\\\s\x00-\x1f])", target):
            return match[0]  # from a layout: `markdown_lint` lets no text write such a link
        if fault := bad_link(target):
            self._fault(page, target, "bad-link", fault, LINK_HINT)
            return label
        if target.startswith("#"):
            href, name = self._internal(page.id, target[1:], page, target)
        elif scheme.lower() == "page":
            page_id, _, section = rest.partition("#")
            href, name = self._internal(page_id, section, page, target)
        else:
            href, name = target, escape(target)
        # On paper an address follows each link, save where the text is the address already.
        kind = ' class="address"' if label.startswith(("https://", "http://")) else ""
        return f'<a{kind} href="{escape(href)}"{title}>{label or name}</a>'

    def _internal(
        self, page_id: str, section_id: str, page: Page, target: str
    ) -> tuple[str, Markup]:
        article = self.articles.get((page_id, page.language))
        if article is None:
            ids = {key[0] for key in self.articles}
            self._fault(
                page,
                target,
                "unknown-page",
                f"there is no page “{page_id}”",
                did_you_mean(page_id, ids),
            )
            return "#", Markup()
        address = "" if article.page is page else self.site.url(article.page)
        if not section_id:
            return address or self.site.url(page), escape(article.page.title)
        section = article.ids.get(section_id)
        if section is None:
            message = f"the page “{page_id}” has no section “{section_id}”"
            self._fault(
                page, target, "unknown-section", message, did_you_mean(section_id, article.ids)
            )
            return "#", Markup()
        # No link stands within a link: a heading that holds one is named by its words.
        return f"{address}#{section_id}", escape(section.label.striptags())

    def _fault(self, page: Page, target: str, code: str, message: str, hint: str) -> None:
        """Note a fault that the source did not show: the place is that of the page's text."""
        self.problems.append(Problem(page.place(page.body_line), code, message, hint))
