"""What people and programs are shown of a report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from klartekst.check.finding import Finding, Found
from klartekst.check.lines import Lines
from klartekst.check.report.as_github import as_github
from klartekst.check.report.as_text import as_text
from klartekst.check.rules import RULES
from klartekst.check.run import Report
from klartekst.check.subject import Subject
from klartekst.cli import main
from klartekst.judge import judge
from klartekst.problems import Place

from ..sites import SiteFolder
from .wellmade import TODAY, well_made


def check(site: SiteFolder, *arguments: str) -> Result:
    options = ["--site", str(site.root), "check", "--as-of", str(TODAY), *arguments]
    return CliRunner().invoke(main, options)


def test_text_shows_the_line_with_a_caret_below_the_place(faulty: SiteFolder) -> None:
    report = judge(faulty.root, TODAY)
    lines = as_text(report, Lines(faulty.root)).split("\n")
    head = next(i for i, line in enumerate(lines) if "[misspelt-cookie]" in line)
    assert lines[head + 1].strip() == "name: _g_a"
    assert lines[head + 1].index("_g_a") == lines[head + 2].index("^")


def test_caret_stands_right_in_a_long_line(faulty: SiteFolder) -> None:
    name = "content/nb/personvern.md"
    text = "En lang linje med mange ord " * 8
    faulty.with_edit(name, "Når tiden er ute", f"{text} Vi kan slette. Når tiden er ute")
    lines = as_text(judge(faulty.root, TODAY), Lines(faulty.root)).split("\n")
    head = next(i for i, line in enumerate(lines) if "“Vi kan”" in line)
    assert lines[head + 2].index("^") == lines[head + 1].index("Vi kan slette")


def test_what_must_be_mended_stands_last(faulty: SiteFolder) -> None:
    faulty.with_file(
        "data/waivers.yaml",
        """\
- rule: misspelt-cookie
  at: ["data/register.yaml#cookies.ga.name", "data/register.yaml#cookies.choice"]
  reason: It is so.
  who: We
  until: 2099-01-01
