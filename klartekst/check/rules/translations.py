"""Two languages, one text: what was held against each other, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator

from klartekst.check import reviews
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.rules.common import NOTICE_EN
from klartekst.check.subject import Subject
from klartekst.model.checked import Part, Unit
from klartekst.model.values import LanguageCode
from klartekst.problems import Place, command

_LAW = "GDPR article 12(1): one notice, whatever the language"


def _place(subject: Subject, unit: str, part: str, language: str) -> Place:
    """Where a part of a page or of the data stands in a language."""
    if document := subject.loaded.documents.get(unit):
        return document.key_place(part.split("."))
    wanted = "" if part == reviews.LEAD else part
    page = next(page for page in subject.find(unit) if page.page.language == language)
    return next((p.place for p in page.sections if p.id == wanted), page.page.place())


_MANY = 5


def _hint(name: str) -> str:
    return f"hold them against each other, then run: {command(f'reviewed {name}')}"


@rule(
    "unreviewed-translation", "warning", _LAW,
    why="Nobody has said that the languages of this text mean the same.",
    mend="Hold the languages against each other, then run: "
    "`python build.py reviewed PAGE#SECTION`.",
    example=Example("data/translations.yaml", bad="  retired:", good="  retention:"),
)  # fmt: skip
def unreviewed_translation(subject: Subject) -> Iterator[Found]:
    """The languages of a section, or of an entry of the register, were never held together."""
    if not subject.loaded.translations and len(subject.settings.languages) > 1:
        message = "it was never recorded that the languages were held against each other"
        yield Found(subject.in_settings("languages"), message, _hint("all"))
        return
    for unit, parts in subject.translated.items():
        known = subject.loaded.translations.get(Unit(unit), {})
        unread = {
            part: _place(subject, unit, part, next(iter(languages)))
            for part, languages in parts.items()
            if len(languages) > 1 and not languages.keys() <= known.get(Part(part), {}).keys()
        }
        if _MANY < len(unread) == len(parts):  # a new page, or a new language of all pages
            message = f"the languages of {len(unread)} texts of “{unit}” were never held together"
            yield Found(min(unread.values()), message, _hint(unit))
            continue
        for part, place in unread.items():
            message = f"the languages of “{part}” were never held against each other"
            yield Found(place, message, _hint(f"{unit}#{part}"))


@rule(
    "stale-translation", "warning", _LAW,
    why="One language changed and the other did not: until somebody looks, readers of the two are "
    "told different things.",
    mend="Change the other language too, or find that it still says the same; then run: "
    "`python build.py reviewed PAGE#SECTION`.",
    example=Example(
        NOTICE_EN,
        bad="When the time is up, we erase most of it.",
        good="When the time is up, we erase it.",
    ),
)  # fmt: skip
def stale_translation(subject: Subject) -> Iterator[Found]:
    """A text changed since its languages were held against each other."""
    for unit, parts in subject.loaded.translations.items():
        for part, marks in parts.items():
            languages = subject.translated.get(unit, {}).get(part, {})
            changed = {
                code: text
                for code, text in languages.items()
                if reviews.mark(text) != marks.get(LanguageCode(code))
            }
            if changed and languages.keys() <= marks.keys():
                yield from _stale(subject, (unit, part), list(languages), changed)


def _stale(
    subject: Subject, name: tuple[str, str], languages: list[str], changed: dict[str, str]
) -> Iterator[Found]:
    unit, part = name
    before = {code: reviews.reviewed(subject.lines, unit, code).get(part, "") for code in changed}
    detail = "\n".join(
        f"{code}: {reviews.redline(before[code], text)}" for code, text in changed.items()
    )
    who = " and ".join(f"“{code}”" for code in changed)
    message = f"{who} changed since the languages of “{part}” were held against each other"
    hint = _hint(f"{unit}#{part}")
    for language in [code for code in languages if code not in changed] or languages[:1]:
        yield Found(_place(subject, unit, part, language), message, hint, detail)


@rule(
    "unknown-review", "warning", _LAW,
    why="A review of a text that is gone tells nothing, and hides that a new one has none.",
    mend="Hold the languages of what took its place against each other; the old one goes as soon "
    "as you run: `python build.py reviewed PAGE#SECTION`.",
    example=Example("data/translations.yaml", bad="  retired:", good="  retention:"),
)  # fmt: skip
def unknown_review(subject: Subject) -> Iterator[Found]:
    """A review is recorded for a section or an entry that does not exist."""
    document = subject.loaded.documents.get(reviews.TRANSLATIONS)
    for unit, parts in subject.loaded.translations.items():
        for part in parts:
            if document and part not in subject.translated.get(unit, {}):
                place = document.key_place((unit, part))
                yield Found(place, f"there is no “{part}” in “{unit}”")


RULES: tuple[Rule, ...] = (unreviewed_translation, stale_translation, unknown_review)
