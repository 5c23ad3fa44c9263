"""The site's settings, its change log and its pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from klartekst.model.consent import Consent
from klartekst.model.history import History
from klartekst.model.page import Page
from klartekst.model.register import Register
from klartekst.model.release import Release
from klartekst.model.values import (
    BaseAddress,
    Colour,
    Country,
    EmailAddress,
    Entry,
    Folder,
    LanguageCode,
    PhoneNumber,
    Ref,
    Text,
    WebAddress,
    default,
)


class Address(Entry, frozen=True):
    """A postal address."""

    street: str
    postal_code: str
    city: str
    country: Country


class Controller(Entry, frozen=True):
    """The controller (GDPR article 4(7)): who decides why and how personal data are processed.

    `name` is written as the notice writes it; `postal_address` is given where it differs.
    """

    name: str
    legal_name: str
    short_name: str
    organisation_number: str
    address: Address
    email: EmailAddress
    website: WebAddress
    postal_address: Address | None = None
    phone: PhoneNumber | None = None


class Authority(Entry, frozen=True):
    """The supervisory authority (GDPR article 51) that complaints go to."""

    name: str
    website: WebAddress


class Appearance(Entry, frozen=True):
    """How the pages look: the accent colour on light and on dark ground, and a logo.

    `logo` is a file in ``data/`` or ``layouts/``, as ``data/logo.svg`` (SVG, PNG or WebP).
    """

    accent: Colour = default(Colour("#1d4f7c"))
    accent_dark: Colour = default(Colour("#8cc2f0"))
    logo: str | None = None


class Settings(Entry, frozen=True):
    """All of ``data/site.yaml``.

    The first of `languages` stands at the root of the address space, the others in a folder of
    their own. `prevailing_language` is shown only where the company has set it. `citations` is the
    form of GDPR articles: ``official`` («artikkel 6 nr. 1 bokstav b») or ``short``
    («art. 6 (1) b»). `assets` is the folder of style sheets and scripts; `root_page` says whether
    the site's root is ours, and so whether an index page and a 404 page are written there.
    """

    base_url: BaseAddress
    languages: tuple[LanguageCode, ...]
    controller: Controller
    authority: Authority
    prevailing_language: Annotated[str, Ref("languages")] | None = None
    citations: Literal["official", "short"] = "official"
    assets: Folder = default(Folder("assets"))
    root_page: bool = True
    appearance: Appearance = default(Appearance())
    consent: Consent = default(Consent())

    @property
    def default_language(self) -> str:
        """The language whose pages stand at the root of the address space."""
        return self.languages[0]

    @property
    def base_path(self) -> str:
        """The path of the base address: empty, or a slash and more, without one at the end."""
        return urlsplit(self.base_url).path

    def path(self, page: Page) -> str:
        """Where a page lies below the base address, with a slash at both ends."""
        prefix = "" if page.language == self.default_language else f"/{page.language}"
        return f"{prefix}/{page.slug}/"

    def file(self, page: Page) -> str:
        """The file below the output folder that holds a page."""
        return f"{self.path(page).strip('/')}/index.html"

    def address(self, page: Page) -> str:
        """The page's full address on the web."""
        return self.base_url + self.path(page)


class Change(Entry, frozen=True):
    """An entry of the change log: from `date` these pages read differently.

    ``material`` touches what somebody may rely on; ``editorial`` does not. An entry without a date
    is being prepared; its release gives it one.
    """

    pages: tuple[Annotated[str, Ref("pages")], ...]
    kind: Literal["material", "editorial"]
    summary: Text
    date: datetime.date | None = None


@dataclass(frozen=True)
class Site:
    """Everything that the sources say, checked: what the later stages work from.

    `releases` are the archive's, oldest first; `as_of` is the day for which the site is made, on
    which it hangs what is in force and what is announced. `facts` are the data that a release
    freezes (`klartekst.archive.facts`).
    """

    settings: Settings
    register: Register
    changes: tuple[Change, ...]
    pages: tuple[Page, ...]
    releases: tuple[Release, ...] = ()
    as_of: datetime.date = datetime.date.max
    facts: Mapping[str, Any] = field(default_factory=dict)

    def url(self, page: Page) -> str:
        """The page's path on its host, as links give it, with a slash at both ends."""
        return self.settings.base_path + self.settings.path(page)

    @property
    def consent_folder(self) -> str | None:
        """Where the consent script lies, with a slash at both ends: with the first cookie page.

        None where there is no such page or no category asks for consent.
        """
        page = self.find("cookies", self.settings.default_language)
        asks = any(not each.exempt for each in self.register.cookie_categories.values())
        return self.settings.path(page) if page and asks else None

    @property
    def consent_script(self) -> str | None:
        """Path of the consent script on its host, if the site has one."""
        folder = self.consent_folder
        return folder and f"{self.settings.base_path}{folder}{self.settings.consent.script}"

    def find(self, page_id: str, language: str) -> Page | None:
        """The page with this id in this language, if there is one."""
        return self._index.get((page_id, language))

    @cached_property
    def _index(self) -> dict[tuple[str, str], Page]:
        return {(page.id, page.language): page for page in self.pages}

    @cached_property
    def menus(self) -> dict[str, list[Page]]:
        """The pages listed at the foot of every page, by language."""
        return {
            code: [page for page in self.pages if page.menu and page.language == code]
            for code in self.settings.languages
        }

    @property
    def year(self) -> int | None:
        """The year of the newest change, for the copyright line."""
        return max((date.year for date, _ in self.dated if date <= self.as_of), default=None)

    @cached_property
    def dated(self) -> list[tuple[datetime.date, Change]]:
        """The entries of the change log that have a date, with it, the newest first."""
        found = [(change.date, change) for change in self.changes if change.date]
        return sorted(found, key=itemgetter(0), reverse=True)

    @property
    def prepared(self) -> Change | None:
        """The entry of the change log that is being prepared, if there is one."""
        return next((change for change in self.changes if change.date is None), None)

    def dates(self, page_id: str) -> tuple[datetime.date, datetime.date] | None:
        """In force from, and last updated: the newest material and the newest change of a page."""
        past = [
            (date, change.kind)
            for date, change in self.dated
            if page_id in change.pages and date <= self.as_of
        ]
        if not past:
            return None
        material = [date for date, kind in past if kind == "material"]
        return (material[0] if material else past[-1][0]), past[0][0]

    @cached_property
    def paths(self) -> frozenset[str]:
        """The path on its host of every page (`url`)."""
        return frozenset(self.url(page) for page in self.pages)

    @cached_property
    def history(self) -> History:
        """What was released of each page, seen from the day `as_of`."""
        return History(self.releases, self.as_of)

    def version_path(self, page: Page, release: Release) -> str:
        """Where a version of a page lies below the base address, with a slash at both ends."""
        return f"{self.settings.path(page)}{release.date.isoformat()}/"

    def redline_path(self, page: Page, release: Release) -> str:
        """Where the redline of a version against the one before lies, named as the change log."""
        change_log = self.find("changes", page.language)
        name = change_log.slug.rpartition("/")[2] if change_log else "changes"
        return f"{self.version_path(page, release)}{name}/"

    def version_url(self, page: Page, release: Release) -> str:
        """The path of a version on its host, as links give it."""
        return self.settings.base_path + self.version_path(page, release)

    def redline_url(self, page: Page, release: Release) -> str:
        """The path of a redline on its host, as links give it."""
        return self.settings.base_path + self.redline_path(page, release)
