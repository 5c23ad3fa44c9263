"""A new site to begin with: the sources of a made-up company, complete and without fault."""

from __future__ import annotations

import shutil
from pathlib import Path

from klartekst.problems import Place, Problem, SiteError

PARTS = ("content", "data")
_CHANGES = "data/changes.yaml"
_IGNORED = """\
# What can be made anew.
.klartekst/
/output/
/.output-spare
/.output-spare.lock
"""
_NO_CHANGES = """\
# The change log. Nobody types a date: “klartekst change” drafts an entry for what changed, and
# “klartekst release” gives it its date and freezes the pages that it names.
"""


def start(folder: Path) -> list[Path]:
    """Put the sources of a new site into `folder`, beside a ``.gitignore``; their paths, sorted.

    Raises `SiteError` where there are sources already; nothing is overwritten.
    """
    taken = [part for part in PARTS if (folder / part).exists()]
    if taken:
        message = f"there is a site here already: {', '.join(taken)}"
        hint = "name a new folder"
        raise SiteError([Problem(Place(folder.as_posix()), "site-exists", message, hint)])
    for part in PARTS:
        shutil.copytree(_shipped() / part, folder / part)
    (folder / _CHANGES).write_text(_NO_CHANGES, encoding="utf-8")
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text(_IGNORED, encoding="utf-8")
    made = (path for part in PARTS for path in (folder / part).rglob("*") if path.is_file())
    return sorted([*made, ignored])


def _shipped() -> Path:
    """The made-up company: in the package or, in a checkout, where the rules are tested on it."""
    package = Path(__file__).parent / "starter"
    return package if package.is_dir() else package.parent.parent / "tests" / "wellmade"
