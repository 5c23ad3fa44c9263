"""The words that the formats show beside the text itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from klartekst.redline.values import Change, Kind, Redline, Segment, Segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The formats' words in one language; the defaults are those that catalogues are keyed by.

    `moved_to`, `moved_from` hold ``{section}``, `was_number` holds ``{number}``.
    """

    deleted: str = "deleted"
    added: str = "added"
    moved: str = "moved"
    renamed: str = "renamed"
    changed: str = "changed"
    unchanged: str = "unchanged"
    moved_to: str = "moved to {section}"
    moved_from: str = "moved from {section}"
    was_number: str = "was number {number}"
    column: str = "column"
    lead: str = "Introduction"
    old: str = "Before"
    new: str = "After"
    no_changes: str = "No changes"

    def change(self, change: Change) -> str:
        """The word for what happened to a section or a row."""
        words: dict[Change, str] = {
            "added": self.added,
            "deleted": self.deleted,
            "moved": self.moved,
            "renamed": self.renamed,
            "changed": self.changed,
        }
        return words[change]

    def kind(self, kind: Kind) -> str:
        """The word for what happened to a stretch of text, without where it went."""
        return self.deleted if kind == "deleted" else self.added if kind == "added" else self.moved

    def where(self, segment: Segment, redline: Redline) -> str:
        """“moved to 8. Your rights” for what was moved, nothing for the rest."""
        template = {"moved_away": self.moved_to, "moved_here": self.moved_from}.get(segment.kind)
        if template is None:
            return ""
        return template.replace("{section}", redline.label(segment.section) or self.lead)

    def number(self, old: str, new: str) -> str:
        """“was number 8” where a section that both versions have was renumbered."""
        if not old or old == new:
            return ""
        return self.was_number.replace("{number}", old.removesuffix("."))


def target(segments: Segments, place: int) -> str:
    """“ (https://…)” where a link changed and its words did not; what it leads to is the change."""
    segment = segments[place]
    beside = segments[max(place - 1, 0) : place] + segments[place + 1 : place + 2]
    if segment.kind == "equal" or not any(
        other.kind != "equal" and other.text.plain == segment.text.plain for other in beside
    ):
        return ""
    return "".join(f" ({run.href})" for run in segment.text.runs[-1:] if run.href)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text without characters that XML forbids or a terminal obeys."""
    return _UNPRINTABLE.sub("", text)


def on_one_line(text: str) -> str:
    """The printable text on one line, without marks that turn the direction of what follows."""
    return " ".join(re.split(r"[\t\n\r\u2028\u2029]+", _DIRECTIONS.sub("", printable(text))))
