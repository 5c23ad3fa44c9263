"""The comment on a pull request: what it says, and what no pull request can make it do."""

from __future__ import annotations

import datetime
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from klartekst.check.finding import Finding
from klartekst.cli import main
from klartekst.problems import Place, SiteError
from klartekst.review import review
from klartekst.review.comment import LIMIT, MARK
from klartekst.review.findings import compared

from .releases import NEXT, copy, prepare, release
from .sites import GOOD, SiteFolder

NB, EN = "content/nb/personvern.md", "content/en/privacy.md"
REGISTER, SITE, CHANGES = "data/register.yaml", "data/site.yaml", "data/changes.yaml"
DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def base(released: SiteFolder, tmp_path: Path) -> Path:
    """The good site with its first version, as it is before the change."""
    return copy(released.root, tmp_path / "base").root


def said(site: SiteFolder, base: Path, preview: str = "") -> str:
    return review(site.root, str(base), DAY, preview)


def part(text: str, title: str) -> str:
    """What stands below a heading."""
    return text.partition(f"### {title}\n")[2].partition("\n### ")[0]


def run(site: SiteFolder, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--site", str(site.root), "review", *arguments])


def test_nothing_changed_is_said_of_everything(released: SiteFolder, base: Path) -> None:
    text = said(released, base)
    assert text.startswith(f"{MARK}\n")
    assert "Nothing waits to be released." in part(text, "Version")
    assert "Nobody is asked again" in part(text, "Consent")
    assert "None came and none went." in part(text, "Findings")
    assert "No page says anything else" in part(text, "Texts")


def test_changed_word_is_shown_in_its_language_and_section(
    released: SiteFolder, base: Path
) -> None:
    released.with_edit(NB, "Ring {{", "Slå på tråden: {{").with_edit(EN, "Call {{", "Ring up {{")
    text = part(said(released, base), "Texts")
    norwegian, english = (
        text.partition(f"<b>{name}</b>")[2].partition("</details>")[0]
        for name in ("Personvernerklæring (nb)", "Privacy notice (en)")
    )
    assert "Dine rettigheter (endret)" in norwegian and "**Slå på tråden" in norwegian
    assert "Your rights (changed)" in english and "~~Call~~ **Ring up**" in english
    assert text.count("<details") == text.count("</details>") == 2


def test_new_cookie_asks_again_and_says_whose_it_is(released: SiteFolder, base: Path) -> None:
    released.with_edit(
        REGISTER, "  pixel:\n",
        "  second:\n    name: _tu2\n    category: statistics\n    provider: counter\n"
        "    party: first\n    lifetime: 13 months\n"
        "    purpose: {nb: Teller mer, en: Counts more}\n  pixel:\n",
    )  # fmt: skip
    text = said(released, base)
    consent = part(text, "Consent")
    assert "asked again about Statistikk / Statistics**" in consent
    assert "new: \\_tu2 (provider Tellerup, country US, lifetime 13 months)" in consent
    assert consent.count("  - ") == 1
    assert "added: " in part(text, "Texts")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("lifetime: 30 minutes", "lifetime: 1 year",
         "\\_tu\\_\\<id\\> is kept longer: 1 year, before 30 minutes"),
        ("country: US", "country: GB", "teller.gif has changed: country GB, before US"),
        ("    signals: [analytics_storage]\n", "    purposes: [newsletter]\n",
         "new purpose: nyhetsbrev / newsletter"),
        ("prefix: tu_", "prefix: tux_", "tux\\_\\* has changed: name tux\\_\\*, before tu\\_\\*"),
        ("  statistics:\n    name", "  counting:\n    name", "the category is new"),
    ],
)  # fmt: skip
def test_each_thing_that_a_choice_covers_asks_again_when_it_changes(
    old: str, new: str, reason: str, released: SiteFolder, base: Path
) -> None:
    text = released.read(REGISTER).replace(old, new)
    if "counting" in new:
        text = text.replace("category: statistics", "category: counting")
    released.with_file(REGISTER, text)
    assert f"  - {reason}" in part(said(released, base), "Consent")


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (SITE, "appearance:", "consent:\n  endpoint: https://else.example/x\nappearance:",
         '- consent: **{"endpoint": "https:\u2060//\u2060else.example/x"}**'),
        (SITE, "legal_name: Nordlys", "legal_name: Nordl\u200bys",
         "- controller.legal\\_name: differs in signs that nobody sees"),
        (SITE, 'accent: "#7a2e1d"', 'accent: "#000000"',
         "- appearance.accent: ~~\\#\u20607a2e1d~~ **\\#\u2060000000**"),
        (REGISTER, "signals: [analytics_storage]", "signals: [ad_storage]",
         '- cookie\\_categories.statistics.signals: '
         '~~\\["analytics\\_storage"\\]~~ **\\["ad\\_storage"\\]**'),
        (EN, "glance: true", "menu: false\nglance: true",
         "- content/en/privacy.md, menu: ~~true~~ **false**"),
    ],
)  # fmt: skip
def test_what_no_text_shows_is_listed(
    name: str, old: str, new: str, line: str, released: SiteFolder, base: Path
) -> None:
    assert "### Data" not in said(released, base)
    released.with_edit(name, old, new)
    assert line in part(said(released, base), "Data, addresses and looks").splitlines()


