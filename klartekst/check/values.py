"""Where the values come from: expressions of texts and texts of the data, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from klartekst import typed
from klartekst.check.lines import Lines
from klartekst.check.passages import Passage, Piece
from klartekst.messages import Language
from klartekst.model import Entry, Site, Text
from klartekst.problems import Place
from klartekst.render import show
from klartekst.render.facts import reference
from klartekst.yaml_source import Document, Path

SITE, REGISTER, CHANGES = "data/site.yaml", "data/register.yaml", "data/changes.yaml"

_NAME = re.compile(r"[a-z_]\w*(?:\.\w+)*", re.IGNORECASE)
_SETTINGS = ("controller", "authority")
_NOWHERE = Place("")


class Origin(NamedTuple):
    """A value of the data and the file and path at which it stands."""

    value: Any
    file: str
    path: Path


class Values:
    """Finds the values that expressions name, and all texts for people in the data."""

    def __init__(self, site: Site, documents: Mapping[str, Document], lines: Lines) -> None:
        """`documents` are the parsed data files by name."""
        self.site = site
        self.documents = documents
        self.lines = lines

    def origin(self, names: list[str]) -> Origin | None:
        """What a dotted name leads to, references followed; None for what is no data."""
        root = self.site.settings if names[0] in _SETTINGS else self.site.register
        file = SITE if names[0] in _SETTINGS else REGISTER
        if names[0] == "site":
            root, file, names = self.site.settings, SITE, names[1:]
        found = Origin(root, file, ())
        for name in names:
            step = self._step(found, name)
            if step is None:
                return None
            found = step
        return found

    def _step(self, origin: Origin, name: str) -> Origin | None:
        value, file, path = origin
        if isinstance(value, dict):
            return Origin(value[name], file, (*path, name)) if name in value else None
        if not isinstance(value, Entry):
            return None
        info = typed.fields(type(value)).get(name)
        if info is None:
            computed = path[-1] if name == "key" and path else getattr(value, name, None)
            return Origin(computed, file, path)
        part, inner = reference(info.kind), getattr(value, name)
        if part and isinstance(inner, str):
            return Origin(getattr(self.site.register, part).get(inner), REGISTER, (part, inner))
        return Origin(inner, file, (*path, name))

    def text(self, expression: str, language: Language) -> tuple[str, Place, bool]:
        """The text of an expression, its place, and whether its columns are exact.

        The place has no file where the value is none of the data's; filters are not applied.
        """
        match = _NAME.match(expression)
        found = self.origin(match[0].split(".")) if match else None
        if found is None or isinstance(found.value, (Entry, dict, tuple)) or found.value is None:
            return "", _NOWHERE, False
        value, path = found.value, found.path
        if isinstance(value, Text):
            value, path = value[language.code], (*path, language.code)
        text = show.plain(value, language)
        return (text, *self.place(found.file, path, text))

    def place(self, file: str, path: Path, text: str) -> tuple[Place, bool]:
        """Where `text`, the value at `path`, begins, and whether columns are exact from there."""
        place = self.documents[file].place(path)
        exact = self.lines.text_at(place, text)
        return exact or place, exact is not None

    def passages(self) -> Iterator[Passage]:
        """Every text for people in the data, in every language."""
        for file, entry in (
            (SITE, self.site.settings),
            (REGISTER, self.site.register),
            (CHANGES, self.site.changes),
        ):
            for path, text in texts(entry):
                for code, value in text.in_language.items():
                    place, exact = self.place(file, (*path, code), value)
                    piece = Piece(0, place, exact, "merged")
                    yield Passage(code, "data", value, (piece,))


def texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Every text for people in a value of the model, with the path at which it stands."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Entry):
        for name in typed.fields(type(value)):
            yield from texts(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, str(key)))
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from texts(item, (*path, i))
