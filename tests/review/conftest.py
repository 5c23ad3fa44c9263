"""What a pull request is held against in these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..releases import copy
from ..sites import SiteFolder


@pytest.fixture
def base(released: SiteFolder, tmp_path: Path) -> Path:
    """The good site with its first version, as it is before the change."""
    return copy(released.root, tmp_path / "base").root
