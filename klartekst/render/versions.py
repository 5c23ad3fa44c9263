"""Released versions on the site: which text a page shows, and the page of each version.

A page shows its version in force as it was released. Where the working text still says the same it
is used, since it is the same text with fresher layout; where it says something else, that waits for
its release, unless a draft is asked for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from markupsafe import Markup

from klartekst import canonical
from klartekst.cache import Memory
from klartekst.model import Page, ReleasedPage, Site
from klartekst.render.article import Article, Section

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
_CELL_TEXT = re.compile(r"(?<=>)[^<>]+(?=</t[dh]>)")
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
    return page.id in site.history.page_ids or (prepared is not None and page.id in prepared.pages)


def working(page: Page, html: str, memory: Memory) -> ReleasedPage:
    """The working text of a page, from its finished HTML, as it would be released."""
    fragment = memory.remember(lambda: canonical.canonical(html), "canonical", html)
    return ReleasedPage(page.title, page.description, fragment)


def article(page: Page, released: ReleasedPage, site: Site) -> Article:
    """A released text as an article of its page, with the title it had, in today's layout."""
    page = replace(page, title=released.title, description=released.description)
    fragment = unlinked(released.fragment, site)
    lead = _LEAD.search(fragment)
    sections = tuple(
        Section(match[1], match[2] or "", Markup(match[3]), Markup(_dress(match[4])))
        for match in _SECTION.finditer(fragment)
    )
    return Article(page, Markup(_dress(lead[1]) if lead else ""), sections)


def unlinked(html: str, site: Site) -> str:
    """A released text without links to pages that the site no longer has; their words stay."""
    return _OWN_LINK.sub(lambda match: match[0] if match[1] in site.paths else match[2], html)


_OWN_LINK = re.compile(r'<a href="(/[^"#?]*)[^"]*">(.*?)</a>', re.DOTALL)


def _dress(html: str) -> str:
    dressed = _UNDRESSED.sub(lambda match: _DRESS[match[0]], html.strip())
    if dressed.count("<caption>") == 1:  # it says what the heading says
        dressed = dressed.replace("<caption>", '<caption class="hidden">')
    return _CELL_TEXT.sub(lambda match: match[0].replace("/", "/<wbr>"), dressed)
