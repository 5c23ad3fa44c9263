"""Cookies that many sites set: names that are spelt otherwise, and what belongs together."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from klartekst.check.data import table
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import REGISTER
from klartekst.check.subject import Subject
from klartekst.model import Cookie
from klartekst.model.values import Duration, Slug


class Known(NamedTuple):
    """A well-known cookie, as ``data/cookies.yaml`` tells it."""

    name: str
    pattern: re.Pattern[str]
    product: str
    category: str
    lifetime: Duration
    together_with: str
    legacy: datetime.date | None
    core: bool

    @property
    def sample(self) -> str:
        """A name that the cookie may have, for a prefix to be held against."""
        return self.name.split("<")[0]


@cache
def known_cookies() -> tuple[Known, ...]:
    """Every well-known cookie."""
    return tuple(
        Known(
            entry["name"], re.compile(entry["pattern"]), entry["product"], entry["category"],
            Duration.parse(entry["lifetime"]), entry.get("with", ""),
            datetime.date.fromisoformat(entry["legacy"]) if "legacy" in entry else None,
            "family" in entry,
        )
        for entry in table("cookies")
    )  # fmt: skip


def matching(cookie: Cookie) -> list[Known]:
    """The well-known cookies that an entry of the register covers."""
    if cookie.name is not None:
        return [known for known in known_cookies() if known.pattern.fullmatch(cookie.name)]
    return [known for known in known_cookies() if _covers(cookie, known)]


def _covers(cookie: Cookie, known: Known) -> bool:
    if cookie.name is not None:
        return bool(known.pattern.fullmatch(cookie.name))
    if cookie.prefix is not None:
        return known.sample.startswith(cookie.prefix)
    pattern = str(cookie.pattern)
    samples = (known.sample + rest for rest in ("", "A1B2C3", "0123456789abcdef" * 2, "12345"))
    return any(re.fullmatch(pattern, sample) for sample in samples)


def _skeleton(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


@rule(
    "misspelt-cookie", "warning", "GDPR articles 5(1)(d) and 13; ekomloven § 3-15",
    why="A cookie under another name than the one that visitors find in their browser is not "
    "declared, and a banner cannot delete it.",
    mend="Look at the live site, and write the name as it stands there.",
    example=Example(REGISTER, bad="name: _g_a", good="name: _ga"),
)  # fmt: skip
def misspelt_cookie(subject: Subject) -> Iterator[Found]:
    """A cookie's name differs from a well-known one by underscores, hyphens or capitals alone."""
    exact = {known.name for known in known_cookies()}
    by_skeleton = {
        _skeleton(known.name): known for known in known_cookies() if "<" not in known.name
    }
    for slug, cookie in subject.register.cookies.items():
        if cookie.name is None or cookie.name in exact or matching(cookie):
            continue
        near = by_skeleton.get(_skeleton(cookie.name))
        if near and not any(other.name == near.name for other in subject.register.cookies.values()):
            if cookie.name == "cookie_consent_status":
                continue  # our own, and not the one of another product
            message = f"“{cookie.name}” is no known cookie; {near.product} sets “{near.name}”"
            yield Found(subject.at("cookies", slug, "name"), message)


@rule(
    "cookie-pattern", "warning", "GDPR articles 5(1)(d) and 13; ekomloven § 3-15",
    why="A pattern that misses the cookies of its product declares what is not set and hides what "
    "is.",
    mend="List the names as they are; those that staff alone get may be left out with a reason.",
    example=Example(
        REGISTER,
        bad="pattern: _gax_[0-9]+\nlabel: _gax_<id>",
        good="pattern: _ga_[A-Z0-9]+\nlabel: _ga_<id>",
    ),
)  # fmt: skip
def cookie_pattern(subject: Subject) -> Iterator[Found]:
    """A pattern or prefix covers none, or not the usual ones, of its product's cookies."""
    entries = list(subject.register.cookies.values())
    for slug, cookie in subject.register.cookies.items():
        if cookie.name is not None:
            continue
        products = {known.product for known in matching(cookie)} or _named(subject, cookie)
        missed = [
            known.name
            for known in known_cookies()
            if known.product in products
            and (known.core or not matching(cookie))
            and not known.legacy
            and not any(_covers(entry, known) for entry in entries)
        ]
        if missed:
            key = "prefix" if cookie.prefix is not None else "pattern"
            message = f"{cookie.shown} does not cover what {', '.join(sorted(products))} sets: "
            yield Found(subject.at("cookies", slug, key), message + ", ".join(missed))


