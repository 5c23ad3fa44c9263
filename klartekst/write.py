"""The one module that writes ``output/``: all of a site at once, or nothing.

The new site is laid out in a spare folder and then exchanged with the published one in a single
step of the file system. A reader sees the old site or the new, never a mixture or a gap, and a
process that is killed leaves one of the two. The old site becomes the spare folder of the next
build, so that only files that differ are ever written.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from klartekst.problems import Place, Problem, SiteError
from klartekst.render import Files

try:
    import fcntl
except ImportError:  # Windows has no such lock; two builds at once are then for the user to avoid
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder: how many files it holds, and whether any changed."""

    files: int
    changed: bool


def write(files: Files, output: Path) -> Written:
    """Make the folder `output` hold exactly `files`.

    The spare folder lies beside it. Raises `SiteError` where the disk refuses, or where the folder
    holds something that no build put there; `output` is then as it was.
    """
    output = Path(os.path.abspath(output))  # “.” has no name, and a link stays a link
    if _is_foreign(output):
        message = f"the folder {output} holds something else than a published site"
        hint = "publish to an empty folder, or to one that was published to before"
        raise SiteError([Problem(Place(output.name), "foreign-folder", message, hint)])
    spare = output.with_name(f".{output.name}-spare")
    if spare.is_symlink():  # to clean it would empty the folder that it leads to
        message = f"the spare folder {spare.name} is a link"
        raise SiteError([Problem(Place(spare.name), "foreign-folder", message, "remove the link")])
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with alone(spare.with_suffix(".lock")):
            if _same(files, output):
                return Written(len(files), changed=False)
            _lay_out(files, spare)
            _exchange(spare, output)
    except OSError as error:
        message = f"the site cannot be written: {error.strerror or error}"
        place = Place(Path(error.filename or output).name)
        hint = "look at free space and permissions; the published site is as it was"
        raise SiteError([Problem(place, "cannot-write", message, hint)]) from error
    return Written(len(files), changed=True)


def _is_foreign(output: Path) -> bool:
    """Whether the folder holds anything, and not a site: each has a map of itself."""
    return output.is_dir() and any(output.iterdir()) and not (output / "sitemap.xml").is_file()


class Busy(Exception):
    """Another process has the lock."""


@contextmanager
def alone(lock: Path, *, wait: bool = True) -> Iterator[None]:
    """Let one process at a time go on; the system frees the lock of one that is killed.

    Raises `Busy` where another has it and this one does not `wait`, `OSError` where `lock` is a
    link or cannot be made.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    with open(lock, "r+b", buffering=0, opener=lambda path, _: os.open(path, flags, 0o666)) as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy from None
        yield


def _existing(folder: Path) -> dict[str, Path]:
    """Every file and link below `folder`, by its path relative to it."""
    if not folder.is_dir():
        return {}
    return {
        os.path.relpath(os.path.join(parent, name), folder).replace(os.sep, "/"): Path(parent, name)
        for parent, folders, names in os.walk(folder)
        for name in (*names, *(n for n in folders if os.path.islink(os.path.join(parent, n))))
    }


def _holds(path: Path, data: bytes) -> bool:
    return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data


def _same(files: Files, folder: Path) -> bool:
    found = _existing(folder)
    return found.keys() == files.keys() and all(_holds(found[p], files[p]) for p in files)


def _lay_out(files: Files, folder: Path) -> None:
    found = _existing(folder)
    for path in found.keys() - files.keys():
        found[path].unlink()
    folder.mkdir(exist_ok=True)
    _drop_empty_folders(folder)
    made: set[Path] = set()
    for path, data in files.items():
        if path in found and _holds(found[path], data):
            continue
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        # Through a new file: somebody may still be reading the one that is replaced.
        if path in found:
            replace(target, data)
        else:
            target.write_bytes(data)


def replace(path: Path, data: bytes) -> None:
    """Put `data` into the file `path` in one step: a reader sees the old bytes or the new.

    A link in its place is replaced, never followed. Raises `OSError`.
    """
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)  # of a process that was killed
    with fresh.open("xb") as file:
        file.write(data)
    fresh.replace(path)


def _drop_empty_folders(folder: Path) -> None:
    for parent, _, _ in os.walk(folder, topdown=False):
        if parent != str(folder) and not os.listdir(parent):
            os.rmdir(parent)


def _exchange(spare: Path, output: Path) -> None:
    if not output.exists() and not output.is_symlink():
        os.rename(spare, output)
        return
    if output.is_symlink() or not output.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "it is not a folder", str(output))
    if not _exchange_at_once(spare, output):
        # The file system knows no exchange: for an instant there is no output folder.
        aside = spare.with_name("aside")
        shutil.rmtree(aside, ignore_errors=True)
        os.rename(output, aside)
        os.rename(spare, output)
        os.rename(aside, spare)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Swap two folders in one step: renameat2(2), renamex_np(2). False where there is none."""
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        failed = library.renameat2(here, first, here, second, exchange)
    elif sys.platform == "darwin":
        failed = library.renamex_np(first, second, 2)  # RENAME_SWAP
    else:
        return False
    if failed and ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.ENOTSUP):
        return False
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return True
