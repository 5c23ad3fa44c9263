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
from urllib.parse import urlsplit

from klartekst import archive, change_log, judge, pipeline
from klartekst.cache import FOLDER, folder
from klartekst.check import history
from klartekst.load import load
from klartekst.model import Change, Release
from klartekst.pipeline import Made
from klartekst.problems import Place, Problem, SiteError, command
from klartekst.write import Busy, alone


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did: its date, and the pages and languages that it froze."""

    date: datetime.date
    pages: tuple[tuple[str, str], ...]


def release(root: Path, date: datetime.date, today: datetime.date) -> Released:
    """Release the change that is being prepared in `root`, in force from `date`.

    `today` is noted as the day on which that was done. Raises `SiteError` where nothing is
    prepared, `check` fails, the date is taken or lies before the last one, the disk refuses, or
    another release is running. Nothing is then released.
    """
    try:
        with alone(_own_folder(root) / "release.lock", wait=False):
            return _complete(root) or _release(root, date, today)
    except Busy:
        raise _fault(
            "release-running",
            "another release is running, and this one did nothing",
            "wait until it has ended, and look at what it released",
        ) from None
    except OSError as error:
        raise _fault(
            "cannot-write",
            f"the release cannot be written: {error.strerror or error}",
            f"look at free space and permissions, then run: {command(f'release --date {date}')}",
        ) from error


def _own_folder(root: Path) -> Path:
    found = folder(root)
    if found is None:
        raise _fault(
            "cannot-write",
            f"the folder {FOLDER} cannot be written, or is a link",
            "remove it; it holds nothing that cannot be made anew",
        )
    return found


def _release(root: Path, date: datetime.date, today: datetime.date) -> Released:
    made = pipeline.made(root, date, draft=True)
    change = made.site.prepared
    last = made.site.releases[-1] if made.site.releases else None
    if change is None:
        raise _fault(
            "nothing-prepared",
            f"no change is being prepared{f'; the last release is of {last.date}' if last else ''}",
            f"draft its entry, and write its summary: {command('change')}",
        )
    if last and date <= last.date:
        newer = "is the date of" if date == last.date else "lies before"
        raise _fault(
            "release-date",
            f"{date} {newer} the last release, {last.date}",
            "a release is in force after all before it; give a later date",
        )
    _check(made)
    frozen = _frozen(made, change, date, today)
    log = change_log.dated(made.loaded, date)
    _lay_down(root / archive.FOLDER, date, archive.freeze(frozen, last))
    change_log.write(root, log)
    return Released(date, tuple(frozen.pages))


def _check(made: Made) -> None:
    """Raise what `check` would report."""
    report = judge.judged(made)
    if report.crashes:
        raise RuntimeError("\n".join(crash.trace for crash in report.crashes))
    found = [finding for finding in report.findings if finding.stands]
    if found:
        raise SiteError(Problem(each.place, each.code, each.message, each.hint) for each in found)


def _frozen(made: Made, change: Change, date: datetime.date, today: datetime.date) -> Release:
    pages = {
        key: archive.released_page(text.fragment, text.title, text.description)
        for key, text in made.rendered.working.items()
        if key[0] in change.pages
    }
    host = urlsplit(made.site.settings.base_url).hostname or ""
    facts = archive.json_bytes(made.site.facts)
    return Release(date, today, host, change.kind, change.summary, pages, facts)


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
    prepared = next((change for change in loaded.changes or () if change.date is None), None)
    for release in loaded.releases:
        if release.date not in dates and prepared and not history.differs(prepared, release):
            change_log.write(root, change_log.dated(loaded, release.date))
            return Released(release.date, tuple(release.pages))
    return None
