"""What the script is told of a site: its settings, categories and words, packed for size.

The shape is `Data` in ``layouts/consent/types.d.ts``. A text that is the same in every language is
given once, another as a list in the order of the languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from klartekst.consent.facts import category_facts
from klartekst.consent.words import shown_words
from klartekst.messages import Language
from klartekst.model import Cookie, Site
from klartekst.model.consent import COOKIE_NAME, GOOGLE_SIGNALS, LANGUAGE_COOKIE
from klartekst.model.values import Slug

_DAY = 86400
_STORED = ("cookie", "localStorage", "sessionStorage")


def site_data(site: Site, languages: Mapping[str, Language], style: str) -> dict[str, Any]:
    """The data of the script; `style` is the source of its style sheet."""
    consent = site.settings.consent
    shown = [shown_words(site, language) for language in languages.values()]
    return {
        "name": COOKIE_NAME,
        "days": (consent.keep.seconds or 0) // _DAY,
        "domain": consent.domain or "",
        "languages": list(languages),
        "rtl": [code for code, language in languages.items() if language.direction == "rtl"],
        "position": consent.position,
        "control": "" if consent.control == "none" else consent.control,
        "reload": consent.reload,
        "gpc": consent.gpc,
        "endpoint": consent.endpoint or "",
        **_signals(site),
        **_language_cookie(site),
        "hashes": [each["hash"] for each in shown],
        "notice": _notice(site),
        "controller": site.settings.controller.name,
        "base": "../" * (site.consent_folder or "/").strip("/").count("/") + "../",
        "links": _links(site, list(languages)),
        "categories": [
            _category(site, key, [each["categories"][key] for each in shown])
            for key in site.register.cookie_categories
        ],
        "texts": {
            key: _words([each["messages"][key] for each in shown]) for key in shown[0]["messages"]
        },
        "style": _style(site, style),
    }


def _words(texts: Sequence[Any]) -> Any:
    """The text once where all languages agree."""
    return texts[0] if all(text == texts[0] for text in texts) else list(texts)


def _category(site: Site, key: Slug, words: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    providers = zip(*(each["providers"] for each in words), strict=True)
    tables = zip(*(each["cookies"] for each in words), strict=True)
    found = {
        "key": str(key),
        "name": _words([each["name"] for each in words]),
        "purpose": _words([each["purpose"] for each in words]),
        "facts": category_facts(site.register, key),
        "erase": _erase(site, key),
        "providers": [_words(names) for names in providers],
        "cookies": [[_words(cells) for cells in zip(*rows, strict=True)] for rows in tables],
    }
    if words[0]["exempt"]:
        found["exempt"] = _words([each["exempt"] for each in words])
    return found


def _erase(site: Site, key: str) -> dict[str, str]:
    """One regular expression a kind of storage, for all names that the site itself can delete."""
    found: dict[str, list[str]] = {}
    for cookie in site.register.cookies.values():
        if cookie.category == key and cookie.kind in _STORED and cookie.party != "third":
            found.setdefault(cookie.kind, []).append(_expression(cookie))
    return {kind: "|".join(names) for kind, names in found.items()}


def _expression(cookie: Cookie) -> str:
    if cookie.pattern is not None:
        return cookie.pattern
    if cookie.prefix is not None:
        return re.sub(r"([^\w-])", r"\\\1", cookie.prefix) + ".*"
    return re.sub(r"([^\w-])", r"\\\1", cookie.name or "")


def _signals(site: Site) -> dict[str, Any]:
    consent = site.settings.consent
    found: dict[str, Any] = {}
    if consent.consent_mode:
        by_signal: dict[str, str] = {
            signal: str(key)
            for key, category in site.register.cookie_categories.items()
            for signal in category.signals
        }
        found["google"] = {signal: by_signal.get(signal, "") for signal in GOOGLE_SIGNALS}
    return {**found, **({"meta": consent.meta} if consent.meta else {})}


def _language_cookie(site: Site) -> dict[str, Any]:
    for cookie in site.register.cookies.values():
        if cookie.name == LANGUAGE_COOKIE and cookie.lifetime and cookie.lifetime.seconds:
            return {"language": [str(cookie.category), cookie.lifetime.seconds // _DAY]}
    return {}


def _notice(site: Site) -> str:
    dates = site.dates("cookies")
    return dates[0].isoformat() if dates else ""


def _links(site: Site, codes: Sequence[str]) -> list[Any]:
    """Cookie declaration and notice: path below the base address, and title."""
    found = []
    for page_id in ("cookies", "privacy"):
        pages = [page for code in codes if (page := site.find(page_id, code))]
        if len(pages) == len(codes):
            paths = _words([site.settings.path(page)[1:] for page in pages])
            found.append([paths, _words([page.title for page in pages])])
    return found


def _style(site: Site, style: str) -> str:
    """The style sheet with the site's colours, without what only people read."""
    look = site.settings.appearance
    text = style.replace("ACCENT_LIGHT", look.accent).replace("ACCENT_DARK", look.accent_dark)
    text = re.sub(r"/\*.*?\*/|\s+(?=[{}>])|(?<=[{};,:>])\s+", "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", text).replace(";}", "}").strip()
