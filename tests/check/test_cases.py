"""What rules must not mistake: the good case that looks bad, and the bad one that looks good."""

from __future__ import annotations

from pathlib import Path

import pytest

from klartekst.check.rules import BY_CODE

from ..sites import SiteFolder
from .wellmade import findings, well_made

NB, EN, REGISTER = "content/nb/personvern.md", "content/en/privacy.md", "data/register.yaml"
SITE = "data/site.yaml"


def stored(kind: str, rest: str = "") -> str:
    return (
        f"  extra:\n    name: extra_thing\n    kind: {kind}\n    category: necessary\n"
        f"    provider: site\n    purpose: {{nb: Husker, en: Remembers}}\n{rest}"
    )


GOOD = [
    ("cookie-without-lifetime", REGISTER, "cookies:\n", "cookies:\n" + stored("sessionStorage")),
    ("cookie-without-party", REGISTER, "cookies:\n", "cookies:\n" + stored("localStorage")),
    ("misspelt-cookie", REGISTER, "name: basket", "name: Basket"),
    ("repealed-provision", NB, "Når tiden er ute", "Etter ekomloven § 2-70. Når tiden er ute"),
    ("repealed-provision", NB, "Når tiden", "Etter arbeidsmiljøloven § 2-7 b. Når tiden"),
    ("no-complaint", NB, "Du har også rett til å klage til", "Klag gjerne til"),
    ("vague-word", NB, "Når tiden er ute, sletter vi.", "Du kan alltid be oss slette."),
    ("vague-word", EN, "When the time", "All works if necessary cookies are off. When the time"),
    ("two-addresses", SITE, "  email:", "  postal_address: {street: Postboks 12, postal_code: "
     '"0151", city: Oslo, country: NO}\n  email:'),
    ("typed-fact", NB, "Når tiden er ute", "Se {{ cookies.ga.name }}. Når tiden er ute"),
    ("typed-period", NB, "Når tiden er ute", "Svar gir vi innen 30 dager. Når tiden er ute"),
    ("typed-period", NB, "Når tiden er ute", "Etter 3 uker rydder vi. Når tiden er ute"),
    ("typed-period", NB, "Når tiden er ute", "Etter {{ data_categories.visits.retention.period }} "
     "sletter vi. Når tiden er ute"),
    ("mixed-citations", NB, "Når tiden er ute", "Se artikkel 6 nr. 1 bokstav b. Når tiden er ute"),
    ("broken-word", NB, "Når tiden er ute", "Kunde- og leverandørdata, e-post. Når tiden er ute"),
    ("thousands", NB, "Når tiden er ute", "Det var 10 000 i versjon 1.2.3. Når tiden er ute"),
    ("quotation-marks", NB, "Når tiden er ute", 'Skriv `"ja"`. Når tiden er ute'),
    ("date-form", NB, "Når tiden er ute", "Fra 6. juni 2025. Når tiden er ute"),
    ("transfer-without-mechanism", REGISTER, "country: US\n    mechanism: adequacy_us",
     "country: IE"),
    ("organisation-number", SITE, '"987 654 325"', '"920 331 483"'),
    ("links-differ", NB, "[endringsloggen](page:changes)", "[alt som er endret](page:changes)"),
    ("durations-differ", NB, "innen én måned", "innen 1 måned"),
    ("long-lifetime", REGISTER, "lifetime: session", "lifetime: 2 years"),
]  # fmt: skip

