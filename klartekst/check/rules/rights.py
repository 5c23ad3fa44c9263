"""The rights of those whose data are processed: GDPR articles 7(3), 12(3) and 15–22."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import (
    NOTICE_EN,
    NOTICE_NB,
    REGISTER,
    absent,
    blocks,
    notices,
    signal,
    where,
)  # fmt: skip
from klartekst.check.subject import Subject
from klartekst.problems import Place


def _right(code: str, article: int, name: str, entry: str) -> Rule:
    """The rule that the notice tells of the right of one article."""

    def find(subject: Subject) -> Iterable[Found]:
        told = any(right.article.article == article for right in subject.register.rights.values())
        if not told:
            message = f"the {name} (article {article}) is not among the rights"
            yield Found(subject.key_at("rights"), message)

    find.__doc__ = f"The register does not list the {name}."
    return Rule(
        code, "warning", f"GDPR articles 13(2)(b), 14(2)(c) and {article}",
        why=f"The notice must tell people of the {name}.",
        mend="Add it to the rights of the register.",
        example=Example(REGISTER, bad="", good=entry), find=find,
    )  # fmt: skip


no_access = _right(
    "no-access",
    15,
    "right of access",
    """\
access:
  article: 15
  name: {nb: Innsyn, en: Access}
  description:
    nb: få vite hva vi har om deg, og få en kopi
    en: learn what we hold about you, and get a copy""",
)
no_rectification = _right(
    "no-rectification",
    16,
    "right to rectification",
    """\
rectification:
  article: 16
  name: {nb: Retting, en: Rectification}
  description:
    nb: få rettet det som er feil eller mangler
    en: have what is wrong or missing put right""",
)
no_erasure = _right(
    "no-erasure",
    17,
    "right to erasure",
    """\
erasure:
  article: 17
  name: {nb: Sletting, en: Erasure}
  description:
    nb: få slettet det vi ikke lenger har grunn til å ha
    en: have erased what we no longer have a reason to keep""",
)
no_restriction = _right(
    "no-restriction",
    18,
    "right to restriction of processing",
    """\
restriction:
  article: 18
  name: {nb: Begrensning av behandling, en: Restriction of processing}
  description:
    nb: be oss la opplysningene ligge mens en uenighet blir avklart
    en: ask us to leave the data alone while a disagreement is settled""",
)
no_portability = _right(
    "no-portability",
    20,
    "right to data portability",
    """\
portability:
  article: 20
  name: {nb: Dataportabilitet, en: Data portability}
  description:
    nb: få med deg det du selv har gitt oss, i et maskinlesbart format, når vi bruker det etter \
samtykke eller avtale
    en: take along what you gave us yourself, in a machine-readable format, where we use it by \
consent or contract""",
)
no_objection = _right(
    "no-objection",
    21,
    "right to object",
    """\
objection:
  article: 21
  name: {nb: Protest, en: Objection}
  description:
    nb: protestere mot det vi gjør etter en berettiget interesse
    en: object to what we do on the basis of legitimate interests""",
)


@rule(
    "no-notification", "note", "GDPR article 19",
    why="Recipients are told of what is put right, erased or restricted, and whoever asks is told "
    "who they are. Articles 13 and 14 do not ask the notice to say so; but nobody asks for what "
    "they have not heard of.",
    mend="Add it to the rights of the register, with “article: 19”.",
    example=Example(
        REGISTER,
        bad="",
        good="notification:\n  article: 19\n  name: {nb: Beskjed videre, en: Notification}\n"
        "  description:\n    nb: få vite hvem vi har sagt fra til når noe er rettet eller slettet\n"
        "    en: learn whom we told when something was put right or erased",
    ),
)  # fmt: skip
def no_notification(subject: Subject) -> Iterator[Found]:
    """The register does not list that recipients are told of what was put right or erased."""
    if not any(right.article.article == 19 for right in subject.register.rights.values()):
        message = "that recipients are told of corrections (article 19) is not among the rights"
        yield Found(subject.key_at("rights"), message)


@rule(
    "portability-conditions", "warning", "GDPR article 20(1)",
    why="The right covers what people gave themselves, where it is processed by consent or "
    "contract and by machine. A text that promises more cannot be kept.",
    mend="Say that it holds for data processed on the basis of consent or contract.",
    example=Example(
        REGISTER,
        bad="en: take along all we have about you, in a machine-readable format",
        good="en: take along what you gave us yourself, in a machine-readable format, where we "
        "use it by consent or contract",
    ),
)  # fmt: skip
def portability_conditions(subject: Subject) -> Iterator[Found]:
    """The right to data portability is told without its conditions."""
    for place, language, text in _told(subject, 20):
        pattern = signal("portability-conditions", language)
        if pattern and not pattern.search(text):
            yield Found(place, "the right to data portability is told without its conditions")


def _told(subject: Subject, article: int) -> Iterator[tuple[Place, str, str]]:
    """How the register tells the right of an article: place, language, text."""
    for key, right in subject.register.rights.items():
        if right.article.article == article:
            for language, text in right.description.in_language.items():
                yield subject.at("rights", key, "description", language), language, text


@rule(
    "no-withdrawal", "warning", "GDPR articles 7(3) and 13(2)(c)",
    why="Whoever consents must know before that consent can be withdrawn.",
    mend="Add the right to withdraw consent to the register, or say it in the notice.",
    example=Example(
        REGISTER,
        bad="",
        good="withdrawal:\n  article: 7(3)\n  name: {nb: Trekke tilbake samtykke, en: Withdraw "
        "consent}\n  description:\n    nb: når som helst, uten å si hvorfor\n    en: at any time, "
        "without giving reasons",
    ),
)  # fmt: skip
def no_withdrawal(subject: Subject) -> Iterator[Found]:
    """Something rests on consent, and the register's rights lack that it can be withdrawn."""
    register = subject.register
    consents = any(
        (base.article.article, base.article.point) == (6, "a") for base in register.bases.values()
    )
    listed = any(right.article.article == 7 for right in register.rights.values())
    if consents and not listed:
        message = "consent is a basis, and that it can be withdrawn is not among the rights"
        yield Found(subject.key_at("rights"), message)


