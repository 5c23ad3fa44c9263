"""Releases for tests: the good site with a first version, and ways to go on from there."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from klartekst import release as releasing
from klartekst.draft import draft
from klartekst.pipeline import make
from klartekst.render import Files

from .sites import SiteFolder

FIRST = datetime.date(2025, 6, 6)
NEXT = datetime.date(2026, 1, 15)
TODAY = datetime.date(2025, 6, 1)
ENTRY = """\
- pages: [privacy, cookies]
  kind: material
  summary: {nb: Første erklæring., en: First notice.}
"""


def release(site: SiteFolder, date: datetime.date = NEXT, *, checked: bool = True) -> SiteFolder:
    """The site with the change that is being prepared released.

    Without `checked` the rules of `check` do not stand in the way, for texts that are not ours.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not checked:
            patch.setattr(releasing, "_check", lambda made: None)
        releasing.release(site.root, date, min(date, TODAY))
    return site


def prepare(site: SiteFolder, summary: str = "Changed.") -> SiteFolder:
    """The site with the entry for all that changed, as `change` drafts it, and its summary."""
    draft(site.root)
    log = (site.root / "data/changes.yaml").read_bytes()
    return site.with_file("data/changes.yaml", log.replace(b'""', summary.encode()))


def first_release(site: SiteFolder, *, checked: bool = True) -> SiteFolder:
    """The site with its notice and cookie page released as the first version."""
    return release(site.with_file("data/changes.yaml", ENTRY), FIRST, checked=checked)


def copy(source: Path, root: Path) -> SiteFolder:
    """A whole site with its archive, and what it remembers, in the new folder `root`."""
    shutil.copytree(source, root)
    return SiteFolder(root)


def as_of(site: SiteFolder, date: str, *, draft: bool = False) -> Files:
    """The published files as they are on a day."""
    return make(site.root, datetime.date.fromisoformat(date), draft=draft)


def html(files: Files, path: str) -> str:
    """A page of the published files: ``/personvern/``."""
    return files[f"{path.strip('/')}/index.html"].decode()
