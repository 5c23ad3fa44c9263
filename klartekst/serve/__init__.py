"""The preview: the site as it will be published, from memory, reloaded as its sources are saved.

livereload speaks to the browser; native file events (watchfiles) take the place of its own watcher,
which polls and holds changes back.
"""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Callable
from pathlib import Path
from socket import socket
from types import SimpleNamespace
from urllib.parse import unquote

import watchfiles
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.websocket import WebSocketHandler

from klartekst import pipeline
from klartekst.problems import SiteError
from klartekst.render import Files

WATCHED = ("content", "data", "layouts")
_CLIENT = b'<script src="/livereload.js?port=%d" defer></script></head>'

Report = Callable[[str], None]


class Preview:
    """The site as last built without a problem, and the way to build it again."""

    def __init__(self, root: Path, report: Report) -> None:
        """`root` is the site's folder; `report` is given a line for the terminal."""
        self.root = root
        self.report = report
        self.files: Files = {}
        self.problems: tuple[str, ...] = ()

    def rebuild(self) -> None:
        """Build; on problems the last good site stays, and they are reported."""
        try:
            self.files = pipeline.make(self.root, draft=True)
            self.problems = ()
            self.report(f"built {len(self.files)} files")
        except SiteError as error:
            self.problems = tuple(str(problem) for problem in error.problems)
            for problem in self.problems:
                self.report(problem)

    def find(self, address: str) -> tuple[str, bytes] | None:
        """The file that a web server would answer `address` with, and its bytes."""
        path = unquote(address).strip("/")
        for candidate in (path, f"{path}/index.html".lstrip("/")):
            if candidate in self.files:
                return candidate, self.files[candidate]
        return None


class _Pages(web.RequestHandler):
    """Answers from memory; a request under a foreign host name is refused (DNS rebinding)."""

    def initialize(self, preview: Preview, hosts: frozenset[str], port: int) -> None:
        self.preview, self.hosts, self.port = preview, hosts, port

    def prepare(self) -> None:
        if self.request.host.rpartition(":")[0] not in self.hosts:
            raise web.HTTPError(403, reason="This host name is not served")

    def get(self, address: str) -> None:
        found = self.preview.find(address)
        if found is None:
            self.set_status(404)
            found = self.preview.find("404.html") or ("404.html", b"<head></head>")
        path, data = found
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind == "text/html":
            data = data.replace(b"</head>", _CLIENT % self.port, 1)
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(data)


class _Reload(LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket, for pages of this server only."""

    def check_origin(self, origin: str) -> bool:
        return WebSocketHandler.check_origin(self, origin)


def serve(root: Path, host: str, port: int, report: Report, ready: Callable[[str], None]) -> None:
    """Serve the site in `root` until interrupted.

    A `port` that is taken gives the next free one. `ready` is called with the address once the
    server listens; `report` gets a line for every build and every problem.
    """
    asyncio.run(_serve(root, host, port, report, ready))


async def _serve(
    root: Path, host: str, port: int, report: Report, ready: Callable[[str], None]
) -> None:
    preview = Preview(root, report)
    port, sockets = _listen(host, port)
    hosts = frozenset({"localhost", "127.0.0.1", "[::1]", host})
    application = web.Application(
        [
            (r"/livereload", _Reload),
            (r"/livereload.js", LiveReloadJSHandler),
            (r"/(.*)", _Pages, {"preview": preview, "hosts": hosts, "port": port}),
        ]
    )
    LiveReloadHandler.watcher = SimpleNamespace(filepath=None)
    HTTPServer(application).add_sockets(sockets)
    ready(f"http://{host}:{port}/")
    preview.rebuild()
    folders = [root / name for name in WATCHED if (root / name).is_dir()]
    async for _ in watchfiles.awatch(*folders, debounce=50, step=10):
        preview.rebuild()
        _Reload.reload_waiters("*")


def _listen(host: str, port: int) -> tuple[int, list[socket]]:
    for candidate in range(port, port + 50):
        try:
            return candidate, bind_sockets(candidate, host)
        except OSError:
            continue
    raise OSError(f"no free port from {port} to {port + 49}")