BAD = [
    ("cookie-without-lifetime", REGISTER, "cookies:\n", "cookies:\n" + stored("localStorage")),
    ("repealed-provision", NB, "Når tiden er ute", "Etter § 2-7 b i ekomloven. Når tiden er ute"),
    ("repealed-provision", EN, "When the time", "We use the Privacy Shield. When the time"),
    ("no-response-time", NB, ", og senest innen én måned", ""),
    ("no-complaint", EN, "lodge a complaint with {{ authority", "write to {{ authority"),
    ("two-addresses", SITE, "  email:", "  postal_address: {street: Havnegata 4 b, "
     'postal_code: "0150", city: Oslo, country: NO}\n  email:'),
    ("typed-fact", NB, "Når tiden er ute", "Se `cookie_consent_status`. Når tiden er ute"),
    ("typed-fact", NB, "Når tiden er ute", "Siden 2. mars 2026. Når tiden er ute"),
    ("typed-period", NB, "Når tiden er ute", "Besøk sletter vi etter 14 måneder. Når tiden er ute"),
    ("typed-period", "content/en/cookies.md", "{{ block.cookies }}", "{{ block.cookies }}\n\nThey "
     "live for 13 months."),
    ("other-contact", NB, "Når tiden er ute", "Ring +47 99 88 77 66. Når tiden er ute"),
    ("transfer-without-mechanism", REGISTER, "    mechanism: adequacy_us\n", ""),
    ("organisation-number", SITE, '"987 654 325"', '"987 654"'),
    ("misspelt-cookie", REGISTER, "name: basket", "name: fb_p"),
    ("necessary-in-doubt", REGISTER, "name: basket", "name: _fbp"),
    ("soft-space", NB, "Når tiden er ute", "Se §3-15. Når tiden er ute"),
    ("em-dash", NB, "Når tiden er ute", "Vi — altså vi. Når tiden er ute"),
    ("withdrawal-by-browser", "content/nb/informasjonskapsler.md",
     "{{ block.consent }}\n\nDu endrer valget her eller med knappen nederst på hver side.",
     "Du kan slette dem i nettleserinnstillingene."),
]  # fmt: skip


def found(root: Path, case: tuple[str, str, str, str]) -> list[str]:
    code, file, old, new = case
    site = well_made(root)
    site.with_file(file, site.read(file).replace(old, new, 1))
    assert new in site.read(file)
    return [finding.code for finding in findings(site, BY_CODE[code])]


@pytest.mark.parametrize("case", GOOD, ids=lambda case: f"{case[0]}-{case[3][:30]!r}")
def test_good_text_is_left_alone(case: tuple[str, str, str, str], tmp_path: Path) -> None:
    assert found(tmp_path / "site", case) == []


@pytest.mark.parametrize("case", BAD, ids=lambda case: f"{case[0]}-{case[3][:30]!r}")
def test_bad_text_is_found(case: tuple[str, str, str, str], tmp_path: Path) -> None:
    assert case[0] in found(tmp_path / "site", case)


def test_text_that_says_nothing_leaves_the_eea_needs_no_copy(tmp_path: Path) -> None:
    site = well_made(tmp_path / "site")
    register = site.read(REGISTER).replace("country: US", "country: IE")
    site.with_file(REGISTER, register)
    text = site.read(NB)
    start, end = text.index("Google lagrer også"), text.index("Ellers blir alt i EØS.")
    site.with_file(NB, f"{text[:start]}Opplysningene forlater ikke EØS.\n\n{text[end + 22 :]}")
    assert [f.place.file for f in findings(site, BY_CODE["no-copy-of-safeguards"])] == []


def test_site_that_never_recorded_a_review_is_told_once(tmp_path: Path) -> None:
    site: SiteFolder = well_made(tmp_path / "site").without("data/translations.yaml")
    (finding,) = findings(site, BY_CODE["unreviewed-translation"])
    assert (finding.place.file, finding.anchor) == (SITE, "languages")
    assert "reviewed all" in finding.hint


def test_site_without_a_notice_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    site = well_made(tmp_path / "site").without("data/translations.yaml")
    for name in (NB, EN):
        site.with_edit(name, "page: privacy", "page: notice")
    changes = site.read("data/changes.yaml").replace("privacy", "notice")
    site.with_file("data/changes.yaml", changes)
    assert [f.place.file for f in findings(site, BY_CODE["no-controller"])] == [SITE]
