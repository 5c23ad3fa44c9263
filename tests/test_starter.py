"""A new site begins complete, and nothing that is there is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from klartekst import pipeline, starter
from klartekst.problems import SiteError

from .sites import contents


def test_new_site_builds_at_once(tmp_path: Path) -> None:
    made = starter.start(tmp_path / "ours")
    assert made == sorted(path for path in (tmp_path / "ours").rglob("*") if path.is_file())
    files = pipeline.make(tmp_path / "ours")
    assert b"Fjordsykkel" in files["personvern/index.html"]


def test_what_can_be_made_anew_is_left_out_of_version_control(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    starter.start(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    starter.start(tmp_path / "fresh")
    assert "/output/" in (tmp_path / "fresh" / ".gitignore").read_text()


def test_new_site_has_no_history_of_the_made_up_company(tmp_path: Path) -> None:
    starter.start(tmp_path)
    page = pipeline.make(tmp_path)["personvern/index.html"].decode()
    assert "<time" not in page


def test_existing_sources_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.yaml").write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(SiteError) as raised:
        starter.start(tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["site-exists"]
    assert contents(tmp_path) == before
