"""What is remembered between builds: converted Markdown and other costly texts, by their inputs.

A text is remembered under a hash of all that it was made from, the engine included, so nothing in
here can be out of date. The folder may be deleted at any time.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

FOLDER = ".klartekst"
"""Where a site keeps what can be made anew, below its own folder; ignored by git."""

_SPARE_ROWS = 5000
"""How many texts that a build did not need may stay, for the next edit back or another day."""


def folder(root: Path) -> Path | None:
    """The folder for what can be made anew; None where nothing can be written, or it is a link."""
    path = root / FOLDER
    try:
        path.mkdir(exist_ok=True)
    except OSError:
        return None
    return path if os.access(path, os.W_OK) and not path.is_symlink() else None


def stamp(paths: Iterable[Path]) -> str:
    """A text that differs as soon as one of the files does: names, sizes, times of change."""
    return repr([(str(path), (s := path.stat()).st_size, s.st_mtime_ns) for path in paths])


def _engine() -> Iterator[Path]:
    yield from sorted(Path(__file__).parent.rglob("*.py"))
    for name in ("markdown", "justhtml"):
        spec = find_spec(name)
        if spec and spec.origin:
            yield Path(spec.origin)


def regular(path: str) -> os.stat_result:
    """What the system says of a file. Raises `OSError`; a pipe would be waited on for ever."""
    status = os.stat(path)  # noqa: PTH116 - asked a thousand times a keystroke
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no file", path)
    return status


class Watched:
    """An input of which each user needs a little only.

    `says` is what each part of it says; `used` takes the parts that somebody has read.
    """

    says: dict[Hashable, object]
    used: set[Hashable]


class Memory:
    """Remembers nothing: every text and value is made when it is asked for.

    What is asked for is pure: it depends on its inputs and on nothing else. So a memory may give
    what was made before, and nobody can tell the difference but by the clock.
    """

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `OSError`, also for what is no file."""
        regular(path)
        return Path(path).read_bytes()

    def state(self, folders: Iterable[Path]) -> object:
        """What differs as soon as a file below one of the folders does; None keeps no account."""
        del folders
        return None

    def keep(
        self, kind: str, key: Hashable, inputs: tuple[object, ...], make: Callable[[], T]
    ) -> T:
        """What `make` gives, perhaps what it gave last time for this `kind` and `key`.

        All that `make` depends on is among the `inputs`, of a `Watched` one what it uses of that.
        Nobody changes the value afterwards.
        """
        del kind, key, inputs
        return make()

    def each(
        self,
        kind: str,
        around: tuple[object, ...],
        items: Mapping[K, V],
        make: Callable[[K, V], T],
    ) -> Mapping[K, T]:
        """What `make` gives of each key and item, by key: as `keep`, for a thousand items at once.

        All that `make` depends on beside these is `around`. The mapping itself is the one of last
        time where nothing in it differs.
        """
        del kind, around
        return {key: make(key, item) for key, item in items.items()}

    def remember(self, make: Callable[[], str], *inputs: str) -> str:
        """What `make` gives, perhaps from memory, if it was made of the same `inputs` before.

        The first of the inputs names the kind of text; all that `make` depends on is among them.
        """
        del inputs
        return make()


class Cache(Memory):
    """Remembers in one SQLite file; a context manager. Without a writable disk it forgets all."""

    def __init__(self, root: Path) -> None:
        """`root` is the site's folder."""
        self._folder = folder(root)
        self._known: dict[bytes, str] = {}
        self._used: set[bytes] = set()
        self._new: dict[bytes, str] = {}
        self._salt = hashlib.sha256(stamp(_engine()).encode())

    def __enter__(self) -> Cache:
        """Read what is remembered."""
        try:
            with self._connect() as connection:
                self._known = dict(connection.execute("SELECT key, text FROM texts").fetchall())
        except (sqlite3.Error, OSError):
            self._known = {}
        return self

    def remember(self, make: Callable[[], str], *inputs: str) -> str:
        """See `Memory`."""
        hashed = self._salt.copy()
        for part in inputs:
            hashed.update(f"{len(part)}:{part}".encode())
        key = hashed.digest()
        self._used.add(key)
        text = self._known.get(key)
        if text is None:
            text = self._known[key] = self._new[key] = make()
        return text

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remember what is new, and forget what has not been asked for in a long while."""
        unused = self._known.keys() - self._used
        if not self._new and len(unused) <= _SPARE_ROWS:
            return
        try:
            with self._connect() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO texts VALUES (?, ?)", self._new.items()
                )
                if len(unused) > _SPARE_ROWS:
                    rows = ((key,) for key in unused)
                    connection.executemany("DELETE FROM texts WHERE key = ?", rows)
        except (sqlite3.Error, OSError):
            pass  # a cache that cannot be written costs time, nothing else

    def _connect(self) -> sqlite3.Connection:
        path = self._folder / "texts.sqlite" if self._folder else Path(":memory:")
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path = Path(":memory:")  # what lies there is not ours
        connection = sqlite3.connect(path, timeout=2)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS texts (key BLOB PRIMARY KEY, text TEXT) WITHOUT ROWID"
        )
        return connection
