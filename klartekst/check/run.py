"""The rules, run over a made site."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from klartekst.check import waivers
from klartekst.check.finding import Finding, Found, Rule
from klartekst.check.subject import Subject


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that failed, which is a fault of ours: its code and what Python said."""

    code: str
    trace: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found, in order of place, and the rules that failed."""

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...] = ()

    @property
    def standing(self) -> int:
        """How many findings make the check fail."""
        return sum(finding.stands for finding in self.findings)


def run(
    subject: Subject,
    rules: Sequence[Rule],
    only: Collection[str] = (),
    others: Iterable[Finding] = (),
) -> Report:
    """What the rules find, all or `only` some of them, with `others` that were found before.

    Waivers are applied; they are held against the findings only where every rule ran.
    """
    crashes: list[Crash] = []
    found = set(others)
    anchors = waivers.Anchors(subject.loaded)
    for rule in rules:
        if not only or rule.code in only:
            found |= _findings(rule, subject, anchors, crashes)
    ordered = sorted(found)
    codes = {rule.code for rule in rules if rule.severity != "error"}
    extra = [] if only or crashes else list(waivers.faults(subject.loaded, ordered, codes))
    applied = waivers.apply(subject.loaded, ordered)
    return Report(tuple(sorted([*applied, *extra])), tuple(crashes))


def _findings(
    rule: Rule, subject: Subject, anchors: waivers.Anchors, crashes: list[Crash]
) -> set[Finding]:
    try:
        return {_finding(rule, found, anchors) for found in rule.find(subject)}
    except Exception:
        crashes.append(Crash(rule.code, traceback.format_exc()))
        return set()


def _finding(rule: Rule, found: Found, anchors: waivers.Anchors) -> Finding:
    return Finding(
        found.place, rule.code, found.message, rule.severity,
        found.hint or rule.mend, found.detail, anchors(found.place),
    )  # fmt: skip
