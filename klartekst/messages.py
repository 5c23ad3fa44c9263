"""The words of the layouts in one language, and how that language writes dates, spans and lists.

Words stand in gettext catalogues, ``messages/<language>.po``, keyed by the English text; dates,
durations, lists and country names come from the Unicode CLDR through Babel. A new language is a new
catalogue, no code.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po
from babel.units import format_unit

from klartekst.model import Article, Duration
from klartekst.problems import Place, Problem, SiteError, did_you_mean


class Language:
    """One language: its words, its direction and its ways of writing.

    Messages that the catalogue lacks are noted in `missing`, and shown in English meanwhile.
    """

    def __init__(
        self,
        code: str,
        words: Mapping[str, str],
        citations: str = "official",
        region: Locale | None = None,
    ) -> None:
        """`words` are the messages by their English text, `citations` is the form of articles.

        Where there is a `region`, such as ``en_GB``, dates and the like are written as there:
        “6 June 2025”.
        """
        self.code = code
        self.locale = Locale.parse(code, sep="-")
        self._name = self.locale.get_display_name(self.locale) or code
        if region and region.language == self.locale.language:
            self.locale = region
        self.direction = self.locale.text_direction
        self.citations = citations
        self.missing: set[str] = set()
        self._words = words

    @property
    def name(self) -> str:
        """What the language calls itself, as it stands on a switch: “Norsk bokmål”, “English”."""
        return self._name[0].upper() + self._name[1:]

    @property
    def regional(self) -> str:
        """Language and territory, as Open Graph wants them: “nb_NO”; likely where none is given."""
        likely = get_global("likely_subtags").get(str(self.locale), "")
        territory = self.locale.territory or likely.rpartition("_")[2]
        return f"{self.locale.language}_{territory}" if territory else self.locale.language

    def gettext(self, message: str) -> str:
        """The message in this language."""
        found = self._words.get(message)
        if found is None:
            self.missing.add(message)
        return found or message

    def date(self, value: datetime.date) -> str:
        """A date in full: “6. juni 2025”."""
        return format_date(value, "long", locale=self.locale)

    def duration(self, span: Duration) -> str:
        """A span in the unit that was typed: “13 måneder”; Babel would choose odd units itself.

        A catalogue may have its own words for a unit, where the CLDR’s are not those that people
        use: in Norwegian it counts «døgn» for days.
        """
        if span.unit == "session":
            return self.gettext("until you close the browser")
        if span.unit == "persistent":
            return self.gettext("until you delete it")
        own = self._words.get(f"{{count}} {span.unit}{'s' if span.count > 1 else ''}")
        if own:
            return own.format(count=span.count)
        name = f"duration-{span.unit}"
        shown = format_unit(span.count, name, "long", locale=self.locale)
        if name in shown:  # where the CLDR has no long form, the short one serves for both
            shown = format_unit(span.count, name, "short", locale=self.locale)
        return shown

    def join(self, items: Iterable[str]) -> str:
        """The items as a list within a sentence: “a, b og c”."""
        return format_list(list(items), locale=self.locale)

    def country(self, code: str) -> str:
        """The country's name, or its code where CLDR has none."""
        return str(self.locale.territories.get(code, code))

    def article(self, article: Article) -> str:
        """A citation of the GDPR in the site's form: «artikkel 6 nr. 1 bokstav b»."""
        form = "Art. {article}" if self.citations == "short" else "Article {article}"
        form += "({paragraph})" if article.paragraph else ""
        form += "({point})" if article.point else ""
        return self.gettext(form).format(
            article=article.article, paragraph=article.paragraph, point=article.point
        )


def is_known(code: str) -> bool:
    """Whether the Unicode CLDR knows the language."""
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def read_language(code: str, catalogues: Iterable[str], file: str, citations: str) -> Language:
    """The language `code` with the words of all `catalogues`; a later text wins over an earlier.

    The head of a catalogue may name a region (``Language: en_GB``). `file` is what problems name.
    Raises `SiteError` with every fault of the catalogues.
    """
    words: dict[str, str] = {}
    region: Locale | None = None
    problems: list[Problem] = []
    for text in catalogues:
        found = _read_catalogue(text, file, problems)
        region = found.locale or region
        for message in found:
            if message.id and message.string and not message.fuzzy:
                problems += _message_faults(message, Place(file))
                words[str(message.id)] = str(message.string)
    if problems:
        raise SiteError(problems)
    return Language(code, words, citations, region)


# Babel overlooks a quotation mark that is missing, and so the rest of the text.
_PO_LINE = re.compile(r'\s*(?:#.*|(?:(?:msgid|msgstr|msgctxt)\s+)?"(?:[^"\\]|\\.)*"\s*)?')


def _read_catalogue(text: str, file: str, problems: list[Problem]) -> Catalog:
    hint = "mend the file in a text editor or a translation program"
    lines = text.split("\n")
    faulty = [number for number, line in enumerate(lines, 1) if not _PO_LINE.fullmatch(line)]
    for number in faulty:
        message = "this is neither a comment nor a text in quotation marks"
        problems.append(Problem(Place(file, number), "bad-catalogue", message, hint))
    try:
        return Catalog() if faulty else read_po(lines, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 0) + 1
        problems.append(Problem(Place(file, line), "bad-catalogue", str(error), hint))
        return Catalog()


def _message_faults(message: Message, place: Place) -> Iterator[Problem]:
    """A translation may use the places of its message, ``{date}``, and nothing else."""
    at = replace(place, line=message.lineno or 1)
    try:
        known, used = _fields(str(message.id)), _fields(str(message.string))
    except ValueError as error:
        hint = "a plain “{” is written “{{”, a plain “}” is written “}}”"
        yield Problem(at, "bad-message", f"the translation cannot be filled in: {error}", hint)
        return
    for name in sorted(used - known):
        message_ = f"the translation has a place “{{{name}}}” that “{message.id}” has not"
        yield Problem(at, "bad-message", message_, did_you_mean(name, known))


def _fields(text: str) -> set[str]:
    """The places in a message, with all that is asked of them: ``date``, ``date.year``."""
    found = set()
    for _, name, spec, conversion in Formatter().parse(text):
        if name is not None:
            found.add(
                name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            )
    return found
