"""What the tests share: the small good site, ready to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from .sites import GOOD, REPOSITORY, SiteFolder

# Shared machines are slow at times: how long one example takes says nothing about the engine.
settings.register_profile("klartekst", deadline=None, max_examples=60)
settings.load_profile("klartekst")


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """The good site in a folder of the test's own."""
    return SiteFolder.copy(GOOD, tmp_path / "site")


@pytest.fixture
def real_site(tmp_path: Path) -> SiteFolder:
    """The repository's own site, in a folder of the test's own."""
    return SiteFolder.copy(REPOSITORY, tmp_path / "real")
