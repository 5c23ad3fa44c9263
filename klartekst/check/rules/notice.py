"""What a privacy notice must say: GDPR articles 12, 13 and 14, one rule an item."""

from __future__ import annotations

from collections.abc import Iterator

from klartekst.check.data import table
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import (
    NOTICE_EN,
    NOTICE_NB,
    absent,
    blocks,
    notices,
    plain,
    signal,
    where,
)  # fmt: skip
from klartekst.check.subject import NOTICE, Subject


@rule(
    "no-controller", "warning", "GDPR article 13(1)(a)",
    why="People must know who answers for what happens to their data: the legal person by name.",
    mend="Name the controller: {{ controller.legal_name }}.",
    example=Example(
        NOTICE_EN,
        bad="We are the controller.",
        good="{{ controller.legal_name }} is the controller.",
    ),
)  # fmt: skip
def no_controller(subject: Subject) -> Iterator[Found]:
    """The notice does not name the controller's legal person."""
    name = plain(subject.settings.controller.legal_name)
    if not any(notices(subject)):
        message = f"there is no page “{NOTICE}”: nothing that a notice must say can be checked"
        yield Found(subject.in_settings("controller"), message, f"give the notice “page: {NOTICE}”")
    for page in notices(subject):
        if not any(name in text for text in blocks(subject, page)):
            message = f"the notice does not name the controller, {name}"
            yield Found(where(page, "controller", "contact"), message)


@rule(
    "no-contact", "warning", "GDPR article 13(1)(a)",
    why="A right that nobody can be asked for is none.",
    mend="Show how to reach you: {{ controller.email }}.",
    example=Example(
        NOTICE_NB,
        bad="- E-post: står nederst på nettstedet",
        good="- E-post: {{ controller.email }}",
    ),
)  # fmt: skip
def no_contact(subject: Subject) -> Iterator[Found]:
    """The notice does not tell how to reach the controller."""
    email = subject.settings.controller.email
    for page in notices(subject):
        part = page.with_role("contact") or page.with_role("controller")
        texts = [p.text for p in part.passages] if part else blocks(subject, page)
        if not any(email in text for text in texts):
            message = "no e-mail address stands where the notice says who answers"
            yield Found(where(page, "contact", "controller"), message)


@rule(
    "no-data-protection-officer", "warning", "GDPR article 13(1)(b)",
    why="Where there is a data protection officer, people must be told how to reach that person; "
    "where there is none, one sentence spares them the question, and shows that it was asked.",
    mend="Give the officer's contact details, or say that there is no data protection officer.",
    example=Example(
        NOTICE_EN,
        bad="Ask us: our managing director will answer you.",
        good="We have no data protection officer. Ask us: our managing director will answer you.",
    ),
)  # fmt: skip
def no_data_protection_officer(subject: Subject) -> Iterator[Found]:
    """The notice neither gives a data protection officer nor says that there is none."""
    message = "a data protection officer is neither given nor said not to exist"
    yield from absent(subject, "data-protection-officer", message, "contact", "controller")


@rule(
    "no-recipients", "warning", "GDPR article 13(1)(e)",
    why="Who else gets the data is what most readers come for.",
    mend="List the recipients, or their categories, and show {{ block.recipients }}.",
    example=Example(NOTICE_NB, bad="Vi deler med dem vi trenger.", good="{{ block.recipients }}"),
)  # fmt: skip
def no_recipients(subject: Subject) -> Iterator[Found]:
    """The notice does not show the recipients of the register."""
    recipients = subject.register.recipients.values()
    for page in notices(subject):
        texts = " ".join(blocks(subject, page))
        language = page.page.language
        if not recipients or not all(plain(r.description[language]) in texts for r in recipients):
            message = "the recipients of the register do not stand in the notice"
            yield Found(where(page, "recipients"), message)


@rule(
    "no-copy-of-safeguards", "warning", "GDPR article 13(1)(f)",
    why="Where data leave the EEA under safeguards, people may see them; they must be told where.",
    mend="Say how to get a copy of the safeguards, or where they are published.",
    example=Example(
        NOTICE_NB,
        bad="Spør oss på {{ controller.email }}.",
        good="Skriv til {{ controller.email }}, så sender vi deg en kopi.",
    ),
)  # fmt: skip
def no_copy_of_safeguards(subject: Subject) -> Iterator[Found]:
    """The notice speaks of transfers out of the EEA and not of a copy of the safeguards."""
    countries = {provider.country for provider in subject.register.providers.values()}
    leaves = bool(countries - {None, *table("countries")["eea"]})
    for page in notices(subject):
        outside, copy, no = (signal(name, page.page.language) for name in _TRANSFERS)
        if outside is None or copy is None or no is None:
            continue
        for part in page.sections:
            texts = [passage for passage in part.passages if passage.kind != "heading"]
            match = next(((p, m) for p in texts if (m := outside.search(p.text))), None)
            denied = match is not None and not leaves and no.search(match[0].text)
            if match and not denied and not any(copy.search(p.text) for p in texts):
                message = "transfers are named, and no way to get a copy of what allows them"
                yield Found(match[0].at(match[1].start()), message)


