"""White space and characters as the canonical form has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from klartekst.model.version import Inline, Run

INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
"""Elements that stand within a sentence: their tags do not separate words."""

INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero width space, word joiner, byte order mark
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"  # not characters
)
"""What is removed from a text, as the inside of a regular expression's character class."""

_WHITE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def words(text: str) -> str:
    """The text with one plain space for each stretch of white space, and nothing invisible."""
    return _WHITE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def tidy(runs: Iterable[Run]) -> Inline:
    """The runs as the text of a block: white space collapsed across them, none at the ends.

    A space between two styles has what they have in common, so that ``<b>a </b>b`` and
    ``<b>a</b> b`` are the same.
    """
    pieces = list(_collapsed(runs))
    for i, run in enumerate(pieces):
        if run.text == " ":
            pieces[i] = _between(pieces[i - 1], pieces[i + 1])
    return Inline(tuple(pieces))


def _collapsed(runs: Iterable[Run]) -> Iterator[Run]:
    """Words and single spaces in turn; a space is a run of its own only where two runs meet."""
    space = started = False
    for run in runs:
        text = words(run.text)
        bare = text.strip(" ")
        if bare and started and (space or text[0] == " "):
            yield Run(" ")
        if bare:
            yield Run(bare, run.marks, run.href)
            started, space = True, text[-1] == " "
        else:
            space = space or bool(text)


def _between(left: Run, right: Run) -> Run:
    marks = tuple(mark for mark in left.marks if mark in right.marks)
    return Run(" ", marks, left.href if left.href == right.href else "")
