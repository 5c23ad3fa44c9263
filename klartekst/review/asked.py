"""Who will be asked for consent again, and why: what a choice covered before, and covers now.

The script asks a visitor whose answer does not cover every fact of a category; the same facts are
compared here, in the same way (``layouts/consent/memory.js``, `added`), and put into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from klartekst.consent.facts import category_facts
from klartekst.model import Cookie, Duration, Register, Settings
from klartekst.model.values import Slug

_SIGNS, _SAME = 5, 3
"""How many signs a fact has, and how many of these say what it is; the rest is its lifetime."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A category that visitors are asked about again, by its key, and every reason."""

    key: str
    reasons: tuple[str, ...]


def asked_again(old: Register, new: Register) -> list[Asked]:
    """The categories of `new` whose consent does not follow from one that was given to `old`."""
    found = []
    for key, category in new.cookie_categories.items():
        reasons = () if category.exempt else tuple(_reasons(old, new, key))
        if reasons:
            found.append(Asked(key, reasons))
    return found


def no_longer_asked(old: Register, new: Register) -> list[str]:
    """The keys of the categories that were asked about, and are gone or set without asking now."""
    asked = (key for key, category in old.cookie_categories.items() if not category.exempt)
    after = new.cookie_categories
    return [key for key in asked if key not in after or after[key].exempt]


def shorter(old: Settings, new: Settings) -> str:
    """What follows where a choice is kept for less time than before; empty where it is not."""
    before, after = old.consent.keep, new.consent.keep
    if (after.seconds or 0) >= (before.seconds or 0):
        return ""
    return f"a choice is kept for {told(after)} and no longer {told(before)}: older ones are over"


def told(lifetime: Duration | None) -> str:
    """A lifetime as it is typed: ``13 months``, ``session``."""
    if lifetime is None:
        return "not stated"
    if not lifetime.count:
        return lifetime.unit
    return f"{lifetime.count} {lifetime.unit}{'s' if lifetime.count > 1 else ''}"


def _reasons(old: Register, new: Register, key: Slug) -> Iterator[str]:
    before = old.cookie_categories.get(key)
    if before is None:
        yield "the category is new"
        return
    if before.exempt:
        yield "no consent was asked for before"
        return
    covered = _facts(old, key)
    for fact, slug in _facts(new, key).items():
        if any(_covers(mark, fact) for mark in covered):
            continue
        if isinstance(slug, _Purpose):
            yield f"new purpose: {_name(new.purposes[Slug(slug)].name.in_language)}"
        else:
            twins = (one for mark, one in covered.items() if mark[:_SAME] == fact[:_SAME])
            yield _why(old, new, slug, next(twins, ""))


class _Purpose(str):
    """The key of a purpose, where others are those of cookies."""

    __slots__ = ()


def _facts(register: Register, key: Slug) -> dict[str, str]:
    """What a consent to a category covers, as the cookie remembers it, and the key of each."""
    signs = category_facts(register, key)
    facts = [signs[at : at + _SIGNS] for at in range(0, len(signs), _SIGNS)]
    cookies = [slug for slug, cookie in register.cookies.items() if cookie.category == key]
    purposes = [_Purpose(slug) for slug in register.cookie_categories[key].purposes]
    return dict(zip(facts, [*cookies, *purposes], strict=True))


def _covers(old: str, new: str) -> bool:
    return old[:_SAME] == new[:_SAME] and old >= new


def _why(old: Register, new: Register, slug: str, longer: str) -> str:
    """Why a cookie is not covered; `longer` is the key of the one that was it for less time."""
    cookie = new.cookies[Slug(slug)]
    if longer:
        before = old.cookies[Slug(longer)].lifetime
        return f"{cookie.shown} is kept longer: {told(cookie.lifetime)}, before {told(before)}"
    twin = old.cookies.get(Slug(slug)) or next(
        (each for each in old.cookies.values() if each.shown == cookie.shown), None
    )
    now = _described(cookie, new)
    if twin is None:
        told_of = ", ".join(f"{what} {now[what]}" for what in ("provider", "country", "lifetime"))
        return f"new: {cookie.shown} ({told_of})"
    then = _described(twin, old)
    differs = [what for what in now if now[what] != then[what]]
    changed = "; ".join(f"{what} {now[what]}, before {then[what]}" for what in differs)
    return f"{cookie.shown} has changed: {changed or 'its entry is written otherwise'}"


def _described(cookie: Cookie, register: Register) -> dict[str, str]:
    """What visitors are told of a cookie, as far as it counts for their consent."""
    provider = register.providers[Slug(cookie.provider)] if cookie.provider else None
    name = provider.name if provider else "not stated"
    return {
        "name": cookie.pattern or cookie.shown,
        "kind": cookie.kind,
        "provider": name if isinstance(name, str) else _name(name.in_language),
        "country": (provider.country if provider else None) or "not stated",
        "party": cookie.party or "not stated",
        "lifetime": told(cookie.lifetime),
        "category": cookie.category,
    }


def _name(languages: Mapping[str, str]) -> str:
    return " / ".join(dict.fromkeys(languages.values()))
