"""Facts that stand once: who the controller is, and what is typed where the data have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.passages import Passage
from klartekst.check.rules.common import NOTICE_EN, NOTICE_NB, SITE, notices, signal
from klartekst.check.subject import CHANGE_LOG, Subject

_DIGITS = re.compile(r"\D")


@rule(
    "legal-name-second", "warning",
    "GDPR article 13(1)(a); foretaksregisterloven § 10-2; ehandelsloven § 8",
    why="The controller is the legal person. A trade name first, with the company in brackets, "
    "leaves open who answers.",
    mend="Write the legal person first: “Allisson AS, trading as …”.",
    example=Example(
        SITE,
        bad="name: Fjordsykkel (Fjordsykkel Verksted AS)\nlegal_name",
        good="name: Fjordsykkel Verksted AS\nlegal_name",
    ),
)  # fmt: skip
def legal_name_second(subject: Subject) -> Iterator[Found]:
    """The controller's name does not begin with the legal person."""
    controller = subject.settings.controller
    if not controller.name.startswith(controller.legal_name):
        message = f"the legal person, {controller.legal_name}, does not come first"
        yield Found(subject.in_settings("controller", "name"), message)


@rule(
    "organisation-number", "warning", "Enhetsregisterforskriften § 11 (check digit, modulus 11)",
    why="A number that fails its check digit belongs to nobody.",
    mend="Look it up at the Brønnøysund Register Centre.",
    example=Example(SITE, bad='"987 654 321"', good='"987 654 325"'),
)  # fmt: skip
def organisation_number(subject: Subject) -> Iterator[Found]:
    """A Norwegian organisation number fails its check digit."""
    controller = subject.settings.controller
    number = _DIGITS.sub("", controller.organisation_number)
    if controller.address.country == "NO" and not _is_number(number):
        message = f"“{controller.organisation_number}” is no Norwegian organisation number"
        yield Found(subject.in_settings("controller", "organisation_number"), message)


def _is_number(digits: str) -> bool:
    if len(digits) != 9:
        return False
    weighed = sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    return (11 - weighed % 11) % 11 == int(digits[8])


@rule(
    "two-addresses", "warning", "GDPR articles 5(1)(d) and 13(1)(a)",
    why="Two addresses in the same street are one address and a mistake; letters go astray.",
    mend="Ask the company, or the register of enterprises, and keep one.",
    example=Example(
        SITE,
        bad='address: {street: Havnegata 4, postal_code: "0150", city: Oslo, country: NO}\n'
        'postal_address: {street: Havnegata 4B, postal_code: "0150", city: Oslo, country: NO}',
        good='address: {street: Havnegata 4, postal_code: "0150", city: Oslo, country: NO}',
    ),
)  # fmt: skip
def two_addresses(subject: Subject) -> Iterator[Found]:
    """The controller has two addresses in the same street."""
    controller = subject.settings.controller
    other = controller.postal_address
    if other is None or other == controller.address:
        return
    streets = {_name_of(address.street) for address in (controller.address, other)}
    if len(streets) == 1 and other.postal_code == controller.address.postal_code:
        message = f"“{other.street}” here and “{controller.address.street}” above"
        yield Found(subject.in_settings("controller", "postal_address", "street"), message)


def _name_of(street: str) -> str:
    return re.sub(r"\s*\d+\s*[a-z]?$", "", street.lower())


_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# It begins with what few texts have, and only then looks back: so most are passed over at once.
_PHONE = re.compile(
    r"[+\d](?:(?<=\+)(?<![\w/]\+)\d[\d\s\u00a0]{6,16}\d"
    r"|(?<=\d)(?<![\d-]\d)\d(?:\s\d{2}){3}(?![\d-]))"
)


@rule(
    "other-contact", "warning", "GDPR articles 12(2) and 13(1)(a)",
    why="A second e-mail address or number for one controller: one of them is not read.",
    mend="Name the data's: {{ controller.email }}, {{ controller.phone }}.",
    example=Example(
        NOTICE_NB,
        bad="Skriv til post@fjordsykkel.example.",
        good="Skriv til {{ controller.email }}.",
    ),
)  # fmt: skip
def other_contact(subject: Subject) -> Iterator[Found]:
    """A text gives an e-mail address or a telephone number that the data do not have."""
    controller = subject.settings.controller
    known = {str(controller.email).lower(), _DIGITS.sub("", controller.phone or "")}
    domain = controller.email.rpartition("@")[2].lower()
    for passage, match in _typed(subject, _ADDRESS, "@"):
        address = match[0].lower()
        if address not in known and address.endswith(f"@{domain}"):
            yield Found(passage.at(match.start()), f"“{match[0]}” is not the data's address")
    for passage, match in _typed(subject, _PHONE) if controller.phone else ():
        if _DIGITS.sub("", match[0]) not in known:
            yield Found(passage.at(match.start()), f"“{match[0]}” is not the data's number")


