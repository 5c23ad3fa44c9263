"""The whole judgement of a site: what stops a build, what its history lacks, and every rule."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from klartekst import pipeline
from klartekst.check import history
from klartekst.check.finding import Finding, Rule
from klartekst.check.rules import RULES
from klartekst.check.run import Report, run
from klartekst.check.subject import Subject
from klartekst.problems import Place, SiteError


def judge(
    root: Path,
    as_of: datetime.date,
    only: Collection[str] = (),
    rules: Sequence[Rule] = RULES,
    *,
    links: bool = False,
) -> Report:
    """Everything that is wrong or open in the site in `root` on the day `as_of`.

    `only` names the rules to run; with `links` other sites are asked whether what is linked to is
    there. Where the site cannot be made, its problems are all that is reported: no rule can read
    it.
    """
    try:
        made = pipeline.made(root, as_of)
    except SiteError as error:
        return Report(tuple(Finding.of(problem) for problem in error.problems))
    return judged(made, only, rules, links=links)


def judged(
    made: pipeline.Made,
    only: Collection[str] = (),
    rules: Sequence[Rule] = RULES,
    *,
    links: bool = False,
) -> Report:
    """The same for a site that is made already."""
    silent = history.unreleased(made.loaded, made.site, made.rendered.working)
    subject = Subject(made.loaded, made.site, made.rendered)
    others = [Finding.of(problem) for problem in silent]
    if links:
        from klartekst import outside  # it brings the network along, which costs time

        others += outside.dead_links(made.loaded.root, _outside(subject))
    return run(subject, rules, only, others)


def _outside(subject: Subject) -> Iterator[tuple[str, Place]]:
    """Every link of the texts to another site, and every website in the data."""
    for page in subject.pages:
        for passage in page.passages:
            for link in passage.links:
                if link.target.startswith(("http://", "https://")):
                    yield link.target, link.place
    yield subject.settings.authority.website, subject.in_settings("authority")
    for key, provider in subject.register.providers.items():
        if provider.website:
            yield provider.website, subject.at("providers", key, "website")