def test_moved_page_and_own_layouts_are_listed(released: SiteFolder, base: Path) -> None:
    released.with_file("content/en/notice.md", released.read(EN)).without(EN)
    released.with_file("layouts/404.html", "<p>@everybody</p>")
    lines = part(said(released, base), "Data, addresses and looks").splitlines()
    assert "- **layouts/404.html is new**" in lines
    [moved] = [line for line in lines if line.startswith("- address of content/en/notice.md:")]
    assert "/en/privacy/~~" in moved and "/en/notice/**" in moved


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nb: Teller besøk, en: Counts visits", "nb: Teller alle besøk, en: Counts all visits"),
        ("lifetime: 2 years", "lifetime: 1 year"),
        ("  pixel:\n    name: teller.gif", "  image:\n    name: teller.gif"),
    ],
)
def test_wording_and_shorter_lifetimes_ask_nobody_again(
    old: str, new: str, released: SiteFolder, base: Path
) -> None:
    released.with_edit(REGISTER, old, new)
    assert "Nobody is asked again" in part(said(released, base), "Consent")


def test_category_that_begins_to_ask_and_one_that_stops_are_named(
    released: SiteFolder, base: Path
) -> None:
    text = released.read(REGISTER)
    start, end = text.index("    consent: exempt\n"), text.index("    provision: {nb: ekom")
    released.with_file(REGISTER, f"{text[:start]}    consent: required\n{text[end:]}")
    assert "  - no consent was asked for before" in part(said(released, base), "Consent")
    back = part(review(base, str(released.root), DAY), "Consent")
    assert "Nobody is asked about “necessary” any more." in back


def test_choice_that_is_kept_for_less_time_asks_again(released: SiteFolder, base: Path) -> None:
    released.with_edit(SITE, "appearance:\n", "consent:\n  keep: 3 months\nappearance:\n")
    released.with_edit(
        REGISTER, "    lifetime: 6 months\n    purpose: {nb: Husker valget",
        "    lifetime: 3 months\n    purpose: {nb: Husker valget",
    )  # fmt: skip
    consent = part(said(released, base), "Consent")
    assert "kept for 3 months and no longer 6 months" in consent
    assert "Nobody is asked again" not in consent


def test_new_recipient_is_shown_by_its_row(released: SiteFolder, base: Path) -> None:
    released.with_edit(
        REGISTER, "rights:\n",
        "  printers:\n    name: {nb: Trykkeri, en: Printers}\n"
        "    description: {nb: når vi trykker, en: when we print}\n\nrights:\n",
    )  # fmt: skip
    text = part(said(released, base), "Texts")
    assert "**Printers" in text
    assert "Couriers" not in text


