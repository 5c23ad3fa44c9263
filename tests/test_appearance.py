"""Colours that can be read, and pictures that are there."""

from __future__ import annotations

import re

import pytest

from klartekst.check.appearance import contrast, luminance
from klartekst.render.assets import picture

from .sites import REPOSITORY, SiteFolder


def test_luminance_and_contrast_are_those_of_the_wcag() -> None:
    assert (luminance("#000000"), luminance("#ffffff")) == (0, pytest.approx(1))
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#FFFFFF") == contrast("#ffffff", "#767676") > 4.5


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    styles = (REPOSITORY / "layouts/assets/base.css").read_text(encoding="utf-8")
    source = (REPOSITORY / "klartekst/check/appearance.py").read_text(encoding="utf-8")
    grounds = re.findall(r"--ground: (#[0-9a-f]{6});", styles)
    assert grounds[:2] == re.findall(r'"accent\w*": "(#[0-9a-f]{6})"', source)


def test_accents_reach_the_style_sheet(site: SiteFolder) -> None:
    styles = [data.decode() for path, data in site.make().items() if path.endswith(".css")]
    assert any("#7a2e1d" in text and "#f2b8a0" in text for text in styles)


def test_a_picture_lies_in_the_folder_of_the_site(site: SiteFolder) -> None:
    assert picture(site.root, "data/logo.svg")
    outside = site.root.parent / "outside.png"
    outside.write_bytes(b"x")
    (site.root / "data/link.png").symlink_to(outside)
    site.with_file("logo.svg", site.read("data/logo.svg"))
    for name in (
        "../outside.png",
        "data/link.png",
        "logo.svg",
        "data/../logo.svg",
        str(outside),
        "data",
        "data/site.yaml",
        "",
        "x" * 999,
    ):
        assert picture(site.root, name) is None


def test_an_asset_has_a_new_name_when_its_bytes_are_new(site: SiteFolder) -> None:
    before = site.make()
    site.with_file("data/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    after = site.make()
    logos = [[path for path in files if "/logo." in path] for files in (before, after)]
    assert [len(found) for found in logos] == [1, 1]
    assert logos[0] != logos[1]
    assert logos[1][0].removeprefix("personvern/") in after["personvern/index.html"].decode()
    assert {path for path in before if path.endswith(".css")} == {
        path for path in after if path.endswith(".css")
    }


def test_a_site_without_a_logo_has_none(site: SiteFolder) -> None:
    site.with_edit("data/site.yaml", "  logo: data/logo.svg\n", "")
    assert not any("logo" in path for path in site.make())
