"""What people have said about findings and translations: ``waivers.yaml``, ``translations.yaml``.

Only `check` reads them; no page shows them.
"""

from __future__ import annotations

import datetime
from typing import TypeAlias

from klartekst.model.values import Entry, Formed, LanguageCode, PageId


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


class Mark(Formed):
    """A fingerprint of a section's text, sixteen hexadecimal digits. Written by a command."""

    pattern = "[0-9a-f]{16}"
    example = "0a1b2c3d4e5f6789"
    code = "bad-mark"


Translations: TypeAlias = dict[PageId, dict[PageId, dict[LanguageCode, Mark]]]
"""By page and section: the text of each language when they were last held against each other."""
