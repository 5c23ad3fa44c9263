"""One register, one truth: purposes, bases, retention, recipients and transfers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klartekst.check.data import table
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import REGISTER, signal
from klartekst.check.subject import Subject
from klartekst.model import Provider


@rule(
    "data-without-basis", "warning", "GDPR articles 6(1), 13(1)(c) and 14(1)(c)",
    why="Each purpose has its legal basis, and the notice must join the two: a list of bases "
    "beside a list of data tells nobody what rests on what.",
    mend="Add “bases:” to the category.",
    example=Example(
        REGISTER,
        bad="purposes: [security]",
        good="purposes: [security]\nbases: [legitimate_interests]",
    ),
)  # fmt: skip
def data_without_basis(subject: Subject) -> Iterator[Found]:
    """A category of personal data has no legal basis."""
    for key, category in subject.register.data_categories.items():
        if not category.bases:
            message = f"on what the processing of “{key}” rests is not stated"
            yield Found(subject.key_at("data_categories", key), message)


@rule(
    "data-without-retention", "warning", "GDPR articles 5(1)(e), 13(2)(a) and 14(2)(a)",
    why="How long data are kept, or what decides it, must be told for each kind of data. “As long "
    "as necessary” repeats the law.",
    mend="Add “retention:” with a period, a rule, or both.",
    example=Example(REGISTER, bad="", good="retention:\n  period: 14 months"),
)  # fmt: skip
def data_without_retention(subject: Subject) -> Iterator[Found]:
    """A category of personal data has no period of retention."""
    for key, category in subject.register.data_categories.items():
        if category.retention is None:
            message = f"how long “{key}” are kept is not stated"
            yield Found(subject.key_at("data_categories", key), message)


@rule(
    "interest-by-example", "warning", "GDPR articles 13(1)(d) and 14(2)(b)",
    why="Where the basis is article 6(1)(f), the interests themselves must be told: examples leave "
    "open what else is done.",
    mend="Name every interest, without “e.g.”.",
    example=Example(
        REGISTER,
        bad="en: e.g. to answer those who write to us",
        good="en: to answer those who write to us",
    ),
)  # fmt: skip
def interest_by_example(subject: Subject) -> Iterator[Found]:
    """The legitimate interests are told by examples."""
    for key, basis in subject.register.bases.items():
        if (basis.article.article, basis.article.point) != (6, "f"):
            continue
        for language, text in basis.use.in_language.items():
            pattern = signal("for-example", language)
            if pattern and (match := pattern.search(text)):
                place, exact = subject.values.place(REGISTER, ("bases", key, "use", language), text)
                column = place.column + (match.start() if exact else 0)
                message = f"the legitimate interests are told by examples: “{match[0]}”"
                yield Found(type(place)(place.file, place.line, column), message)


@rule(
    "unused-basis", "warning", "GDPR articles 5(1)(a), 6(1) and 13(1)(c)",
    why="A basis that nothing rests on tells people of processing that does not take place, or a "
    "category lacks its basis.",
    mend="Name it in “bases:” of what rests on it, or remove it.",
    example=Example(
        REGISTER,
        bad="purposes: [bookkeeping]\nbases: [contract]",
        good="purposes: [bookkeeping]\nbases: [legal_obligation]",
    ),
)  # fmt: skip
def unused_basis(subject: Subject) -> Iterator[Found]:
    """A legal basis is declared, and nothing rests on it."""
    register = subject.register
    used = {basis for category in register.data_categories.values() for basis in category.bases}
    used |= {category.basis for category in register.cookie_categories.values()}
    for key in register.bases:
        if key not in used:
            yield Found(subject.key_at("bases", key), f"nothing rests on the basis “{key}”")


_CITED = re.compile(
    r"\b(?:art(?:ikkel|icle)?\.?)\s*6\s*(?:nr\.\s*1|\(1\))\s*(?:bokstav\s*)?\(?([a-f])\b"
)


@rule(
    "undeclared-basis", "warning", "GDPR articles 6(1) and 13(1)(c)",
    why="Two lists of legal bases that differ leave open which one holds.",
    mend="Declare the basis in the register, or take it out of the text.",
    example=Example(
        "content/en/privacy.md",
        bad="Where we have a legitimate interest, or act under article 6(1)(e), we have weighed it",
        good="Where we have a legitimate interest, we have weighed it",
    ),
)  # fmt: skip
def undeclared_basis(subject: Subject) -> Iterator[Found]:
    """A text names a basis of article 6(1) that the register does not declare."""
    declared = {
        base.article.point for base in subject.register.bases.values() if base.article.article == 6
    }
    for passage in subject.passages():
        for match in _CITED.finditer(passage.text.lower()) if "6" in passage.text else ():
            if match[1] not in declared:
                message = f"article 6(1)({match[1]}) is not among the bases of the register"
                yield Found(passage.at(match.start()), message)


@rule(
    "purpose-on-two-bases", "warning", "GDPR articles 5(1)(b), 6(1) and 13(1)(c)",
    why="One purpose rests on one basis; rights depend on which. Two say that one of them is meant "
    "in reserve.",
    mend="Choose the basis of the purpose, or split the purpose in two.",
    example=Example(
        REGISTER,
        bad="purposes: [orders]\nbases: [legal_obligation]",
        good="purposes: [bookkeeping]\nbases: [legal_obligation]",
    ),
)  # fmt: skip
def purpose_on_two_bases(subject: Subject) -> Iterator[Found]:
    """The same purpose rests on different bases in two categories of data."""
    first: dict[str, tuple[str, str]] = {}
    for key, category in subject.register.data_categories.items():
        for i, purpose in enumerate(category.purposes if len(category.bases) == 1 else ()):
            basis, where = first.setdefault(purpose, (category.bases[0], key))
            if basis != category.bases[0]:
                message = f"“{purpose}” rests on “{basis}” in “{where}”, and here on another basis"
                yield Found(subject.at("data_categories", key, "purposes", i), message)


@rule(
    "consent-used-beyond", "warning", "GDPR articles 4(11), 6(1)(a) and 13(1)(c)",
    why="Consent holds for what was told. A notice that describes it for one use, and relies on it "
    "for another, describes one of the two wrongly.",
    mend="Describe under the basis all that rests on consent.",
    example=Example(
        REGISTER,
        bad="nb: for nyhetsbrevet\nen: for the newsletter",
        good="nb: for nyhetsbrevet og for informasjonskapsler til statistikk\nen: for the "
        "newsletter and for statistics cookies",
    ),
)  # fmt: skip
def consent_used_beyond(subject: Subject) -> Iterator[Found]:
    """Cookies rest on consent, and its description in the register does not mention them."""
    register = subject.register
    for key, basis in register.bases.items():
        resting = [c for c in register.cookie_categories.values() if c.basis == key]
        if basis.article.point != "a" or not resting:
            continue
        for language, text in basis.use.in_language.items():
            cookies = signal("cookies", language)
            if cookies and not cookies.search(text):
                names = ", ".join(category.name[language] for category in resting)
                message = f"consent is described without the cookies that rest on it: {names}"
                yield Found(subject.at("bases", key, "use", language), message)


@rule(
    "marketing-to-customers", "warning",
    "Markedsføringsloven § 15 third paragraph; GDPR articles 6(1)(f) and 13(1)(c)",
    why="Marketing by e-mail to existing customers without consent is allowed within limits: own "
    "similar goods, an address got at the sale, a way out each time. It then rests on legitimate "
    "interests, which the notice must say.",
    mend="Declare the basis and cite markedsføringsloven § 15, or ask for consent.",
    example=Example(
        REGISTER,
        bad="en: for the newsletter to existing customers and for statistics cookies",
        good="en: for the newsletter and for statistics cookies",
    ),
)  # fmt: skip
def marketing_to_customers(subject: Subject) -> Iterator[Found]:
    """Marketing is sent to existing customers, and no basis is declared for that."""
    for passage in subject.passages():
        words = [signal(name, passage.language) for name in _MARKETING]
        if not all(words):
            continue
        marketing, customers, act = (word for word in words if word)
        match = customers.search(passage.text)
        if match is None or not marketing.search(passage.text):
            continue
        if not act.search(passage.text) and not _based(subject, passage.language):
            message = "marketing to existing customers has no basis among those declared"
            yield Found(passage.at(match.start()), message)


_MARKETING = ("marketing", "existing-customers", "marketing-act")


def _based(subject: Subject, language: str) -> bool:
    """Whether the legitimate interests that are declared include marketing."""
    marketing = signal("marketing", language)
    return any(
        basis.article.point == "f" and marketing and marketing.search(basis.use[language])
        for basis in subject.register.bases.values()
    )


@rule(
    "provider-not-recipient", "warning", "GDPR articles 4(9), 13(1)(e) and 14(1)(e)",
    why="Whoever sets cookies on your site receives data, and must be among the recipients.",
    mend="Name the provider in the name or the description of a recipient.",
    example=Example(
        REGISTER,
        bad="name: {nb: Målebyrå, en: Measuring company}",
        good="name: {nb: Google, en: Google}",
    ),
)  # fmt: skip
def provider_not_recipient(subject: Subject) -> Iterator[Found]:
    """A provider of cookies is not among the recipients."""
    for key, provider in _cookie_providers(subject):
        for language in subject.settings.languages:
            name = provider.name if isinstance(provider.name, str) else provider.name[language]
            told = " ".join(
                f"{recipient.name[language]} {recipient.description[language]}"
                for recipient in subject.register.recipients.values()
            )
            if name.lower() not in told.lower():
                message = f"{name} sets cookies and is not among the recipients"
                yield Found(subject.key_at("providers", key), message)
                break


def _cookie_providers(subject: Subject) -> Iterator[tuple[str, Provider]]:
    setting = {cookie.provider for cookie in subject.register.cookies.values()}
    for key, provider in subject.register.providers.items():
        if key in setting and not provider.own:
            yield key, provider


@rule(
    "transfer-without-mechanism", "warning", "GDPR articles 13(1)(f), 44–46 and 49",
    why="Data may leave the EEA only under an adequacy decision or appropriate safeguards, and the "
    "notice must say which.",
    mend="Examine what allows the transfer, and add “mechanism:”.",
    example=Example(
        REGISTER,
        bad="country: US\nwebsite",
        good="country: US\nmechanism: adequacy_us\nwebsite",
    ),
)  # fmt: skip
def transfer_without_mechanism(subject: Subject) -> Iterator[Found]:
    """A provider is outside the EEA, and what allows the transfer is not stated."""
    for key, provider in subject.register.providers.items():
        outside = provider.country and provider.country not in table("countries")["eea"]
        if outside and not provider.own and provider.mechanism is None:
            message = (
                f"“{key}” is in {provider.country}, and what allows the transfer is not stated"
            )
            yield Found(subject.at("providers", key, "country"), message)


@rule(
    "provider-without-country", "warning", "GDPR article 13(1)(f)",
    why="Without the country nobody can tell whether data leave the EEA.",
    mend="Add “country:” with the two letters of the country.",
    example=Example(
        REGISTER,
        bad="entity: Google Ireland Ltd / Google LLC\nmechanism",
        good="entity: Google Ireland Ltd / Google LLC\ncountry: US\nmechanism",
    ),
)  # fmt: skip
def provider_without_country(subject: Subject) -> Iterator[Found]:
    """A provider's country is not stated."""
    for key, provider in subject.register.providers.items():
        if provider.country is None and not provider.own:
            message = f"the country of “{key}” is not stated"
            yield Found(subject.key_at("providers", key), message)


RULES: tuple[Rule, ...] = (
    data_without_basis, data_without_retention, interest_by_example, unused_basis,
    undeclared_basis, purpose_on_two_bases, consent_used_beyond, marketing_to_customers,
    provider_not_recipient, transfer_without_mechanism, provider_without_country,
)  # fmt: skip
