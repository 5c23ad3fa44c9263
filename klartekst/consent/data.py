"""What the script is told of a site: its settings, categories and words, packed for size.

The shape is `Data` in ``layouts/consent/types.d.ts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from posixpath import relpath
from typing import Any

from klartekst.consent.facts import category_facts
from klartekst.consent.words import shown_words, words_hash
from klartekst.messages import Language
from klartekst.model import Cookie, Site
from klartekst.model.consent import COOKIE_NAME, GOOGLE_SIGNALS, LANGUAGE_COOKIE
from klartekst.model.values import Slug

_DAY = 86400
_STORED = ("cookie", "localStorage", "sessionStorage")


def site_data(site: Site, languages: Mapping[str, Language], style: str) -> dict[str, Any]:
    """The data of the script; `style` is its style sheet."""
    consent = site.settings.consent
    shown = [shown_words(site, language) for language in languages.values()]
    return {
        "style": _packed(style),
        **_signals(site),
        "texts": {
            key: _words([each["messages"][key] for each in shown]) for key in shown[0]["messages"]
        },
        "hash": words_hash(shown),
        "domain": consent.domain or "",
        "reload": consent.reload,
        "controller": site.settings.controller.name,
        "name": COOKIE_NAME,
        "links": _links(site, list(languages)),
        "gpc": consent.gpc,
        "endpoint": consent.endpoint or "",
        "languages": _languages([*languages]),
        "notice": _notice(site),
        "days": (consent.keep.seconds or 0) // _DAY,
        **_language_cookie(site),
        "categories": [
            _category(site, key, [each["categories"][key] for each in shown])
            for key in site.register.cookie_categories
        ],
    }


def _languages(codes: Sequence[str]) -> dict[str, int]:
    """Index by code in small letters; the forms of Norwegian stand in for each other."""
    found = {code.lower(): i for i, code in enumerate(codes)}
    norwegian = next((found[code] for code in ("nb", "nn", "no") if code in found), None)
    stand_ins = {} if norwegian is None else dict.fromkeys(("nb", "nn", "no"), norwegian)
    return {**stand_ins, **found}


def _words(texts: Sequence[str]) -> str:
    """One line a language, or the text once where all languages agree."""
    lines = [" ".join(text.split()) for text in texts]
    return lines[0] if len(set(lines)) == 1 else "\n".join(lines)


def _category(site: Site, key: Slug, words: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    providers = zip(*(each["providers"] for each in words), strict=True)
    tables = zip(*(each["cookies"] for each in words), strict=True)
    found: dict[str, Any] = {
        "cookies": [[_words(cells) for cells in zip(*rows, strict=True)] for rows in tables],
        "key": str(key),
        "facts": category_facts(site.register, key),
        "purpose": _words([each["purpose"] for each in words]),
        "erase": _erase(site, key),
        "providers": [_words(names) for names in providers],
        "name": _words([each["name"] for each in words]),
    }
    if site.register.cookie_categories[key].exempt:
        found["exempt"] = 1
    return found


def _erase(site: Site, key: str) -> dict[str, str]:
    """One regular expression a kind of storage, for all names that the site itself can delete.

    Of a category that goes free it says what is never deleted, whoever is said to have set it.
    """
    found: dict[str, list[str]] = {}
    free = site.register.cookie_categories[Slug(key)].exempt
    for cookie in site.register.cookies.values():
        if cookie.category == key and cookie.kind in _STORED and (free or cookie.party != "third"):
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
        found["google"]["security_storage"] = next(iter(_exempt(site)), "")
    return {**found, **({"meta": consent.meta} if consent.meta else {})}


def _exempt(site: Site) -> list[str]:
    return [str(key) for key, each in site.register.cookie_categories.items() if each.exempt]


def _language_cookie(site: Site) -> dict[str, Any]:
    for cookie in site.register.cookies.values():
        if cookie.name == LANGUAGE_COOKIE and cookie.lifetime and cookie.lifetime.seconds:
            return {"language": [str(cookie.category), cookie.lifetime.seconds // _DAY]}
    return {}


def _notice(site: Site) -> str:
    dates = site.dates("cookies")
    return dates[0].isoformat() if dates else ""


def _links(site: Site, codes: Sequence[str]) -> list[Any]:
    """Cookie declaration and notice: path as seen from the script, and title."""
    found: list[Any] = []
    for page_id in ("cookies", "privacy"):
        pages = [page for code in codes if (page := site.find(page_id, code))]
        if len(pages) == len(codes):
            folder = site.consent_folder or "/"
            paths = [relpath(site.settings.path(page), folder) + "/" for page in pages]
            found.append([_words(paths), _words([page.title for page in pages])])
    return found


def _packed(style: str) -> str:
    """The style sheet without what only people read."""
    text = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    text = re.sub(r"\s*([{};])\s*|(?<=[,:>])\s+|\s+(?=[>!])", r"\1", text)
    return re.sub(r"\s+", " ", text).replace(";}", "}").strip()
