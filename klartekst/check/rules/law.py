"""Law in force: what the texts cite, and whether it still holds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from klartekst.check.data import table
from klartekst.check.finding import Example, Found, Rule, rule
from klartekst.check.subject import Subject

_SECTION = re.compile(
    r"(?:§§?|sections?)[\s\u00a0]*([0-9]+(?:-[0-9]+)?(?:[\s\u00a0][a-z]\b)?)", re.I
)


@rule(
    "repealed-provision",
    "warning",
    "The provision's own act; see the table of provisions that comes with Klartekst",
    why="A notice that rests on repealed law tells people to look up what no longer exists, and "
    "shows that the basis was not examined since. For cookies the rule itself changed: since "
    "1 January 2025 the Norwegian act asks for consent as the GDPR defines it.",
    mend="Cite the provision in force, and examine whether what you do meets it.",
    example=Example(
        "data/register.yaml", bad="ekomloven §\u00a02-7 b", good="ekomloven §\u00a03-15"
    ),
)
def repealed_provision(subject: Subject) -> Iterator[Found]:
    """A text cites a provision that is no longer in force."""
    words = _any_name()
    for passage in subject.passages():
        low = passage.text.lower()
        for match in words.finditer(low):
            for entry in table("provisions"):
                if match[0] in entry["names"] and (where := _cited(entry, low, match)) is not None:
                    until = datetime.date.fromisoformat(entry["until"])
                    if until < subject.site.as_of:
                        yield _found(entry, passage.at(where), passage.language)
                        break


@cache
def _any_name() -> re.Pattern[str]:
    """One pattern for the names of all acts, put together by their first letter."""
    names = {name for entry in table("provisions") for name in entry["names"]}
    letters: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        letters.setdefault(name[0], []).append(re.escape(name[1:]))
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in letters.items()))


def _cited(entry: dict[str, Any], text: str, name: re.Match[str]) -> int | None:
    """Where the text cites the entry's provision near the act's name; None if it does not."""
    if "only_with" in entry and not any(word in text for word in entry["only_with"]):
        return None
    if not entry["section"]:
        return name.start()
    for match in _SECTION.finditer(text, max(name.start() - 60, 0), name.end() + 30):
        if " ".join(match[1].split()) == entry["section"]:
            return match.start()
    return None


def _found(entry: dict[str, Any], place: Any, language: str) -> Found:
    until = datetime.date.fromisoformat(entry["until"])
    name = f"{entry['names'][0]} § {entry['section']}" if entry["section"] else entry["names"][0]
    instead = entry["instead"].get(language, entry["instead"]["en"])
    message = f"“{name}” has not been in force since {until}: cite “{instead}”"
    return Found(place, message, f"examine whether the text still holds under {instead}")


RULES: tuple[Rule, ...] = (repealed_provision,)
