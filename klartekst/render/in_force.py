"""The site as its visitors see it: what was released, whatever is being written.

The text of a page waits for its release; so does all that stands around it: the names in its
frame, its title in a list, the consent banner, a language that is being added. They are taken from
the facts that the release in force froze (`klartekst.archive.facts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from msgspec import structs

from klartekst import archive, typed
from klartekst.model import Page, Register, Release, Settings, Site
from klartekst.model.consent import COOKIE_NAME, Consent
from klartekst.model.site import Authority, Controller
from klartekst.problems import Place, Problem, SiteError
from klartekst.yaml_source import Document

T = TypeVar("T")


def in_force(site: Site) -> Site:
    """The site with the facts, titles and languages in force on its day.

    It is `site` itself where nothing else is being written, or nothing was ever released in any of
    its languages. Raises `SiteError` where the frozen facts cannot be read.
    """
    release = site.history.newest
    if release is None:
        return site
    settings, register = site.settings, site.register
    known = release.summary.in_language  # the languages of all that was frozen then
    codes = tuple(code for code in settings.languages if code in known)
    if not codes:
        return site
    pages = tuple(_titled(page, site) for page in site.pages if page.language in codes)
    # Bytes, since the order of entries is seen, and equal data may have another.
    same = release.frozen_facts == archive.json_bytes(site.facts)
    if same and (codes, pages) == (settings.languages, site.pages):
        return site
    if not same:
        settings, register = _frozen(release, settings)
    if settings.prevailing_language not in codes:
        settings = structs.replace(settings, prevailing_language=None)
    settings = structs.replace(settings, languages=codes)
    return replace(site, settings=settings, register=register, pages=pages, facts=release.facts)


def _titled(page: Page, site: Site) -> Page:
    """The page with the title and the description that it has in force."""
    release = site.history.shown(page)
    if release is None:
        return page
    released = release.pages[page.id, page.language]
    if (page.title, page.description) == (released.title, released.description):
        return page
    return replace(page, title=released.title, description=released.description)


def _frozen(release: Release, settings: Settings) -> tuple[Settings, Register]:
    facts, problems = release.facts, list[Problem]()
    context = typed.Context(tuple(release.summary.in_language))
    place = f"{archive.FOLDER}/{release.date}/{archive.FACTS}"

    def read(kind: type[T], data: Mapping[str, Any]) -> Any:
        value, faults = typed.read(Document(place, dict(data), ()), kind, context)
        problems.extend(faults)
        return value

    settings = structs.replace(
        settings,
        controller=read(Controller, facts["controller"]),
        authority=read(Authority, facts["authority"]),
        prevailing_language=facts.get("prevailing_language"),
    )
    register = read(Register, facts["register"])
    if problems:
        raise SiteError(_unreadable(problem, release) for problem in problems)
    return structs.replace(settings, consent=_agreeing(settings.consent, register)), register


def _agreeing(consent: Consent, register: Register) -> Consent:
    """The settings of the banner as far as the register in force has them, too.

    They hold at once; but a choice is not kept for longer than the page in force says, and no call
    follows a category that nobody is asked about yet.
    """
    own = (cookie for cookie in register.cookies.values() if cookie.name == COOKIE_NAME)
    declared = next(own, None)
    keep = declared.lifetime if declared and declared.lifetime else consent.keep
    meta = consent.meta if consent.meta in register.cookie_categories else None
    return structs.replace(consent, keep=keep, meta=meta)


def _unreadable(problem: Problem, release: Release) -> Problem:
    message = f"the facts released for {release.date} cannot be read: {problem.message}"
    hint = "this engine knows the register in another form: publish with the one that released it"
    return Problem(Place(problem.place.file), "unreadable-facts", message, hint)
