"""Everything that the banner says, in one language: from the catalogue and the register."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from klartekst.messages import Language
from klartekst.model import Cookie, Register, Site, Text
from klartekst.model.values import Slug

MESSAGES = {
    "title": "Cookies",
    "ask": "{} asks for your consent to store and read cookies and the like on your device:",
    "providers": "{} will also receive information.",
    "fresh": "New since last time: {}.",
    "gpc": "Global Privacy Control received: all is off until you accept.",
    "revoke": "You can change or withdraw it at any time at the bottom of the page.",
    "revoke_none": "You can change or withdraw it at any time on the page about cookies.",
    "accept": "Accept all",
    "reject": "Reject all",
    "choose": "Choose",
    "save": "Save choice",
    "close": "Close",
    "name": "Name",
    "provider": "Provider",
    "purpose": "Purpose",
    "lifetime": "Lifetime",
    "none": "no choice yet",
    "yes": "accepted",
    "some": "partly accepted",
    "no": "rejected",
    "withdraw": "Withdraw",
    "saved": "Your choice is saved.",
    "runs": "Load the page again to stop what already runs.",
    "chosen": "Chosen on {}",
    "frame": "Content from {}. Needs your consent.",
    "once": "Show once",
    "always": "Always accept",
}
"""The texts by their key in the script; the key of the catalogue is the English text."""


def messages(site: Site, language: Language) -> dict[str, str]:
    """The words of the layers, without those that the site's settings never show."""
    consent = site.settings.consent
    unused = {"revoke" if consent.control == "none" else "revoke_none"}
    unused |= {"runs"} if consent.reload else set()
    unused |= {"gpc"} if consent.gpc == "ignore" else set()
    return {"code": language.code} | {
        key.removesuffix("_none"): language.gettext(message)
        for key, message in MESSAGES.items()
        if key not in unused
    }


def row(cookie: Cookie, register: Register, language: Language) -> list[str]:
    """A row of the table: name, provider, purpose, lifetime."""
    kinds = {"localStorage": "local storage", "sessionStorage": "session storage", "pixel": "pixel"}
    kind = kinds.get(cookie.kind)
    lifetime = language.duration(cookie.lifetime) if cookie.lifetime else None
    note = cookie.lifetime_note[language.code] if cookie.lifetime_note else ""
    return [
        cookie.shown + (f" ({language.gettext(kind)})" if kind else ""),
        _provider(cookie, register, language),
        cookie.purpose[language.code],
        f"{lifetime or language.gettext('not stated')} {note}".strip(),
    ]


def _provider(cookie: Cookie, register: Register, language: Language) -> str:
    if cookie.provider is None:
        return language.gettext("not stated")
    provider = register.providers[Slug(cookie.provider)]
    further = [language.country(provider.country)] if provider.country else []
    if cookie.party == "third":
        further.append(language.gettext("Third party").lower())
    name = in_language(provider.name, language.code)
    return f"{name} ({', '.join(further)})" if further else name


def in_language(text: Text | str, code: str) -> str:
    """A text that may be the same in every language."""
    return text if isinstance(text, str) else text[code]


def category_words(site: Site, key: Slug, language: Language) -> dict[str, Any]:
    """What the layers show of a category."""
    register, code = site.register, language.code
    category = register.cookie_categories[key]
    cookies = [cookie for cookie in register.cookies.values() if cookie.category == key]
    providers = [register.providers[slug] for slug in _distinct(cookies)]
    return {
        "name": category.name[code],
        "purpose": ". ".join(text[code] for text in (category.purpose, category.reason) if text),
        "providers": [in_language(each.name, code) for each in providers if not each.own],
        "cookies": [row(cookie, register, language) for cookie in cookies],
    }


def _distinct(cookies: list[Cookie]) -> list[Slug]:
    return list(dict.fromkeys(Slug(each.provider) for each in cookies if each.provider))


def shown_words(site: Site, language: Language) -> dict[str, Any]:
    """All that a visitor is shown in a language."""
    return {
        "controller": site.settings.controller.name,
        "messages": messages(site, language),
        "categories": {
            str(key): category_words(site, key, language) for key in site.register.cookie_categories
        },
    }


def words_hash(shown: Sequence[Mapping[str, Any]]) -> str:
    """The hash by which a record names what was shown: 64 bits of SHA-256 over all languages."""
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
