"""What changed, in short: for change logs, entries that are being drafted, and checks."""

from __future__ import annotations

from dataclasses import dataclass

from klartekst.redline.values import Change, Redline


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A section that says anything else, and what happened to it.

    `id` is empty for what stands before the first section; `label` is number and title as they are
    now, or as they were where the section is gone.
    """

    id: str
    label: str
    changes: tuple[Change, ...]


def summary(redline: Redline) -> list[SectionSummary]:
    """The changed sections in the order of the page; empty where only the title changed."""
    found = [SectionSummary("", "", ("changed",))] if redline.lead_changed else []
    return found + [
        SectionSummary(section.id, section.label, section.changes)
        for section in redline.sections
        if section.changes
    ]
