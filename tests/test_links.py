"""Links and pipes among the sources: nothing outside the site is read or written through one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from klartekst.cache import Cache, folder
from klartekst.outside import dead_links
from klartekst.problems import Place, SiteError
from klartekst.release import release
from klartekst.reviewed import record
from klartekst.serve.recall import Recall
from klartekst.verify import verify
from klartekst.write import alone, replace

from .releases import TODAY
from .sites import REPOSITORY, SiteFolder, contents


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder beside the site, with a file that is nobody's business."""
    path = tmp_path / "elsewhere"
    path.mkdir()
    (path / "file").write_bytes(b"secret")
    return path


@pytest.mark.parametrize(
    "command",
    [["check"], ["reviewed", "all"], ["change"], ["release"], ["redline"], ["verify"]],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("name", ["content/nb/more.md", "data/translations.yaml"])
def test_no_command_waits_for_a_pipe(name: str, command: list[str], site: SiteFolder) -> None:
    os.mkfifo(site.root / name)
    result = subprocess.run(
        [sys.executable, str(REPOSITORY / "build.py"), *command],
        cwd=site.root, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert f"{name}:1:1" in result.stdout + result.stderr


def test_a_pipe_among_layouts_and_reviewed_texts_is_no_file(site: SiteFolder) -> None:
    os.mkfifo(site.with_file("layouts/blocks/x.html", "").without("layouts/blocks/x.html").root
              / "layouts/blocks/mine.html")  # fmt: skip
    (site.root / "layouts/.#page.html").symlink_to("someone@host.1234")
    assert site.codes() == []
    assert Recall().state([site.root / "layouts"]) == ()


@pytest.mark.parametrize("name", ["archive", "archive/2025-06-06", "archive/2025-06-06/facts.json"])
def test_a_release_lies_in_the_site(name: str, released: SiteFolder, elsewhere: Path) -> None:
    path = released.root / name
    path.rename(elsewhere / "moved")
    path.symlink_to(elsewhere / "moved")
    problems = [problem for problem in released.problems() if problem.code == "outside-file"]
    assert problems
    assert all(problem.place.file.startswith(name) for problem in problems)


def test_a_link_for_the_folder_of_the_cache_is_not_followed(
    site: SiteFolder, elsewhere: Path
) -> None:
    (site.root / ".klartekst").symlink_to(elsewhere)
    assert folder(site.root) is None
    assert site.make()
    assert contents(elsewhere) == {"file": b"secret"}


def test_a_link_within_the_cache_is_not_followed(site: SiteFolder, elsewhere: Path) -> None:
    below = site.root / ".klartekst"
    below.mkdir()
    (below / "texts.sqlite").symlink_to(elsewhere / "texts")
    (below / "links.json").symlink_to(elsewhere / "file")
    with Cache(site.root) as cache:
        assert cache.remember(lambda: "made", "kind") == "made"
    asked = dead_links(site.root, [("https://x.example", Place("x"))], lambda _: "", 0)
    assert asked == []
    assert contents(elsewhere) == {"file": b"secret"}


def test_no_release_begins_where_its_lock_would_lie_elsewhere(
    site: SiteFolder, elsewhere: Path
) -> None:
    (site.root / ".klartekst").symlink_to(elsewhere)
    with pytest.raises(SiteError, match="cannot-write"):
        release(site.root, TODAY, TODAY)
    assert contents(elsewhere) == {"file": b"secret"}


def test_a_pipe_for_a_published_page_is_not_waited_for(site: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "copy/personvern").mkdir(parents=True)
    os.mkfifo(tmp_path / "copy/personvern/index.html")
    found = verify(site.root, str(tmp_path / "copy"), TODAY).problems
    assert {problem.code for problem in found} == {"not-published"}


def test_a_pipe_for_the_cache_is_not_waited_for(site: SiteFolder) -> None:
    (site.root / ".klartekst").mkdir()
    os.mkfifo(site.root / ".klartekst/texts.sqlite")
    assert site.make()


def test_a_site_holds_no_compiled_code(site: SiteFolder) -> None:
    site.make()
    assert [*contents(site.root / ".klartekst")] == ["texts.sqlite"]


def test_a_link_for_a_lock_is_not_followed(tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / "lock").symlink_to(elsewhere / "file")
    with pytest.raises(OSError, match="lock"), alone(tmp_path / "lock"):
        pass
    assert contents(elsewhere) == {"file": b"secret"}


@pytest.mark.parametrize("name", ["data.yaml", "data.yaml.new"])
def test_a_link_for_a_file_is_replaced_and_not_followed(
    name: str, tmp_path: Path, elsewhere: Path
) -> None:
    (tmp_path / name).symlink_to(elsewhere / "file")
    replace(tmp_path / "data.yaml", b"new")
    assert (tmp_path / "data.yaml").read_bytes() == b"new"
    assert contents(elsewhere) == {"file": b"secret"}


def test_a_review_writes_no_text_elsewhere(site: SiteFolder, elsewhere: Path) -> None:
    target = elsewhere / "translations"
    (site.root / "data/translations").symlink_to(target)
    with pytest.raises(SiteError, match="outside-file"):
        record(site.root, TODAY, ["privacy"])
    assert not target.exists()