""",
    )
    text = as_text(judge(faulty.root, TODAY), Lines(faulty.root))
    kinds = re.findall(r"^\S+:\d+:\d+: (\w+): ", text, re.MULTILINE)
    order = ["waived", "note", "warning", "error"]
    assert kinds == sorted(kinds, key=order.index)
    assert {"waived", "note", "warning"} <= set(kinds)


def test_colour_is_used_only_when_asked_for(faulty: SiteFolder) -> None:
    report = judge(faulty.root, TODAY)
    assert "\x1b" not in as_text(report, Lines(faulty.root))
    assert "\x1b[1;33mwarning\x1b[0m" in as_text(report, Lines(faulty.root), colour=True)


def test_exit_code_is_1_from_an_unwaived_warning_and_0_from_notes(faulty: SiteFolder) -> None:
    assert check(faulty).exit_code == 1
    result = check(faulty, "--only", "vague-word")
    assert (result.exit_code, "vague-word" in result.output) == (0, True)


def test_only_runs_the_named_rules(faulty: SiteFolder) -> None:
    result = check(faulty, "--only", "vague-word")
    assert result.exit_code == 0
    assert "misspelt-cookie" not in result.output


def test_unknown_rule_is_wrong_usage_with_the_nearest_name(faulty: SiteFolder) -> None:
    result = check(faulty, "--only", "vague-wort")
    assert result.exit_code == 2
    assert "vague-word" in result.output


def explain(*codes: str) -> Result:
    return CliRunner().invoke(main, ["explain", *codes])


def test_every_code_can_be_explained_rule_or_not() -> None:
    assert "Mend: Name the controller" in explain("no-controller").output
    assert explain("outside-file").output.startswith("outside-file: A link leads out of")
    both = explain("silent-change", "vague-word")
    assert both.exit_code == 0 and "vague-word" in both.output
    unknown = explain("silent-chang")
    assert (unknown.exit_code, "“silent-change”" in unknown.output) == (2, True)
    assert all(f"{code} " in explain().output for code in ("no-controller", "expired-waiver"))


def test_only_takes_rules_and_not_faults(faulty: SiteFolder) -> None:
    assert check(faulty, "--only", "silent-change").exit_code == 2


def test_severity_hides_lighter_findings_and_keeps_the_exit_code(faulty: SiteFolder) -> None:
    result = check(faulty, "--severity", "error")
    assert result.exit_code == 1
    assert "misspelt" not in result.output
    assert "misspelt" in check(faulty, "--severity", "warning").output


def test_json_has_place_anchor_and_severity(faulty: SiteFolder) -> None:
    found = json.loads(check(faulty, "--format", "json").output)
    by_code = {finding["code"]: finding for finding in found["findings"]}
    assert by_code["misspelt-cookie"]["anchor"] == "cookies.ga.name"
    assert by_code["misspelt-cookie"]["severity"] == "warning"
    assert by_code["vague-word"]["file"] == "content/en/privacy.md"
    assert found["summary"]["standing"] == sum(
        finding["severity"] != "note" for finding in found["findings"]
    )


def test_problems_that_stop_a_build_are_reported_in_every_format(faulty: SiteFolder) -> None:
    faulty.with_edit("data/site.yaml", "citations: official", "citations: loud")
    for form in ("text", "json", "sarif", "github"):
        result = check(faulty, "--format", form)
        assert (result.exit_code, "unknown-value" in result.output) == (1, True)


def test_no_text_commands_the_log_of_github(faulty: SiteFolder) -> None:
    key = r'"a\e[2J\r\n::error::x\u2028"'
    faulty.with_edit("data/site.yaml", "  email: ", f"  {key}: y\n  email: ")
    said = check(faulty, "--format", "github").output
    assert "\x1b" not in said and "\u2028" not in said
    assert all(line.startswith("::error file=") for line in said.split("\n")[:-1])
    assert "a\\x1b[2J" in said


@pytest.mark.parametrize("sign", ["%", "\r", "\n", ":", ","])
def test_titles_and_files_are_escaped_as_the_runner_unescapes_them(sign: str) -> None:
    finding = Finding(Place(f"data/a{sign}b.yaml", 2, 3), "vague-word", f"x{sign}y", "warning")
    line = as_github(Report((finding,))).removesuffix("\n")
    head, message = re.fullmatch(r"::warning (.*?)::(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]
    shown = sign.encode("unicode_escape").decode() if sign in "\r\n" else sign
    pairs = dict(pair.split("=", 1) for pair in head.split(","))
    assert unquote(pairs["file"]) == f"data/a{shown}b.yaml"
    assert (pairs["line"], pairs["col"], unquote(message)) == ("2", "3", f"x{shown}y")


def test_no_text_can_give_github_a_command_of_its_own(faulty: SiteFolder) -> None:
    faulty.with_edit(
        "data/register.yaml", "name: _g_a\n", 'name: "_ga,%0A::error::x"\n    label: x\n'
    )
    lines = as_github(judge(faulty.root, TODAY)).splitlines()
    assert lines and all(
        line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines
    )
    assert not any("%0A::error::x" in line for line in lines)


def test_strange_texts_do_no_harm(tmp_path: Path) -> None:
    site = well_made(tmp_path / "site")
    for strange in ("<script>alert(1)</script>", "(a+)+$ [z", "%s {0} {name} $1 \\1"):
        site.with_file(
            "data/register.yaml",
            site.read("data/register.yaml").replace(
                "{nb: svar på henvendelser", f"{{nb: '{strange}'", 1
            ),
        )
        report = judge(site.root, TODAY)
        assert not report.crashes
        as_text(report, Lines(site.root), colour=True)
        site.with_file(
            "data/register.yaml",
            site.read("data/register.yaml").replace(
                f"{{nb: '{strange}'", "{nb: svar på henvendelser", 1
            ),
        )


def _boom(subject: Subject) -> list[Found]:
    """Fail."""
    raise ZeroDivisionError(subject.site.settings.base_url)


def test_crashing_rule_is_named_and_the_others_still_report(
    faulty: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    broken = replace(RULES[0], code="no-luck", find=_boom)
    report = judge(faulty.root, TODAY, rules=(broken, *RULES))
    assert [crash.code for crash in report.crashes] == ["no-luck"]
    assert "ZeroDivisionError" in report.crashes[0].trace
    assert {"misspelt-cookie", "vague-word"} <= {finding.code for finding in report.findings}
    monkeypatch.setattr("klartekst.judge.judge", lambda *_, **__: report)
    result = check(faulty)
    assert result.exit_code == 3
    assert "no-luck" in result.output


def test_thousand_mistakes_are_a_thousand_findings_in_order(tmp_path: Path) -> None:
    site = well_made(tmp_path / "site")
    many = "".join(
        f"  extra{i}:\n    name: extra_{i}\n    category: necessary\n    provider: site\n"
        f"    party: first\n    purpose: {{nb: Husker, en: Remembers}}\n"
        for i in range(1000)
    )
    site.with_file("data/register.yaml", site.read("data/register.yaml") + many)
    found = [f for f in judge(site.root, TODAY).findings if f.code == "cookie-without-lifetime"]
    assert len(found) == 1000
    assert found == sorted(found)


def test_summary_counts_what_stands_apart_from_what_is_waived() -> None:
    empty = Report(())
    assert as_text(empty, Lines(Path())) == "0 errors, 0 warnings, 0 notes; 0 waived\n"