def test_moved_section_is_called_moved(released: SiteFolder, base: Path) -> None:
    text = released.read(EN)
    head, mark, cookies = text.partition("## Cookies {#cookies}")
    before, rights, rest = head.partition("## Your rights {#rights}")
    assert mark and rights
    released.with_file(EN, f"{before}{mark}{cookies.rstrip()}\n\n{rights}{rest}")
    assert re.search(r"^##### .*\(moved", part(said(released, base), "Texts"), re.MULTILINE)


def test_added_and_removed_pages_are_shown_whole(released: SiteFolder, base: Path) -> None:
    front = "---\npage: terms\ntitle: {}\ndescription: x.\n---\n\n## {} {{#one}}\n\nBrød.\n"
    for name, title in (("nb/vilkar", "Vilkår"), ("en/terms", "Terms")):
        released.with_file(f"content/{name}.md", front.format(title, title))
    assert "**Brød.⁠**" in part(said(released, base), "Texts")
    assert "~~Brød.⁠~~" in part(review(base, str(released.root), DAY), "Texts")


def changed(site: SiteFolder) -> SiteFolder:
    """The site with a bit of everything: a word, a recipient, a cookie, an entry, a waiver."""
    site.with_edit(NB, "Ring {{", "Slå på tråden: {{").with_edit(EN, "Call {{", "Ring up {{")
    site.with_edit(
        REGISTER, "rights:\n",
        "  printers:\n    name: {nb: Trykkeri, en: Printers}\n"
        "    description: {nb: når vi trykker, en: when we print}\n\nrights:\n",
    )  # fmt: skip
    site.with_edit(
        REGISTER, "  pixel:\n",
        "  second:\n    name: _tu2\n    category: statistics\n    provider: counter\n"
        "    party: first\n    purpose: {nb: Teller mer, en: Counts more}\n  pixel:\n",
    )  # fmt: skip
    site.with_file(
        "data/waivers.yaml",
        "- rule: no-source\n  at: [content/nb/personvern.md]\n  reason: Styret avgjør.\n"
        "  who: Kari\n  until: 2027-01-31\n",
    )
    return prepare(site, "Ny teller.")


def test_whole_comment_reads_as_it_is_meant_to(released: SiteFolder, base: Path) -> None:
    """The example in ``tests/review.md``; after a change that is meant, put the new one there."""
    text = said(changed(released), base, "https://example.org/preview")
    text = re.sub(r"(?<=before this passes: )\d+", "31", text)  # as many as there are rules
    assert text == (Path(__file__).parent / "review.md").read_text("utf-8")


def test_real_texts_are_compared_by_section_and_row(real_site: SiteFolder, tmp_path: Path) -> None:
    before = SiteFolder.copy(real_site.root, tmp_path / "before").root
    real_site.with_edit(
        REGISTER, "  gads:\n",
        "  ttp:\n    name: _ttp\n    category: marketing\n    provider: meta\n"
        "    purpose: {nb: Måler annonser, en: Measures advertisements}\n  gads:\n",
    )  # fmt: skip
    text = said(real_site, before)
    assert "asked again about" in part(text, "Consent") and "new: \\_ttp" in text
    assert part(text, "Texts").count("Måler annonser") == 1
    assert part(text, "Texts").count("Measures advertisements") == 1
    assert "An entry of the change log is missing" in part(text, "Version")


def test_description_is_a_text_too(released: SiteFolder, base: Path) -> None:
    released.with_edit(EN, "description: ", "description: Now. ")
    text = part(said(released, base), "Texts")
    assert re.search(r"^Description: ~~.+~~ \*\*Now\. .+\*\*$", text, re.MULTILINE)
    assert text.count("<details") == 1


