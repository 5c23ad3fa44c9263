"""A release: the change that is being prepared gets its date, and its pages are frozen.

The archive's new folder is laid out beside the others and named in one step, so it is there whole
or not at all. The date then goes into the change log; a process that was killed between the two is
completed by the next.
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from klartekst import archive, pipeline
from klartekst.cache import FOLDER
from klartekst.check import history
from klartekst.load import Loaded, load
from klartekst.problems import Place, Problem, SiteError
from klartekst.write import alone, replace


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did: its date, and the pages and languages that it froze."""

    date: datetime.date
    pages: tuple[tuple[str, str], ...]


def release(root: Path, date: datetime.date) -> Released:
    """Release the change that is being prepared in `root`, in force from `date`.

    Raises `SiteError` where nothing is prepared, the sources have problems, the date is taken or
    lies before the last one, or the disk refuses. Nothing is then released.
    """
    (root / FOLDER).mkdir(exist_ok=True)
    with alone(root / FOLDER / "release.lock"):
        completed = _complete(root)
        if completed:
            return completed
        return _release(root, date)


def _release(root: Path, date: datetime.date) -> Released:
    made = pipeline.made(root, draft=True)
    change = made.site.prepared
    last = made.site.releases[-1] if made.site.releases else None
    if change is None:
        raise _fault(
            "nothing-prepared",
            "no change is being prepared",
            "run “change” to draft its entry, and write its summary",
        )
    if last and date <= last.date:
        newer = "is the date of" if date == last.date else "lies before"
        raise _fault(
            "release-date",
            f"{date} {newer} the last release, {last.date}",
            "a release is in force after all before it; give a later date",
        )
    problems = list(history.unreleased(made.site, made.rendered.working))
    if problems:
        raise SiteError(problems)
    pages = {
        (page, language): archive.released_page(text.fragment, text.title, text.description)
        for (page, language), text in made.rendered.working.items()
        if page in change.pages
    }
    files = archive.freeze(change, date, pages, made.facts, last)
    try:
        _lay_down(root / archive.FOLDER, date, files)
        _write_date(root, date)
    except OSError as error:
        raise _fault(
            "cannot-write",
            f"the release cannot be written: {error.strerror or error}",
            "look at free space and permissions, and run “release” again",
        ) from error
    return Released(date, tuple(pages))


def _fault(code: str, message: str, hint: str) -> SiteError:
    return SiteError([Problem(Place(history.CHANGES), code, message, hint)])


def _lay_down(folder: Path, date: datetime.date, files: Mapping[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for left in folder.glob(".new-*"):  # of a process that was killed
        shutil.rmtree(left)
    fresh = Path(mkdtemp(prefix=".new-", dir=folder))
    try:
        for name, data in files.items():
            with (fresh / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        fresh.chmod(0o755)
        fresh.rename(folder / date.isoformat())
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _complete(root: Path) -> Released | None:
    """Give the prepared entry the date of its release, where that was laid down without it."""
    loaded = load(root)
    dates = {change.date for change in loaded.changes or ()}
    waiting = [change for change in loaded.changes or () if change.date is None]
    for release in loaded.releases:
        if release.date not in dates and waiting and history.differs(waiting[0], release) is None:
            _write_date(root, release.date)
            return Released(release.date, tuple(release.pages))
    return None


def _write_date(root: Path, date: datetime.date) -> None:
    """Put the date into the entry of the change log that has none."""
    loaded = load(root)
    path = root / history.CHANGES
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    index = _prepared_index(loaded)
    place = loaded.documents[history.CHANGES].place((index,))
    line = lines[place.line - 1]
    indent = " " * (place.column - 1)
    lines[place.line - 1] = (
        f"{line[: place.column - 1]}date: {date}\n{indent}{line[place.column - 1 :]}"
    )
    replace(path, "".join(lines).encode())


def _prepared_index(loaded: Loaded) -> int:
    return next(i for i, change in enumerate(loaded.changes or ()) if change.date is None)
