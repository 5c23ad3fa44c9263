"""The data as a text may name it: ``{{ controller.email }}``, ``{{ bases.contract.article }}``.

A view of the model in one language, with references followed: names lead to values and to nothing
else, so an expression in a text cannot reach a method or the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Annotated, Any, get_args, get_origin

from klartekst import typed
from klartekst.cache import Watched
from klartekst.model import Entry, Register, Settings, Text
from klartekst.model.values import Ref


class Facts:
    """Names and their values; reading an unknown name is an error, iterating gives the values."""

    __slots__ = ("_note", "_values")

    def __init__(
        self, values: dict[str, Any] | None = None, note: Callable[[], None] = lambda: None
    ) -> None:
        """A view of `values`, which the caller may go on filling; `note` hears when one is read."""
        self._values = {} if values is None else values
        self._note = note

    def __getattr__(self, name: str) -> Any:
        """The value called `name`."""
        self._note()
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[Any]:
        """The values, in the order of the data file."""
        self._note()
        return iter(self._values.values())

    def __len__(self) -> int:
        """How many names there are."""
        self._note()
        return len(self._values)

    def __dir__(self) -> list[str]:
        """The names."""
        self._note()
        return list(self._values)


class Data(dict[str, Facts | None], Watched):
    """Every name that a text in one language may use; None for what could not be read.

    A page is made of the entries that it reads, and is made anew only when one of these changes.
    """

    def __init__(self, language: str) -> None:
        """Without any name, for texts in `language`."""
        super().__init__()
        self.language = language
        self.says = {}
        self.used = set()

    def take_in(self, name: str, values: Mapping[str, Any] | None, said: object = None) -> None:
        """Give a text the group `name` of values, which are made of what is `said` in the data."""
        self[name] = None if values is None else self.view(dict(values), said, name)

    def view(self, values: dict[str, Any], said: object, *path: str) -> Facts:
        """A view of `values` that notes who reads it."""
        self.says[self.language, *path] = said
        return Facts(values, partial(self._note, *path))

    def __getitem__(self, name: str) -> Facts | None:
        """The group called `name`."""
        self._note(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The group called `name`, or `default` where there is none."""
        self._note(name)
        return super().get(name, default)

    def _note(self, *path: str) -> None:
        self.used.add((self.language, *path))


def facts(settings: Settings | None, register: Register | None, language: str) -> Data:
    """Every name of the data that a text in `language` may use."""
    found = Data(language)
    _register_facts(found, register)
    for name in ("controller", "authority"):
        entry = None if settings is None else getattr(settings, name)
        found.take_in(name, entry and _values(entry, language, {}), entry)
    base = None if settings is None else {"base_url": settings.base_url}
    found.take_in("site", base, base)
    return found


def _register_facts(found: Data, register: Register | None) -> None:
    if register is None:
        for part in Register.__struct_fields__:
            found.take_in(part, None)
        return
    # First an empty view of every entry, then their values: so an entry may refer to any other.
    parts = {part: getattr(register, part) for part in Register.__struct_fields__}
    values: dict[str, dict[str, dict[str, Any]]] = {
        part: {key: {"key": str(key)} for key in entries} for part, entries in parts.items()
    }
    views = {
        part: {key: found.view(v, parts[part][key], part, key) for key, v in group.items()}
        for part, group in values.items()
    }
    for part, entries in parts.items():
        for key, entry in entries.items():
            values[part][key].update(_values(entry, found.language, views))
        found.take_in(part, views[part], tuple(entries))


_Views = Mapping[str, Mapping[str, Facts]]


def _values(entry: Entry, language: str, views: _Views) -> dict[str, Any]:
    """The entry's own values, and the properties that its class computes from them."""
    values = {
        name: _view(getattr(entry, name), info.kind, language, views)
        for name, info in typed.fields(type(entry)).items()
    }
    for name, member in vars(type(entry)).items():
        if isinstance(member, property):
            values[name] = getattr(entry, name)
    return values


def _view(value: Any, kind: Any, language: str, views: _Views) -> Any:
    if value is None:
        return None
    if isinstance(value, Text):
        return value.in_language.get(language)  # none where the languages could not be read
    if isinstance(value, Entry):
        return Facts(_values(value, language, views))
    if isinstance(value, tuple):
        return [_view(item, get_args(kind)[0], language, views) for item in value]
    part = reference(kind)
    return views[part][value] if part is not None and part in views else value


def reference(kind: Any) -> str | None:
    """The register part that a field of this type refers to, if it does."""
    options = [kind, *get_args(kind)]
    for option in options:
        if get_origin(option) is Annotated and isinstance(get_args(option)[1], Ref):
            return str(get_args(option)[1].part)
    return None
