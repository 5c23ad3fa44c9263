"""The files of a site beside its texts: where they lie, and what the archive holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from klartekst import archive
from klartekst.cache import Memory
from klartekst.problems import Problem
from klartekst.text_file import is_within, outside_file, read_bytes


def links_out(root: Path, name: str) -> Iterator[Problem]:
    """Every link at `name`, or below it, that leads out of the site in `root`.

    Whatever reads such a file refuses it (`klartekst.text_file`); this tells of all at once.
    """
    if not is_within(root / name, root):
        yield outside_file(name)
        return
    for entry in _entries(f"{root}/{name}"):
        inner = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from links_out(root, inner)
        elif entry.is_symlink() and not is_within(entry.path, root):
            yield outside_file(inner)


def archive_files(root: Path, problems: list[Problem], memory: Memory) -> dict[str, bytes]:
    """The bytes of every file of the archive, by its path below it; names with a dot are left."""
    found: dict[str, bytes] = {}
    if not is_within(root / archive.FOLDER, root):
        problems.append(outside_file(archive.FOLDER))
        return found
    for path, entry, plain in _archived(f"{root}/{archive.FOLDER}"):
        name = f"{archive.FOLDER}/{path}"
        if entry.is_dir():  # holds nothing that belongs here, and is judged by its name
            found[path] = b""
            continue
        data = read_bytes(root, name, problems, memory, inside=True if plain else None)
        if data is not None:
            found[path] = data
    return found


def _archived(folder: str) -> Iterator[tuple[str, os.DirEntry[str], bool]]:
    """All that lies in the folders of the archive: path, entry, and whether no link led to it."""
    for outer in _entries(folder):
        inner = _entries(outer.path) if outer.is_dir() else []
        plain = not outer.is_symlink()
        for entry in inner:
            yield f"{outer.name}/{entry.name}", entry, plain and not entry.is_symlink()
        if not inner:
            yield outer.name, outer, plain


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What lies in a folder, sorted; names with a dot, and what is no folder, are left out."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda entry: entry.name)
