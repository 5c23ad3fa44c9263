"""Released versions on the site: which text a page shows, and the page of each version.

A page shows its version in force as it was released. Where the working text still says the same it
is used, since it is the same text with fresher layout; where it says something else, that waits for
its release, unless a draft is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from klartekst import canonical
from klartekst.cache import Memory
from klartekst.model import Page, Release, ReleasedPage, Site
from klartekst.render import feeds
from klartekst.render.article import Article, Section
from klartekst.render.pages import Stage, page_context

_SECTION = re.compile(
    r'<section id="([^"]+)">\n<h2>(?:<span class="number">([^<]*)</span> )?(.*?)</h2>\n?'
    r"(.*?)</section>",
    re.DOTALL,
)
_LEAD = re.compile(r'<div class="lead">\n(.*?)\n</div>\n', re.DOTALL)
_STYLE = re.compile(r'</?(?:em|strong|code)>|<span class="number">[^<]*</span> ')

# The canonical form has few tags, each always written the same; these give a table its layout.
_DRESS = {
    "<table>": '<div class="table"><table role="table">',
    "</table>": "</table></div>",
    "<thead><tr>": '<thead role="rowgroup"><tr role="row">',
    "<tr>": '<tr role="row">',
    "<tr><th>": '<tr role="row"><th role="rowheader" scope="row">',
    "<th>": '<th role="columnheader" scope="col">',
    "<td ": '<td role="cell" ',
}
_UNDRESSED = re.compile("|".join(sorted(map(re.escape, _DRESS), key=len, reverse=True)))


def meaning(fragment: str) -> str:
    """What of a canonical text is meaning: all but emphasis and the numbers of sections."""
    return _STYLE.sub("", fragment)


def sections(fragment: str) -> dict[str, str]:
    """The meaning of each section of a canonical text, by its id."""
    return {match[1]: match[3] + match[4] for match in _SECTION.finditer(meaning(fragment))}


def differs(working: ReleasedPage, released: ReleasedPage | None) -> bool:
    """Whether the working text says something else than the released one."""
    return released is None or (
        meaning(working.fragment) != meaning(released.fragment)
        or (working.title, working.description) != (released.title, released.description)
    )


def has_versions(site: Site, page: Page) -> bool:
    """Whether a page has been released, or is about to be."""
    prepared = site.prepared
    return bool(site.released(page.id)) or (prepared is not None and page.id in prepared.pages)


def working(page: Page, html: str, memory: Memory) -> ReleasedPage:
    """The working text of a page, from its finished HTML, as it would be released."""
    fragment = memory.remember(lambda: canonical.canonical(html), "canonical", html)
    return ReleasedPage(page.title, page.description, fragment)


def article(page: Page, released: ReleasedPage) -> Article:
    """A released text as an article, in today's layout."""
    lead = _LEAD.search(released.fragment)
    sections = tuple(
        Section(match[1], match[2] or "", Markup(match[3]), Markup(_dress(match[4])))
        for match in _SECTION.finditer(released.fragment)
    )
    return Article(page, Markup(_dress(lead[1]) if lead else ""), sections)


def _dress(html: str) -> str:
    return _UNDRESSED.sub(lambda match: _DRESS[match[0]], html.strip())


def standing(site: Site, page_id: str, release: Release) -> dict[str, Any]:
    """How a release stands on the day of the site: announced, in force, or until when it was."""
    after = [other for other in site.released(page_id) if other.date > release.date]
    ended = after[0].date if after and after[0].date <= site.as_of else None
    return {"announced": release.date > site.as_of, "ended": ended}


def pairs(site: Site) -> Iterator[tuple[Page, Release, ReleasedPage]]:
    """Every version of every page that the site still has, oldest first."""
    for release in site.releases:
        for (page_id, language), released in release.pages.items():
            page = site.find(page_id, language)
            if page:
                yield page, release, released


def files(stage: Stage) -> dict[str, bytes]:
    """The page of every version, and the feeds and the list of all versions for machines."""
    if not stage.site.releases:
        return {}
    return {**_version_pages(stage), **feeds.files(stage)}


def _version_pages(stage: Stage) -> dict[str, bytes]:
    return {
        f"{stage.site.version_path(page, release).strip('/')}/index.html": version_page(
            stage, page, release, released
        ).encode()
        for page, release, released in pairs(stage.site)
    }


def version_page(stage: Stage, page: Page, release: Release, released: ReleasedPage) -> str:
    """The page of one version: its text as it was released, in today's layout."""
    site = stage.site
    html = stage.layouts.render(
        "version.html",
        **page_context(page, stage),
        article=article(page, released),
        release=release,
        released=released,
        standing=standing(site, page.id, release),
        alternates=[
            {"code": str(code), "path": site.settings.base_path + site.version_path(twin, release)}
            for code in site.settings.languages
            if (twin := site.find(page.id, code)) and (page.id, str(code)) in release.pages
        ],
    )
    return str(html)
