"""How the visitor is asked for consent: the part ``consent`` of ``data/site.yaml``."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from klartekst.model.values import Duration, Entry, Fault, Formed, Ref, default

COOKIE_NAME = "cookie_consent_status"
"""The cookie that remembers the choice."""
LANGUAGE_COOKIE = "lang_pref"
"""The cookie that remembers the language, where the register has it."""
GOOGLE_SIGNALS = (
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
)
"""The signals of Google's Consent Mode, version 2."""

Signal = Literal[
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
]

_LONGEST = Duration(13, "month")


class Domain(Formed):
    """A domain name; a cookie set on it is sent to its sub-domains too."""

    pattern = r"[a-z0-9-]+(\.[a-z0-9-]+)+"
    example = "example.org"
    code = "bad-domain"


class ScriptName(Formed):
    """A name for a script, of small letters, digits and hyphens; blockers hide telling names."""

    pattern = r"(?!.*(cookie|consent|gdpr|banner|cmp))[a-z0-9-]+\.js"
    example = "valg.js"
    code = "bad-script-name"


class Endpoint(Formed):
    """An address on the same host, or an https address elsewhere."""

    pattern = r"(https://[^\s<>\"'\\^`{|}/?#]+)?/[^\s<>\"'\\^`{|}]*"
    example = "/consent-records"
    code = "bad-address"


class CookiePattern(str):
    """A regular expression that a cookie's whole name matches, alike in Python and JavaScript.

    Only what cannot run away on a long name is taken: signs, sets, alternatives, and few
    repetitions, each of a single sign or set.
    """

    @classmethod
    def parse(cls, text: str) -> CookiePattern:
        """Read ``_ga_[A-Z0-9]+``; anchors at the ends may be typed and are dropped."""
        bare = text.removeprefix("^")
        bare = bare if bare.endswith(r"\$") else bare.removesuffix("$")
        if not _PLAIN.fullmatch(bare) or "--" in bare:
            raise Fault("bad-pattern", f"“{text}” is not taken as a pattern of names", _HINT)
        counts = len(_UNLIMITED.findall(bare)), len(_VARIABLE.findall(bare)), bare.count("(")
        if any(count > most for count, most in zip(counts, _MOST, strict=True)):
            raise Fault("bad-pattern", f"“{text}” could run for very long on a strange name", _HINT)
        try:
            re.compile(bare)
        except re.error as error:
            message = f"“{text}” is not a regular expression: {error}"
            raise Fault("bad-pattern", message, _HINT) from error
        if re.fullmatch(bare, ""):
            raise Fault("bad-pattern", f"“{text}” fits a cookie without a name", _HINT)
        return cls(bare)

    def fits(self, name: str) -> bool:
        """Whether it is the name of such a cookie."""
        return re.fullmatch(self, name, re.ASCII) is not None


STRANGERS = ("q", "qzkvw", "_qzk_vw", "QZKVW", "qZ7kV-w3.X")
"""Names that belong to nothing; what fits one of them fits cookies that it has no business with."""

_HINT = "write signs, sets and a few repetitions of one sign or set: “_ga_[A-Z0-9]+”"
_REPEAT = r"(?:[*+?]|\{\d{1,2}(?:,\d{0,2})?\})"
_SET = r"\[\^?(?:[\w.!#$%'*+` -]|\\[dw\]\\-])+\]"
_SIGN = rf"(?:\\[dw.^$*+?()\[\]{{}}|\\/-]|{_SET}|[\w.~!#%&'`<>=:;,@\"-])"
_PLAIN = re.compile(rf"(?:{_SIGN}{_REPEAT}?|\((?:\?:)?|\)\??|\|)*", re.ASCII)
_UNLIMITED = re.compile(r"(?<!\\)(?:[*+]|\{\d+,\})")
_VARIABLE = re.compile(r"(?<!\\)(?:[*+?]|\{\d+,\d*\})")
_MOST = (2, 6, 6)
"""How many unlimited and variable repetitions, and how many groups, a pattern may have."""


class Consent(Entry, frozen=True):
    """How consent is asked for and remembered. Every setting has a good default.

    `keep` is how long a yes or a no counts; `domain` shares the choice with all hosts below it.
    `position` places the first layer, `control` the small permanent one (``none`` where every page
    has a link of its own, `data-consent-open`). `reload` loads the page anew on a withdrawal if
    something gated runs on it. `gpc` is what the browser's Global Privacy Control does: ``note``
    (ask, and say that it was seen), ``refuse`` (do not ask) or ``ignore``. `endpoint` is where
    records of decisions are sent. `consent_mode` tells Google's tags, `meta` names the category
    that Meta's consent call follows. `script` is the file's name below the cookie page.
    """

    keep: Duration = default(Duration(6, "month"))
    domain: Domain | None = None
    position: Literal["bottom", "top", "corner"] = "bottom"
    control: Literal["start", "end", "none"] = "start"
    reload: bool = True
    gpc: Literal["note", "refuse", "ignore"] = "note"
    endpoint: Endpoint | None = None
    consent_mode: bool = False
    meta: Annotated[str, Ref("cookie_categories")] | None = None
    script: ScriptName = default(ScriptName("valg.js"))

    def __post_init__(self) -> None:
        """Refuse a choice that is kept for no time, or for longer than browsers and rules allow."""
        seconds, longest = self.keep.seconds, _LONGEST.seconds
        if not seconds or (longest and seconds > longest):
            message = "a choice is kept for some days at least and 13 months at most"
            raise Fault("bad-keep", message, "write “keep: 6 months”")
