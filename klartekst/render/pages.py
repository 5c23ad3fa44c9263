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
from klartekst.render.facts import Data
from klartekst.render.layouts import Layouts
from klartekst.render.merge import Block, Merged, fill, merge

ByPage = dict[tuple[str, str], Article]


@dataclass(frozen=True)
class Stage:
    """What the making of a page needs of the rest of the site.

    `pages` have their texts; those of `site` have none, so that no page can depend on the text of
    another but by its links. `whole` is the site with its register, for what is made of all of it.
    `state` tells for `memory` which of several states of a site this is.
    """

    site: Site
    whole: Site
    pages: tuple[Page, ...]
    layouts: Layouts
    assets: Assets
    languages: Mapping[str, Language]
    names: Mapping[str, Data]
    memory: Memory
    state: str = "working"

    @cached_property
    def around(self) -> dict[str, tuple[object, ...]]:
        """All that the pages of a language are made of beside their own texts."""
        common = (self.site, self.layouts, self.assets, *self.languages.values())
        return {code: (*common, names) for code, names in self.names.items()}

    @cached_property
    def around_all(self) -> tuple[object, ...]:
        """All that pages are made of beside their own texts."""
        common = (self.site, self.layouts, self.assets, *self.languages.values())
        return (*common, *self.names.values())

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
    texts = {(page.id, page.language): page for page in stage.pages}
    found = _good(_made(texts, stage))
    return _good(_linked(found, found, stage))


def articles_beside(standing: ByPage, stage: Stage, working: ByPage) -> ByPage:
    """The articles of the pages of `stage` that are not among those `standing` already.

    A page that names what the stage does not know is given as it is in `working`.
    """
    texts = {(page.id, page.language): page for page in stage.pages}
    texts = {key: page for key, page in texts.items() if key not in standing}

    def good(tried: Mapping[tuple[str, str], _Tried]) -> ByPage:
        return {key: working[key] if bad else article for key, (article, bad) in tried.items()}

    found = good(_made(texts, stage))
    return good(_linked(found, {**standing, **found}, stage))


_Tried = tuple[Article, tuple[Problem, ...]]


def _made(texts: Mapping[tuple[str, str], Page], stage: Stage) -> Mapping[tuple[str, str], _Tried]:
    make = partial(_article, stage=stage)
    return stage.memory.each(f"article, {stage.state}", stage.around_all, texts, make)


def _linked(found: ByPage, others: ByPage, stage: Stage) -> Mapping[tuple[str, str], _Tried]:
    """The articles `found`, with their links into all `others` resolved."""
    each = stage.memory.each
    known = each(f"targets, {stage.state}", (), others, lambda _, article: targets(article))

    def resolved(_: object, article: Article) -> _Tried:
        return Links(stage.site, others).resolved(article)

    return each(f"links, {stage.state}", (known, stage.site.settings), found, resolved)


def _good(tried: Mapping[tuple[str, str], _Tried]) -> ByPage:
    """The articles that were tried. Raises `SiteError` with the problems of all of them."""
    problems = [problem for _, faults in tried.values() for problem in faults]
    if problems:
        raise SiteError(problems)
    return {key: article for key, (article, _) in tried.items()}


def _article(_: object, page: Page, stage: Stage) -> _Tried:
    try:
        text, merged = merge(page, stage.names[page.language])
        blocks = _blocks(merged, page, stage)
        language = stage.languages[page.language]
        html = fill(_converted(text, stage.memory), merged, language, blocks)
    except SiteError as error:
        return compose(page, ""), error.problems
    return compose(page, html), ()


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
            f"block, {stage.state}", (page.source, name), inputs, partial(_block, name, page, stage)
        )
        for name in sorted(names)
    }


def _block(name: str, page: Page, stage: Stage) -> Markup:
    return stage.layouts.render(f"blocks/{name}.html", **page_context(page, stage))


def html(
    kind: str, articles: ByPage, stage: Stage, *, draft: bool = False
) -> Mapping[tuple[str, str], str]:
    """The HTML of the pages of `articles`, which are of one `kind`; a `draft` is marked as such."""
    return stage.memory.each(
        kind, stage.around_all, articles, lambda _, article: _html(article, draft, stage)
    )


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
