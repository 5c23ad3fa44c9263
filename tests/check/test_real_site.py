"""The known faults of the notice of 6 June 2025, by the numbers of the legal report on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from klartekst.check.finding import Finding
from klartekst.judge import judge

from ..sites import ITSWORKING, SiteFolder
from .wellmade import TODAY

NB, EN = "content/nb/personvern.md", "content/en/privacy.md"
REGISTER, SITE = "data/register.yaml", "data/site.yaml"

# S17: the page's header shows when it was last updated, but the text that promises it, which is
# what is archived, fingerprinted and copied, neither has the date nor leads to it.
KNOWN = [
    ("S1", "repealed-provision", REGISTER, "cookie_categories.necessary.provision"),
    ("S2", "optional-cookies-basis", REGISTER, "cookie_categories.functional.basis"),
    ("S2", "optional-cookies-basis", REGISTER, "cookie_categories.analytics.basis"),
    ("S3", "basis-on-condition", REGISTER, "cookie_categories.functional.basis_note"),
    ("S4", "exemption-misplaced", REGISTER, "cookie_categories.necessary.provision"),
    ("S5", "consent-used-beyond", REGISTER, "bases.consent.use"),
    ("S6", "marketing-to-customers", REGISTER, "uses.marketing.description"),
    ("S7", "cookies-among-personal-data", NB, "data"),
    ("S7", "cookies-among-personal-data", EN, "data"),
    ("S7", "cookies-among-personal-data", REGISTER, "data_categories.usage.examples.2"),
    ("S8", "data-without-basis", REGISTER, "data_categories.identification"),
    ("S9", "misspelt-cookie", REGISTER, "cookies.gads.name"),
    ("S10", "cookie-pattern", REGISTER, "cookies.wordpress.prefix"),
    ("S11", "missing-companion", REGISTER, "cookies.ga"),
    ("S11", "legacy-cookie", REGISTER, "cookies.gid.name"),
    ("S12", "consent-cookie-optional", REGISTER, "cookies.cookie_consent_status.category"),
    ("S14", "cookie-without-lifetime", REGISTER, "cookies.wordpress"),
    ("S15", "withdrawal-by-browser", NB, "cookies"),
    ("S15", "withdrawal-by-browser", EN, "cookies"),
    ("S16", "two-addresses", SITE, "controller.postal_address.street"),
    ("S17", "promise-without-place", NB, "changes"),
    ("S17", "promise-without-place", EN, "changes"),
    ("S18", "legal-name-second", SITE, "controller.name"),
    ("S19", "provider-not-recipient", REGISTER, "providers.google"),
    ("S19", "provider-not-recipient", REGISTER, "providers.meta"),
    ("S19", "provider-not-recipient", REGISTER, "providers.cloudflare"),
    ("S19", "transfer-without-mechanism", REGISTER, "providers.meta.country"),
    ("S19", "no-copy-of-safeguards", NB, "sharing"),
    ("S21", "data-without-retention", REGISTER, "data_categories.payment"),
    ("S22", "no-automated-decisions", NB, "rights"),
    ("S22", "no-response-time", NB, "rights"),
    ("S22", "withdrawal-effect", NB, "rights"),
    ("S22", "objection-not-apart", NB, "rights"),
    ("S22", "portability-conditions", REGISTER, "rights.portability.description"),
    ("S23", "off-glossary", REGISTER, "rights.rectification.name.nb"),
    ("S24", "no-data-protection-officer", NB, "contact"),
    ("S24", "no-source", NB, "data"),
    ("S24", "no-duty-to-provide", NB, "data"),
    ("S26", "citation-form", SITE, "citations"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What is found on the real site, waivers left aside."""
    root = tmp_path_factory.mktemp("real") / "site"
    site = SiteFolder.copy(ITSWORKING, root)
    site.without("data/waivers.yaml")
    report = judge(root, TODAY)
    assert not report.crashes
    return list(report.findings)


@pytest.mark.parametrize(
    ("code", "file", "anchor"), [row[1:] for row in KNOWN], ids=[f"{r[0]}-{r[1]}" for r in KNOWN]
)
def test_known_fault_is_found(found: list[Finding], code: str, file: str, anchor: str) -> None:
    places = {(f.code, f.place.file, f.anchor) for f in found}
    assert any(
        (c, p) == (code, file) and (a == anchor or a.startswith(f"{anchor}.")) for c, p, a in places
    )


def test_real_site_passes_with_every_finding_waived_until_a_date() -> None:
    report = judge(ITSWORKING, TODAY)
    assert report.standing == 0
    waived = {finding.code for finding in report.findings if finding.waiver}
    assert {code for _, code, _, _ in KNOWN} <= waived


def test_real_site_fails_once_the_waivers_are_over(tmp_path: Path) -> None:
    site = SiteFolder.copy(ITSWORKING, tmp_path / "real")
    later = TODAY.replace(year=TODAY.year + 1)
    report = judge(site.root, later)
    assert {"expired-waiver"} <= {finding.code for finding in report.findings if finding.stands}
