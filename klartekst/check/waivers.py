"""Waivers: findings that the company has seen and not yet mended."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from klartekst.check.finding import Finding
from klartekst.load import Loaded
from klartekst.problems import Place, did_you_mean

WAIVERS = "data/waivers.yaml"

_SECTION = re.compile(r"^##[ \t].*\{#([^}]+)\}[ \t#]*$", re.MULTILINE)


class Anchors:
    """Tells where places stand in terms that last: an entry's path, or a section's id."""

    def __init__(self, loaded: Loaded) -> None:
        """`loaded` has the documents and the pages."""
        self.loaded = loaded
        self._known: dict[str, list[tuple[Place, str]]] = {}

    def __call__(self, place: Place) -> str:
        """The anchor of a place; empty before the first entry or section."""
        if place.file not in self._known:
            self._known[place.file] = sorted(self._of(place.file))
        known = self._known[place.file]
        found = bisect_right(known, place, key=lambda item: item[0])
        return known[found - 1][1] if found else ""

    def _of(self, file: str) -> Iterator[tuple[Place, str]]:
        if document := self.loaded.documents.get(file):
            for places in (document.values, document.keys):
                yield from ((at, ".".join(map(str, path))) for path, at in places.items())
            return
        for page in self.loaded.pages:
            if page.source == file:
                for match in _SECTION.finditer(page.body):
                    line = page.body_line + page.body.count("\n", 0, match.start())
                    yield page.place(line), match[1]


def apply(loaded: Loaded, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with the waiver that covers it, if one does and is not over."""
    valid = [waiver for waiver in loaded.waivers if waiver.until >= loaded.as_of]
    waived: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for i, waiver in enumerate(valid):
        for at in waiver.at:
            file, _, inner = at.partition("#")
            waived.setdefault((waiver.rule, file), []).append((inner, i))
    found = []
    for finding in findings:
        for inner, i in waived.get((finding.code, finding.place.file), ()):
            if finding.severity != "error" and covers(inner, finding.anchor):
                found.append(replace(finding, waiver=valid[i]))
                break
        else:
            found.append(finding)
    return found


def covers(inner: str, anchor: str) -> bool:
    """Whether the place within a file that a waiver names holds the one of a finding."""
    return not inner or anchor == inner or anchor.startswith(f"{inner}.")


def faults(
    loaded: Loaded, findings: Sequence[Finding], codes: Collection[str]
) -> Iterator[Finding]:
    """Waivers that are over, name no rule, or match nothing among the `findings`."""
    used = {(f.code, f.place.file, f.anchor) for f in findings}
    for i, waiver in enumerate(loaded.waivers):
        document = loaded.documents[WAIVERS]
        if waiver.rule not in codes:
            message = f"there is no rule “{waiver.rule}” that can be waived"
            place, hint = document.place((i, "rule")), did_you_mean(waiver.rule, codes)
            yield Finding(place, "unknown-rule", message, "error", hint)
            continue
        if waiver.until < loaded.as_of:
            message = f"the waiver of “{waiver.rule}” ended on {waiver.until}"
            hint = "mend what it covers and remove it, or decide anew until when it holds"
            yield Finding(document.place((i, "until")), "expired-waiver", message, "error", hint)
        for j, at in enumerate(waiver.at):
            file, _, inner = at.partition("#")
            if not any(
                code == waiver.rule and place == file and covers(inner, where)
                for code, place, where in used
            ):
                message = f"nothing is left to waive: “{waiver.rule}” finds nothing in {at}"
                hint = f"remove “{at}” here, and the waiver where it names no other place"
                place = document.place((i, "at", j))
                yield Finding(place, "unused-waiver", message, "warning", hint)
