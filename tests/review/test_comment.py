"""The comment on a pull request: what it says of texts, versions and consent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klartekst.review import review
from klartekst.review.comment import MARK

from ..releases import NEXT, prepare, release
from ..sites import SiteFolder
from .setting import DAY, EN, NB, REGISTER, SITE, part, said


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
    """``comment.md`` has it; after a change that is meant, put the new one there."""
    text = said(changed(released), base, "https://example.org/preview")
    text = re.sub(r"(?<=before this passes: )\d+", "31", text)  # as many as there are rules
    assert text == (Path(__file__).parent / "comment.md").read_text("utf-8")


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
    from ..releases import first_release

    site.with_edit(EN, "Call {{", "Ring up {{")
    assert "was changed.**" in part(said(first_release(site, checked=False), base), "Version")
