"""A report for programs, as JSON: ``findings``, ``crashes`` and ``summary``."""

from __future__ import annotations

import json
from typing import Any

from klartekst.check.finding import Finding
from klartekst.check.run import Report


def as_json(report: Report) -> str:
    """The report as one JSON object. Ends in a line feed."""
    whole = {
        "findings": [_finding(finding) for finding in report.findings],
        "crashes": [{"rule": crash.code, "trace": crash.trace} for crash in report.crashes],
        "summary": {
            "findings": len(report.findings),
            "standing": report.standing,
            "waived": sum(finding.waiver is not None for finding in report.findings),
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "anchor": finding.anchor,
        "message": finding.message,
        "hint": finding.hint,
        "detail": finding.detail,
        "waiver": None,
    }
    if waiver := finding.waiver:
        found["waiver"] = {
            "reason": waiver.reason, "who": waiver.who, "until": waiver.until.isoformat(),
        }  # fmt: skip
    return found
