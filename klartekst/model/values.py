"""The small values that the data files are made of.

YAML hands over nothing but text (see `klartekst.yaml_source`); each type here says what a text may
be, in a class method `parse` that returns the value or raises `Fault`. `klartekst.typed` calls them
and turns every fault into a problem with its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, TypeVar

from msgspec import Struct, field

F = TypeVar("F", bound="Formed")
T = TypeVar("T")


UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # control characters
    "|[\u202a-\u202e]"  # they make a text read otherwise than it is stored
    "|[\ufdd0-\ufdef]|[\ufffe\uffff]|[\ud800-\udfff]"  # no characters
    "|[\ue000-\uf8ff\U000f0000-\U0010ffff]"  # private: they mark values in `render.merge`
)
"""The signs that no text may hold."""


class Fault(ValueError):
    """A value is not what it should be: the problem's lasting code, what is wrong, how to mend it.

    It never leaves the reading of a data file: `klartekst.typed` catches it.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """See the class."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every part of a data file: immutable, and an unknown key in the file is an error."""


def default(value: T) -> T:
    """`value` as the default of an entry's field.

    Through a factory, since msgspec's JSON Schema cannot write values of our own types.
    """
    made: T = field(default_factory=lambda: value)
    return made


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, once in each of the site's languages."""

    in_language: Mapping[str, str]

    def __getitem__(self, language: str) -> str:
        """The text in `language`, a code from the site's languages."""
        return self.in_language[language]

    @classmethod
    def of(cls, **in_language: str) -> Text:
        """A text from keyword arguments: ``Text.of(nb="innsyn", en="access")``."""
        return cls(MappingProxyType(in_language))


_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_DAY = 86400
_MONTH = 365.25 / 12 * _DAY
_SECONDS = dict(zip(_UNITS, (1, 60, 3600, _DAY, 7 * _DAY, _MONTH, 12 * _MONTH), strict=True))
_DURATION = re.compile(rf"([0-9]{{1,4}}) ({'|'.join(_UNITS)})s?")


@dataclass(frozen=True, slots=True)
class Duration:
    """A span as the editor typed it: `count` of `unit`, or a unit that has no number.

    `unit` is one of second … year, ``session`` (until the browser closes) or ``persistent``
    (until somebody deletes it); `count` is 0 for the last two.
    """

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``30 minutes``, ``1 year``, ``session`` or ``persistent``."""
        if text in ("session", "persistent"):
            return cls(0, text)
        match = _DURATION.fullmatch(text)
        if not match or int(match[1]) == 0:
            hint = "write for example “30 minutes”, “13 months”, “2 years” or “session”"
            raise Fault("bad-duration", f"“{text}” is not a duration", hint)
        return cls(int(match[1]), match[2])

    @property
    def seconds(self) -> int | None:
        """The span in seconds, months and years as in a mean year; None where it has no number."""
        return int(self.count * _SECONDS[self.unit]) if self.count else None


_ARTICLE = re.compile(r"([0-9]{1,3})(?:\(([0-9]{1,2})\))?(?:\(([a-z])\))?")


@dataclass(frozen=True, slots=True)
class Article:
    """A place in the General Data Protection Regulation: article, paragraph, point."""

    article: int
    paragraph: int | None = None
    point: str | None = None

    @classmethod
    def parse(cls, text: str) -> Article:
        """Read ``6(1)(b)``, ``7(3)`` or ``15``."""
        match = _ARTICLE.fullmatch(text)
        if not match:
            hint = "write for example “6(1)(b)” or “15”"
            raise Fault("bad-article", f"“{text}” is not an article", hint)
        return cls(int(match[1]), int(match[2]) if match[2] else None, match[3])


class Formed(str):
    """A text of one form. A subclass says which: `pattern`, an `example`, the problem's `code`."""

    pattern: ClassVar[str]
    example: ClassVar[str]
    code: ClassVar[str]

    @classmethod
    def parse(cls: type[F], text: str) -> F:
        """The text as this type."""
        if re.fullmatch(cls.pattern, text):
            return cls(text)
        what = re.split(r"[.;](?:\s|$)", cls.__doc__ or "")[0]
        message = f"“{text}” is not {what[0].lower()}{what[1:]}"
        raise Fault(cls.code, message, f"write for example “{cls.example}”")


class EmailAddress(Formed):
    """An e-mail address; a page shows it as a link."""

    pattern = r"[^\s@<>\"'()\[\]]+@[^\s@<>\"'()\[\]]+\.[^\s@<>\"'()\[\].]+"
    example = "post@example.org"
    code = "bad-email"


class PhoneNumber(Formed):
    """A telephone number in international form (ITU-T E.123); a page shows it as a link."""

    pattern = r"\+[0-9][0-9 ]{5,18}[0-9]"
    example = "+47 22 33 44 55"
    code = "bad-phone"


class WebAddress(Formed):
    """An http or https address; a page shows it as a link, without the scheme."""

    pattern = r"https?://[^\s<>\"'\\^`{|}\[\]]+"
    example = "https://example.org"
    code = "bad-address"


class BaseAddress(WebAddress):
    """A web address that others are built on: no slash at the end, no query, no fragment."""

    pattern = r"https?://[\w.-]+(:[0-9]{1,5})?(/(?!\.+(/|$))[A-Za-z0-9._~-]+)*"


class Country(Formed):
    """A country's two letters (ISO 3166-1 alpha-2)."""

    pattern = "[A-Z]{2}"
    example = "NO"
    code = "bad-country"


class Colour(Formed):
    """A colour of six hexadecimal digits."""

    pattern = "#[0-9a-fA-F]{6}"
    example = "#1a5fb4"
    code = "bad-colour"


class LanguageCode(Formed):
    """A language tag (BCP 47): language, and script or region where needed."""

    pattern = "[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
    example = "nb"
    code = "bad-language-code"


class Slug(Formed):
    """A key of small letters, digits and underscores, so that a text can name it."""

    pattern = "[a-z][a-z0-9_]*"
    example = "legitimate_interests"
    code = "bad-key"


class PageId(Formed):
    """A page's id of small letters, digits and hyphens; the same in every language."""

    pattern = "[a-z][a-z0-9-]*"
    example = "privacy"
    code = "bad-page-id"


class Folder(Formed):
    """A folder below the output: small letters, digits and hyphens, with slashes between."""

    pattern = "[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*"
    example = "personvern/assets"
    code = "bad-slug"


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text that must be a key of the register's `part` (in ``Annotated[str, Ref(…)]``)."""

    part: str
