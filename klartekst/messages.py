"""The words of the layouts in one language, and how that language writes dates, spans and lists.

Words stand in gettext catalogues, ``messages/<language>.po``, keyed by the English text; dates,
durations, lists and country names come from the Unicode CLDR through Babel. A new language is a new
catalogue, no code.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.units import format_unit

from klartekst.model import Article, Duration
from klartekst.problems import Place, Problem, SiteError


class Language:
    """One language: its words, its direction and its ways of writing.

    Messages that the catalogue lacks are noted in `missing`, and shown in English meanwhile.
    """

    def __init__(self, code: str, catalogue: Catalog, citations: str = "official") -> None:
        """`catalogue` has the words; `citations` is the form of articles (see `Settings`)."""
        self.code = code
        self.locale = Locale.parse(code, sep="-")
        self.direction = self.locale.text_direction
        self.citations = citations
        self.missing: set[str] = set()
        self._words = {
            str(message.id): str(message.string)
            for message in catalogue
            if message.id and message.string and not message.fuzzy
        }

    @property
    def name(self) -> str:
        """What the language calls itself, as it stands on a switch: “Norsk bokmål”, “English”."""
        name = self.locale.get_display_name(self.locale) or self.code
        return name[0].upper() + name[1:]

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
        """A span in the unit that was typed: “13 måneder”; Babel would choose odd units itself."""
        if span.unit == "session":
            return self.gettext("until you close the browser")
        if span.unit == "persistent":
            return self.gettext("until you delete it")
        return format_unit(span.count, f"duration-{span.unit}", "long", locale=self.locale)

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


def read_language(code: str, catalogues: Iterable[Path], citations: str) -> Language:
    """The language `code` with the words of all `catalogues`; a later file wins over an earlier.

    Raises `SiteError` where a catalogue cannot be read or CLDR does not know the language.
    """
    merged = Catalog()
    for path in catalogues:
        try:
            with path.open("rb") as file:
                found = read_po(file, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            line = getattr(error, "lineno", 0) or 0
            place = Place(f"layouts/messages/{path.name}", line + 1)
            hint = "mend the file in a text editor or a translation program"
            raise SiteError([Problem(place, "bad-catalogue", str(error), hint)]) from error
        for entry in found:
            if entry.id:
                merged[entry.id] = entry
    try:
        return Language(code, merged, citations)
    except (UnknownLocaleError, ValueError) as error:
        place = Place("data/site.yaml")
        message = f"the language “{code}” is not known to the Unicode CLDR"
        hint = "use a code such as “nb”, “en” or “ar”"
        raise SiteError([Problem(place, "unknown-language", message, hint)]) from error
