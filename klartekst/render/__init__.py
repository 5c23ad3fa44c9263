"""The third stage: a site becomes files in memory, ``{path: bytes}``, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from klartekst.cache import Memory
from klartekst.consent import consent_files
from klartekst.messages import Language
from klartekst.model import Frame, Page, Register, ReleasedPage, Settings, Site
from klartekst.problems import Place, Problem, SiteError
from klartekst.render import pages, version_pages, versions
from klartekst.render.assets import assets, picture
from klartekst.render.facts import Data, facts
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
    sources: Sources, language: str, layouts: Layouts, memory: Memory, state: str = "working"
) -> Data:
    """Every name that a text in `language` may use: data, blocks of the layouts, page addresses.

    What could not be read of the sources is None; so are the addresses while a page is missing.
    `state` tells for `memory` which of several states of a site this is.
    """
    settings, register = sources.settings, sources.register
    whole = getattr(sources, "all_pages", True)
    heads = _heads(sources.pages, memory, state) if settings is not None and whole else None

    def make() -> Data:
        found = facts(settings, register, language)
        blocks = layouts.blocks()
        found.take_in("block", {name: Block(name) for name in blocks}, tuple(blocks))
        addresses = None
        if heads is not None and settings is not None:
            own = (page for page in heads.values() if page.language == language)
            addresses = {page.id: settings.address(page).rstrip("/") for page in own}
        found.take_in("address", addresses, addresses)
        return found

    inputs = (settings, register, heads, layouts)
    return memory.keep("names", (state, language), inputs, make)


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
    shown = stage
    if published is not site:
        shown = _stage(published, root, layouts, stage.memory, "in force")
    for language in stage.languages.values():
        language.missing.clear()  # of a build before
    articles = pages.articles(stage)
    html, working = _pages(articles, stage, shown, draft)
    files: Files = dict(stage.memory.each("bytes", (), html, lambda _, text: text.encode()))
    files |= shown.assets.files
    whole = replace(shown, site=shown.whole)
    inputs = (whole.around[published.settings.default_language],)
    for kind, make in _WHOLE.items():
        files |= stage.memory.keep(kind, "", inputs, partial(make, whole))
    missing = [
        problem
        for code, language in stage.languages.items()
        for problem in _missing(code, sorted(language.missing))
    ]
    if missing:
        raise SiteError(missing)
    return Rendered(files, published, working, articles, stage.languages)


def _stage(
    site: Site, root: Path, layouts: Layouts, memory: Memory, state: str = "working"
) -> Stage:
    settings = site.settings
    codes = [str(code) for code in settings.languages]
    logo = picture(root, settings.appearance.logo) if settings.appearance.logo else None
    looks = (settings, layouts, logo)
    whole, frame = _without_texts(site, memory, state)
    return Stage(
        frame,
        whole,
        site.pages,
        layouts,
        memory.keep("assets", state, looks, partial(assets, *looks)),
        {code: layouts.language(code, settings.citations) for code in codes},
        {code: names(site, code, layouts, memory, state) for code in codes},
        memory,
        state,
    )


def _heads(pages: Sequence[Page], memory: Memory, state: str) -> Mapping[str, Page]:
    """The pages without their texts, by their sources."""
    sources = {page.source: page for page in pages}
    return memory.each(f"head, {state}", (), sources, lambda _, page: replace(page, body=""))


def _without_texts(site: Site, memory: Memory, state: str) -> tuple[Site, Frame]:
    """The site without texts, and its frame: the same ones as before, where only texts changed."""
    heads = _heads(site.pages, memory, state)
    parts = tuple(getattr(site, part.name) for part in fields(site) if part.name != "pages")
    whole = memory.keep(
        "site", state, (heads, parts), lambda: replace(site, pages=tuple(heads.values()))
    )
    around = (heads, site.settings, site.changes, site.releases, site.as_of, whole.consent_folder)
    return whole, memory.keep("frame", state, around, lambda: Frame.of(whole))


def _pages(
    articles: pages.ByPage, stage: Stage, shown: Stage, draft: bool
) -> tuple[dict[str, str], dict[tuple[str, str], ReleasedPage]]:
    """The HTML of every page by its path, and the working texts of those that have versions.

    `shown` is the stage of the site as it is published, which may be the working one, `stage`.
    """
    versioned = {k: a for k, a in articles.items() if versions.has_versions(stage.site, a.page)}
    html = dict(pages.html("page", articles if shown is stage else versioned, stage))
    working = {
        key: versions.working(article.page, html[key], stage.memory)
        for key, article in versioned.items()
    }
    standing = _standing(articles, working, shown)
    other = {k: article for k, article in standing.items() if article is not articles[k]}
    if draft:
        html |= pages.html("draft", {key: articles[key] for key in other}, stage, draft=True)
    else:
        if shown is not stage:
            html, other = {}, standing
        html |= pages.html("page in force", other, shown)
    file = shown.site.settings.file
    return {file(articles[key].page): html[key] for key in standing}, working


def _standing(
    articles: pages.ByPage, working: Mapping[tuple[str, str], ReleasedPage], shown: Stage
) -> pages.ByPage:
    """The articles of the pages of `shown` as they are in force.

    That is a page's own text, unless it says something else than what was released: that waits for
    its release. A page without versions says what it does of the facts that are in force.
    """
    found = {}
    for page in shown.pages:
        key = page.id, page.language
        if key not in working:
            continue
        found[key] = articles[key]
        release = shown.site.history.shown(page)
        if release and versions.differs(working[key], release.pages[key]):
            found[key] = versions.article(page, release.pages[key], shown.site)
    working_too = shown.state == "working"
    others = articles if working_too else pages.articles_beside(found, shown, articles)
    keys = ((page.id, page.language) for page in shown.pages)
    return {key: found.get(key) or others[key] for key in keys}


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


_MANY = 5


def _missing(code: str, words: Sequence[str]) -> Iterator[Problem]:
    """A problem for each text that a catalogue lacks, or one for all where these are many."""
    place = Place(f"layouts/messages/{code}.po")
    if len(words) <= _MANY:
        for word in words:
            message = f"the catalogue has no translation of “{word}”"
            yield Problem(place, "missing-message", message, f'add: msgid "{word}" and its msgstr')
        return
    listed = ", ".join(f"“{word}”" for word in words[:_MANY])
    message = f"the catalogue lacks {len(words)} texts: {listed}, …"
    hint = "copy a catalogue that comes with Klartekst, en.po or nb.po, and translate each msgstr"
    yield Problem(place, "missing-message", message, hint)
