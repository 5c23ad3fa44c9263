"""The versions for machines: an Atom feed in each language (RFC 4287), and one list in JSON."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

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
                found[f"{folder}/versions.json"] = _versions(site).encode()
    return found


def feed_path(site: Site, language: str) -> str | None:
    """Where the feed of a language lies below the base address; None without a change log."""
    change_log = site.find("changes", language)
    return f"{site.settings.path(change_log)}feed.xml" if change_log else None


def tag(site: Site, release: Release, path: str) -> str:
    """A lasting id (RFC 4151): the host, the day of the release, and the path."""
    host = urlsplit(site.settings.base_url).hostname
    return f"tag:{host},{release.date.isoformat()}:{path.strip('/')}"


def _feed(stage: Stage, change_log: Page) -> str:
    site, language = stage.site, change_log.language
    entries = [
        {
            "id": tag(site, release, site.version_path(page, release)),
            "release": release,
            "page": page,
            "summary": release.summary.in_language.get(language, ""),
            "address": site.settings.base_url + site.version_path(page, release),
        }
        for release in reversed(site.releases)
        for page in site.pages
        if page.language == language and (page.id, language) in release.pages
    ]
    first = site.releases[0]
    html = stage.layouts.render(
        "feed.xml",
        **page_context(change_log, stage),
        entries=entries,
        id=tag(site, first, site.settings.path(change_log)),
        updated=site.releases[-1].date,
        feed_address=f"{site.settings.address(change_log)}feed.xml",
    )
    return str(html)


def _versions(site: Site) -> str:
    """Every version of every page: dates, kinds, hashes, addresses."""
    listed = [_version(site, page, release) for release in site.releases for page in site.pages]
    data = {"format": 1, "versions": [entry for entry in listed if entry]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _version(site: Site, page: Page, release: Release) -> dict[str, Any] | None:
    released = release.pages.get((page.id, page.language))
    if released is None:
        return None
    base = site.settings.base_url
    return {
        "page": page.id,
        "language": page.language,
        "title": released.title,
        "inForceFrom": release.date.isoformat(),
        "kind": release.kind,
        "summary": release.summary.in_language.get(page.language, ""),
        "address": base + site.version_path(page, release),
        "redline": base + site.redline_path(page, release)
        if site.before(page.id, release)
        else None,
        "sha256": released.fingerprint,
        "sections": dict(released.sections),
        "manifest": release.digest,
    }
