"""A report for a terminal: each finding with its line, a caret, the reason and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from klartekst.check.finding import Finding
from klartekst.check.lines import Lines
from klartekst.check.run import Report
from klartekst.problems import printable

_COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;36", "waived": "2", "caret": "32"}
_ORDER = ("waived", "note", "warning", "error")
_WIDTH = 96


def as_text(report: Report, lines: Lines, *, colour: bool = False) -> str:
    """The report as text; `colour` uses ANSI colours. Ends in a line feed.

    What must be mended stands last, where a terminal stops: waived findings come first, then notes,
    warnings and errors, each in the order of their places.
    """
    found = sorted(report.findings, key=lambda finding: _ORDER.index(_kind(finding)))
    parts = ["\n".join(_finding(finding, lines, colour)) + "\n" for finding in found]
    for crash in report.crashes:
        head = _paint("the rule crashed, which is a fault of Klartekst", "error", colour)
        parts.append(f"{crash.code}: {head}\n{crash.trace}")
    return "\n".join([*parts, summary(report)])


def summary(report: Report) -> str:
    """One line that counts what was found."""
    waived = sum(finding.waiver is not None for finding in report.findings)
    counts = [
        _count(sum(f.severity == kind and not f.waiver for f in report.findings), kind)
        for kind in ("error", "warning", "note")
    ]
    return f"{', '.join(counts)}; {waived} waived\n"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _finding(finding: Finding, lines: Lines, colour: bool) -> Iterator[str]:
    kind = _kind(finding)
    label = _paint(kind, kind, colour)
    message = printable(finding.message)
    yield f"{printable(str(finding.place))}: {label}: {message} [{finding.code}]"
    yield from _quotation(finding, lines, colour)
    if finding.waiver:
        waiver = finding.waiver
        said = printable(f"{waiver.reason} ({waiver.who})")
        yield f"    waived until {waiver.until}: {said}"
        return
    if finding.hint:
        yield f"    mend: {printable(finding.hint)}"
    for line in finding.detail.splitlines():
        yield f"    | {printable(line)}"


def _kind(finding: Finding) -> str:
    return "waived" if finding.waiver else finding.severity


def _quotation(finding: Finding, lines: Lines, colour: bool) -> Iterator[str]:
    """The line of the source, cut to what fits, and a caret below the place."""
    line = lines.line(finding.place)
    if not line.strip():
        return
    column = min(finding.place.column - 1, len(line))
    start = max(0, column - _WIDTH * 2 // 3) if len(line) > _WIDTH else 0
    shown = printable(line[start : start + _WIDTH].replace("\t", " "), whole=True)
    before = "…" if start else ""
    after = "…" if start + _WIDTH < len(line) else ""
    yield f"    {before}{shown}{after}"
    shift = len(printable(line[start:column].replace("\t", " "), whole=True)) + len(before)
    yield f"    {' ' * shift}{_paint('^', 'caret', colour)}"


def _paint(text: str, kind: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if colour else text
