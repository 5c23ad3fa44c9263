"""What was held against each other, what changed since, and what must agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from klartekst.check.finding import Finding
from klartekst.check.reviews import mark, redline, split
from klartekst.check.rules import BY_CODE
from klartekst.cli import main
from klartekst.problems import SiteError
from klartekst.reviewed import record

from ..sites import SiteFolder, contents
from .wellmade import TODAY, findings, well_made

NB, EN = "content/nb/personvern.md", "content/en/privacy.md"
REGISTER = "data/register.yaml"


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return well_made(tmp_path / "site")


def stale(site: SiteFolder) -> list[Finding]:
    return findings(site, BY_CODE["stale-translation"])


def test_change_of_one_language_makes_the_other_stale_with_the_redline(site: SiteFolder) -> None:
    site.with_edit(NB, "Når tiden er ute, sletter vi.", "Når tiden er ute, sletter vi straks.")
    (found,) = stale(site)
    assert (found.place.file, found.anchor) == (EN, "retention")
    assert "{+straks+}" in found.detail
    assert "reviewed privacy#retention" in found.hint


def test_either_language_may_lead(site: SiteFolder) -> None:
    site.with_edit(EN, "we erase it.", "we erase it at once.")
    (found,) = stale(site)
    assert (found.place.file, found.anchor) == (NB, "retention")
    assert found.detail.startswith("en: ")


def test_change_of_both_is_held_against_each_other_once(site: SiteFolder) -> None:
    site.with_edit(EN, "we erase it.", "we erase it at once.")
    site.with_edit(NB, "Når tiden er ute, sletter vi.", "Når tiden er ute, sletter vi straks.")
    (found,) = stale(site)
    assert "“nb” and “en”" in found.message
    assert {"nb: ", "en: "} <= {line[:4] for line in found.detail.splitlines()}


def test_review_settles_it_and_leaves_the_other_sections_alone(site: SiteFolder) -> None:
    site.with_edit(EN, "we erase it.", "we erase it at once.")
    site.with_edit(EN, "Nor do we make a profile of you.", "Nor do we profile you.")
    assert record(site.root, TODAY, ["privacy#retention"]) == ["privacy#retention"]
    (found,) = stale(site)
    assert found.anchor == "automated-decisions"
    assert "[-" in found.detail, "the text that was reviewed before is still kept"


def test_one_language_of_an_entry_of_the_register_becomes_stale(site: SiteFolder) -> None:
    site.with_edit(REGISTER, "en: at any time, without giving reasons", "en: at any time")
    (found,) = stale(site)
    assert (found.place.file, found.anchor) == (REGISTER, "rights.withdrawal")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("period: 14 months", "period: 15 months"),
        ("country: US", "country: CA"),
    ],
)
def test_fact_that_stands_once_asks_for_no_review(site: SiteFolder, old: str, new: str) -> None:
    assert stale(site.with_edit(REGISTER, old, new)) == []


def test_emphasis_and_line_breaks_are_no_change_of_meaning(site: SiteFolder) -> None:
    site.with_edit(NB, "Når tiden er ute, sletter vi.", "Når tiden er ute,\n**sletter** vi.")
    assert stale(site) == []


def test_section_that_nobody_reviewed_is_named_where_it_stands(site: SiteFolder) -> None:
    for name, title in ((NB, "Nytt"), (EN, "New")):
        site.with_file(name, site.read(name) + f"\n## {title} {{#new}}\n\nTekst.\n")
    (found,) = findings(site, BY_CODE["unreviewed-translation"])
    assert (found.place.file, found.anchor) == (NB, "new")


def test_page_that_nobody_reviewed_is_one_finding_with_the_command(site: SiteFolder) -> None:
    marks = site.read("data/translations.yaml")
    site.with_file("data/translations.yaml", marks[: marks.index("privacy:")])
    found = findings(site, BY_CODE["unreviewed-translation"])
    assert [one.hint.partition("run: ")[2] for one in found] == [
        "python build.py reviewed privacy", "python build.py reviewed data/register.yaml",
    ]  # fmt: skip


def test_command_records_all_and_leaves_only_what_is_there(site: SiteFolder) -> None:
    site.with_edit("data/translations.yaml", "  retention:", "  retired:")
    assert findings(site, BY_CODE["unknown-review"])
    result = CliRunner().invoke(main, ["--site", str(site.root), "reviewed", "all"])
    assert result.exit_code == 0
    assert "privacy: 12 texts\n" in result.output
    assert result.output.count("\n") == 4
    assert findings(site) == []


def test_recording_again_changes_no_byte(site: SiteFolder) -> None:
    record(site.root, TODAY, ["all"])
    before = contents(site.root / "data")
    record(site.root, TODAY, ["all"])
    assert contents(site.root / "data") == before


def test_review_that_cannot_be_written_is_told(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("klartekst.reviewed.replace", fail)
    with pytest.raises(SiteError, match="cannot-write"):
        record(site.root, TODAY, ["privacy"])


def test_unknown_name_is_refused_with_the_nearest(site: SiteFolder) -> None:
    before = contents(site.root / "data")
    with pytest.raises(SiteError) as error:
        record(site.root, TODAY, ["privacy#retension"])
    (problem,) = error.value.problems
    assert problem.code == "unknown-part"
    assert "privacy#retention" in problem.hint
    assert contents(site.root / "data") == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("privacy:\n  rights: {nb: nonsense, en: '0123456789abcdef'}", "bad-mark"),
        ("privacy:\n  Rights!: {nb: '0123456789abcdef'}", "bad-part"),
        ("Privacy!:\n  rights: {nb: '0123456789abcdef'}", "bad-unit"),
    ],
)
def test_faults_of_the_file_have_their_places(site: SiteFolder, line: str, code: str) -> None:
    site.with_file("data/translations.yaml", f"{line}\n")
    assert [(f.code, f.place.file) for f in findings(site)] == [(code, "data/translations.yaml")]


def test_mark_knows_meaning_from_looks() -> None:
    assert mark("**Si nei** når\nsom helst") == mark("Si nei når som helst")
    assert mark("Si nei") != mark("Si ja")
    assert mark("[a](#b)") != mark("[a](#c)")


def test_text_is_split_at_its_sections_and_not_within() -> None:
    text = "T\n\nL\n\n## A {#a}\n\nx\n\n### B {#b}\n\ny\n\n## C {#c}\n\nz\n"
    assert list(split(text)) == ["top", "a", "c"]
    assert "### B {#b}" in split(text)["a"]


def test_redline_speaks_of_words_not_lines() -> None:
    shown = redline("## A {#a}\n\nVi sletter.\n", "## A {#a}\n\nVi sletter straks.\n")
    assert "{+straks+}" in shown


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("durations-differ", "innen én måned", "innen to måneder"),
        ("numbers-differ", "Vi står i Foretaksregisteret", "Vi står på linje 7 i registeret"),
        ("dates-differ", "Det koster deg ingenting.", "Det gjelder til 1. mai 2027."),
        ("articles-differ", "Det koster deg ingenting.", "Se artikkel 12 nr. 3."),
        ("links-differ", "[endringsloggen](page:changes)", "endringsloggen"),
        ("sections-differ", "{#retention}", "{#lagring}"),
        ("blocks-differ", "{{ block.recipients }}", "Ingen."),
    ],
)
def test_what_one_language_has_and_the_other_has_not(
    site: SiteFolder, code: str, old: str, new: str
) -> None:
    site.with_edit(NB, old, new)
    assert {f.code for f in findings(site, BY_CODE[code])} == {code}


def test_order_of_sections_must_agree(site: SiteFolder) -> None:
    text = site.read(EN)
    start, middle, end = (text.index(f"## {t}") for t in ("Who receives", "Countries", "How long"))
    moved = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    found = findings(site.with_file(EN, moved), BY_CODE["sections-differ"])
    assert ["another order" in f.message for f in found] == [True]


def test_pair_of_the_data_must_agree_too(site: SiteFolder) -> None:
    site.with_edit(REGISTER, "{nb: etter siste svar,", "{nb: etter 3 svar,")
    (found,) = findings(site, BY_CODE["numbers-differ"])
    assert found.place.file == REGISTER
    assert "“3”" in found.message
