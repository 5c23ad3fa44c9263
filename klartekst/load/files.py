"""The files of a site beside its texts: where they lie, and what the archive holds."""

from __future__ import annotations

import os
from pathlib import Path

from klartekst import archive
from klartekst.cache import Memory
from klartekst.problems import Place, Problem


def is_within(path: Path, folder: Path) -> bool:
    """Whether `path` lies in `folder` once all links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def archive_files(root: Path, problems: list[Problem], memory: Memory) -> dict[str, bytes]:
    """The bytes of every file of the archive, by its path below it; names with a dot are left."""
    folder = str(root / archive.FOLDER)
    found: dict[str, bytes] = {}
    for name in _names(folder):
        inner = _names(f"{folder}/{name}")
        for path in (f"{name}/{file}" for file in inner) if inner else (name,):
            try:
                found[path] = memory.read(f"{folder}/{path}")
            except OSError as error:
                place = Place(f"{archive.FOLDER}/{path}")
                message = f"the file cannot be read: {error.strerror}"
                hint = "look at its kind and permissions"
                problems.append(Problem(place, "broken-archive", message, hint))
    return found


def _names(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError:  # no folder
        return []
