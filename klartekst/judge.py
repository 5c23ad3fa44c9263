"""The whole judgement of a site: what stops a build, what its history lacks, and every rule."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from pathlib import Path

from klartekst import pipeline
from klartekst.check import history
from klartekst.check.finding import Finding, Rule
from klartekst.check.rules import RULES
from klartekst.check.run import Report, run
from klartekst.check.subject import Subject
from klartekst.problems import SiteError


def judge(
    root: Path,
    as_of: datetime.date,
    only: Collection[str] = (),
    rules: Sequence[Rule] = RULES,
) -> Report:
    """Everything that is wrong or open in the site in `root` on the day `as_of`.

    `only` names the rules to run. Where the site cannot be made, its problems are all that is
    reported: no rule can read it.
    """
    try:
        made = pipeline.made(root, as_of)
    except SiteError as error:
        return Report(tuple(Finding.of(problem) for problem in error.problems))
    return judged(made, only, rules)


def judged(
    made: pipeline.Made, only: Collection[str] = (), rules: Sequence[Rule] = RULES
) -> Report:
    """The same for a site that is made already."""
    silent = history.unreleased(made.loaded, made.site, made.rendered.working)
    subject = Subject(made.loaded, made.site, made.rendered)
    return run(subject, rules, only, [Finding.of(problem) for problem in silent])
