"""What is remembered between builds: converted Markdown, by the hash of its text.

Converting is most of the work of a large site, and most texts do not change. What is remembered is
never trusted further than its key: text, converter and its version. The folder may be deleted at
any time.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from klartekst import markdown

FOLDER = ".klartekst"
"""Where a site keeps what can be made anew, below its own folder; ignored by git."""


def folder(root: Path) -> Path | None:
    """The folder for what can be made anew; None where nothing can be written."""
    path = root / FOLDER
    try:
        path.mkdir(exist_ok=True)
    except OSError:
        return None
    return path if os.access(path, os.W_OK) else None


class Cache:
    """A context manager around one SQLite file; without a writable disk it remembers nothing."""

    def __init__(self, root: Path) -> None:
        """`root` is the site's folder."""
        self._folder = folder(root)
        self._known: dict[bytes, str] = {}
        self._new: dict[bytes, str] = {}
        source = Path(markdown.__file__).read_bytes()
        self._salt = hashlib.sha256(source + version("markdown").encode()).digest()

    def __enter__(self) -> Cache:
        """Read what is remembered."""
        try:
            with self._connect() as connection:
                rows = connection.execute("SELECT key, html FROM converted")
                self._known = dict(rows.fetchall())
        except (sqlite3.Error, OSError):
            self._known = {}
        return self

    def convert(self, text: str) -> str:
        """The HTML of a Markdown text, from memory or made anew."""
        key = hashlib.sha256(self._salt + text.encode()).digest()
        html = self._known.get(key)
        if html is None:
            html = self._known[key] = self._new[key] = markdown.convert(text)
        return html

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remember what is new."""
        if not self._new:
            return
        try:
            with self._connect() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO converted VALUES (?, ?)", self._new.items()
                )
        except (sqlite3.Error, OSError):
            pass  # a cache that cannot be written costs time, nothing else

    def _connect(self) -> sqlite3.Connection:
        path = self._folder / "markdown.sqlite" if self._folder else ":memory:"
        connection = sqlite3.connect(path, timeout=2)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS converted (key BLOB PRIMARY KEY, html TEXT) WITHOUT ROWID"
        )
        return connection
