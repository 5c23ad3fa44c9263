"""The register: what is processed, why, on which basis, who receives it, and every cookie.

Entries are keyed by a slug and refer to each other by slug. A fact that the company has not stated
is left out, and the pages then say that it is not stated; nothing here has an invented default.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import field

from klartekst.model.consent import CookiePattern, Signal
from klartekst.model.values import (
    Article,
    Country,
    Duration,
    Entry,
    Fault,
    Ref,
    Slug,
    Text,
    WebAddress,
)


class Purpose(Entry, frozen=True):
    """A purpose of processing (GDPR article 5(1)(b)), named as it stands within a sentence."""

    name: Text


class LegalBasis(Entry, frozen=True):
    """A legal basis (GDPR article 6(1)) that the controller claims, and what it is claimed for."""

    article: Article
    name: Text
    use: Text


class Retention(Entry, frozen=True):
    """How long data are kept: a period, or the rule that decides it (GDPR article 13(2)(a))."""

    period: Duration | None = None
    rule: Text | None = None

    def __post_init__(self) -> None:
        """Refuse an entry that says nothing."""
        if self.period is None and self.rule is None:
            message = "neither a period nor a rule is given"
            raise Fault("empty-entry", message, "give one of them, or remove the key")


class DataCategory(Entry, frozen=True):
    """A category of personal data with what belongs to it."""

    name: Text
    examples: tuple[Text, ...]
    purposes: tuple[Annotated[str, Ref("purposes")], ...]
    bases: tuple[Annotated[str, Ref("bases")], ...] = ()
    recipients: tuple[Annotated[str, Ref("recipients")], ...] = ()
    retention: Retention | None = None


class Described(Entry, frozen=True):
    """Something with a name and a line that says what it is: a use of data, a recipient."""

    name: Text
    description: Text


class Mechanism(Entry, frozen=True):
    """What allows a transfer to a third country (GDPR chapter V)."""

    name: Text
    article: Article
    reference: Text | None = None


class Provider(Entry, frozen=True):
    """Who sets cookies or receives data: where it is and what allows the transfer.

    A proper name is the same in every language and may be typed once. `own` says that it is the
    site itself and no recipient.
    """

    name: Text | str
    own: bool = False
    entity: str | None = None
    country: Country | None = None
    mechanism: Annotated[str, Ref("mechanisms")] | None = None
    website: WebAddress | None = None


class Right(Entry, frozen=True):
    """A right of the data subject (GDPR chapter III and articles 7(3) and 77)."""

    article: Article
    name: Text
    description: Text
    gloss: Text | None = None


class CookieCategory(Entry, frozen=True):
    """A category that consent is asked for as a whole.

    `consent` says whether it is asked: the law's answer (ekomloven § 3-15), whatever `basis` the
    notice claims. `reason` tells the visitor why it is not. `purposes` may name what the category
    is for by key: a new key asks visitors again, a new wording does not. `signals` are those of
    Google's Consent Mode that follow the category. `in_text` is the name as it stands within a
    sentence, where that is not `name` itself; `provision` is a further provision the category is
    said to rest on, and `basis_note` what the notice adds about the basis.
    """

    name: Text
    purpose: Text
    basis: Annotated[str, Ref("bases")]
    consent: Literal["required", "exempt"]
    reason: Text | None = None
    purposes: tuple[Annotated[str, Ref("purposes")], ...] = ()
    signals: tuple[Signal, ...] = ()
    in_text: Text | None = None
    provision: Text | None = None
    basis_note: Text | None = None

    def __post_init__(self) -> None:
        """Refuse a category that skips consent without a reason, or has a reason and asks."""
        if self.exempt != (self.reason is not None):
            message = "“reason” says why consent is not asked, and stands only where it is not"
            hint = "give both “consent: exempt” and “reason”, or neither"
            raise Fault("consent-reason", message, hint)

    @property
    def exempt(self) -> bool:
        """Whether consent is not asked."""
        return self.consent == "exempt"


class Cookie(Entry, frozen=True):
    """A cookie or another entry on the visitor's equipment (ekomloven § 3-15).

    It is known by exactly one of `name` (exact), `prefix` (whatever begins so) and `pattern` (a
    regular expression; `label` then says how people write it). `service` is the product that it
    belongs to, `lifetime_note` what the lifetime is counted from; `party` says whether it
    is set under the site's own domain (first) or another (third).
    """

    category: Annotated[str, Ref("cookie_categories")]
    purpose: Text
    name: str | None = None
    prefix: str | None = None
    pattern: CookiePattern | None = None
    label: str | None = None
    kind: Literal["cookie", "localStorage", "sessionStorage", "pixel"] = "cookie"
    provider: Annotated[str, Ref("providers")] | None = None
    service: str | None = None
    lifetime: Duration | None = None
    lifetime_note: Text | None = None
    party: Literal["first", "third"] | None = None

    def __post_init__(self) -> None:
        """Refuse a cookie that is known by nothing or by two things."""
        given = [key for key in ("name", "prefix", "pattern") if getattr(self, key) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            message = f"a cookie has one of name, prefix and pattern; this one has {found}"
            raise Fault("cookie-identity", message, "keep the one that says which are meant")
        if (self.pattern is None) != (self.label is None):
            message = "a pattern needs a label that people can read, and only a pattern has one"
            raise Fault("cookie-identity", message, "write for example “label: _ga_<id>”")

    @property
    def shown(self) -> str:
        """The name as people read it: ``_ga``, ``wp_*``, ``_ga_<id>``."""
        return self.name or self.label or f"{self.prefix}*"

    def fits(self, name: str) -> bool:
        """Whether something of this name would be taken for this cookie."""
        if self.pattern is not None:
            return self.pattern.fits(name)
        return name == self.name or (self.prefix is not None and name.startswith(self.prefix))


class Register(Entry, frozen=True):
    """All of ``data/register.yaml``."""

    purposes: dict[Slug, Purpose]
    bases: dict[Slug, LegalBasis]
    data_categories: dict[Slug, DataCategory]
    recipients: dict[Slug, Described]
    rights: dict[Slug, Right]
    uses: dict[Slug, Described] = field(default_factory=dict)
    mechanisms: dict[Slug, Mechanism] = field(default_factory=dict)
    providers: dict[Slug, Provider] = field(default_factory=dict)
    cookie_categories: dict[Slug, CookieCategory] = field(default_factory=dict)
    cookies: dict[Slug, Cookie] = field(default_factory=dict)
