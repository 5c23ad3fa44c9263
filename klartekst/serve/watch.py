"""Tells when a source of a site has changed: by the system's own events, through watchfiles."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles._rust_notify import RustNotify  # as its documentation shows it

_Marks = dict[Path, tuple[int, int] | None]

FOLDERS = ("content", "data", "layouts", "archive")
"""Where the sources of a site lie."""

_STEP = 4
"""Milliseconds without a further event after which a change counts as whole."""
_LONGEST = 100
"""Milliseconds after which a change counts as whole in any case."""
_LOOK = 500
"""Milliseconds after which the folders themselves are looked at."""


def watch(
    root: Path, extra: tuple[Path, ...], changed: Callable[[], None], stop: threading.Event
) -> None:
    """Call `changed` at once, and after each change below the sources of `root`, until `stop`.

    `extra` are further folders. A folder that vanishes may come back: it is then watched again.
    """
    while not stop.is_set():
        wanted = [*(root / name for name in FOLDERS), *extra]
        marks = _marks(wanted)
        try:
            _watch([path for path, mark in marks.items() if mark], marks, changed, stop)
        except OSError:  # a folder went away before it could be watched, or there is none
            changed()
            while not stop.wait(_LOOK / 5000) and _marks(wanted) == marks:
                pass


def _watch(
    folders: list[Path],
    marks: _Marks,
    changed: Callable[[], None],
    stop: threading.Event,
) -> None:
    if not folders:
        raise FileNotFoundError
    paths = [str(path) for path in folders]
    with RustNotify(paths, False, False, 300, True, False) as events:
        changed()
        while _marks(marks) == marks:
            found = events.watch(_LONGEST, _STEP, _LOOK, stop)
            if found == "stop" or stop.is_set():
                return
            if found != "timeout":
                changed()


def _marks(folders: Iterable[Path]) -> _Marks:
    """What tells each folder from one of the same name that took its place."""
    return {path: _mark(path) for path in folders}


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if path.is_dir() else None
