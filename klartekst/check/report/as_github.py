"""A report as commands of GitHub's workflows, which shows them beside the changed lines."""

from __future__ import annotations

from klartekst.check.finding import Finding
from klartekst.check.run import Report
from klartekst.problems import printable

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(report: Report) -> str:
    """One command a finding; a waived one is a notice. Ends in a line feed."""
    lines = [_command(finding) for finding in report.findings]
    for crash in report.crashes:
        lines.append(
            f"::error title={_property(crash.code)}::the rule crashed%0A{_data(crash.trace)}"
        )
    return "\n".join(lines) + "\n" if lines else ""


def _command(finding: Finding) -> str:
    kind = "notice" if finding.waiver else _KINDS[finding.severity]
    title = f"{finding.code} (waived)" if finding.waiver else finding.code
    place = finding.place
    properties = (
        f"file={_property(place.file)},line={place.line},col={place.column},"
        f"title={_property(title)}"
    )
    said = finding.waiver.reason if finding.waiver else finding.hint
    texts = (finding.message, said, *finding.detail.splitlines())
    message = "\n".join(printable(text, whole=True) for text in texts if text)
    return f"::{kind} {properties}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner unescapes it, so that no text can begin a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text, whole=True)).replace(":", "%3A").replace(",", "%2C")
