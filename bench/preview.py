"""From saving a file to the changed text: our preview, and beside it the server of MkDocs."""

from __future__ import annotations

import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.measure import REPOSITORY

EDITS = 20
PEER = "mkdocs==1.6.1"
_PATIENCE = 60


def report(folder: Path, sites: dict[str, tuple[Path, Path, str]]) -> None:
    """Print the latencies of each site: its folder, the text that is edited, and its address.

    `folder` takes what is made on the way.
    """
    print(f"\nfrom saving to served, medians of {EDITS} edits{'':21}{'ms':>8}{'min':>8}{'max':>8}")
    for name, (site, text, address) in sites.items():
        command = [sys.executable, str(REPOSITORY / "build.py"), "--site", str(site), "serve"]
        with _server([*command, "--port"]) as port:
            _wait(port, address, b"</html>")
            heard = partial(_heard, _told(port), port, address)
            _line(f"{name}, text over HTTP", _edits(text, partial(_wait, port, address)))
            _line(f"{name}, reload message", _edits(text, heard))
            register, cookies = site / "data/register.yaml", partial(_wait, port, "/cookies/")
            _line(f"{name}, cookie over HTTP", _edits(register, cookies, _lifetime))
    peer = _peer(folder / "venv")
    if peer is None:
        print("MkDocs could not be installed from a package index, so nothing stands beside these")
        return
    # On the small site alone: on the large one an edit takes it the better part of a minute.
    for name, (site, text, _) in list(sites.items())[:1]:
        root = _for_mkdocs(site, folder / name)
        page = root / "docs" / text.relative_to(site / "content")
        slug = page.relative_to(root / "docs").with_suffix("").as_posix()
        command = [str(peer), "serve", "--config-file", str(root / "mkdocs.yml"), "--dev-addr"]
        with _server(command, "127.0.0.1:") as port:
            _wait(port, f"/{slug}/", b"</html>", 600)
            waited = _edits(page, partial(_wait, port, f"/{slug}/"))
            _line(f"MkDocs, {name}, text over HTTP", waited)


def _line(name: str, times: list[float]) -> None:
    print(f"{name:44}{statistics.median(times):8.0f}{min(times):8.0f}{max(times):8.0f}")


def _sentence(text: str, number: int) -> tuple[str, str]:
    """A text with one more sentence, and that sentence."""
    mark = f"Sentence {number} of {time.time_ns()}."
    return f"{text}\n{mark}\n", mark


def _lifetime(register: str, number: int) -> tuple[str, str]:
    """A register in which a cookie lives for other months, and how the page says so."""
    months = 30 + number
    return re.sub(r"(?<=lifetime: )\d+ \w+", f"{months} months", register, count=1), f"{months} må"


def _edits(
    text: Path,
    wait: Callable[[bytes], None],
    edit: Callable[[str, int], tuple[str, str]] = _sentence,
) -> list[float]:
    """Milliseconds from saving an edit until `wait` has seen its mark."""
    before = text.read_text("utf-8")
    times = []
    for number in range(EDITS):
        after, mark = edit(before, number)
        started = time.perf_counter()
        text.write_text(after, "utf-8")
        wait(mark.encode())
        times.append((time.perf_counter() - started) * 1000)
        time.sleep(0.2)
    text.write_text(before, "utf-8")
    time.sleep(1)
    return times


@contextmanager
def _server(command: list[str], host: str = "") -> Iterator[int]:
    """A server in a process of its own, started with a free port as its last argument."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [*command, f"{host}{port}"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, address: str, mark: bytes, seconds: float = _PATIENCE) -> None:
    """Ask for an address until the answer holds `mark`. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not _holds(port, address, mark):
        if time.monotonic() > end:
            raise TimeoutError(address)
        time.sleep(0.002)


def _heard(told: Callable[[], None], port: int, address: str, mark: bytes) -> None:
    """Wait for messages until one of them is about `mark`."""
    told()
    while not _holds(port, address, mark):
        told()


def _holds(port: int, address: str, mark: bytes) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        return mark in answer.read() and answer.status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _told(port: int) -> Callable[[], None]:
    """Open livereload's socket as a browser does; the result waits for the next message."""
    loop = IOLoop(make_current=False)

    async def connect() -> WebSocketClientConnection:
        found = await websocket_connect(f"ws://127.0.0.1:{port}/livereload")
        hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
        await found.write_message(json.dumps(hello))
        await found.read_message()
        await found.write_message(json.dumps({"command": "info", "url": "/", "plugins": {}}))
        await found.read_message()  # what every window is told when it comes
        return found

    window = loop.run_sync(connect)

    def wait() -> None:
        loop.run_sync(window.read_message)

    return wait


def _peer(folder: Path) -> Path | None:
    """MkDocs in an environment of its own; None where no package index is reached."""
    venv.create(folder, with_pip=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]
    try:
        subprocess.run([folder / "bin/python", *install], check=True, capture_output=True)
    except (subprocess.CalledProcessError, OSError):
        return None
    return folder / "bin/mkdocs"


def _for_mkdocs(site: Path, folder: Path) -> Path:
    """The same texts as MkDocs reads them: without front matter, ids and merged data."""
    shutil.copytree(site / "content", folder / "docs")
    for path in (folder / "docs").rglob("*.md"):
        body = path.read_text("utf-8").split("---\n", 2)[2]
        path.write_text(re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?\}", "", body, flags=re.S), "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Bench\nplugins: []\n", "utf-8")
    return folder
