"""Findings that a pull request brings, and those that it mends; work that cannot be built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from klartekst.check.finding import Finding
from klartekst.problems import Place
from klartekst.review.findings import compared

from ..sites import SiteFolder
from .setting import SITE, part, said


def test_work_that_does_not_build_gives_a_comment_with_its_problems(
    released: SiteFolder, base: Path
) -> None:
    released.with_edit(SITE, "  email: ", "  emial: ")
    text = said(released, base)
    assert "**The pages with this change cannot be built**" in text
    assert "(`unknown-key`)" in part(text, "Findings")
    assert "### Texts" not in text


def test_base_that_does_not_build_is_told_and_the_work_is_judged(
    released: SiteFolder, base: Path
) -> None:
    SiteFolder(base).with_edit(SITE, "  email: ", "  emial: ")
    text = said(released, base)
    assert "**The base of this change cannot be built**" in text
    assert "(`unknown-key`)" in part(text, "Findings").partition("**Gone")[2]


def finding(line: int, message: str = "m", **changed: object) -> Finding:
    plain = Finding(Place("data/x.yaml", line), "vague-word", message, "warning", anchor="a")
    return replace(plain, **changed)  # type: ignore[arg-type]


def test_finding_on_another_line_is_the_same() -> None:
    assert compared([finding(3)], [finding(9)]) == compared([], [])


def test_finding_that_stands_twice_came_once_more() -> None:
    found = compared([finding(3)], [finding(3), finding(9)])
    assert (len(found.new), found.gone) == (1, ())


def test_number_in_a_message_makes_no_other_finding() -> None:
    assert compared([finding(3, "LIX 51")], [finding(3, "LIX 52")]) == compared([], [])
    found = compared([finding(3, "LIX 51"), finding(3, "LIX 52")], [finding(3, "LIX 52")])
    assert [one.message for one in found.gone] == ["LIX 51"]


def test_other_section_makes_another_finding() -> None:
    found = compared([finding(3)], [finding(3, anchor="b")])
    assert (len(found.new), len(found.gone)) == (1, 1)


def test_waiver_that_the_change_brings_is_named(released: SiteFolder, base: Path) -> None:
    released.with_file(
        "data/waivers.yaml",
        "- rule: no-source\n  at: [content/nb/personvern.md]\n  reason: Styret avgjør.\n"
        "  who: Kari\n  until: 2027-01-31\n",
    )
    text = part(said(released, base), "Findings").partition("**Waived by this: 1**")[2]
    assert "waived until 2027-01-31: Styret avgjør. (Kari)" in text