_TRANSFERS = ("transfers", "transfer-copy", "denial")


@rule(
    "no-duty-to-provide", "warning", "GDPR article 13(2)(e)",
    why="People must know whether they have to give their data, and what happens if they do not.",
    mend="Say whether giving data is required by law or contract or is voluntary, and what a no "
    "leads to.",
    example=Example(
        NOTICE_NB,
        bad="## Litt om valgene dine {#choices}\n\nDet er opp til deg.",
        good="## Må du gi oss opplysninger? {#duty-to-provide}\n\nDu velger selv. Uten navn og "
        "adresse får vi ikke levert det du bestiller, for avtalen krever det. Regnskapet er "
        "lovpålagt. Alt annet er frivillig, og et nei får ingen følger.",
    ),
)  # fmt: skip
def no_duty_to_provide(subject: Subject) -> Iterator[Found]:
    """The notice does not say whether people must give their data, and what follows if not."""
    message = "nothing says whether people must give their data, and what a no leads to"
    yield from absent(subject, "duty-to-provide", message, "data")


@rule(
    "no-automated-decisions", "warning", "GDPR articles 13(2)(f) and 14(2)(g)",
    why="Decisions by machine alone must be told, with their logic and their consequences; where "
    "there are none, one sentence says so.",
    mend="Say that no decisions are automated, or describe their logic, meaning and consequences.",
    example=Example(
        NOTICE_EN,
        bad="## Decisions {#decisions}\n\nPeople decide here.",
        good="## No automated decisions {#automated-decisions}\n\nWe take no decisions about you "
        "by machine alone. Nor do we make a profile of you.",
    ),
)  # fmt: skip
def no_automated_decisions(subject: Subject) -> Iterator[Found]:
    """The notice says nothing about automated decisions."""
    listed = any(right.article.article == 22 for right in subject.register.rights.values())
    for page in notices(subject):
        pattern = signal("automated-decisions", page.page.language)
        typed = any(pattern and pattern.search(p.text) for p in page.passages)
        if not page.with_role("automated-decisions") and not typed:
            also = "; the right in the list says not whether there are any" if listed else ""
            message = f"nothing says whether decisions are automated{also}"
            yield Found(where(page, "rights"), message)


@rule(
    "no-source", "warning", "GDPR article 14(2)(f)",
    why="Whoever did not give the data themselves must learn where they come from, and whether the "
    "source is public.",
    mend="Say which data come from others, and from whom; or that all come from the person.",
    example=Example(
        NOTICE_NB,
        bad="## Litt til {#more}\n\nVi hilser alltid når vi tar kontakt.",
        good="## Hvor opplysningene kommer fra {#sources}\n\nDet meste får vi fra deg. Navn og "
        "stilling på kontaktpersoner får vi fra leverandøren de jobber for. Da sier vi fra til "
        "dem første gang vi tar kontakt.",
    ),
)  # fmt: skip
def no_source(subject: Subject) -> Iterator[Found]:
    """The notice does not say where data come from that the person did not give."""
    message = "nothing says where data come from that the person did not give"
    yield from absent(subject, "sources", message, "data", "scope")


@rule(
    "no-new-purposes", "warning", "GDPR articles 13(3) and 14(4)",
    why="Data gathered for one purpose may serve another only after people were told of it.",
    mend="Say that people are told before their data are used for a new purpose.",
    example=Example(
        NOTICE_EN,
        bad="There is a list of earlier texts there.",
        good="If we want to use data for a new purpose, we tell you first.",
    ),
)  # fmt: skip
def no_new_purposes(subject: Subject) -> Iterator[Found]:
    """The notice does not promise to tell people before data serve a new purpose."""
    message = "nothing says that people are told before their data serve a new purpose"
    yield from absent(subject, "new-purposes", message, "changes")


RULES: tuple[Rule, ...] = (
    no_controller, no_contact, no_data_protection_officer, no_recipients, no_copy_of_safeguards,
    no_duty_to_provide, no_automated_decisions, no_source, no_new_purposes,
)  # fmt: skip
