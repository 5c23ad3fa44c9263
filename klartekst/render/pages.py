"""Pages out of articles: what a layout is given, and the files that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from klartekst.messages import Language
from klartekst.model import Page, Site
from klartekst.problems import Problem, SiteError
from klartekst.render import meta
from klartekst.render.article import Article, Links, compose
from klartekst.render.assets import Assets
from klartekst.render.layouts import Layouts
from klartekst.render.merge import Block, Merged, Names, fill, merge

Convert = Callable[[str], str]
ByPage = dict[tuple[str, str], Article]


@dataclass(frozen=True, slots=True)
class Stage:
    """What the making of a page needs of the rest of the site."""

    site: Site
    layouts: Layouts
    assets: Assets
    languages: Mapping[str, Language]
    names: Mapping[str, Names]

    @property
    def common(self) -> dict[str, Any]:
        """What every template may use, whatever the page."""
        return {
            "site": self.site,
            "assets": self.assets,
            "languages": self.languages,
            "base_path": self.site.settings.base_path,
        }


def articles(stage: Stage, convert: Convert) -> ByPage:
    """The text of every page, with data merged, sections numbered and links resolved.

    `convert` turns Markdown into HTML. Raises `SiteError` with the problems of all pages.
    """
    found: ByPage = {}
    problems: list[Problem] = []
    for page in stage.site.pages:
        try:
            found[page.id, page.language] = _article(page, stage, convert)
        except SiteError as error:
            problems += error.problems
    links = Links(stage.site, found)
    resolved = {key: links.resolve(article) for key, article in found.items()}
    if problems or links.problems:
        raise SiteError([*problems, *links.problems])
    return resolved


def _article(page: Page, stage: Stage, convert: Convert) -> Article:
    language = stage.languages[page.language]
    text, merged = merge(page, stage.names[page.language])
    blocks = _blocks(merged, page, stage)
    return compose(page, fill(convert(text), merged, language, blocks))


def _blocks(merged: Sequence[Merged], page: Page, stage: Stage) -> dict[str, Markup]:
    names = {item.value.name for item in merged if isinstance(item.value, Block)}
    return {
        name: stage.layouts.render(
            f"blocks/{name}.html",
            **stage.common,
            page=page,
            language=stage.languages[page.language],
            facts=stage.names[page.language],
        )
        for name in sorted(names)
    }


def page_file(article: Article, stage: Stage) -> tuple[str, bytes]:
    """The path below the output folder, and the bytes, of one page."""
    page, site = article.page, stage.site
    language = stage.languages[page.language]
    address = site.settings.address(page)
    html = stage.layouts.render(
        "page.html",
        **stage.common,
        page=page,
        article=article,
        language=language,
        facts=stage.names[page.language],
        address=address,
        dates=site.dates(page.id),
        alternates=alternates(site, page),
        change_log=site.find("changes", page.language),
        json_ld=meta.json_ld(site, page, language, address),
    )
    return f"{site.settings.path(page).strip('/')}/index.html", html.encode()


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
