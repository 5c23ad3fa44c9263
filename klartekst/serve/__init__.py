"""The preview: the site as it will be published, from memory, reloaded as its sources are saved.

livereload speaks to the browser; native file events (watchfiles) take the place of its own watcher,
which polls and holds changes back.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from socket import AF_INET, AF_INET6, SOCK_DGRAM, socket

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from klartekst.render import folders
from klartekst.serve.preview import Preview
from klartekst.serve.watch import watch
from klartekst.serve.web import Desk, application

_PORTS = 50
_SETTLE = 0.06
"""Seconds that bad news waits, for the rest of a file that is being saved."""

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Address:
    """Where the preview is to listen: a host, and the first port to try."""

    host: str = "127.0.0.1"
    port: int = 8000


def serve(preview: Preview, address: Address, report: Report, ready: Callable[[str], None]) -> None:
    """Serve until interrupted.

    A port that is taken gives the next free one, which is reported. `ready` is called with the
    address once the preview listens, before the first build; `report` gets a line for each build
    and each problem. Raises `OSError` where the host cannot be listened on.
    """
    for name in ("tornado.access", "tornado.general", "tornado.application", "livereload"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    asyncio.run(_serve(preview, address, report, ready))


async def _serve(
    preview: Preview, address: Address, report: Report, ready: Callable[[str], None]
) -> None:
    port, sockets = _listen(address)
    with ThreadPoolExecutor(1) as slow:
        desk = Desk(preview, address.host, slow, report)
        server = HTTPServer(application(desk))
        server.add_sockets(sockets)
        if port != address.port:
            report(f"port {address.port} is in use, so this is {port}")
        ready(f"http://{_shown(address.host)}:{port}/")
        stop = threading.Event()
        watcher = _start(preview, desk, report, stop)
        try:
            await asyncio.Event().wait()
        finally:
            stop.set()
            server.stop()
            for open_socket in list(desk.sockets):
                open_socket.close(1001)
            await server.close_all_connections()
            await asyncio.to_thread(watcher.join)


def _start(preview: Preview, desk: Desk, report: Report, stop: threading.Event) -> threading.Thread:
    """Watch and build in a thread of their own; windows are told on the server's loop."""
    loop = asyncio.get_running_loop()
    extra = tuple(folder for folder in folders(preview.root) if folder != preview.root / "layouts")

    def changed() -> None:
        started = time.perf_counter()
        news = preview.rebuild()
        if news and preview.state.problems:
            stop.wait(_SETTLE)  # perhaps a file was half saved
            preview.rebuild()
        if news and not stop.is_set():
            loop.call_soon_threadsafe(desk.tell)
            _report(preview, report, (time.perf_counter() - started) * 1000)

    thread = threading.Thread(target=watch, args=(preview.root, extra, changed, stop), daemon=True)
    thread.start()
    return thread


def _report(preview: Preview, report: Report, spent: float) -> None:
    state = preview.state
    for problem in state.problems:
        report(str(problem))
    if state.fault:
        report(f"{state.fault}\nThis is a fault of Klartekst; the preview goes on.")
    elif not state.problems:
        report(f"{len(state.files)} files ({spent:.0f} ms)")


def _listen(address: Address) -> tuple[int, list[socket]]:
    for port in range(address.port, min(address.port + _PORTS, 65536)):
        try:
            return port, bind_sockets(port, address.host, reuse_port=False)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise OSError(errno.EADDRINUSE, f"no free port from {address.port} on")


def _shown(host: str) -> str:
    """The host as it stands in an address; for all addresses, the one that others reach."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - only where somebody asked for it
        host = _outward(host)
    return f"[{host}]" if ":" in host else host


def _outward(host: str) -> str:
    """This machine's address on its network: the one from which a packet would be sent."""
    family, far = (AF_INET6, "2001:db8::1") if ":" in host else (AF_INET, "192.0.2.1")
    with socket(family, SOCK_DGRAM) as probe:
        try:
            probe.connect((far, 9))  # sends nothing
            return str(probe.getsockname()[0])
        except OSError:
            return "::1" if ":" in host else "127.0.0.1"
