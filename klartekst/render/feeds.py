"""The versions for machines: an Atom feed in each language (RFC 4287), and one list in JSON."""

from __future__ import annotations

from typing import Any

from klartekst.archive import json_bytes
from klartekst.model import Page, Release, Site
from klartekst.render.pages import Stage, page_context


def files(stage: Stage) -> dict[str, bytes]:
    """The feeds and the list, in the folder of the change log of their language."""
    site = stage.site
    found: dict[str, bytes] = {}
    for code in site.settings.languages:
        change_log = site.find("changes", code)
        if change_log:
            folder = site.settings.path(change_log).strip("/")
            found[f"{folder}/feed.xml"] = _feed(stage, change_log).encode()
            if code == site.settings.default_language:
                found[f"{folder}/versions.json"] = _versions(site)
    return found


def tag(site: Site, page: Page, release: Release | None = None) -> str:
    """A lasting id (RFC 4151) of a version of a page, or of the feed of a change log.

    It is formed by host and day of the first release, which never change, and by names that do not
    depend on where the pages lie.
    """
    first = site.releases[0]
    version = f"/{release.date.isoformat()}" if release else ""
    return f"tag:{first.host},{first.made.isoformat()}:{page.id}/{page.language}{version}"


def _feed(stage: Stage, change_log: Page) -> str:
    site, language = stage.site, change_log.language
    entries = [
        {
            "id": tag(site, page, release),
            "release": release,
            "title": release.pages[page.id, language].title,
            "summary": release.summary.in_language.get(language, ""),
            "address": site.settings.base_url + site.version_path(page, release),
        }
        for release in reversed(site.releases)
        for page in site.pages
        if page.language == language and (page.id, language) in release.pages
    ]
    html = stage.layouts.render(
        "feed.xml",
        **page_context(change_log, stage),
        entries=entries,
        id=tag(site, change_log),
        updated=max(release.made for release in site.releases),
        feed_address=f"{site.settings.address(change_log)}feed.xml",
    )
    return str(html)


def _versions(site: Site) -> bytes:
    """Every version of every page: dates, kinds, hashes, addresses."""
    listed = [
        _version(site, page, release)
        for release in site.releases
        for page in site.pages
        if (page.id, page.language) in release.pages
    ]
    return json_bytes({"format": 1, "versions": listed})


def _version(site: Site, page: Page, release: Release) -> dict[str, Any]:
    released = release.pages[page.id, page.language]
    base = site.settings.base_url
    ended = site.history.ended(page, release)
    return {
        "id": tag(site, page, release),
        "page": page.id,
        "language": page.language,
        "title": released.title,
        "released": release.made.isoformat(),
        "inForceFrom": release.date.isoformat(),
        "replaced": ended and ended.isoformat(),
        "kind": release.kind,
        "summary": release.summary.in_language.get(page.language, ""),
        "address": base + site.version_path(page, release),
        "redline": base + site.redline_path(page, release)
        if site.history.before(page, release)
        else None,
        "sha256": released.fingerprint,
        "sections": dict(released.sections),
        "manifest": release.digest,
    }
