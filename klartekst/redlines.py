"""Redlines on demand: between any two versions, or a version and the working text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from klartekst import canonical, pipeline
from klartekst.model import Page, ReleasedPage, Site
from klartekst.model.version import Version
from klartekst.pipeline import Made
from klartekst.problems import Place, Problem, SiteError, did_you_mean
from klartekst.redline import Redline, Words, as_html, compare
from klartekst.render import Layouts, folders
from klartekst.render.compared import words
from klartekst.render.redline_page import redline_page

WORKING = "working"
"""Names the text as it stands in the sources."""


@dataclass(frozen=True, slots=True)
class PageRedline:
    """What changed on one page in one language, the words to show it in, and who publishes it."""

    page: Page
    redline: Redline
    words: Words
    author: str

    @property
    def name(self) -> str:
        """Title and language of the page."""
        return f"{self.page.title} ({self.page.language})"


def redlines(
    root: Path, old: str | None, new: str | None, page_id: str | None, language: str | None
) -> list[PageRedline]:
    """The redlines of the site in `root` from the version `old` to the version `new`.

    A version is named by its date (``2025-06-06``) or is ``working``. By default `old` is the last
    release of each page and `new` the working text; `page_id` and `language` choose among the pages
    that have versions. Raises `SiteError` where there is no such version, page or language.
    """
    made = pipeline.made(root, draft=True)
    _known(made.site, old, new, page_id, language)
    found = []
    for page in _chosen(made, page_id, language):
        before, after = _text(made, page, old), _text(made, page, new or WORKING)
        if before is not None and after is not None:
            redline = compare(_version(before), _version(after))
            found.append(PageRedline(
                page, redline, words(made.rendered.languages[page.language]),
                made.site.settings.controller.short_name,
            ))  # fmt: skip
    if not found:
        raise _fault("unknown-version", "no page has both of these versions", "")
    return found


def as_page(root: Path, found: Sequence[PageRedline]) -> str:
    """The redlines as one HTML file that needs no other, to be sent or printed."""
    parts = [(one.name, one.page.language, as_html(one.redline, one.words)) for one in found]
    return redline_page(Layouts(folders(root)), parts)


def _version(text: ReleasedPage) -> Version:
    return canonical.from_fragment(text.fragment)


def _chosen(made: Made, page_id: str | None, language: str | None) -> Iterator[Page]:
    for key in made.rendered.working:
        page = made.site.find(*key)
        if page and page_id in (None, page.id) and language in (None, page.language):
            yield page


def _text(made: Made, page: Page, version: str | None) -> ReleasedPage | None:
    key = (page.id, page.language)
    if version == WORKING:
        return made.rendered.working.get(key)
    if version is None:
        release = made.site.history.last(page)
    else:
        release = made.site.history.version(page, datetime.date.fromisoformat(version))
    return release.pages.get(key) if release else None


def _known(
    site: Site, old: str | None, new: str | None, page_id: str | None, language: str | None
) -> None:
    versions = [*(release.date.isoformat() for release in site.releases), WORKING]
    choices: dict[str, tuple[list[str | None], list[str]]] = {
        "version": ([old, new], versions),
        "page": ([page_id], sorted({page.id for page in site.pages})),
        "language": ([language], [str(code) for code in site.settings.languages]),
    }
    for what, (asked, known) in choices.items():
        for name in asked:
            if name is not None and name not in known:
                listed = ", ".join(known)
                raise _fault(
                    f"unknown-{what}",
                    f"there is no {what} “{name}”; there are: {listed}",
                    did_you_mean(name, known),
                )


def _fault(code: str, message: str, hint: str) -> SiteError:
    return SiteError([Problem(Place("archive"), code, message, hint)])
