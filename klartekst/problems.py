"""What can be wrong with a site's sources, where, and how to mend it.

Everything that finds fault *returns* `Problem` values; only the stage that cannot go on gathers
them and raises `SiteError`, the one exception of this package.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a source file: path relative to the site, line and column, both from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """The place as editors and terminals link it: ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault: where it is, a lasting code, what is wrong, and how to mend it."""

    place: Place
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """``file:line:column: message [code]``, with the hint on a line of its own."""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{self.place}: {self.message} [{self.code}]{hint}"


class SiteError(Exception):
    """The sources cannot become a site; `problems` holds every reason, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort `problems` by place and drop repetitions."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, or all known ones if none is near."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean “{near[0]}”?"
    return "known here: " + ", ".join(names) if names else ""