def test_silent_change_is_named_and_an_entry_answers_it(released: SiteFolder, base: Path) -> None:
    released.with_edit(NB, "Ring {{", "Slå på tråden: {{").with_edit(EN, "Call {{", "Ring up {{")
    assert "**An entry of the change log is missing**" in part(said(released, base), "Version")
    version = part(said(prepare(released, "New ways to call"), base), "Version")
    assert "is missing" not in version
    assert "being prepared (material, of privacy)" in version and "New ways to call" in version


def test_release_within_the_change_tells_from_when(released: SiteFolder, base: Path) -> None:
    released.with_edit(NB, "Ring {{", "Slå på tråden: {{").with_edit(EN, "Call {{", "Ring up {{")
    release(prepare(released), NEXT, checked=False)
    version = part(said(released, base), "Version")
    assert f"**in force from {NEXT}**: material, of privacy" in version


def test_released_version_that_was_removed_is_told(twice: SiteFolder, released: SiteFolder) -> None:
    version = part(review(released.root, str(twice.root), DAY), "Version")
    assert f"**The released version of {NEXT} was removed.**" in version


def test_released_version_that_was_made_anew_is_told(site: SiteFolder, base: Path) -> None:
    from .releases import first_release

    site.with_edit(EN, "Call {{", "Ring up {{")
    assert "was changed.**" in part(said(first_release(site, checked=False), base), "Version")


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


HOSTILE = (
    "@everyone see #1 and GH-2, https://evil.example www.evil.example <!-- --> </details>"
    "<img src=x onerror=alert(1)> `code` ``` [a](javascript:x) ![b](//evil.example/p.png) :tada:"
)
_OURS = re.compile(r"^<details( open)?><summary><b>[^<>]*</b>[^<>]*</summary>$|^</details>$")


def assert_harmless(text: str) -> None:
    """No name to call, no link, no mark-up and no code beyond what every comment has."""
    for line in text.splitlines()[1:]:
        if _OURS.match(line):
            assert not re.search(r"@\w|#\d|//\w|www\.\w", line)
            continue
        bare = re.sub(r"\(`[a-z0-9-]+`\)(?=$|, waived until )|`python build\.py \w+`", "", line)
        assert not re.search(r"(?<!\\)[<>`\[\]]", bare), line
        assert not re.search(r"@\w|#\d|//\w|www\.\w|GH-\d|:tada:", bare), line


def test_text_of_a_pull_request_cannot_break_out_of_the_comment(
    released: SiteFolder, base: Path
) -> None:
    quoted = f"'{HOSTILE}'"
    register = released.read(REGISTER)
    register = register.replace("nb: når vi leverer på døren", f"nb: {quoted}")
    register = register.replace("name: Tellerup\n", f"name: {quoted}\n")
    register = register.replace("name: {nb: Statistikk,", f"name: {{nb: {quoted},")
    register = register.replace("label: _tu_<id>", f"label: {quoted}")
    register = register.replace("lifetime: 30 minutes", "lifetime: 3 years")
    released.with_file(REGISTER, register)
    released.with_edit(NB, "title: Personvernerklæring", f"title: {quoted}")
    text = released.read(EN)
    released.with_file(EN, re.sub("^description: .*", f"description: {quoted}", text, flags=re.M))
    prepare(released, quoted)
    released.with_file(
        "data/waivers.yaml",
        f"- rule: no-source\n  at: [{NB}]\n  reason: {quoted}\n  who: Kari\n  until: 2027-01-31\n",
    )
    text = said(released, base)
    for title in ("Version", "Consent", "Findings", "Texts"):
        assert "evil.example" in part(text, title), title
    assert_harmless(text)
    assert text.count(MARK) == 1


def test_messages_about_hostile_sources_are_harmless(released: SiteFolder, base: Path) -> None:
    released.with_edit(SITE, "  email: ", f"  ? '{HOSTILE}'\n  : x\n  email: ")
    text = said(released, base)
    assert "evil.example" in text
    assert_harmless(text)


