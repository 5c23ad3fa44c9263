"""What the banner's settings and the register must agree on, so that what it does is lawful."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from klartekst.load import Loaded
from klartekst.model import Article, Cookie, Register, Settings
from klartekst.model.consent import COOKIE_NAME, STRANGERS
from klartekst.model.values import Slug
from klartekst.problems import Problem

_SITE, _REGISTER = "data/site.yaml", "data/register.yaml"
_NECESSARY = "necessary"
_CONSENT = Article(6, 1, "a")


def consent_faults(loaded: Loaded) -> Iterator[Problem]:
    """Every fault of the register and the settings that concerns consent."""
    if loaded.register is not None:
        yield from _exemptions(loaded, loaded.register)
        yield from _wide_names(loaded, loaded.register)
        if loaded.settings is not None:
            yield from _own_cookie(loaded, loaded.register, loaded.settings)
    if loaded.settings is not None:
        yield from _foreign_domain(loaded, loaded.settings)


def _exemptions(loaded: Loaded, register: Register) -> Iterator[Problem]:
    """Categories that skip consent without being necessary (ekomloven § 3-15)."""
    for key, category in register.cookie_categories.items():
        if not category.exempt:
            continue
        place = loaded.documents[_REGISTER].place(("cookie_categories", key, "consent"))
        if key != _NECESSARY:
            message = f"“{key}” is optional, and claims that no consent is needed"
            hint = f"write “consent: required”; only a category with the key {_NECESSARY} goes free"
            yield Problem(place, "consent-exempt", message, hint)
        basis = register.bases.get(Slug(category.basis))
        if basis and basis.article == _CONSENT:
            message = f"“{key}” rests on consent, and does not ask for it"
            hint = "write “consent: required”, or name the basis that it does rest on"
            yield Problem(place, "consent-exempt", message, hint)


def _wide_names(loaded: Loaded, register: Register) -> Iterator[Problem]:
    """Patterns and prefixes that fit anything, or a cookie of another category.

    A withdrawal deletes whatever fits: it would delete what is necessary, or spare what is not.
    """
    ordered = sorted(register.cookies.values(), key=lambda each: _asks(register, each))
    for key, cookie in register.cookies.items():
        if cookie.name is not None:
            continue
        place = loaded.documents[_REGISTER].place(("cookies", key, _identity(cookie)))
        if stranger := next((name for name in STRANGERS if cookie.fits(name)), None):
            message = f"this fits any cookie, one called “{stranger}” too"
            yield Problem(place, "wide-name", message, "write what all names of this cookie share")
        elif other := next((other for other in ordered if _takes(cookie, other)), None):
            message = f"this also fits {other.shown}, a cookie of the category “{other.category}”"
            hint = "write it so that it fits this cookie alone: a withdrawal deletes what fits"
            yield Problem(place, "shared-name", message, hint)


def _asks(register: Register, cookie: Cookie) -> bool:
    """Whether consent is asked for a cookie; those that go free are the worse to lose."""
    return not register.cookie_categories[Slug(cookie.category)].exempt


def _identity(cookie: Cookie) -> str:
    return "prefix" if cookie.prefix is not None else "pattern"


def _takes(cookie: Cookie, other: Cookie) -> bool:
    """Whether a cookie claims what is another category's, as far as that is known by letters."""
    if cookie.category == other.category or cookie.kind != other.kind:
        return False
    begins = other.name or other.prefix
    names = [begins, f"{begins}1", f"{begins}x"] if other.prefix else [begins]
    return any(name is not None and cookie.fits(name) for name in names)


def _own_cookie(loaded: Loaded, register: Register, settings: Settings) -> Iterator[Problem]:
    """The cookie that remembers the choice must be declared, and with the time that it is kept."""
    if all(category.exempt for category in register.cookie_categories.values()):
        return
    document = loaded.documents[_REGISTER]
    for key, cookie in register.cookies.items():
        if cookie.name == COOKIE_NAME:
            if cookie.lifetime != settings.consent.keep:
                message = "the choice is kept for another time than is declared here"
                hint = "write the lifetime here as “keep” has it in data/site.yaml, under “consent”"
                place = document.place(("cookies", key, "lifetime"))
                yield Problem(place, "consent-lifetime", message, hint)
            return
    message = f"the banner sets {COOKIE_NAME}, which is not declared"
    hint = "add it to the cookies"
    yield Problem(document.key_place(("cookies",)), "consent-undeclared", message, hint)


def _foreign_domain(loaded: Loaded, settings: Settings) -> Iterator[Problem]:
    """A cookie's domain must hold the site's own host (RFC 6265, section 5.3, step 6)."""
    domain, host = settings.consent.domain, urlsplit(settings.base_url).hostname
    if domain and not f".{host}".endswith(f".{domain}"):
        place = loaded.documents[_SITE].place(("consent", "domain"))
        message = f"{host} may not set a cookie for {domain}"
        hint = "name the site's host or a domain above it, or remove the key"
        yield Problem(place, "consent-domain", message, hint)
