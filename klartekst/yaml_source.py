"""YAML as people mean it: every scalar is text, and every value knows its line and column.

PyYAML's own constructors read ``no`` as False, ``12:30`` as 750 and keep the last of two equal
keys in silence. Here nothing is guessed: the typed model (`klartekst.model`) decides what a text
means, and a key that stands twice is an error with both places.

The parser's events are read, not its trees: so an alias is met before it can be followed, and the
nesting is measured before it can exhaust the stack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from klartekst.problems import Place, Problem

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
Path: TypeAlias = tuple[str | int, ...]

_Event: TypeAlias = Any  # the published types of PyYAML know too little of its events

# The loader that types nothing; in C where PyYAML was built with it, ten times as fast.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = frozenset((None, "!", *(f"tag:yaml.org,2002:{t}" for t in ("str", "seq", "map"))))
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its plain data, where each value and key stands, and what was wrong.

    `data` is None where the text could not be read as plain data.
    """

    file: str
    data: Data | None
    problems: tuple[Problem, ...]
    values: dict[Path, Place] = field(repr=False, default_factory=dict)
    keys: dict[Path, Place] = field(repr=False, default_factory=dict)

    def place(self, path: Sequence[str | int]) -> Place:
        """Where the value at `path` stands; for one that is missing, the key of its parent."""
        if found := self.values.get(tuple(path)):
            return found
        for end in range(len(path) - 1, -1, -1):
            if tuple(path[:end]) in self.values:
                return self.key_place(path[:end])
        return Place(self.file)

    def key_place(self, path: Sequence[str | int]) -> Place:
        """Where the key of the entry at `path` stands; the value's place for a list item."""
        key = tuple(path)
        return self.keys.get(key) or self.values.get(key) or Place(self.file)


def parse(text: str, file: str, first_line: int = 1) -> Document:
    """Parse one YAML document.

    `file` names it in places; `first_line` is the line of the file on which `text` begins (front
    matter starts on the second). Never raises: faults of form are in the document's `problems`.
    """
    reader = _Reader(text, file, first_line)
    try:
        data = reader.document()
    except yaml.YAMLError as error:
        reader.problems.append(_syntax_problem(error, reader))
        data = None
    except _NotPlainError:
        data = None
    plain = data if reader.plain else None
    return Document(file, plain, tuple(reader.problems), reader.values, reader.keys)


class _NotPlainError(Exception):
    """The rest of the document is not worth reading; the reason is noted."""


