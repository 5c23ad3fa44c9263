"""A real preview in a process of its own, and windows that look at it."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ..browser import conftest as shared
from ..sites import REPOSITORY, SiteFolder

browser = shared.browser
settled = shared.settled
visit = shared.visit

AS_OF = "2026-11-23"


class Running:
    """A preview that was started from the command line."""

    def __init__(self, root: Path, *options: str) -> None:
        """Start, and wait until it says where it listens."""
        command = [sys.executable, str(REPOSITORY / "build.py"), "--site", str(root), "serve"]
        if "--port" not in options:
            options = (*options, "--port", str(free_port()))
        self.process = subprocess.Popen(
            [*command, "--as-of", AS_OF, *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"}, start_new_session=True,
        )  # fmt: skip
        self.lines: queue.Queue[str] = queue.Queue()
        self.readers = [
            threading.Thread(target=self._read, args=(stream,), daemon=True)
            for stream in (self.process.stdout, self.process.stderr)
        ]
        self.first = (self.process.stdout.readline() or "").strip()
        self.url = self.first.split(" ")[0].rstrip("/")
        for reader in self.readers:
            reader.start()

    def _read(self, stream) -> None:
        for line in stream:
            self.lines.put(line.rstrip("\n"))

    def built(self) -> Running:
        """Wait until the first build is there."""
        until(lambda: self.get("/en/privacy/").status == 200)
        return self

    def get(self, path: str, **headers: str) -> HTTPResponse:
        """One request; its body is in `text`."""
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname, parts.port, timeout=20)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(sent.pop("method", "GET"), path, headers=sent)
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            for reader in self.readers:
                reader.join(5)
            self.process.stdout.close()
            self.process.stderr.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds; fail if it does not in that time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """``start(root, *options)``: a preview that ends with the test."""
    running: list[Running] = []

    def begin(root: Path, *options: str) -> Running:
        running.append(Running(root, *options))
        return running[-1]

    yield begin
    for each in running:
        each.stop()


@pytest.fixture
def preview(site: SiteFolder, start: Callable[..., Running]) -> Running:
    """A preview of the good site."""
    return start(site.root).built()
