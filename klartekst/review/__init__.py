"""What a pull request changes, as the text of one comment on it, for people who read law.

``python build.py review BASE`` prints it. The base and the work are both made in memory by the
engine that runs, and held against each other: texts, findings, consent, versions.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klartekst import canonical, judge, pipeline
from klartekst.check.finding import Finding
from klartekst.check.run import Report
from klartekst.model import Page
from klartekst.model.version import Inline, Version
from klartekst.pipeline import Made
from klartekst.problems import SiteError
from klartekst.redline import compare
from klartekst.redlines import PageRedline
from klartekst.render.compared import words
from klartekst.review.base import sources
from klartekst.review.comment import Review, Text, comment

NOTHING = Version(Inline(), (), ())
"""The text of a page that is not there."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two states: the site, if it can be made, and what is found in it."""

    made: Made | None
    report: Report

    def text(self, page: Page) -> Version:
        """The working text of a page; nothing where there is no such page."""
        key = (page.id, page.language)
        if self.made is None or self.made.site.find(*key) is None:
            return NOTHING
        if working := self.made.rendered.working.get(key):
            return canonical.from_fragment(working.fragment)
        return canonical.from_html(self.html(page).decode())

    def html(self, page: Page) -> bytes:
        """The page as it is published; empty where there is no such page."""
        made = self.made
        own = made.site.find(page.id, page.language) if made else None
        if made is None or own is None:
            return b""
        return made.rendered.files[made.site.settings.file(own)]


def review(root: Path, base: str, as_of: datetime.date, preview: str = "") -> str:
    """The comment on the change from `base` to the sources in `root`, as GitHub's Markdown.

    `base` is a git revision or a folder, `preview` the address of the built pages, if there is one.
    It is made, too, where either side does not build, and says so; it is shorter than what GitHub
    takes, and nothing in it calls a person or acts as mark-up. Raises `SiteError` where the base
    cannot be read.
    """
    with sources(root, base) as folder:
        old, new = _side(folder, as_of), _side(root, as_of)
        made = (old.made, new.made)
        return comment(Review(*made, old.report, new.report, tuple(_texts(old, new)), preview))


def _side(root: Path, as_of: datetime.date) -> _Side:
    try:
        made = pipeline.made(root, as_of, draft=True)
    except SiteError as error:
        return _Side(None, Report(tuple(Finding.of(problem) for problem in error.problems)))
    return _Side(made, judge.judged(made))


def _texts(old: _Side, new: _Side) -> Iterator[Text]:
    """What changed on each page of either state, in the order of the new one."""
    if old.made is None or new.made is None:
        return
    before, after = old.made.site, new.made.site
    gone = (page for page in before.pages if after.find(page.id, page.language) is None)
    for page in (*after.pages, *gone):
        if old.html(page) == new.html(page):
            continue
        redline = compare(old.text(page), new.text(page))
        found = (site.find(page.id, page.language) for site in (before, after))
        then, now = (each.description if each else "" for each in found)
        if redline.changed or then != now:
            made = new.made if after.find(page.id, page.language) else old.made
            shown = words(made.rendered.languages[page.language])
            author = made.site.settings.controller.short_name
            yield Text(PageRedline(page, redline, shown, author), (then, now))