class _Reader:
    """Turns a parser's events into plain data and notes every place on the way.

    `plain` tells whether all of the document could become data.
    """

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.text = text
        self.file = file
        self.first_line = first_line
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self.plain = True
        # Lines are counted as editors count them; to YAML, U+2028 ends a line too.
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._events: Iterator[_Event] = iter(())

    def place(self, mark: Any) -> Place:
        """Where the parser's `mark` stands in the file."""
        return self.place_at(mark.index)

    def place_at(self, index: int) -> Place:
        """Where the sign at an index of the text stands in the file."""
        line = bisect_right(self._line_starts, index) - 1
        return Place(self.file, self.first_line + line, index - self._line_starts[line] + 1)

    def around(self, mark: Any) -> tuple[int, int]:
        """From where to where the line of `mark` and the one above it go in the text."""
        line = bisect_right(self._line_starts, mark.index) - 1
        starts = [*self._line_starts, len(self.text)]
        return starts[max(line - 1, 0)], starts[line + 1]

    def line_to(self, mark: Any) -> str:
        """What stands on the line of `mark`, up to and with the sign that it points at."""
        start = self._line_starts[bisect_right(self._line_starts, mark.index) - 1]
        return self.text[start : mark.index + 1]

    def document(self) -> Data:
        """The data of the one document; nothing at all is an empty mapping."""
        self._events = yaml.parse(self.text, Loader=_LOADER)
        found: Data | None = None
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if found is not None:
                self._refuse(
                    event,
                    "yaml-syntax",
                    "a second document begins here",
                    "remove the line of three hyphens",
                )
                raise _NotPlainError
            found = self._node(next(self._events), ())
        return {} if found is None else found

    def _refuse(self, event: _Event, code: str, message: str, hint: str) -> None:
        """Note that something is there which is not plain data."""
        self.plain = False
        self.problems.append(Problem(self.place(event.start_mark), code, message, hint))

    def _node(self, event: _Event, path: Path) -> Data:
        self.values[path] = self.place(event.start_mark)
        self._form(event)
        self._closed(event)
        if len(path) > _DEEPEST:
            self._refuse(
                event,
                "yaml-depth",
                f"this is nested more than {_DEEPEST} deep",
                "look for a bracket or a hyphen too many",
            )
            raise _NotPlainError
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            items = enumerate(self._until(yaml.SequenceEndEvent))
            return [self._node(item, (*path, i)) for i, item in items]
        return getattr(event, "value", "")

    def _form(self, event: _Event) -> None:
        """Note an alias, or a tag that asks for more than text, a list or a mapping."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                event,
                "yaml-alias",
                "aliases (*name) are not used here",
                "write the value out, or give it an entry of its own and refer to its key",
            )
        elif event.tag not in _PLAIN_TAGS:
            message = f"the tag “{event.tag}” is not used here"
            self._refuse(event, "yaml-tag", message, "remove the tag")

    def _closed(self, event: _Event) -> None:
        """Note a text in quotation marks that goes on over what look like the keys after it."""
        if getattr(event, "style", None) in ("'", '"'):
            text = self.text[event.start_mark.index : event.end_mark.index]
            if _KEY_WITHIN.search(text):
                end = self.place(event.end_mark).line
                message = f"the text that begins here with {text[0]} goes on to line {end}"
                hint = f"end it with the same straight sign: {text[0]}"
                self._refuse(event, "open-quotes", message, hint)

    def _until(self, end: type[yaml.Event]) -> Iterator[_Event]:
        """The events up to the next `end`; what begins within is for the caller to read whole."""
        while not isinstance(event := next(self._events), end):
            yield event

    def _mapping(self, path: Path) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for event in self._until(yaml.MappingEndEvent):
            place = self.place(event.start_mark)
            self._form(event)
            if isinstance(event, yaml.CollectionStartEvent):
                self._refuse(event, "yaml-key", "a key must be a plain text", "put quotes round it")
                raise _NotPlainError
            key, value = getattr(event, "value", ""), next(self._events)  # an alias has no value
            if key in data:
                first = self.keys[(*path, key)]
                message = f"the key “{key}” stands twice, first on line {first.line} ({first})"
                hint = "keep one of the two"
                self.problems.append(Problem(place, "duplicate-key", message, hint))
                self._aside(value, (*path, key))
                continue
            self.keys[(*path, key)] = place
            data[key] = self._node(value, (*path, key))
        return data

    def _aside(self, event: _Event, path: Path) -> None:
        """Read a value for its faults of form alone; the places of its namesake stay."""
        values, keys = self.values, self.keys
        self.values, self.keys = {}, {}
        self._node(event, path)
        self.values, self.keys = values, keys


def _syntax_problem(error: yaml.YAMLError, reader: _Reader) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    if mark is None:
        return Problem(Place(reader.file, reader.first_line), "yaml-syntax", what, _SYNTAX_HINT)
    place = reader.place(mark)
    line = reader.line_to(mark)
    if "\t" in line:
        place = Place(place.file, place.line, line.index("\t") + 1)
        message = "a tab stands where YAML wants spaces"
        return Problem(place, "yaml-tab", message, "indent with spaces, two a level")
    if found := _HARD_SPACE.search(reader.text, *reader.around(mark)):
        place = reader.place_at(found.end() - 1)
        message = "a hard space (U+00A0) stands where YAML wants a plain one"
        return Problem(place, "yaml-space", message, "remove it, and type a space")
    message, hint = _IN_WORDS.get(what, (f"this is not valid YAML: {what}", _SYNTAX_HINT))
    begun = getattr(error, "context_mark", None)
    if begun and (first := reader.place(begun)).line < place.line:
        message += f"; it belongs to what begins on line {first.line}"
    return Problem(place, "yaml-syntax", message, hint)


_KEY_WITHIN = re.compile(r"\n *(?:- )?[a-z_]+:(?: |\n)")
_HARD_SPACE = re.compile("(?:(?<=\n)|\\A) *\u00a0|:\u00a0")
_QUOTES = 'put straight quotes round the text: "…"'
_UNFIT = "this line does not fit in with those above it"
_LEVEL = "indent it as the lines of the same kind above it, and end each quoted text with its sign"
_IN_WORDS = {
    "mapping values are not allowed in this context": (
        "here stands a second “: ”, or a line that is indented too far",
        f"{_QUOTES}; or indent the line as its neighbours",
    ),
    "could not find expected ':'": (
        "the line before this place has no “: ” after its key",
        "write the key, a colon and a space: “title: Cookies”",
    ),
    "found unexpected end of stream": (
        "a quotation mark is opened and never closed", "end the text with the same straight sign",
    ),
    "found character that cannot start any token": (
        "a text cannot begin with this sign", _QUOTES,
    ),
    "did not find expected alphabetic or numeric character": (
        "a text cannot begin with “*” or “&”", _QUOTES,
    ),
    "did not find expected key": (_UNFIT, _LEVEL),
    "did not find expected <document start>": (_UNFIT, _LEVEL),
    "block sequence entries are not allowed in this context": (
        "a list begins on a line of its own", "put each “- ” on a new line, under the key",
    ),
    "found unknown escape character": (
        "a backslash means something else within double quotes", "put single quotes round the text",
    ),
    "did not find expected '-' indicator": (_UNFIT, _LEVEL),
    "did not find expected ',' or '}'": (
        "a brace is not closed, or a text within braces needs quotes round it",
        'within {…}, put a text with a comma, a colon or a quote in straight quotes: {nb: "…"}',
    ),
    "did not find expected ',' or ']'": (
        "a bracket is not closed, or a text within brackets needs quotes round it",
        'within […], put a text with a comma, a colon or a quote in straight quotes: ["…"]',
    ),
}  # fmt: skip
"""What libyaml says, and the same for people."""

_SYNTAX_HINT = (
    "look at this line and the one above: indentation, a missing colon, "
    "or a text that holds “: ” or begins with a special sign and needs quotes round it"
)
