"""The data as a text may name it: ``{{ controller.email }}``, ``{{ bases.contract.article }}``.

A view of the model in one language, with references followed: names lead to values and to nothing
else, so an expression in a text cannot reach a method or the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

from klartekst import typed
from klartekst.model import Entry, Register, Settings, Text
from klartekst.model.values import Ref


class Facts:
    """Names and their values; reading an unknown name is an error, iterating gives the values."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        """A view of `values`, which the caller may go on filling."""
        self._values = {} if values is None else values

    def __getattr__(self, name: str) -> Any:
        """The value called `name`."""
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[Any]:
        """The values, in the order of the data file."""
        return iter(self._values.values())

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._values)

    def __dir__(self) -> list[str]:
        """The names."""
        return list(self._values)


def facts(
    settings: Settings | None, register: Register | None, language: str
) -> dict[str, Facts | None]:
    """Every name that a text in `language` may use; None for what could not be read."""
    found: dict[str, Facts | None] = dict.fromkeys(
        ("controller", "authority", "site", *Register.__struct_fields__)
    )
    if register is not None:
        found |= _register_facts(register, language)
    if settings is not None:
        values = _values(settings, language, {})
        found["controller"], found["authority"] = values["controller"], values["authority"]
        found["site"] = Facts({"base_url": settings.base_url})
    return found


def _register_facts(register: Register, language: str) -> dict[str, Facts]:
    # First an empty view of every entry, then their values: so an entry may refer to any other.
    parts = {part: getattr(register, part) for part in Register.__struct_fields__}
    values: dict[str, dict[str, dict[str, Any]]] = {
        part: {key: {"key": str(key)} for key in entries} for part, entries in parts.items()
    }
    views = {p: {key: Facts(v) for key, v in group.items()} for p, group in values.items()}
    for part, entries in parts.items():
        for key, entry in entries.items():
            values[part][key].update(_values(entry, language, views))
    return {part: Facts(dict(group)) for part, group in views.items()}


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
