"""What an editor starts on GitHub: it does what was asked, and only where that was well put."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from .sites import REPOSITORY

JOBS = yaml.safe_load((REPOSITORY / ".github/workflows/editor.yml").read_text("utf-8"))["jobs"]


def step(name: str) -> dict[str, Any]:
    (found,) = (s for job in JOBS.values() for s in job["steps"] if s.get("name") == name)
    return found


def run(name: str, folder: Path, **typed: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step in `folder` as GitHub would, with what was typed."""
    typed = {"DO": "change", "SECTIONS": "", "DATE": ""} | typed
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step(name)["run"]],
        env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(folder), **typed},
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A folder whose Python only says how it was called, and fails where “fail” is among it."""
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "[%s]" "$@"; echo\ncase "$*" in *fail*) exit 1;; esac\n')
    python.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    "typed",
    [
        {}, {"DO": "release"}, {"DO": "release", "DATE": "2026-12-15"},
        {"DO": "reviewed", "SECTIONS": "all"}, {"SECTIONS": "privacy#retention"},
        {"SECTIONS": "privacy#legal-basis, cookies  data/register.yaml#cookies.ga_2,"},
    ],
)  # fmt: skip
def test_what_is_well_typed_is_taken(tmp_path: Path, typed: dict[str, str]) -> None:
    done = run("Look at what was typed", tmp_path, **typed)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    "typed",
    [
        {"DO": "publish"}, {"DO": ""}, {"DO": "change; ls"}, {"DO": "reviewed"},
        {"DO": "reviewed", "SECTIONS": " , "}, {"SECTIONS": "--as-of"}, {"SECTIONS": "a --as-of b"},
        {"SECTIONS": "$(ls)"}, {"SECTIONS": "a;b"}, {"SECTIONS": "a\nb"}, {"SECTIONS": "Privacy"},
        {"SECTIONS": "a#b#c"}, {"SECTIONS": "«privacy»"}, {"DATE": "15.12.2026"},
        {"DATE": "2026-12-15 --help"}, {"DATE": "2026-12-15\n"}, {"DATE": "tomorrow"},
    ],
)  # fmt: skip
def test_what_is_not_well_typed_ends_with_advice(tmp_path: Path, typed: dict[str, str]) -> None:
    done = run("Look at what was typed", tmp_path, **typed)
    assert done.returncode == 1
    assert re.fullmatch(r"::error::[A-Z][^$;«]+\.\n", done.stdout)


@pytest.mark.parametrize(
    ("typed", "calls"),
    [
        ({"DO": "change"}, ["[build.py][change]"]),
        ({"DO": "release"}, ["[build.py][release]"]),
        ({"DO": "release", "DATE": "2026-12-15"}, ["[build.py][release][--date][2026-12-15]"]),
        ({"DO": "reviewed", "SECTIONS": ", all"}, ["[build.py][reviewed][all]"]),
        (
            {"DO": "change", "SECTIONS": "privacy#use, privacy#rights"},
            ["[build.py][reviewed][privacy#use][privacy#rights]", "[build.py][change]"],
        ),
    ],
)
def test_what_was_asked_is_done_in_order(
    engine: Path, typed: dict[str, str], calls: list[str]
) -> None:
    done = run("Do it", engine, **typed)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == calls
    assert (engine / "said").read_text() == done.stdout


def test_step_fails_at_the_first_command_that_does(engine: Path) -> None:
    done = run("Do it", engine, DO="change", SECTIONS="fail")
    assert done.returncode == 1
    assert "[change]" not in done.stdout


def test_what_may_write_runs_nothing_of_the_branch_and_keeps_to_two_folders() -> None:
    propose = JOBS["propose"]
    for each in propose["steps"]:
        assert "checkout" not in each.get("uses", "")
        assert not re.search(r"\b(?:python|make|clone|source|eval)\b", each.get("run", ""))
    (pattern,) = re.findall(r'\.path \| test\("(.*?)"\)', step("Put it on a branch")["run"])
    for good in ("data/changes.yaml", "archive/2026-01-15/privacy.nb.html", "data/translations/a"):
        assert re.search(pattern, good)
    for bad in ("Makefile", "data/../Makefile", "data/./x", "data/.git/x", "data//x", "a/data/x"):
        assert not re.search(pattern, bad)
    assert JOBS["make"]["permissions"] == {"contents": "read"}


def test_every_command_that_can_be_chosen_is_one() -> None:
    from klartekst.cli import main

    text = (REPOSITORY / ".github/workflows/editor.yml").read_text("utf-8")
    (options,) = re.findall(r"options: \[(.+)\]", text)
    assert set(options.split(", ")) <= set(main.commands)
