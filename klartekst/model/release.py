"""Released versions: what was in force, from when, and the fingerprints that prove it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from klartekst.model.values import Text


@dataclass(frozen=True, slots=True)
class ReleasedPage:
    """One page in one language as it was released.

    `fragment` is its text in canonical form, `fingerprint` the SHA-256 of its canonical text and
    `sections` that of each section by id, as hexadecimal digits (see `klartekst.canonical`); a
    working text has none yet.
    """

    title: str
    description: str
    fragment: str
    fingerprint: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release:
    """All that was released for one date: its entry in the change log, its pages, its facts.

    It is in force from `date` and was frozen on the day `made`. `host` is that of the site on that
    day, by which lasting ids are formed. `pages` are keyed by page id and language; `facts` are the
    data behind them, read from JSON when asked for. `digest` is the SHA-256 of the manifest, by
    which the next release refers to this one: none can be changed without changing all later.
    """

    date: datetime.date
    made: datetime.date
    host: str
    kind: Literal["material", "editorial"]
    summary: Text
    pages: Mapping[tuple[str, str], ReleasedPage]
    frozen_facts: bytes
    digest: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """The plain data of that day (`klartekst.archive.facts`)."""
        found: dict[str, Any] = json.loads(self.frozen_facts)
        return found
