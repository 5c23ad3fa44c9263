"""The page of each version, and the redline of each against the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from klartekst import canonical
from klartekst.cache import stamp
from klartekst.messages import Language
from klartekst.model import Page, Release, ReleasedPage
from klartekst.redline import compare
from klartekst.redline.as_html import as_html
from klartekst.redline.words import Words
from klartekst.render import feeds
from klartekst.render.pages import Stage, page_context
from klartekst.render.versions import article


def files(stage: Stage) -> dict[str, bytes]:
    """Every version and every redline, the feeds, and the list of all versions for machines."""
    if not stage.site.releases:
        return {}
    surroundings = _surroundings(stage)
    found = dict(feeds.files(stage))
    for page, release, released in _pairs(stage):
        found |= _Shown(stage, page, release, released, surroundings).files()
    return found


def words(language: Language) -> Words:
    """The words of a redline in a language."""
    return Words(**{key: language.gettext(word) for key, word in asdict(Words()).items()})


def _pairs(stage: Stage) -> Iterator[tuple[Page, Release, ReleasedPage]]:
    """Every version of every page that the site still has, oldest first."""
    for release in stage.site.releases:
        for (page_id, language), released in release.pages.items():
            page = stage.site.find(page_id, language)
            if page:
                yield page, release, released


def _surroundings(stage: Stage) -> str:
    """All that a version's page shows or depends on beside its own text."""
    site, layouts = stage.site, stage.layouts
    files = (path for folder in layouts.search for path in sorted(folder.rglob("*")))
    pages = [(page.id, page.language, page.slug, page.title, page.menu) for page in site.pages]
    shown = (site.settings, site.year, pages, stage.assets.style, stage.assets.script)
    return stamp(path for path in files if path.is_file()) + repr(shown)


class _Shown:
    """One version of one page, as the site shows it."""

    def __init__(
        self,
        stage: Stage,
        page: Page,
        release: Release,
        released: ReleasedPage,
        surroundings: str,
    ) -> None:
        self.stage, self.site = stage, stage.site
        self.page, self.release, self.released = page, release, released
        self.surroundings = surroundings
        self.article = article(page, released)
        self.before = self.site.before(page.id, release)

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
        before = self._before_text()
        parts = (self.page, self.release.date, self.release.kind, self.released, before)
        return [self.surroundings, repr(self._standing()), repr(parts)]

    def _before_text(self) -> ReleasedPage | None:
        key = (self.page.id, self.page.language)
        return self.before.pages.get(key) if self.before else None

    def _version(self) -> str:
        return self._render("version.html", article=self.article)

    def _redline(self) -> str:
        before = self._before_text()
        redline = compare(
            canonical.from_fragment(before.fragment if before else ""),
            canonical.from_fragment(self.released.fragment),
        )
        language = self.stage.languages[self.page.language]
        return self._render(
            "redline.html", redline=Markup(as_html(redline, words(language))), before=self.before
        )

    def _render(self, template: str, **more: Any) -> str:
        path = self.site.redline_path if "redline" in more else self.site.version_path
        html = self.stage.layouts.render(
            template,
            **page_context(self.article.page, self.stage),
            **more,
            release=self.release,
            released=self.released,
            standing=self._standing(),
            alternates=[
                {"code": str(code), "path": self.site.settings.base_path + path(twin, self.release)}
                for code in self.site.settings.languages
                if (twin := self.site.find(self.page.id, code))
                and (self.page.id, str(code)) in self.release.pages
            ],
        )
        return str(html)

    def _standing(self) -> dict[str, Any]:
        """How the version stands on the day of the site: announced, or until when it was valid."""
        later = [
            other
            for other in self.site.released(self.page.id)
            if self.release.date < other.date <= self.site.as_of
        ]
        ended = later[0].date if later else None
        return {"announced": self.release.date > self.site.as_of, "ended": ended}