@rule(
    "withdrawal-effect", "warning", "GDPR articles 7(3) and 13(2)(c)",
    why="The law asks that both halves are told: that consent can be withdrawn, and that this does "
    "not make unlawful what was done before.",
    mend="Add that what was done before the withdrawal stays lawful.",
    example=Example(
        NOTICE_EN,
        bad="You withdraw consent as easily as you gave it.",
        good="You withdraw consent as easily as you gave it. What we did before that stays lawful.",
    ),
)  # fmt: skip
def withdrawal_effect(subject: Subject) -> Iterator[Found]:
    """The notice does not say that a withdrawal leaves earlier processing lawful."""
    message = "nothing says that what was done before a withdrawal stays lawful"
    yield from absent(subject, "withdrawal-effect", message, "withdrawal", "rights")


@rule(
    "objection-not-apart", "warning", "GDPR article 21(4)",
    why="The right to object must be brought to attention expressly, clearly and apart from other "
    "information: an item in the list of rights is not enough.",
    mend="Give it a heading of its own, with the id “objection” or with that role.",
    example=Example(
        NOTICE_NB,
        bad="**Si nei når som helst.**",
        good="### Du har rett til å protestere {#objection}\n\n**Si nei når som helst.**",
    ),
)  # fmt: skip
def objection_not_apart(subject: Subject) -> Iterator[Found]:
    """The right to object is not set apart from the other rights."""
    for page in notices(subject):
        pattern = signal("objection", page.page.language)
        headings = (p.text for p in page.passages if p.kind == "heading")
        if not page.with_role("objection") and not (
            pattern and any(pattern.search(heading) for heading in headings)
        ):
            yield Found(where(page, "rights"), "the right to object has no heading of its own")


@rule(
    "no-response-time", "warning", "GDPR article 12(3)",
    why="A request is answered without undue delay and within one month; people need the date from "
    "which they may complain.",
    mend="Say that requests are answered without undue delay, and within one month at the latest.",
    example=Example(
        NOTICE_EN,
        bad="You get an answer as fast as we can.",
        good="You get an answer as fast as we can, and within one month at the latest.",
    ),
)  # fmt: skip
def no_response_time(subject: Subject) -> Iterator[Found]:
    """The notice does not say that requests are answered within one month."""
    message = "nothing says that requests are answered within one month"
    yield from absent(subject, "response-time", message, "rights")


@rule(
    "no-complaint", "warning", "GDPR articles 13(2)(d) and 77",
    why="People must be told that they can complain to the supervisory authority, and to which.",
    mend="Name the authority where the notice speaks of complaints: {{ authority.name }}.",
    example=Example(
        NOTICE_NB,
        bad="Du har også rett til å klage til tilsynet.",
        good="Du har også rett til å klage til {{ authority.name }}, {{ authority.website }}.",
    ),
)  # fmt: skip
def no_complaint(subject: Subject) -> Iterator[Found]:
    """The notice does not tell of complaints to the supervisory authority by its name."""
    name = subject.settings.authority.name
    for page in notices(subject):
        pattern = signal("complaint", page.page.language)
        if not any(
            name in text and (pattern is None or pattern.search(text))
            for text in blocks(subject, page)
        ):
            message = f"nothing says that people can complain to {name}"
            yield Found(where(page, "complaint", "rights"), message)


RULES: tuple[Rule, ...] = (
    no_access, no_rectification, no_erasure, no_restriction, no_notification, no_portability,
    no_objection, portability_conditions, no_withdrawal, withdrawal_effect, objection_not_apart,
    no_response_time, no_complaint,
)  # fmt: skip
