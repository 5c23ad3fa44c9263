"""What people have said about findings and translations: ``waivers.yaml``, ``translations.yaml``.

Only `check` reads them; no page shows them.
"""

from __future__ import annotations

import datetime
from typing import TypeAlias

from klartekst.model.values import Entry, Formed, LanguageCode


class Waiver(Entry, frozen=True):
    """A finding that the company has seen and not yet mended: why, who says so, and until when.

    `at` are the places: a file, ``data/register.yaml``; an entry of it or what stands below that,
    ``data/register.yaml#cookies.gads``; a section, ``content/en/privacy.md#rights``.
    """

    rule: str
    at: tuple[str, ...]
    reason: str
    who: str
    until: datetime.date


class Unit(Formed):
    """What is translated: a page by its id, or a data file by its path."""

    pattern = "[a-z][a-z0-9-]*|data/[a-z]+\\.yaml"
    example = "privacy"
    code = "bad-unit"


class Part(Formed):
    """A part of it: the id of a section, or the path of an entry."""

    pattern = "[a-z][a-z0-9._-]*"
    example = "rights"
    code = "bad-part"


class Mark(Formed):
    """Sixteen digits of a text's SHA-256, which only the command “reviewed” writes."""

    pattern = "[0-9a-f]{16}"
    example = "0a1b2c3d4e5f6789"
    code = "bad-mark"


Translations: TypeAlias = dict[Unit, dict[Part, dict[LanguageCode, Mark]]]
"""By unit and part: the text of each language when they were last held against each other."""
