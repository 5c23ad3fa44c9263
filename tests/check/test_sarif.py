"""SARIF 2.1.0, as code scanning reads it."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from klartekst.check.report.as_sarif import as_sarif
from klartekst.check.rules import BY_CODE
from klartekst.cli import main
from klartekst.judge import judge

from ..sites import SiteFolder
from .wellmade import TODAY


def check(site: SiteFolder, *arguments: str) -> Result:
    options = ["--site", str(site.root), "check", "--as-of", str(TODAY), *arguments]
    return CliRunner().invoke(main, options)


def has(value: dict[str, Any], *keys: str) -> None:
    assert set(keys) <= value.keys()


def test_sarif_has_what_its_schema_requires(faulty: SiteFolder) -> None:
    log = json.loads(check(faulty, "--format", "sarif").output)
    has(log, "version", "runs")
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        has(run, "tool")
        has(run["tool"], "driver")
        has(run["tool"]["driver"], "name")
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            has(rule, "id")
        for invocation in run["invocations"]:
            has(invocation, "executionSuccessful")
        for result in run["results"]:
            has(result, "message")
            has(result["message"], "text")
            assert result["level"] in ("none", "note", "warning", "error")
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            for location in result["locations"]:
                region = location["physicalLocation"]["region"]
                assert region["startLine"] >= 1 and region["startColumn"] >= 1
                assert " " not in location["physicalLocation"]["artifactLocation"]["uri"]


def test_sarif_suppresses_what_is_waived(faulty: SiteFolder) -> None:
    faulty.with_file(
        "data/waivers.yaml",
        f"- rule: misspelt-cookie\n  at: [data/register.yaml]\n  reason: Seen.\n  who: Kari\n"
        f"  until: {TODAY}\n",
    )
    log = json.loads(as_sarif(judge(faulty.root, TODAY), BY_CODE))
    suppressed = [r["ruleId"] for r in log["runs"][0]["results"] if r.get("suppressions")]
    assert suppressed == ["misspelt-cookie"]


def test_sarif_knows_a_finding_again_on_another_line(faulty: SiteFolder) -> None:
    def known() -> list[str]:
        (run,) = json.loads(check(faulty, "--format", "sarif").output)["runs"]
        return [result["partialFingerprints"]["klartekst/v1"] for result in run["results"]]

    faulty.with_edit("content/en/privacy.md", "we may erase it.", "we may erase it. We may not.")
    before = known()
    assert len(before) == len(set(before)) > 2
    faulty.with_file("data/register.yaml", "# one\n# two\n" + faulty.read("data/register.yaml"))
    assert sorted(known()) == sorted(before)


def test_sarif_explains_rules_and_faults(faulty: SiteFolder) -> None:
    def told(code: str) -> dict[str, Any]:
        (run,) = json.loads(check(faulty, "--format", "sarif").output)["runs"]
        return next(rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == code)

    rule = told("misspelt-cookie")
    assert rule["help"]["text"] == BY_CODE["misspelt-cookie"].mend
    assert BY_CODE["misspelt-cookie"].source in rule["help"]["markdown"]
    faulty.with_edit("data/site.yaml", "citations: official", "citations: loud")
    assert told("unknown-value")["help"]["text"].endswith("names.")


def test_no_text_makes_a_link_in_sarif(faulty: SiteFolder) -> None:
    faulty.with_edit("data/site.yaml", "  email: ", "  '[x](https://evil.example)': y\n  email: ")
    (run,) = json.loads(check(faulty, "--format", "sarif").output)["runs"]
    texts = [result["message"]["text"] for result in run["results"]]
    assert any(r"\[x\](https://evil.example)" in text for text in texts)
