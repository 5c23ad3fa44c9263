"""Registers and settings from which no lawful banner can be made."""

from __future__ import annotations

from . import Bad, Edit, edit

SITE, REGISTER = "data/site.yaml", "data/register.yaml"
_STATISTICS = "    basis: consent\n    consent: required\n"
_REASON = "    reason: {nb: Fordi, en: Because}\n"
_CHOICE = "    lifetime: 6 months\n    purpose: {nb: Husker valget ditt"
_PATTERN = 'pattern: "_tu_[0-9]+"'


def _setting(name: str, code: str, line: str) -> Bad:
    """The good site with one setting of its banner, which is faulty."""
    key, _, value = line.partition(": ")
    return edit(name, SITE, "appearance:\n", f"consent:\n  {key}: ⟦{code}⟧{value}\nappearance:\n")


CASES: list[Bad] = [
    edit("a cookie without a category", REGISTER, "    name: basket\n    category: necessary\n",
         "    name: basket\n", Edit(REGISTER, "  ⟦missing-key⟧basket:\n", "  basket:\n")),
    edit("a category that does not say whether it asks", REGISTER, _STATISTICS,
         "    basis: consent\n",
         Edit(REGISTER, "  ⟦missing-key⟧statistics:\n", "  statistics:\n")),
    edit("an optional category that claims no consent is needed", REGISTER, _STATISTICS,
         f"    basis: contract\n    consent: ⟦consent-exempt⟧exempt\n{_REASON}"),
    edit("a category that rests on consent and does not ask", REGISTER,
         "    basis: contract\n    consent: exempt\n",
         "    basis: consent\n    consent: ⟦consent-exempt⟧exempt\n"),
    edit("an exemption without a reason", REGISTER, _STATISTICS,
         "    basis: contract\n    consent: exempt\n",
         Edit(REGISTER, "  ⟦consent-reason⟧statistics:\n", "  statistics:\n")),
    edit("a reason where consent is asked", REGISTER, _STATISTICS, _STATISTICS + _REASON,
         Edit(REGISTER, "  ⟦consent-reason⟧statistics:\n", "  statistics:\n")),
    edit("a category without a purpose in some language", REGISTER,
         "purpose: {nb: Teller besøk, en: Count visits}",
         "⟦missing-language⟧purpose: {nb: Teller besøk}"),
    edit("a signal that Google does not know", REGISTER, "signals: [analytics_storage]",
         "signals: [⟦unknown-value⟧analytics]"),
    *[
        edit(f"the pattern {pattern}", REGISTER, _PATTERN, f"pattern: ⟦bad-pattern⟧'{pattern}'")
        for pattern in (
            "_tu_[0-9", "_tu_(", "(a+)+", "(a|b)*x", "a*b*c*", "(?=a)a", r"(a)\1", "a{3,1}",
            "[[:alpha:]]", "(?i)a", "a++", "(a?){50}", "a?a?a?a?a?a?a?a", "[a--z]",
            "^$", "^", "(?:)", ".*", "a*", "(x)?", "a|",
        )
    ],
    *[
        edit(f"the wide pattern {pattern}", REGISTER, _PATTERN, f"pattern: ⟦wide-name⟧'{pattern}'")
        for pattern in (".+", "[a-z_]+", r"\w+", "^.+$", "_.+", "[^_]+", "_tu|.", "[A-Z]{2,9}")
    ],
    *[
        edit(f"the pattern {pattern} of another's cookie", REGISTER, _PATTERN,
             f"pattern: ⟦shared-name⟧'{pattern}'")
        for pattern in ("basket", "cookie_.+", "b[a-z]+t", "_tu|basket")
    ],
    edit("a prefix that is nearly everything", REGISTER, "prefix: tu_", "prefix: ⟦wide-name⟧q"),
    edit("a prefix of another's cookie", REGISTER, "prefix: tu_", "prefix: ⟦shared-name⟧ba"),
    edit("a necessary prefix that spares another's cookie", REGISTER,
         "    name: basket\n", "    prefix: ⟦shared-name⟧tu\n"),
    edit("a choice kept for another time than declared", REGISTER, _CHOICE,
         _CHOICE.replace("6 months", "⟦consent-lifetime⟧1 year")),
    edit("the banner's own cookie undeclared", REGISTER, "    name: cookie_consent_status\n",
         "    name: other\n",
         Edit(REGISTER, "\n⟦consent-undeclared⟧cookies:\n", "\ncookies:\n")),
    _setting("a domain in curly quotes", "curly-quotes", "domain: “example.org”"),
    _setting("a domain of somebody else", "consent-domain", "domain: example.org"),
    _setting("a domain with a scheme", "bad-domain", "domain: https://nordbakst.example"),
    _setting("a script whose name blockers hide", "bad-script-name", "script: cookie-banner.js"),
    _setting("an endpoint without https", "bad-address", "endpoint: http://nordbakst.example/x"),
    _setting("a position that there is none of", "unknown-value", "position: middle"),
    _setting("Meta's call on a category that there is none of", "unknown-slug", "meta: marketing"),
    *[
        edit(f"a choice kept for {time}", SITE, "appearance:\n",
             f"⟦bad-keep⟧consent:\n  keep: {time}\nappearance:\n")
        for time in ("14 months", "2 years", "session", "persistent")
    ],
]  # fmt: skip
