"""The sources that a change is held against: those of a git revision, or of a folder."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from klartekst.problems import Place, Problem, SiteError

_HINT = "name a branch, a tag or a commit that is there; in a shallow clone, fetch it first"


@contextmanager
def sources(root: Path, base: str) -> Iterator[Path]:
    """The folder of the sources that the site in `root` is held against, for as long as it is used.

    `base` is a folder that holds them, or a git revision; of that, the commit at which the work in
    `root` began to differ from it, so that what others did since is not held against this change.
    Raises `SiteError` where there is no such revision, or no git.
    """
    if (Path(base) / "data").is_dir():
        yield Path(base)
        return
    with TemporaryDirectory(prefix="klartekst-") as folder:
        commit = _begin(root, base)
        # A zip file is unpacked by Python without links and without leaving the folder.
        with zipfile.ZipFile(io.BytesIO(_git(root, base, "archive", "--format=zip", commit))) as it:
            it.extractall(folder)
        yield Path(folder)


def _begin(root: Path, base: str) -> str:
    """The commit at which the work began to differ, or `base` itself where nothing is shared."""
    options = "--verify", "--quiet", "--end-of-options"
    commit = _git(root, base, "rev-parse", *options, f"{base}^{{commit}}").decode().strip()
    try:
        return _git(root, base, "merge-base", commit, "HEAD").decode().strip()
    except SiteError:
        return commit


def _git(root: Path, base: str, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"") or b""
        why = said.decode(errors="replace").strip() or "git knows no such revision"
        message = f"the sources of “{base}” cannot be read: {why}"
        raise SiteError([Problem(Place("."), "unknown-revision", message, _HINT)]) from error
    return done.stdout
