"""A report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from klartekst import __version__
from klartekst.check.explain import faults
from klartekst.check.finding import Finding, Rule
from klartekst.check.run import Report

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def as_sarif(report: Report, rules: Mapping[str, Rule]) -> str:
    """The report as a SARIF log of one run; `rules` explain the codes. Ends in a line feed."""
    codes = sorted({finding.code for finding in report.findings})
    told = [_rule(code, rules) for code in codes]
    run = {
        "tool": {"driver": {"name": "Klartekst", "version": __version__, "rules": told}},
        "language": "en",
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
        "results": [
            _result(finding, codes, fingerprint)
            for finding, fingerprint in zip(
                report.findings, _fingerprints(report.findings), strict=True
            )
        ],
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """What is told of a code; more of a rule than of a fault, which has no source."""
    rule, fault = rules.get(code), faults().get(code)
    if rule is None:
        told = {"shortDescription": _text(fault.means), "help": _text(fault.mend)} if fault else {}
        return {"id": code, **told, "defaultConfiguration": {"level": "error"}}
    mend = f"**Mend:** {rule.mend}\n\nWhy: {rule.why}\n\nSource: {rule.source}"
    return {
        "id": code,
        "shortDescription": _text(rule.title),
        "fullDescription": _text(f"{rule.why} ({rule.source})"),
        "help": {"text": rule.mend, "markdown": mend},
        "defaultConfiguration": {"level": rule.severity},
    }


def _text(text: str) -> dict[str, str]:
    return {"text": text}


def _result(finding: Finding, codes: list[str], fingerprint: str) -> dict[str, Any]:
    place = finding.place
    text = "\n".join(part for part in (finding.message, finding.hint, finding.detail) if part)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": _text(_unlinked(text)),
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.file), "uriBaseId": "SITE"},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
        "partialFingerprints": {"klartekst/v1": fingerprint},
    }
    if waiver := finding.waiver:
        said = f"{waiver.reason} ({waiver.who}, until {waiver.until})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": said}]
    return result


def _unlinked(text: str) -> str:
    """A text whose brackets make no link, as “[x](y)” would (SARIF 2.1.0, section 3.11.6)."""
    return re.sub(r"([\\\[\]])", r"\\\1", text) if "](" in text else text


def _fingerprints(findings: Sequence[Finding]) -> Iterator[str]:
    """For each finding what stays the same when its line moves; equal ones are numbered."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        known = (finding.code, finding.place.file, finding.anchor, finding.message)
        text = "\n".join([*known, str(seen[known])])
        seen[known] += 1
        yield hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]
