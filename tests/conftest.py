"""What the tests share: the small good site, ready to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from .releases import NEXT, copy, first_release, prepare, release
from .sites import GOOD, ITSWORKING, SiteFolder

# Shared machines are slow at times: how long one example takes says nothing about the engine.
# The same examples each time, so that a pull request is not judged by luck; for new ones:
# pytest --hypothesis-profile=search
settings.register_profile("klartekst", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("klartekst")


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """The good site in a folder of the test's own."""
    return SiteFolder.copy(GOOD, tmp_path / "site")


@pytest.fixture
def real_site(tmp_path: Path) -> SiteFolder:
    """Its Working's site as it was first released, in a folder of the test's own."""
    return SiteFolder.copy(ITSWORKING, tmp_path / "real")


@pytest.fixture(scope="session")
def _first_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("released") / "site"
    return first_release(SiteFolder.copy(GOOD, root), checked=False).root


@pytest.fixture
def released(_first_version: Path, tmp_path: Path) -> SiteFolder:
    """The good site with its first version released, in force from 6 June 2025."""
    return copy(_first_version, tmp_path / "released")


@pytest.fixture(scope="session")
def _second_version(_first_version: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = copy(_first_version, tmp_path_factory.mktemp("twice") / "site")
    site.with_edit("content/nb/personvern.md", "Ring {{", "Slå på tråden: {{")
    site.with_edit("content/en/privacy.md", "Call {{", "Ring up {{")
    return release(prepare(site), NEXT, checked=False).root


@pytest.fixture
def twice(_second_version: Path, tmp_path: Path) -> SiteFolder:
    """The same with another notice in force from 15 January 2026."""
    return copy(_second_version, tmp_path / "twice")
