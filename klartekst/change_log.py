"""Edits of the file of the change log that leave all else in it as its editors wrote it."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from klartekst import yaml_source
from klartekst.cache import Memory
from klartekst.check.history import CHANGES
from klartekst.load import Loaded
from klartekst.problems import Place, Problem, SiteError
from klartekst.write import replace


def source(root: Path) -> str:
    """The text of the file, its line ends as they are. Raises `OSError`."""
    return Memory().read(f"{root}/{CHANGES}").decode("utf-8")


def write(root: Path, text: str) -> None:
    """Put `text` into the file in one step. Raises `OSError`."""
    replace(root / CHANGES, text.encode())


def dated(loaded: Loaded, date: datetime.date) -> str:
    """The text of the file with `date` in the entry that has none.

    Raises `SiteError` where the file is written in a way that this cannot edit.
    """
    text = source(loaded.root)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    index = next(i for i, change in enumerate(loaded.changes or ()) if change.date is None)
    lines = text.split("\n")
    place = loaded.documents[CHANGES].place((index,))
    at, column = place.line - 1, place.column - 1
    before, after = lines[at][:column], lines[at][column:]
    if after.startswith("{"):
        lines[at] = f"{before}{{date: {date}, {after[1:]}"
    else:
        end = "\r" if lines[at].endswith("\r") else ""
        lines[at] = f"{before}date: {date}{end}\n{' ' * column}{after}"
    return mark + _proved("\n".join(lines), (index, "date"), date.isoformat(), place)


def with_entry(text: str, entry: str) -> tuple[str, int]:
    """The text of the file with `entry` on top of all others, and the line on which it stands.

    A comment right above the first entry stays with that.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    at = next((i for i, line in enumerate(lines) if re.match(r" *- ", line)), None)
    if at is None:
        lines = [line for line in lines if line.strip() != "[]"]
        at = len(lines) - 1 if not lines[-1] else len(lines)
        indent = ""
    else:
        indent = lines[at][: lines[at].index("-")]
        while at and lines[at - 1].lstrip().startswith("#"):
            at -= 1
    entry = entry.rstrip("\n")
    fresh = [f"{indent}{line}" if line else "" for line in entry.split("\n")]
    lines[at:at] = [*fresh, ""]
    found = end.join(lines)
    entry_line = at + next(i for i, line in enumerate(fresh) if line.lstrip().startswith("-"))
    _proved(found, (0, "kind"), None, Place(CHANGES, entry_line + 1))
    return mark + found, entry_line + 1


def _proved(text: str, path: tuple[int, str], expected: str | None, place: Place) -> str:
    """The text, if it still reads as a change log with `expected` (or anything) at `path`."""
    data = yaml_source.parse(text.replace("\r\n", "\n"), CHANGES).data
    try:
        found = data[path[0]][path[1]]  # type: ignore[call-overload, index]
    except (TypeError, LookupError):
        found = None
    if found is None or (expected is not None and found != expected):
        message = "the change log is written in a way that cannot be edited for you"
        hint = "write each entry as a block: “- ”, and “pages:”, “kind:”, “summary:” on lines below"
        raise SiteError([Problem(place, "unusual-change-log", message, hint)])
    return text
