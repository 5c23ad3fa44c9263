"""What a page tells a visitor who has chosen before: the versions since, for the script to compare.

The script holds them against the visitor's own consent record, in the browser; nothing is sent.
"""

from __future__ import annotations

import datetime
from typing import Any

from markupsafe import Markup

from klartekst.messages import Language
from klartekst.model import Page, Site
from klartekst.render.meta import json_text
from klartekst.render.show import plain

PAGES = ("privacy", "cookies")
"""The pages that a choice about cookies rests on."""

_DAY = 86400


def since(page: Page, site: Site, language: Language) -> Markup | None:
    """JSON of the versions in force that a choice may be older than, newest first, and the words.

    A version older than the longest that a choice is kept is left out: no record knows less. None
    where there is nothing to tell.
    """
    if page.id not in PAGES or site.consent_script is None:
        return None
    versions = site.history.versions(page)
    told = [release for release in versions[1:] if release.date <= site.as_of]
    if not told:
        return None
    kept = datetime.timedelta(seconds=site.settings.consent.keep.seconds or 0, days=1)
    oldest = told[-1].date - kept
    listed: list[dict[str, Any]] = [
        {
            "date": release.date.isoformat(),
            "shown": plain(release.date, language),
            "summary": release.summary.in_language.get(page.language, ""),
            "redline": site.redline_url(page, release),
        }
        for release in reversed(told)
        if release.date > oldest
    ]
    words = {
        "title": language.gettext("Changed since your choice on {date}:"),
        "redline": language.gettext("see what changes"),
        "open": language.gettext("Change your choice"),
    }
    locale = str(language.locale).replace("_", "-")
    return json_text({"locale": locale, "words": words, "versions": listed})
