"""The commands that judge a site: check, explain, reviewed."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from klartekst.cli.options import as_of_option
from klartekst.problems import did_you_mean

if TYPE_CHECKING:
    from klartekst.check.run import Report

_MOST_LISTED = 20

BUG = 3
"""The exit code of a fault of our own."""


@click.command()
@as_of_option
@click.option("--only", multiple=True, metavar="CODE", help="Run this rule only; may be repeated.")
@click.option(
    "--severity",
    type=click.Choice(["error", "warning", "note"]),
    default="note",
    show_default=True,
    help="Show what is at least as grave as this.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
@click.option("--links", is_flag=True, help="Ask other sites whether what is linked to is there.")
@click.pass_context
def check(
    context: click.Context,
    as_of: datetime.date,
    only: tuple[str, ...],
    severity: str,
    form: str,
    links: bool,
) -> None:
    """Report everything that is wrong or open in the sources; write nothing."""
    from klartekst.check.rules import BY_CODE
    from klartekst.judge import judge

    _must_be_known(only, BY_CODE, "rule")
    root: Path = context.obj
    report = judge(root, as_of, only, links=links)
    shown = _at_least(report, severity)
    click.echo(_formatted(shown, root, form), nl=False)
    context.exit(BUG if report.crashes else 1 if report.standing else 0)


def _at_least(report: Report, severity: str) -> Report:
    from klartekst.check.finding import SEVERITIES

    shown = SEVERITIES[: [*SEVERITIES].index(severity) + 1]  # type: ignore[arg-type]
    return replace(report, findings=tuple(f for f in report.findings if f.severity in shown))


def _formatted(report: Report, root: Path, form: str) -> str:
    from klartekst.check.lines import Lines
    from klartekst.check.report.as_github import as_github
    from klartekst.check.report.as_json import as_json
    from klartekst.check.report.as_sarif import as_sarif
    from klartekst.check.report.as_text import as_text
    from klartekst.check.rules import BY_CODE

    if form == "json":
        return as_json(report)
    if form == "sarif":
        return as_sarif(report, BY_CODE)
    if form == "github":
        return as_github(report)
    return as_text(report, Lines(root), colour=sys.stdout.isatty())


def _must_be_known(codes: Iterable[str], known: Collection[str], what: str = "code") -> None:
    for code in codes:
        if code not in known:
            raise click.UsageError(f"there is no {what} “{code}”; {did_you_mean(code, known)}")


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--all", "everything", is_flag=True, help="All of them as one page of Markdown.")
def explain(codes: tuple[str, ...], everything: bool) -> None:
    """Say what a code means, why it matters and how to mend it."""
    from klartekst.check.explain import explain as explained
    from klartekst.check.explain import faults, handbook
    from klartekst.check.rules import BY_CODE, RULES

    _must_be_known(codes, [*BY_CODE, *faults()])
    if everything:
        click.echo(handbook(RULES), nl=False)
    elif codes:
        shown = (explained(BY_CODE[c]) if c in BY_CODE else str(faults()[c]) for c in codes)
        click.echo("\n".join(shown), nl=False)
    else:
        for rule in RULES:
            click.echo(f"{rule.code:32} {rule.severity:8} {rule.title}")
        for fault in faults().values():
            click.echo(f"{fault.code:32} {'':8} {fault.means}")


@click.command()
@click.argument("sections", nargs=-1, required=True, metavar="PAGE#SECTION...")
@as_of_option
@click.pass_obj
def reviewed(root: Path, sections: tuple[str, ...], as_of: datetime.date) -> None:
    """Record that the languages of a section were held against each other and agree.

    A page without a section stands for all of its sections, “all” for every page.
    """
    from klartekst.reviewed import record

    recorded = record(root, as_of, sections)
    if len(recorded) <= _MOST_LISTED:
        click.echo("\n".join(recorded))
        return
    for unit, count in Counter(name.partition("#")[0] for name in recorded).items():
        click.echo(f"{unit}: {count} text{'s' if count > 1 else ''}")
