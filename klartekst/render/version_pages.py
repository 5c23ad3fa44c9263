"""The page of each version, and the redline of each against the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from klartekst.cache import stamp
from klartekst.model import Page, Release
from klartekst.render import feeds
from klartekst.render.compared import redline_html
from klartekst.render.pages import Stage, page_context
from klartekst.render.versions import article, unlinked


def files(stage: Stage) -> dict[str, bytes]:
    """Every version and every redline, the feeds, and the list of all versions for machines."""
    if not stage.site.releases:
        return {}
    surroundings = _surroundings(stage)
    found = dict(feeds.files(stage))
    for page in stage.site.pages:
        for release in stage.site.history.versions(page):
            found |= _Shown(stage, page, release, surroundings).files()
    return found


def _surroundings(stage: Stage) -> str:
    """A hash of all that a version's page shows or depends on beside its own text."""
    site, layouts = stage.site, stage.layouts
    files = (path for folder in layouts.search for path in sorted(folder.rglob("*")))
    pages = [(page.id, page.language, page.slug, page.title, page.menu) for page in site.pages]
    shown = (site.settings, site.year, pages, stage.assets.style, stage.assets.script)
    text = stamp(path for path in files if path.is_file()) + repr((shown, site.consent_script))
    return sha256(text.encode()).hexdigest()


class _Shown:
    """One version of one page, as the site shows it."""

    def __init__(self, stage: Stage, page: Page, release: Release, surroundings: str) -> None:
        self.stage, self.site = stage, stage.site
        self.release, self.surroundings = release, surroundings
        self.released = release.pages[page.id, page.language]
        # The page, with the title that it had.
        title, description = self.released.title, self.released.description
        self.page = replace(page, title=title, description=description)
        self.before = self.site.history.before(page, release)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of the version and, where there is one before, of its redline."""
        known = self._all_that_is_shown()
        paths = {self.site.version_path: self._version}
        if self.before:
            paths[self.site.redline_path] = self._redline
        for path, make in paths.items():
            html = self.stage.memory.remember(make, make.__name__, *known)
            yield f"{path(self.page, self.release).strip('/')}/index.html", html.encode()

    def _all_that_is_shown(self) -> list[str]:
        page = self.page
        parts = (page.id, page.language, page.numbered, self._standing(), self._alternates())
        before = self.before.digest if self.before else ""
        return [self.surroundings, repr(parts), self.release.digest, before]

    def _version(self) -> str:
        shown = article(self.page, self.released, self.site)
        return self._render("version.html", self._alternates(), article=shown)

    def _redline(self) -> str:
        assert self.before is not None
        language = self.stage.languages[self.page.language]
        html = redline_html(self.page, self.release, self.before, language)
        return self._render(
            "redline.html",
            [other for other in self._alternates() if other["redline"]],
            redline=Markup(unlinked(html, self.site)),
            before=self.before,
        )

    def _render(self, template: str, alternates: list[dict[str, Any]], **more: Any) -> str:
        kind = "redline" if "redline" in more else "version"
        html = self.stage.layouts.render(
            template,
            **page_context(self.page, self.stage),
            **more,
            release=self.release,
            released=self.released,
            standing=self._standing(),
            alternates=[{"code": other["code"], "path": other[kind]} for other in alternates],
        )
        return str(html)

    def _alternates(self) -> list[dict[str, Any]]:
        """The version and, where there is one, its redline in each language."""
        site = self.site
        twins = [site.find(self.page.id, code) for code in site.settings.languages]
        return [
            {
                "code": twin.language,
                "version": site.version_url(twin, self.release),
                "redline": site.redline_url(twin, self.release)
                if site.history.before(twin, self.release)
                else None,
            }
            for twin in twins
            if twin and (twin.id, twin.language) in self.release.pages
        ]

    def _standing(self) -> dict[str, Any]:
        """How the version stands on the day of the site: announced, or until when it was valid."""
        ended = self.site.history.ended(self.page, self.release)
        return {"announced": self.release.date > self.site.as_of, "ended": ended}
