"""A report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from klartekst.check.finding import Finding, Rule
from klartekst.check.run import Report

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def as_sarif(report: Report, rules: Mapping[str, Rule]) -> str:
    """The report as a SARIF log of one run; `rules` explain the codes. Ends in a line feed."""
    codes = sorted({finding.code for finding in report.findings})
    run = {
        "tool": {"driver": {"name": "Klartekst", "rules": [_rule(code, rules) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SITE": {"description": {"text": "the folder of the site"}}},
        "invocations": [
            {
                "executionSuccessful": not report.crashes,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "descriptor": {"id": crash.code},
                        "message": {"text": crash.trace},
                    }
                    for crash in report.crashes
                ],
            }
        ],
        "results": [_result(finding, codes) for finding in report.findings],
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, rules: Mapping[str, Rule]) -> dict[str, Any]:
    rule = rules.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.why} ({rule.source})"},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    place = finding.place
    text = "\n".join(part for part in (finding.message, finding.hint, finding.detail) if part)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.file), "uriBaseId": "SITE"},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }
    if finding.waiver:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": finding.waiver.reason}
        ]
    return result