def _named(subject: Subject, cookie: Cookie) -> set[str]:
    """The well-known product that an entry names as its service."""
    del subject
    return {known.product for known in known_cookies() if known.product == cookie.service}


@rule(
    "missing-companion", "warning", "GDPR article 13; ekomloven § 3-15",
    why="Some products always set several cookies. Where one is declared and its companion not, "
    "the list is incomplete.",
    mend="Look at the live site, and list the companion too.",
    example=Example(
        REGISTER,
        bad="",
        good="ga_session:\n  pattern: _ga_[A-Z0-9]+\n  label: _ga_<id>\n  category: analytics\n"
        "  provider: google\n  service: Google Analytics\n  party: first\n  lifetime: 13 months\n"
        "  purpose: {nb: Holder rede på besøket, en: Keeps track of the visit}",
    ),
)  # fmt: skip
def missing_companion(subject: Subject) -> Iterator[Found]:
    """A cookie is listed, and another that always comes with it is not."""
    cookies = subject.register.cookies
    for known in known_cookies():
        if known.together_with:
            slug = next((s for s, c in cookies.items() if c.name == known.together_with), None)
            if slug and not any(_covers(cookie, known) for cookie in cookies.values()):
                message = (
                    f"{known.product} sets “{known.name}” wherever it sets “{cookies[slug].name}”"
                )
                yield Found(subject.key_at("cookies", slug), message)


@rule(
    "legacy-cookie", "warning", "GDPR article 5(1)(d)",
    why="A cookie that its maker sets no more is either declared for nothing, or set by a script "
    "that should have been replaced.",
    mend="Look at the live site; remove the entry, or the old script.",
    example=Example(REGISTER, bad="name: _gid", good="name: basket"),
)  # fmt: skip
def legacy_cookie(subject: Subject) -> Iterator[Found]:
    """A cookie is listed that its maker sets no more."""
    for slug, cookie in subject.register.cookies.items():
        for known in matching(cookie) if cookie.name else ():
            if known.legacy and known.legacy < subject.site.as_of:
                message = f"“{cookie.name}” is no longer set by {known.product}"
                yield Found(subject.at("cookies", slug, "name"), message)


@rule(
    "necessary-in-doubt", "warning", "Ekomloven § 3-15 second paragraph; WP194, section 4",
    why="Analytics and advertising are not strictly necessary for what a visitor asks for, whoever "
    "sets the cookie.",
    mend="File the cookie under a category that asks for consent.",
    example=Example(
        REGISTER,
        bad="name: _ga\ncategory: necessary",
        good="name: _ga\ncategory: analytics",
    ),
)  # fmt: skip
def necessary_in_doubt(subject: Subject) -> Iterator[Found]:
    """A cookie known for analytics or advertising is filed as one that needs no consent."""
    for slug, cookie in subject.register.cookies.items():
        if subject.register.cookie_categories[Slug(cookie.category)].exempt:
            for known in matching(cookie):
                if known.category in ("analytics", "marketing"):
                    message = f"{cookie.shown} is known for {known.category} ({known.product})"
                    yield Found(subject.at("cookies", slug, "category"), message)


@rule(
    "lifetime-differs", "note", "GDPR article 5(1)(d)",
    why="A lifetime longer than the maker's default was chosen by somebody, or is a mistake.",
    mend="Look at the live site, and write what it sets.",
    example=Example(
        REGISTER,
        bad="lifetime: 3 years\npurpose: {nb: Holder rede på besøket",
        good="lifetime: 13 months\npurpose: {nb: Holder rede på besøket",
    ),
)  # fmt: skip
def lifetime_differs(subject: Subject) -> Iterator[Found]:
    """A cookie is said to live longer than its maker lets it by default."""
    for slug, cookie in subject.register.cookies.items():
        stated = cookie.lifetime.seconds if cookie.lifetime else None
        for known in matching(cookie) if cookie.name or cookie.pattern else ():
            usual = known.lifetime.seconds or 0
            if stated and stated > usual * 1.05:
                message = f"{cookie.shown} lives {known.lifetime.count} {known.lifetime.unit}(s) "
                message += f"by default ({known.product})"
                yield Found(subject.at("cookies", slug, "lifetime"), message)


RULES: tuple[Rule, ...] = (
    misspelt_cookie, cookie_pattern, missing_companion, legacy_cookie, necessary_in_doubt,
    lifetime_differs,
)  # fmt: skip
