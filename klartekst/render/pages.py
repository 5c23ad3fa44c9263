"""Pages out of articles: what a layout is given, and the files that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from klartekst.cache import Memory
from klartekst.messages import Language
from klartekst.model import Page, Site
from klartekst.problems import Problem, SiteError
from klartekst.render import meta, since
from klartekst.render.article import Article, Links, compose, targets
from klartekst.render.assets import Assets
from klartekst.render.compared import changed_sections
from klartekst.render.layouts import Layouts
from klartekst.render.merge import Block, Merged, Names, fill, merge

ByPage = dict[tuple[str, str], Article]


@dataclass(frozen=True)
class Stage:
    """What the making of a page needs of the rest of the site.

    `pages` have their texts; those of `site` have none, so that no page can depend on the text of
    another but by its links.
    """

    site: Site
    pages: tuple[Page, ...]
    layouts: Layouts
    assets: Assets
    languages: Mapping[str, Language]
    names: Mapping[str, Names]
    memory: Memory

    @cached_property
    def around(self) -> dict[str, tuple[object, ...]]:
        """All that the pages of a language are made of beside their own texts."""
        languages = tuple(self.languages.values())
        found: dict[str, tuple[object, ...]] = {}
        for code, names in self.names.items():
            inputs = (self.site, self.layouts, self.assets, names, *languages)
            found[code] = self.memory.keep("around", code, inputs, partial(tuple, inputs))
        return found

    @property
    def common(self) -> dict[str, Any]:
        """What every template may use, whatever the page."""
        return {
            "site": self.site,
            "assets": self.assets,
            "languages": self.languages,
            "base_path": self.site.settings.base_path,
        }


def articles(stage: Stage) -> ByPage:
    """The text of every page, with data merged, sections numbered and links resolved.

    Raises `SiteError` with the problems of all pages.
    """
    found: ByPage = {}
    problems: list[Problem] = []
    keep = stage.memory.keep
    for page in stage.pages:
        inputs = (page, stage.around[page.language])
        try:
            found[page.id, page.language] = keep(
                "article", page.source, inputs, partial(_article, page, stage)
            )
        except SiteError as error:
            problems += error.problems
    if problems:
        raise SiteError(problems)
    return _resolved(found, stage)


def _resolved(found: ByPage, stage: Stage) -> ByPage:
    """The articles with their links resolved. Raises `SiteError` where one leads nowhere."""
    keep = stage.memory.keep
    all_targets = tuple(
        keep("targets", key, (article,), partial(targets, article))
        for key, article in found.items()
    )
    known = keep("all targets", "", (all_targets,), lambda: all_targets)
    resolved: ByPage = {}
    problems: list[Problem] = []
    for key, article in found.items():
        links = Links(stage.site, found)
        inputs = (article, known, stage.site.settings)
        resolved[key], faults = keep("links", key, inputs, partial(links.resolved, article))
        problems += faults
    if problems:
        raise SiteError(problems)
    return resolved


def _article(page: Page, stage: Stage) -> Article:
    language = stage.languages[page.language]
    text, merged = merge(page, stage.names[page.language])
    blocks = _blocks(merged, page, stage)
    return compose(page, fill(_converted(text, stage.memory), merged, language, blocks))


def _converted(text: str, memory: Memory) -> str:
    """The HTML of a Markdown text."""

    def make() -> str:
        # Imported late: a build that finds every text in memory never needs it.
        from klartekst.markdown_html import convert

        return convert(text)

    return memory.remember(make, "markdown", text)


def _blocks(merged: Sequence[Merged], page: Page, stage: Stage) -> dict[str, Markup]:
    names = {item.value.name for item in merged if isinstance(item.value, Block)}
    page = replace(page, body="")  # so that a block is the same when a sentence beside it changes
    inputs = (page, stage.around[page.language])
    return {
        name: stage.memory.keep(
            "block", (page.source, name), inputs, partial(_block, name, page, stage)
        )
        for name in sorted(names)
    }


def _block(name: str, page: Page, stage: Stage) -> Markup:
    return stage.layouts.render(f"blocks/{name}.html", **page_context(page, stage))


def page_file(article: Article, draft: bool, stage: Stage) -> tuple[str, str]:
    """The path below the output folder, and the HTML, of one page; a `draft` is marked as such."""
    page = article.page
    html = stage.memory.keep(
        "page file",
        (page.id, page.language, draft),
        (article, stage.around[page.language]),
        lambda: _html(article, draft, stage),
    )
    return f"{stage.site.settings.path(page).strip('/')}/index.html", html


def _html(article: Article, draft: bool, stage: Stage) -> str:
    page, site = article.page, stage.site
    html = stage.layouts.render(
        "page.html",
        **page_context(page, stage),
        article=article,
        dates=site.dates(page.id),
        draft=draft,
        glance=page.glance,
        in_force=site.history.in_force(page),
        announced=site.history.announced(page),
        since=since.since(page, stage.site, stage.languages[page.language]),
        alternates=alternates(site, page),
        json_ld=meta.json_ld(
            site, page, stage.languages[page.language], site.settings.address(page)
        ),
    )
    return str(html)


def page_context(page: Page, stage: Stage) -> dict[str, Any]:
    """What every template that shows something of one page is given."""
    return {
        **stage.common,
        "page": page,
        "language": stage.languages[page.language],
        "facts": stage.names[page.language],
        "address": stage.site.settings.address(page),
        "change_log": stage.site.find("changes", page.language),
        "feed": feed_url(stage.site, page.language),
        "changed_sections": partial(
            changed_sections, language=stage.languages[page.language], memory=stage.memory
        ),
    }


def feed_url(site: Site, language: str) -> str | None:
    """Where the feed of a language lies on the host; None without a change log or a release."""
    change_log = site.find("changes", language)
    return f"{site.url(change_log)}feed.xml" if change_log and site.releases else None


def alternates(site: Site, page: Page) -> list[dict[str, str]]:
    """The same page in each language: code, path and absolute address."""
    found = []
    for code in site.settings.languages:
        twin = site.find(page.id, code)
        if twin:
            found.append(
                {"code": str(code), "path": site.url(twin), "address": site.settings.address(twin)}
            )
    return found
