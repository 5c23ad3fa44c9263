"""Sites with faults that the tests of reports share."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..sites import SiteFolder
from .wellmade import well_made


@pytest.fixture
def faulty(tmp_path: Path) -> SiteFolder:
    """One warning in the register, one note in a text."""
    site = well_made(tmp_path / "site")
    site.with_edit("data/register.yaml", "name: _ga\n", "name: _g_a\n")
    return site.with_edit("content/en/privacy.md", "we erase it.", "we may erase it.")
