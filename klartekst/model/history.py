"""The releases seen page by page, from one day: what is in force, announced, replaced."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from klartekst.model.release import Release

if TYPE_CHECKING:
    from klartekst.model.page import Page

_date = attrgetter("date")


@dataclass(frozen=True)
class History:
    """All releases, oldest first, seen from the day `as_of`.

    A page is always one page in one language.
    """

    releases: tuple[Release, ...]
    as_of: datetime.date

    @cached_property
    def page_ids(self) -> frozenset[str]:
        """The ids of all pages that were ever released, in any language."""
        return frozenset(page_id for release in self.releases for page_id, _ in release.pages)

    @cached_property
    def _versions(self) -> dict[tuple[str, str], list[Release]]:
        found: dict[tuple[str, str], list[Release]] = {}
        for release in self.releases:
            for key in release.pages:
                found.setdefault(key, []).append(release)
        return found

    @cached_property
    def newest(self) -> Release | None:
        """The newest release in force or, before the first, the first; its facts are in force."""
        at = bisect_right(self.releases, self.as_of, key=_date)
        return next(iter(self.releases[max(at - 1, 0) :]), None)

    def versions(self, page: Page) -> Sequence[Release]:
        """The releases that have this page, oldest first."""
        return self._versions.get((page.id, page.language), ())

    def version(self, page: Page, date: datetime.date) -> Release | None:
        """The release of a page that is in force from `date`."""
        versions = self.versions(page)
        at = bisect_left(versions, date, key=_date)
        return versions[at] if at < len(versions) and versions[at].date == date else None

    def last(self, page: Page) -> Release | None:
        """The newest release of a page, in force or announced."""
        return next(reversed(self.versions(page)), None)

    def before(self, page: Page, release: Release) -> Release | None:
        """The release of a page before this one."""
        versions = self.versions(page)
        at = bisect_left(versions, release.date, key=_date)
        return versions[at - 1] if at else None

    def in_force(self, page: Page) -> Release | None:
        """The release of a page that is in force; None before the first."""
        versions = self.versions(page)
        at = bisect_right(versions, self.as_of, key=_date)
        return versions[at - 1] if at else None

    def announced(self, page: Page) -> Sequence[Release]:
        """The releases of a page that are not yet in force, oldest first."""
        versions = self.versions(page)
        return versions[bisect_right(versions, self.as_of, key=_date) :]

    def shown(self, page: Page) -> Release | None:
        """The release that the page shows: the one in force or, before the first, the first."""
        return self.in_force(page) or next(iter(self.versions(page)), None)

    def ended(self, page: Page, release: Release) -> datetime.date | None:
        """The day on which a version of a page was replaced; None where it has not been."""
        versions = self.versions(page)
        after = versions[bisect_right(versions, release.date, key=_date) :]
        return next((other.date for other in after if other.date <= self.as_of), None)
