"""What an answer covers, in a form that a cookie can remember: five signs for each fact.

Three signs are a hash of what is there, its provider and the provider's country, or of a purpose's
key; two are its lifetime on a logarithmic scale. The signs are in the order of ASCII, so that a
longer lifetime compares as greater. Words have no part in it: a comma asks nobody again. That a new
cookie has the hash of an old one, and is missed, happens once in 262,144.
"""

from __future__ import annotations

import hashlib
import math

from klartekst.model import Cookie, Duration, Register
from klartekst.model.values import Slug

_SIGNS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_FOR_EVER = 64 * 64 - 1


def category_facts(register: Register, key: Slug) -> str:
    """The facts of a category: its cookies in the register's order, then its purposes."""
    cookies = [cookie for cookie in register.cookies.values() if cookie.category == key]
    marks = [_hash(_identity(cookie, register)) + _level(cookie.lifetime) for cookie in cookies]
    purposes = register.cookie_categories[key].purposes
    return "".join([*marks, *(_hash(f"purpose {purpose}") + _signs(0, 2) for purpose in purposes)])


def _identity(cookie: Cookie, register: Register) -> str:
    provider = register.providers[Slug(cookie.provider)] if cookie.provider else None
    country = provider.country if provider else None
    known = next(key for key in ("name", "prefix", "pattern") if getattr(cookie, key) is not None)
    return "\n".join(
        [
            cookie.kind,
            known,
            getattr(cookie, known),
            cookie.provider or "",
            country or "",
            cookie.party or "",
        ]
    )


def _hash(text: str) -> str:
    return _signs(int.from_bytes(hashlib.sha256(text.encode()).digest()[:3]) >> 6, 3)


def _level(lifetime: Duration | None) -> str:
    """0 not stated, 1 a session, then half a per cent a step, and at the end for ever."""
    if lifetime is None:
        return _signs(0, 2)
    if lifetime.seconds is None:
        return _signs(1 if lifetime.unit == "session" else _FOR_EVER, 2)
    return _signs(min(1 + round(128 * math.log2(1 + lifetime.seconds)), _FOR_EVER - 1), 2)


def _signs(number: int, length: int) -> str:
    return "".join(_SIGNS[number >> 6 * place & 63] for place in reversed(range(length)))