@rule(
    "typed-fact", "warning", "GDPR article 5(1)(d), as a house rule: every fact stands once",
    why="What is typed in a text stays when the data change.",
    mend="Name the value of the data instead.",
    example=Example(
        NOTICE_EN,
        bad="- E-mail: personvern@fjordsykkel.example",
        good="- E-mail: {{ controller.email }}",
    ),
)  # fmt: skip
def typed_fact(subject: Subject) -> Iterator[Found]:
    """A text types what the data have: an address, a number, a date, a cookie's name."""
    known = {text: name for name, text in _facts(subject) if text}
    if not known:
        return
    ordered = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w@.-])(?:{'|'.join(map(re.escape, ordered))})(?![\w@-])")
    for passage, match in _typed(subject, pattern):
        hint = f"write {{{{ {known[match[0]]} }}}}" if "." in known[match[0]] else known[match[0]]
        message = f"“{match[0]}” is typed, and the data have it"
        yield Found(passage.at(match.start()), message, hint)


def _facts(subject: Subject) -> Iterator[tuple[str, str]]:
    """The facts of the data that a text should name, each with how it is named."""
    controller = subject.settings.controller
    yield "controller.email", str(controller.email)
    yield "controller.phone", str(controller.phone or "")
    yield "controller.organisation_number", controller.organisation_number
    yield "controller.address.street", controller.address.street
    for key, cookie in subject.register.cookies.items():
        if cookie.name and len(cookie.name) > 2 and not cookie.name.isalpha():
            yield f"cookies.{key}.name", cookie.name
    for date, _ in subject.site.dated:
        for language in subject.languages.values():
            yield "the page shows its dates by itself", language.date(date)


def _typed(
    subject: Subject, pattern: re.Pattern[str], sign: str = ""
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Matches in what is typed in the texts, not in what came from the data: with the `sign`."""
    for page in subject.pages:
        for passage, match in page.search(pattern, sign):
            if passage.kind != "front" and passage.piece(match.start()).kind != "merged":
                yield passage, match


@rule(
    "typed-period", "note", "GDPR article 5(1)(d), as a house rule: every fact stands once",
    why="A period of retention, or a cookie's lifetime, that is typed in a text stays when the "
    "register changes; the reader then finds two.",
    mend="Name the register's value instead, if that is the one that is meant.",
    example=Example(
        NOTICE_EN,
        bad="We keep visits for 14 months.",
        good="The table above says how long we keep each kind of data.",
    ),
)  # fmt: skip
def typed_period(subject: Subject) -> Iterator[Found]:
    """A text types a period that the register has: one of retention, or a cookie's lifetime."""
    known = dict(_periods(subject))
    for page in subject.pages if known else ():
        answers = signal("response-time", page.page.language)
        for passage in page.passages:
            found = (
                (token, known.get(token.value))
                for token in subject.tokens(passage)
                if token.kind == "duration" and passage.kind != "front"
            )
            for token, name in found:
                if answers and answers.search(passage.text):
                    continue
                if name and passage.piece(token.offset).kind != "merged":
                    message = f"“{token.text}” is typed, and the register has it"
                    hint = f"if that is the one that is meant, write {{{{ {name} }}}}"
                    yield Found(passage.at(token.offset), message, hint)


def _periods(subject: Subject) -> Iterator[tuple[tuple[str, ...], str]]:
    """The periods of the register, as tokens have them, each with how it is named."""
    register = subject.register
    for slug, cookie in register.cookies.items():
        if cookie.lifetime and cookie.lifetime.count:
            value = str(cookie.lifetime.count), cookie.lifetime.unit
            yield value, f"cookies.{slug}.lifetime"
    for key, category in register.data_categories.items():
        if category.retention and category.retention.period:
            period = category.retention.period
            yield (str(period.count), period.unit), f"data_categories.{key}.retention.period"


@rule(
    "promise-without-place", "warning", "GDPR article 12(1); WP260 rev.01, paragraph 29",
    why="A text that promises the date of its last change must let the reader find it wherever the "
    "text is read: on paper, in an archive, in a copy, where the page's header is not.",
    mend="Link to the change log where the promise stands: [change log](page:changes).",
    example=Example(
        NOTICE_EN,
        bad="The date of the last change stands at the top.",
        good="The date of the last change stands at the top and in the [change log](page:changes).",
    ),
)  # fmt: skip
def promise_without_place(subject: Subject) -> Iterator[Found]:
    """A text promises the date of its last change, and neither has it nor links to it."""
    for page in notices(subject):
        promise = signal("last-updated", page.page.language)
        for passage, match in page.search(promise) if promise else ():
            linked = any(link.target.startswith(f"page:{CHANGE_LOG}") for link in passage.links)
            if not linked and not re.search(r"\b\d{4}\b", passage.text):
                message = "the date of the last change is promised, and stands nowhere in the text"
                yield Found(passage.at(match.start()), message)


RULES: tuple[Rule, ...] = (
    legal_name_second, organisation_number, two_addresses, other_contact, typed_fact,
    typed_period, promise_without_place,
)  # fmt: skip
