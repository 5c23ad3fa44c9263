"""The preview over HTTP: files from memory, a little of its own, and livereload's socket."""

from __future__ import annotations

import asyncio
import mimetypes
import traceback
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from importlib.resources import files as package_files
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from livereload.handlers import LiveReloadHandler
from tornado import web
from tornado.websocket import WebSocketClosedError

from klartekst.headers import security_headers
from klartekst.serve import about
from klartekst.serve.hosts import is_our_host, is_own_origin
from klartekst.serve.preview import Preview
from klartekst.serve.sources import source_page

_ASSETS = package_files("klartekst.serve") / "assets"
_CLIENT = package_files("livereload") / "vendors" / "livereload.js"
_KINDS = {".js": "text/javascript", ".css": "text/css", ".xml": "application/xml"}

_INJECTED = (
    '<script type="module" src="/_preview/main.js" data-text="{0}" data-style="{1}"></script>'
    '<script defer src="/livereload.js?mindelay=250&amp;maxdelay=2000"></script></head>'
)
"""What the preview adds to each page; without it, a page is what the build writes."""

_WAIT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preview</title></head>
<body><main><p>{0}</p></main></body></html>"""


@dataclass(eq=False)
class Desk:
    """What the handlers share: the preview, where it listens, who is told what, open sockets."""

    preview: Preview
    host: str
    slow: Executor
    report: Callable[[str], None]
    sockets: set[Socket] = field(default_factory=set)

    def tell(self) -> None:
        """Tell every window that something changed."""
        for socket in list(self.sockets):
            socket.reload()


def application(desk: Desk) -> web.Application:
    """The whole preview."""
    return web.Application(
        [
            (r"/livereload", Socket, {"desk": desk}),
            (r"/livereload\.js", _Client, {"desk": desk}),
            (r"/_preview/(state|review)", _About, {"desk": desk}),
            (r"/_preview/source", _Source, {"desk": desk}),
            (r"/_preview/([\w-]+\.(?:js|css))", _Asset, {"desk": desk}),
            (r"/(.*)", _Page, {"desk": desk}),
        ],
        websocket_ping_interval=30,
        log_function=lambda handler: None,
    )


class _Handler(web.RequestHandler):
    """What all have: who is refused, and the headers of production."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def prepare(self) -> None:
        refuse_strangers(self, self.desk)

    def head(self, *arguments: str) -> Any:
        return self.get(*arguments)

    def set_default_headers(self) -> None:
        host = self.request.headers.get("Host", "")
        made = getattr(self, "desk", None) and self.desk.preview.state.made
        plain = host.isascii() and not set(host) & set(" ;,'\"")
        own = [f"http://{host}/_preview/", f"ws://{host}/livereload"]
        headers = security_headers(made.site.settings if made else None, own if plain else [])
        for name, value in headers.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def answer(self, path: str, data: bytes) -> None:
        """Answer with the bytes of a file."""
        suffix = PurePosixPath(path).suffix
        kind = _KINDS.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        textual = kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if textual else kind)
        self.finish(data)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        if not isinstance(error, web.HTTPError):
            self.desk.report("".join(traceback.format_exception(kind, error, trace)))

    def write_error(self, status_code: int, **_: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


def refuse_strangers(handler: web.RequestHandler, desk: Desk) -> None:
    """End a request that comes from elsewhere with status 403."""
    host = handler.request.headers.get("Host", "")
    if not is_our_host(host, desk.host):
        raise web.HTTPError(403, reason="This host name is not served")
    if not is_own_origin(handler.request.headers.get("Origin"), host):
        raise web.HTTPError(403, reason="Other sites are not answered")


class _Page(_Handler):
    """The files of the site."""

    async def get(self, address: str) -> None:
        """Answer as a web server would: a folder by its index, what is not there by 404."""
        preview = self.desk.preview
        path = unquote(address)
        files = preview.state.files
        if self.get_query_argument("text", "") == "in-force":
            files = await _slowly(self.desk, preview.in_force)
        index = "/".join([*filter(None, [path.removesuffix("/")]), "index.html"])
        if path in files:
            self._show(path, files[path])
        elif index in files and (not path or path.endswith("/")):
            self._show(index, files[index])
        elif index in files:
            self.redirect(f"/{address}/")
        elif path in preview.former:
            self.answer(path, preview.former[path])
        else:
            self.set_status(404)
            self._show("404.html", files.get("404.html"))

    def _show(self, path: str, data: bytes | None) -> None:
        if data is None:
            waiting = self.desk.preview.state.made is None
            said = "The site is not built yet." if waiting else "There is no such page."
            data = _WAIT.format(said).encode()
        if path.endswith(".html"):
            text, style = about.fingerprints(data)
            data = data.replace(b"</head>", _INJECTED.format(text, style).encode(), 1)
        self.answer(path, data)


class _About(_Handler):
    """What the preview's script asks of the page that it stands on."""

    async def get(self, what: str) -> None:
        """Answer with JSON."""
        preview = self.desk.preview
        path = unquote(self.get_query_argument("path", "/"))[1:]
        path = f"{path}index.html" if not path or path.endswith("/") else path
        if what == "state":
            self.finish(about.status(preview.state, path))
        else:  # of the newest state once its turn comes, so that no work is done for older ones
            self.finish(await _slowly(self.desk, lambda: about.review(preview.state, path)))


class _Source(_Handler):
    """A source file, to be read."""

    def get(self) -> None:
        """Answer with the file as a page, or 404."""
        line = self.get_query_argument("line", "1")
        name = self.get_query_argument("file", "")
        number = int(line) if line.isdecimal() and len(line) < 8 else 1
        page = source_page(self.desk.preview.root, name, number)
        if page is None:
            raise web.HTTPError(404)
        self.answer("source.html", page)


class _Asset(_Handler):
    """The preview's own scripts and style sheets."""

    def get(self, name: str) -> None:
        """Answer with the file, or 404."""
        file = _ASSETS / name
        if not file.is_file():
            raise web.HTTPError(404)
        self.answer(name, file.read_bytes())


class _Client(_Handler):
    """livereload's own script."""

    def get(self) -> None:
        """Answer with the script."""
        self.answer("livereload.js", _CLIENT.read_bytes())


class Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket. What changed is told at once: its own watcher would hold it back."""

    def initialize(self, desk: Desk) -> None:
        """Take what the handlers share."""
        self.desk = desk

    def prepare(self) -> None:
        """Refuse strangers before anything else."""
        refuse_strangers(self, self.desk)

    def check_origin(self, origin: str) -> bool:
        """Whether the window shows a page of this preview."""
        return is_own_origin(origin, self.request.headers.get("Host", ""))

    def on_message(self, message: str | bytes) -> None:
        """Speak livereload's protocol, version 7; a message that is none ends the talk."""
        try:
            super().on_message(message)
        except (ValueError, TypeError, AttributeError):
            self.close(1003)
        if self in LiveReloadHandler.waiters:  # one set for all servers of a process
            LiveReloadHandler.waiters.discard(self)
            self.desk.sockets.add(self)
            self.reload()

    def on_close(self) -> None:
        """Forget a window that is gone."""
        self.desk.sockets.discard(self)

    def reload(self) -> None:
        """Tell the window that there is something new; it asks what."""
        try:
            self.write_message({"command": "reload", "path": "*", "liveCSS": True})
        except WebSocketClosedError:
            self.desk.sockets.discard(self)


async def _slowly(desk: Desk, work: Any, *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(desk.slow, work, *arguments)
