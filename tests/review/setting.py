"""What the tests of the comment share: files, a day, and the comment itself."""

from __future__ import annotations

import datetime
from pathlib import Path

from click.testing import CliRunner, Result

from klartekst.cli import main
from klartekst.review import review

from ..sites import SiteFolder

NB, EN = "content/nb/personvern.md", "content/en/privacy.md"
REGISTER, SITE, CHANGES = "data/register.yaml", "data/site.yaml", "data/changes.yaml"
DAY = datetime.date(2026, 11, 23)


def said(site: SiteFolder, base: Path, preview: str = "") -> str:
    return review(site.root, str(base), DAY, preview)


def part(text: str, title: str) -> str:
    """What stands below a heading."""
    return text.partition(f"### {title}\n")[2].partition("\n### ")[0]


def run(site: SiteFolder, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--site", str(site.root), "review", *arguments])
