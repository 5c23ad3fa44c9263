"""From plain data to the typed model, with every fault at once and at its place.

msgspec gives the frozen types and their JSON Schema, but its decoder stops at the first fault; an
editor wants them all. So the types are walked here, entry by entry, and each fault is noted with
the line and column that `klartekst.yaml_source` kept.
"""

from __future__ import annotations

import datetime
import re
import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, structs

from klartekst.model.values import UNSHOWABLE, Entry, Fault, Ref, Text
from klartekst.problems import Problem, did_you_mean
from klartekst.yaml_source import Data, Document, Path

T = TypeVar("T")

_FAULTY = object()
"""Stands for a value that could not be read; the entry that holds it is not built."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a value is held against: the site's languages, and the keys of each register part.

    What could not be read is left out, and nothing is held against it: `languages` is then None.
    """

    languages: Collection[str] | None = None
    keys: Mapping[str, Collection[str]] = field(default_factory=dict)


def read(document: Document, kind: type[T], context: Context) -> tuple[T | None, list[Problem]]:
    """The document's data as a value of the type `kind`, and all that is wrong with it.

    The value is None if anything is wrong. `kind` is an `Entry` or built of entries, tuples, dicts,
    `Literal`, `Annotated[str, Ref(…)]`, classes of `klartekst.model.values`, str, bool and date.
    """
    reader = _Reader(document, context)
    value = reader.value(kind, document.data, ())
    return (None if reader.problems or value is _FAULTY else value), _together(reader.problems)


_MANY = 5


def _together(problems: list[Problem]) -> list[Problem]:
    """The problems, but one for all texts that lack the same languages where these are many."""
    found = [problem for problem in problems if problem.code != "missing-language"]
    lacking: dict[str, list[Problem]] = {}
    for problem in sorted(set(problems) - set(found)):
        lacking.setdefault(problem.message, []).append(problem)
    for message, alike in lacking.items():
        if len(alike) <= _MANY:
            found += alike
            continue
        lines = ", ".join(str(problem.place.line) for problem in alike[:_MANY])
        names = message.removeprefix("the text lacks ")
        many = f"{len(alike)} texts of this file lack {names}, the first on lines {lines}"
        hint = f"write them in {names} too, or take the language out of data/site.yaml meanwhile"
        found.append(Problem(alike[0].place, "missing-language", many, hint))
    return found


class _Reader:
    """One walk over one document."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document = document
        self.context = context
        self.problems: list[Problem] = []

    def value(self, kind: Any, data: Data | None, path: Path) -> Any:
        """Read `data`, which stands at `path`, as a `kind`; `_FAULTY` if it is none."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            by_language = str not in parts or isinstance(data, dict)
            return self.value(parts[0] if by_language else str, data, path)
        if origin is tuple:
            return self._sequence(parts[0], data, path)
        if origin is dict:
            return self._keyed(parts[0], parts[1], data, path)
        if kind is Text:
            return self._text(data, path)
        if isinstance(kind, type) and issubclass(kind, Entry):
            return self._entry(kind, data, path)
        return self._scalar(kind, data, path)

    def fault(self, path: Path, fault: Fault, *, at_key: bool = False) -> Any:
        """Note a fault at the value (or the key) of `path`."""
        place = self.document.key_place(path) if at_key else self.document.place(path)
        self.problems.append(Problem(place, fault.code, fault.message, fault.hint))
        return _FAULTY

    def _entry(self, kind: type[Entry], data: Data | None, path: Path) -> Any:
        if not isinstance(data, dict):
            return self.fault(path, _wrong_shape("entries with keys", data))
        known = fields(kind)
        for key in data.keys() - known.keys():
            message = f"“{key}” is not a key that is known here"
            hint = did_you_mean(key, known)
            self.fault((*path, key), Fault("unknown-key", message, hint), at_key=True)
        for key in [key for key, info in known.items() if info.required and key not in data]:
            hint = f"write “{key}:” here"
            self.fault((*path, key), Fault("missing-key", f"“{key}” is missing", hint))
        values = {
            key: self.value(info.kind, data[key], (*path, key))
            for key, info in known.items()
            if key in data
        }
        absent = any(info.required and key not in data for key, info in known.items())
        if absent or any(value is _FAULTY for value in values.values()):
            return _FAULTY
        try:
            return kind(**values)
        except Fault as fault:
            return self.fault(path, fault, at_key=True)

    def _keyed(self, key_kind: Any, kind: Any, data: Data | None, path: Path) -> Any:
        if not isinstance(data, dict):
            return self.fault(path, _wrong_shape("entries, each with a key of its own", data))
        result = {}
        for key, item in data.items():
            try:
                result[key_kind.parse(key)] = self.value(kind, item, (*path, key))
            except Fault as fault:
                self.fault((*path, key), fault, at_key=True)
        return result

    def _sequence(self, kind: Any, data: Data | None, path: Path) -> Any:
        if not data and not path:
            return ()  # a file that lists nothing yet
        if not isinstance(data, list) or not data:
            return self.fault(path, _wrong_shape("a list of one or more", data, "[{}]"))
        found: list[Any] = []
        for i, item in enumerate(data):
            value = self.value(kind, item, (*path, i))
            if value is not _FAULTY and value in found:
                message = "this stands in the list already"
                self.fault((*path, i), Fault("duplicate-item", message, "remove one of the two"))
            found.append(value)
        return tuple(found)

    def _text(self, data: Data | None, path: Path) -> Any:
        known = self.context.languages
        wanted = list(data if known is None and isinstance(data, dict) else known or ("en",))
        if not isinstance(data, dict):
            form = ", ".join(f"{code}: …" for code in wanted)
            return self.fault(path, _wrong_shape(f"a text in each language ({{{form}}})", data))
        for code in data.keys() - set(wanted):
            message = f"“{code}” is not a language of this site"
            fault = Fault("unknown-language", message, _meant(code, data[code], wanted))
            self.fault((*path, code), fault, at_key=True)
        absent = [code for code in wanted if not data.get(code)]
        if absent:
            names = ", ".join(f"“{code}”" for code in absent)
            hint = "write the text in that language too"
            fault = Fault("missing-language", f"the text lacks {names}", hint)
            return self.fault(path, fault, at_key=True)
        texts = {code: self._scalar(str, data[code], (*path, code)) for code in wanted}
        faulty = any(text is _FAULTY for text in texts.values())
        return _FAULTY if faulty else Text(types.MappingProxyType(texts))

    def _scalar(self, kind: Any, data: Data | None, path: Path) -> Any:
        if not isinstance(data, str):
            return self.fault(path, _wrong_shape("a text", data))
        try:
            text = _clean(data)
            return text if kind is str else _parse(kind, _plain(text), self.context)
        except Fault as fault:
            return self.fault(path, fault)


