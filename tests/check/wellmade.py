"""The well-made site, and how an example of a rule is laid into it."""

from __future__ import annotations

import datetime
import shutil
import textwrap
from pathlib import Path

from klartekst.check.finding import Example, Finding, Rule
from klartekst.check.rules import RULES
from klartekst.judge import judge

from ..sites import SiteFolder

WELL_MADE = Path(__file__).parents[1] / "wellmade"
TODAY = datetime.date(2026, 11, 23)


def well_made(root: Path) -> SiteFolder:
    """A copy of the well-made site in the folder `root`, which does not exist yet.

    It comes with what an earlier build remembers, once a test run: hundreds of tests build it.
    """
    ready = root.parent.parent / "well-made"
    if not ready.exists():
        judge(SiteFolder.copy(WELL_MADE, ready).root, TODAY)
    shutil.copytree(ready / ".klartekst", root / ".klartekst")
    return SiteFolder.copy(ready, root)


def findings(site: SiteFolder, *rules: Rule) -> list[Finding]:
    """What `rules`, or all of them, find; a crash fails the test."""
    report = judge(site.root, TODAY, [rule.code for rule in rules], rules or RULES)
    assert not report.crashes, report.crashes[0].trace
    return list(report.findings)


def laid(text: str, example: Example) -> str:
    """`text` with the bad piece of an example in the place of its good one.

    Examples are shown without the indentation that they have in their file.
    """
    for indent in ("", "  ", "    ", "      "):
        old = textwrap.indent(example.good, indent).lstrip(" ")
        if text.count(old) == 1:
            line = text[text.rfind("\n", 0, text.index(old)) + 1 :]
            there = " " * (len(line) - len(line.lstrip(" ")))
            return text.replace(old, textwrap.indent(example.bad, there).lstrip(" "))
    raise AssertionError(f"this stands not once in {example.file}:\n{example.good}")
