"""Every rule: its examples, its explanation, its place in the handbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klartekst.check.explain import Fault, explain, faults, handbook
from klartekst.check.finding import Rule
from klartekst.check.rules import BY_CODE, RULES

from ..sites import REPOSITORY
from ..test_bad_input import raised_codes
from .wellmade import WELL_MADE, findings, laid, well_made

_FIRST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

# What is missing in one language is found in the other, which has it.
_ELSEWHERE = dict.fromkeys(
    ("unreviewed-translation", "stale-translation", "links-differ", "blocks-differ"),
    "content/nb/personvern.md",
) | {"cookie-names-differ": "data/register.yaml"}  # whence the name was merged

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


@every_rule
def test_bad_example_is_found_where_it_stands(rule: Rule, tmp_path: Path) -> None:
    site = well_made(tmp_path / "site")
    file = rule.example.file
    site.with_file(file, laid(site.read(file), rule.example))
    found = findings(site, rule)
    assert found, f"{rule.code} does not find its bad example"
    assert {finding.code for finding in found} == {rule.code}
    assert _ELSEWHERE.get(rule.code, file) in {finding.place.file for finding in found}


@every_rule
def test_good_example_stands_in_the_well_made_site(rule: Rule) -> None:
    text = (WELL_MADE / rule.example.file).read_text("utf-8")
    assert laid(text, rule.example) != text


def test_well_made_site_has_no_findings(tmp_path: Path) -> None:
    assert findings(well_made(tmp_path / "site")) == []


@every_rule
def test_explanation_is_whole(rule: Rule) -> None:
    for text in (rule.title, rule.why, rule.mend):
        assert text.endswith((".", "!", ")", "]")) and text.lstrip("“«")[0] in _FIRST
    assert rule.source
    assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.code)
    shown = explain(rule)
    assert shown.startswith(f"{rule.code}: {rule.title}\n")
    assert all(line in shown for line in rule.example.good.splitlines())


def test_codes_are_unique() -> None:
    assert len(BY_CODE) == len(RULES)


def test_every_other_code_is_explained_and_no_code_that_there_is_not() -> None:
    raised = raised_codes().keys() | {"unknown-language", "unknown-page", "unknown-version"}
    assert sorted(raised - BY_CODE.keys() - faults().keys()) == []
    assert sorted(faults().keys() - raised) == []


def test_no_code_is_both_a_rule_and_a_fault() -> None:
    assert faults().keys() & BY_CODE.keys() == set()


@pytest.mark.parametrize("fault", faults().values(), ids=faults())
def test_explanation_of_a_fault_is_whole_and_short(fault: Fault) -> None:
    for text in (fault.means, fault.mend):
        assert text.endswith(".") and text.lstrip("“«")[0] in f"{_FIRST}{_FIRST.lower()}"
        assert len(text) <= 140
    assert str(fault).startswith(f"{fault.code}: {fault.means}\n")


def test_handbook_is_up_to_date() -> None:
    page = (REPOSITORY / "docs/rules.md").read_text("utf-8")
    assert page == handbook(RULES), "run: python build.py explain --all > docs/rules.md"
