"""The files of a site beside its texts: where they lie, and what the archive holds."""

from __future__ import annotations

import os
from pathlib import Path

from klartekst import archive
from klartekst.problems import Place, Problem


def is_within(path: Path, folder: Path) -> bool:
    """Whether `path` lies in `folder` once all links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def archive_files(root: Path, problems: list[Problem]) -> dict[str, bytes]:
    """The bytes of every file of the archive, by its path below it."""
    folder = root / archive.FOLDER
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob("[0-9]*/*")):
        name = path.relative_to(folder).as_posix()
        try:
            found[name] = path.read_bytes()
        except OSError as error:
            place = Place(f"{archive.FOLDER}/{name}")
            message = f"the file cannot be read: {error.strerror}"
            problems.append(Problem(place, "broken-archive", message, "look at its permissions"))
    return found
