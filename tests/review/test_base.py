"""What a pull request is compared with, and how the command ends."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from klartekst.problems import SiteError
from klartekst.review import review

from ..sites import GOOD, SiteFolder
from .setting import DAY, EN, NB, SITE, run


def git(folder: Path, *words: str) -> None:
    who = "-c", "user.name=n", "-c", "user.email=e@example.org"
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_base_may_be_a_revision_and_what_others_did_since_is_left_out(tmp_path: Path) -> None:
    site = SiteFolder.copy(GOOD, tmp_path / "repo" / "site")
    site.with_file(".gitignore", ".klartekst\n")
    git(tmp_path / "repo", "init", "-q", "-b", "main")
    git(tmp_path / "repo", "add", ".")
    git(tmp_path / "repo", "commit", "-qm", "one")
    git(tmp_path / "repo", "checkout", "-qb", "work")
    site.with_edit(EN, "Call {{", "Ring up {{")
    git(tmp_path / "repo", "commit", "-qam", "two")
    git(tmp_path / "repo", "checkout", "-q", "main")
    site.with_edit(NB, "Ring {{", "Slå på tråden: {{")
    git(tmp_path / "repo", "commit", "-qam", "three")
    git(tmp_path / "repo", "checkout", "-q", "work")
    result = run(site, "main", "--as-of", str(DAY))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "**Ring up**" in result.stdout and "tråden" not in result.stdout
    for unknown in ("nope", "--help-all", "HEAD~9"):
        assert run(site, "--", unknown).exit_code == 1


def test_folder_without_git_has_no_revisions(released: SiteFolder) -> None:
    with pytest.raises(SiteError) as caught:
        review(released.root, "no-such-branch", DAY)
    assert [problem.code for problem in caught.value.problems] == ["unknown-revision"]


def test_preview_is_linked_to_and_is_an_address(released: SiteFolder, base: Path) -> None:
    address = "https://example.org/a_(b)?c=d#artifacts"
    result = run(released, str(base), "--preview", address, "--as-of", str(DAY))
    assert "[The built pages](https://example.org/a_%28b%29?c=d#artifacts)" in result.stdout
    assert run(released, str(base), "--preview", "javascript:x").exit_code == 2


def test_faults_of_the_work_do_not_change_the_exit_code(released: SiteFolder, base: Path) -> None:
    released.with_edit(SITE, "  email: ", "  emial: ")
    assert run(released, str(base), "--as-of", str(DAY)).exit_code == 0
