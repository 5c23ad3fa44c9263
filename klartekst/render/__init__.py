"""The third stage: a site becomes files in memory, ``{path: bytes}``, and nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from klartekst import markdown
from klartekst.model import Page, Register, Settings, Site
from klartekst.problems import Place, Problem, SiteError
from klartekst.render import pages
from klartekst.render.assets import assets
from klartekst.render.facts import Facts, facts
from klartekst.render.layouts import Layouts, folders
from klartekst.render.merge import Block
from klartekst.render.pages import Convert, Stage

__all__ = ["Files", "Layouts", "folders", "names", "render"]

Files = dict[str, bytes]
"""The published site: path below the output folder, and bytes."""


def names(
    settings: Settings | None, register: Register | None, pages: Sequence[Page], language: str,
    layouts: Layouts,
) -> dict[str, Facts | None]:
    """Every name that a text in `language` may use: data, blocks of the layouts, page addresses.

    A part of the data that could not be read is None.
    """
    found = facts(settings, register, language)
    found["block"] = Facts({name: Block(name) for name in layouts.blocks()})
    found["address"] = None if settings is None else Facts({
        page.id: settings.address(page).rstrip("/") for page in pages if page.language == language
    })
    return found


def render(site: Site, root: Path, layouts: Layouts, convert: Convert = markdown.convert) -> Files:
    """Every file of the published site.

    `root` is the site's folder, for the logo; `convert` turns Markdown into HTML and may remember
    what it has seen. Raises `SiteError` with all problems that were found.
    """
    settings = site.settings
    languages = {str(code): layouts.language(code, settings.citations) for code in settings.languages}
    stage = Stage(
        site, layouts, assets(settings, layouts, root), languages,
        {code: names(settings, site.register, site.pages, code, layouts) for code in settings.languages},
    )
    articles = pages.articles(stage, convert)
    files = dict(pages.page_file(article, stage) for article in articles.values())
    files |= stage.assets.files
    files |= _machine_files(stage)
    missing = [_missing(code, word) for code in languages for word in languages[code].missing]
    if missing:
        raise SiteError(missing)
    return files


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


def _missing(code: str, word: str) -> Problem:
    place = Place(f"layouts/messages/{code}.po")
    message = f"the catalogue has no translation of “{word}”"
    return Problem(place, "missing-message", message, f'add: msgid "{word}" and its msgstr')


