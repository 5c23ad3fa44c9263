"""The third stage: a site becomes files in memory, ``{path: bytes}``, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from klartekst.cache import Memory
from klartekst.consent import consent_files
from klartekst.messages import Language
from klartekst.model import Page, Register, ReleasedPage, Settings, Site
from klartekst.problems import Place, Problem, SiteError
from klartekst.render import pages, version_pages, versions
from klartekst.render.article import Article
from klartekst.render.assets import assets, picture
from klartekst.render.facts import Facts, facts
from klartekst.render.in_force import in_force
from klartekst.render.layouts import Layouts, folders
from klartekst.render.merge import Block
from klartekst.render.pages import Stage

__all__ = ["Files", "Layouts", "Rendered", "folders", "names", "render"]

Files = dict[str, bytes]
"""The published site: path below the output folder, and bytes."""


class Sources(Protocol):
    """A site, or what could be read of one; a part of the data that could not be read is None."""

    @property
    def settings(self) -> Settings | None:
        """Who publishes."""

    @property
    def register(self) -> Register | None:
        """What is done with data."""

    @property
    def pages(self) -> Sequence[Page]:
        """The texts."""


def names(
    sources: Sources, language: str, layouts: Layouts, memory: Memory
) -> dict[str, Facts | None]:
    """Every name that a text in `language` may use: data, blocks of the layouts, page addresses.

    What could not be read of the sources is None.
    """
    settings, register = sources.settings, sources.register
    addresses = None
    if settings is not None:
        pages = (page for page in sources.pages if page.language == language)
        addresses = {page.id: settings.address(page).rstrip("/") for page in pages}

    def make() -> dict[str, Facts | None]:
        found = facts(settings, register, language)
        found["block"] = Facts({name: Block(name) for name in layouts.blocks()})
        found["address"] = None if addresses is None else Facts(dict(addresses))
        return found

    return memory.keep("names", language, (settings, register, addresses, layouts), make)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The published site, and what it was made of.

    `files` show the site `shown`: its facts, titles and languages are those in force, or the
    working ones in a draft. `working` are the working texts of the pages with versions, `articles`
    those of all pages; `languages` have the words of every language of the sources.
    """

    files: Files
    shown: Site
    working: dict[tuple[str, str], ReleasedPage]
    articles: pages.ByPage
    languages: Mapping[str, Language]


def render(
    site: Site, root: Path, layouts: Layouts, memory: Memory | None = None, *, draft: bool = False
) -> Rendered:
    """Every file of the published site.

    `root` is the site's folder, for the logo; `memory` may know costly texts from before. A `draft`
    shows everything as it is written now, otherwise what was released is shown as it is in force.
    Raises `SiteError` with all problems that were found.
    """
    stage = _stage(site, root, layouts, memory or Memory())
    published = site if draft else in_force(site)
    shown = stage if published is site else _stage(published, root, layouts, stage.memory)
    for language in stage.languages.values():
        language.missing.clear()  # of a build before
    articles = pages.articles(stage)
    files: Files = {}
    working: dict[tuple[str, str], ReleasedPage] = {}
    for key, article in articles.items():
        if versions.has_versions(site, article.page):
            _, html = pages.page_file(article, draft=False, stage=stage)
            working[key] = versions.working(article.page, html, stage.memory)
        if page := published.find(*key):
            standing = _as_it_stands(article, page, working.get(key), shown, draft)
            path, html = pages.page_file(*standing, shown)
            files[path] = stage.memory.keep("bytes", path, (html,), html.encode)
    files |= shown.assets.files
    inputs = (shown.around[published.settings.default_language],)
    for kind, make in _WHOLE.items():
        files |= stage.memory.keep(kind, "", inputs, partial(make, shown))
    missing = [
        _missing(code, word)
        for code, language in stage.languages.items()
        for word in language.missing
    ]
    if missing:
        raise SiteError(missing)
    return Rendered(files, published, working, articles, stage.languages)


def _stage(site: Site, root: Path, layouts: Layouts, memory: Memory) -> Stage:
    settings = site.settings
    codes = [str(code) for code in settings.languages]
    logo = picture(root, settings.appearance.logo) if settings.appearance.logo else None
    looks = (settings, layouts, logo)
    return Stage(
        _without_texts(site, memory),
        site.pages,
        layouts,
        memory.keep("assets", "", looks, partial(assets, *looks)),
        {code: layouts.language(code, settings.citations) for code in codes},
        {code: names(site, code, layouts, memory) for code in codes},
        memory,
    )


def _without_texts(site: Site, memory: Memory) -> Site:
    """The site as layouts know it: the same one as before, where only texts have changed."""
    pages = tuple(
        memory.keep("page without text", page.source, (page,), partial(replace, page, body=""))
        for page in site.pages
    )
    parts = tuple(getattr(site, part.name) for part in fields(site) if part.name != "pages")
    return memory.keep("site", "", (pages, parts), lambda: replace(site, pages=pages))


def _as_it_stands(
    article: Article, page: Page, working: ReleasedPage | None, stage: Stage, draft: bool
) -> tuple[Article, bool]:
    """The article of a page as it is in force, and whether it is a draft.

    That is its own text, unless it says something else than what was released: that waits for its
    release, and is shown in a draft alone.
    """
    release = stage.site.history.shown(page)
    released = release.pages[page.id, page.language] if release else None
    if working is None or released is None or not versions.differs(working, released):
        return article, False
    return (article, True) if draft else (versions.article(page, released, stage.site), False)


def _machine_files(stage: Stage) -> Files:
    """The site map and, where the root of the site is ours, its index and its 404 page."""
    site = stage.site
    entries = [
        {"page": page, "alternates": pages.alternates(site, page), "dates": site.dates(page.id)}
        for page in site.pages
    ]
    language = stage.languages[site.settings.default_language]
    context = {**stage.common, "language": language, "entries": entries}
    found = {"sitemap.xml": stage.layouts.render("sitemap.xml", **context).encode()}
    if site.settings.root_page:
        found["index.html"] = stage.layouts.render("root.html", **context).encode()
        found["404.html"] = stage.layouts.render("404.html", **context).encode()
    return found


def _consent_files(stage: Stage) -> Files:
    layouts = stage.layouts
    return consent_files(stage.site, stage.languages, layouts.file, layouts.render)


_WHOLE: Mapping[str, Callable[[Stage], Files]] = {
    "versions": version_pages.files,
    "for machines": _machine_files,
    "consent": _consent_files,
}
"""What is made of the site as a whole, whatever its texts say."""


def _missing(code: str, word: str) -> Problem:
    place = Place(f"layouts/messages/{code}.po")
    message = f"the catalogue has no translation of “{word}”"
    return Problem(place, "missing-message", message, f'add: msgid "{word}" and its msgstr')
