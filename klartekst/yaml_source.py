"""YAML as people mean it: every scalar is text, and every value knows its line and column.

PyYAML's own constructors read ``no`` as False, ``12:30`` as 750 and keep the last of two equal
keys in silence. Here nothing is guessed: the typed model (`klartekst.model`) decides what a text
means, and a key that stands twice is an error with both places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from klartekst.problems import Place, Problem

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
Path: TypeAlias = tuple[str | int, ...]

# The loader that types nothing; in C where PyYAML was built with it, ten times as fast.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its plain data, where each value and key stands, and what was wrong.

    `data` is None where the text could not be parsed at all.
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
    reader = _Reader(file, first_line - 1)
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        return Document(file, None, (_syntax_problem(error, text, reader),))
    data = reader.read(root, ()) if root is not None else {}
    if reader.shared:
        reader.problems += _alias_problems(text, reader)
    return Document(file, data, tuple(reader.problems), reader.values, reader.keys)


class _Reader:
    """Turns a composed node tree into plain data and notes every place on the way."""

    def __init__(self, file: str, line_offset: int) -> None:
        self.file = file
        self.line_offset = line_offset
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self.shared = False
        self._seen: set[int] = set()

    def place(self, mark: yaml.Mark) -> Place:
        return Place(self.file, mark.line + 1 + self.line_offset, mark.column + 1)

    def read(self, node: yaml.Node, path: Path) -> Data:
        # An alias is the same node met again. It is not followed, so nothing can explode.
        if id(node) in self._seen:
            self.shared = True
            return ""
        self._seen.add(id(node))
        place = self.values[path] = self.place(node.start_mark)
        if node.tag not in _PLAIN_TAGS:
            message = f"the tag “{node.tag}” is not used here"
            self.problems.append(Problem(place, "yaml-tag", message, "remove the tag"))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, i)) for i, item in enumerate(node.value)]
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            place = self.place(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                message = "a key must be a plain text"
                self.problems.append(Problem(place, "yaml-key", message, "put quotes round it"))
                continue
            key = str(key_node.value)
            if key in data:
                first = self.keys[(*path, key)]
                message = f"the key “{key}” stands twice, first on line {first.line} ({first})"
                hint = "keep one of the two"
                self.problems.append(Problem(place, "duplicate-key", message, hint))
                continue
            self.keys[(*path, key)] = place
            data[key] = self.read(value_node, (*path, key))
        return data


def _syntax_problem(error: yaml.YAMLError, text: str, reader: _Reader) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = reader.place(mark) if mark else Place(reader.file, reader.line_offset + 1)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    line = text.splitlines()[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
    if "\t" in line[: mark.column + 1 if mark else 0]:
        place = Place(place.file, place.line, line.index("\t") + 1)
        message = "a tab stands where YAML wants spaces"
        return Problem(place, "yaml-tab", message, "indent with spaces, two a level")
    if "undefined alias" in what:
        return Problem(place, "yaml-alias", _ALIAS_MESSAGE, _ALIAS_HINT)
    context = getattr(error, "context", None)
    message = f"this is not valid YAML: {what}" + (f" ({context})" if context else "")
    return Problem(place, "yaml-syntax", message, _SYNTAX_HINT)


_SYNTAX_HINT = (
    "look at this line and the one above: indentation, a missing colon, "
    "or a text that holds “: ” or begins with a special sign and needs quotes round it"
)
_ALIAS_MESSAGE = "aliases (*name) are not used here"
_ALIAS_HINT = "write the value out, or give it an entry of its own and refer to its key"


def _alias_problems(text: str, reader: _Reader) -> list[Problem]:
    return [
        Problem(reader.place(token.start_mark), "yaml-alias", _ALIAS_MESSAGE, _ALIAS_HINT)
        for token in yaml.scan(text, Loader=_LOADER)
        if isinstance(token, yaml.AliasToken)
    ]