def test_long_change_is_cut_below_what_github_takes_and_says_so(
    released: SiteFolder, base: Path
) -> None:
    said_anew = "Avsnitt {} sier noe helt nytt om brød 🍞 og boller. " * 3
    new = "\n\n".join(said_anew.replace("{}", str(i)) for i in range(900))
    released.with_file(NB, released.read(NB) + f"\n\n{new}\n")
    text = said(released, base)
    assert 60_000 < len(text.encode("utf-16-le")) // 2 <= LIMIT < 65_536
    assert re.search(r"\*Cut here, .*: \d+ lines are left out", text.splitlines()[-1])
    assert text.count("<details") == text.count("</details>")


def test_one_endless_line_does_not_take_the_place_of_all_else(
    released: SiteFolder, base: Path
) -> None:
    released.with_edit(NB, "Ring {{", "Ring " + "og bak brød " * 600 + "{{")
    released.with_edit(EN, "Call {{", "Ring up {{")
    text = said(released, base)
    assert "(cut)" in text and "Cut here" not in text
    assert "**Ring up**" in text


def test_thousand_findings_are_counted_and_the_first_are_shown(
    released: SiteFolder, base: Path
) -> None:
    many = "".join(
        f"  extra{i}:\n    name: extra_{i}\n    category: necessary\n"
        f"    purpose: {{nb: Husker, en: Remembers}}\n" for i in range(400)
    )  # fmt: skip
    released.with_file(REGISTER, released.read(REGISTER) + many)
    text = part(said(released, base), "Findings")
    assert text.count("(`") < 100
    assert re.search(r"… and \d{3,} more", text)


def git(folder: Path, *words: str) -> None:
    who = "-c", "user.name=n", "-c", "user.email=e@example.org"
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_base_may_be_a_revision_and_what_others_did_since_is_left_out(tmp_path: Path) -> None:
    site = SiteFolder.copy(GOOD, tmp_path / "repo" / "site")
    site.with_file(".gitignore", ".klartekst\n")
    git(tmp_path / "repo", "init", "-q", "-b", "main")
    git(tmp_path / "repo", "add", ".")
    git(tmp_path / "repo", "commit", "-qm", "one")
    git(tmp_path / "repo", "checkout", "-qb", "work")
    site.with_edit(EN, "Call {{", "Ring up {{")
    git(tmp_path / "repo", "commit", "-qam", "two")
    git(tmp_path / "repo", "checkout", "-q", "main")
    site.with_edit(NB, "Ring {{", "Slå på tråden: {{")
    git(tmp_path / "repo", "commit", "-qam", "three")
    git(tmp_path / "repo", "checkout", "-q", "work")
    result = run(site, "main", "--as-of", str(DAY))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "**Ring up**" in result.stdout and "tråden" not in result.stdout
    for unknown in ("nope", "--help-all", "HEAD~9"):
        assert run(site, "--", unknown).exit_code == 1


def test_folder_without_git_has_no_revisions(released: SiteFolder) -> None:
    with pytest.raises(SiteError) as caught:
        review(released.root, "no-such-branch", DAY)
    assert [problem.code for problem in caught.value.problems] == ["unknown-revision"]


def test_preview_is_linked_to_and_is_an_address(released: SiteFolder, base: Path) -> None:
    address = "https://example.org/a_(b)?c=d#artifacts"
    result = run(released, str(base), "--preview", address, "--as-of", str(DAY))
    assert "[The built pages](https://example.org/a_%28b%29?c=d#artifacts)" in result.stdout
    assert run(released, str(base), "--preview", "javascript:x").exit_code == 2


def test_faults_of_the_work_do_not_change_the_exit_code(released: SiteFolder, base: Path) -> None:
    released.with_edit(SITE, "  email: ", "  emial: ")
    assert run(released, str(base), "--as-of", str(DAY)).exit_code == 0
