"""What can be wrong with a site's sources, where, and how to mend it.

Everything that finds fault *returns* `Problem` values; only the stage that cannot go on gathers
them and raises `SiteError`, the one exception of this package.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


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
        hint = f"\n    hint: {printable(self.hint)}" if self.hint else ""
        return f"{printable(f'{self.place}: {self.message}')} [{self.code}]{hint}"


# What breaks a line, commands a terminal, turns the reading direction of all that follows, or
# cannot be seen and makes two words look alike.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufeff]"
)
_LONG_QUOTATION = re.compile("“([^”]{60})[^”]{5,}”")


def printable(text: str, *, whole: bool = False) -> str:
    """The text on one line: strange signs as escapes, long quotations cut unless it is `whole`."""
    short = text if whole else _LONG_QUOTATION.sub(r"“\1…”", text)
    return _UNPRINTABLE.sub(lambda sign: sign[0].encode("unicode_escape").decode(), short)


class SiteError(Exception):
    """The sources cannot become a site; `problems` holds every reason, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort `problems` by place and drop repetitions."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def command(words: str) -> str:
    """A command as it is typed here, for hints: ``python build.py release``."""
    installed = Path(sys.argv[0]).stem == "klartekst"
    return f"{'klartekst' if installed else 'python build.py'} {words}"


_SHOWN = 15


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, or all known ones if none is near."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean “{near[0]}”?"
    more = ", …" if len(names) > _SHOWN else ""
    return f"known here: {', '.join(names[:_SHOWN])}{more}" if names else ""
