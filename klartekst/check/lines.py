"""The lines of the source files, for exact columns and for showing a finding."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from klartekst.cache import Memory
from klartekst.problems import Place
from klartekst.text_file import read_bytes


class Lines:
    """A site's files line by line, each read once."""

    def __init__(self, root: Path) -> None:
        """`root` is the site's folder."""
        self.root = root
        self.of = cache(self._lines)

    def _lines(self, file: str) -> list[str]:
        data = read_bytes(self.root, file, [], Memory())
        if data is None:  # whoever needed the file has told why
            return []
        return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")

    def line(self, place: Place) -> str:
        """The line of a place; empty where there is none."""
        lines = self.of(place.file)
        return lines[place.line - 1] if place.line <= len(lines) else ""

    def text_at(self, place: Place, text: str) -> Place | None:
        """Where `text` begins whose value stands at `place`; None where it is typed otherwise.

        A text in quotes begins after the quote, and one that is folded or escaped nowhere exactly.
        """
        line = self.line(place)
        for shift in (0, 1):
            if line.startswith(text, place.column - 1 + shift):
                return Place(place.file, place.line, place.column + shift)
        return None