def _parse(kind: Any, text: str, context: Context) -> Any:
    if kind is bool:
        return _truth(text)
    if kind is datetime.date:
        return _date(text)
    if get_origin(kind) is Annotated:
        return _reference(get_args(kind)[1], text, context)
    if get_origin(kind) is Literal:
        return _choice(get_args(kind), text)
    return kind.parse(text)


def _clean(text: str) -> str:
    text = text.strip()
    if not text:
        hint = "write one, or remove the key; a text that begins with “#” needs quotes round it"
        raise Fault("empty-value", "there is no value here", hint)
    if sign := UNSHOWABLE.search(text):
        raise Fault("bad-character", f"the sign U+{ord(sign[0]):04X} cannot be shown", "remove it")
    return text


def _plain(text: str) -> str:
    """A value that is no prose, as it was meant: hard and double spaces are plain ones."""
    if _CURLY.fullmatch(text):
        message = f"the quotation marks {text[0]} and {text[-1]} are part of the value here"
        raise Fault("curly-quotes", message, 'type straight ones, " and ", or none')
    return " ".join(text.split())


_CURLY = re.compile("[“”„][^“”„]*[“”]|[‘’‚][^‘’‚]*[‘’]")
"""A text within the quotation marks of a word processor, which YAML does not know."""


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        hint = "write true or false; “yes”, “no”, “on” and “off” are plain texts here"
        raise Fault("bad-truth", f"“{text}” is neither true nor false", hint)
    return text == "true"


def _date(text: str) -> datetime.date:
    if found := _iso(text):
        return found
    hint = "write year-month-day, for example “2025-06-06”"
    day = re.fullmatch(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})", text)
    meant = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else re.sub("[‐-―−]", "-", text)
    if meant != text and _iso(meant):
        hint = f"write year-month-day with plain hyphens: {meant}"
    raise Fault("bad-date", f"“{text}” is not a date", hint)


def _iso(text: str) -> datetime.date | None:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    return None


def _reference(ref: Ref, text: str, context: Context) -> str:
    keys = context.keys.get(ref.part)
    if keys is not None and text not in keys:
        part = ref.part.replace("_", " ")
        hint = did_you_mean(text, keys)
        raise Fault("unknown-slug", f"there is no “{text}” among the {part}", hint)
    return text


def _choice(choices: tuple[str, ...], text: str) -> str:
    if text not in choices:
        message = f"“{text}” is not one of the values known here"
        raise Fault("unknown-value", message, did_you_mean(text, choices))
    return text


def _meant(code: str, value: Data, known: Collection[str]) -> str:
    """What somebody may have meant by a language that is none: often the text of another."""
    language, _, rest = code.partition(":")
    if language in known and rest:
        return f"leave a space after the colon: “{language}: {rest}”"
    if not value:
        return "a text with a comma needs quotes round it, and each language its colon"
    return did_you_mean(code, known)


def _wrong_shape(wanted: str, data: Data | None, form: str = "") -> Fault:
    hint = f"write “{form.format(data)}”" if form and data and isinstance(data, str) else ""
    found = {dict: "entries with keys", list: "a list", str: f"the text “{data}”"}
    is_now = found[type(data)] if data else "nothing"
    return Fault("bad-value", f"{wanted} should stand here, and {is_now} does", hint)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry: its type, with annotations, and whether it must be given."""

    kind: Any
    required: bool


@cache
def fields(kind: type[Entry]) -> dict[str, Field]:
    """The fields of an entry type, in order."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        info.name: Field(
            hints[info.name], info.default is NODEFAULT and info.default_factory is NODEFAULT
        )
        for info in structs.fields(kind)
    }
