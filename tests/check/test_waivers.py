"""Waivers: listed, not hidden; over on their day; never for what is not there."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from klartekst.check.finding import Finding
from klartekst.check.waivers import covers
from klartekst.judge import judge

from ..sites import SiteFolder
from .wellmade import TODAY, well_made

FAULT = ("data/register.yaml", "article: 20\n", "article: 99\n")


def waiver(rule: str = "no-portability", at: str = "data/register.yaml", until: str = "") -> str:
    return (
        f"- rule: {rule}\n  at: ['{at}']\n  reason: The company decides.\n  who: Kari\n"
        f"  until: {until or TODAY}\n"
    )


@pytest.fixture
def faulty(tmp_path: Path) -> SiteFolder:
    return well_made(tmp_path / "site").with_edit(*FAULT)


def found(site: SiteFolder, as_of: datetime.date = TODAY) -> dict[str, Finding]:
    return {finding.code: finding for finding in judge(site.root, as_of).findings}


def test_waived_finding_is_listed_with_its_reason_and_does_not_stand(faulty: SiteFolder) -> None:
    report = judge(faulty.with_file("data/waivers.yaml", waiver()).root, TODAY)
    (finding,) = report.findings
    assert finding.waiver and finding.waiver.reason == "The company decides."
    assert report.standing == 0


def test_finding_without_waiver_stands(faulty: SiteFolder) -> None:
    report = judge(faulty.root, TODAY)
    assert [finding.stands for finding in report.findings] == [True]


@pytest.mark.parametrize("at", ["data/register.yaml#rights", "data/register.yaml"])
def test_waiver_covers_a_file_or_an_entry(faulty: SiteFolder, at: str) -> None:
    assert judge(faulty.with_file("data/waivers.yaml", waiver(at=at)).root, TODAY).standing == 0


def test_waiver_of_another_entry_does_not_cover(faulty: SiteFolder) -> None:
    at = "data/register.yaml#cookies"
    codes = found(faulty.with_file("data/waivers.yaml", waiver(at=at)))
    assert codes["no-portability"].stands
    assert codes["unused-waiver"].severity == "warning"


def test_expired_waiver_is_an_error_and_covers_nothing(faulty: SiteFolder) -> None:
    site = faulty.with_file("data/waivers.yaml", waiver())
    codes = found(site, TODAY + datetime.timedelta(days=1))
    assert codes["expired-waiver"].severity == "error"
    assert codes["expired-waiver"].place.line == 5
    assert codes["no-portability"].stands


def test_waiver_that_matches_nothing_is_a_warning_at_its_place(tmp_path: Path) -> None:
    site = well_made(tmp_path / "site").with_file("data/waivers.yaml", waiver())
    (finding,) = judge(site.root, TODAY).findings
    assert (finding.code, str(finding.place)) == ("unused-waiver", "data/waivers.yaml:2:8")
    assert finding.stands


def test_waiver_of_an_unknown_rule_is_an_error_with_the_nearest_name(faulty: SiteFolder) -> None:
    site = faulty.with_file("data/waivers.yaml", waiver(rule="no-portabilty"))
    assert "no-portability" in found(site)["unknown-rule"].hint


def test_waiver_stays_where_lines_move(faulty: SiteFolder) -> None:
    faulty.with_file("data/waivers.yaml", waiver(at="data/register.yaml#rights"))
    faulty.with_file("data/register.yaml", "# a comment\n\n" + faulty.read("data/register.yaml"))
    assert judge(faulty.root, TODAY).standing == 0


def test_entry_does_not_cover_one_whose_name_begins_alike() -> None:
    assert covers("cookies.ga", "cookies.ga.lifetime")
    assert not covers("cookies.ga", "cookies.gads")
