"""A web server on the loopback for files in memory, with the headers of a strict host."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from klartekst.headers import security_headers

POLICY = security_headers()["Content-Security-Policy"]
"""What the published pages must hold under."""

Files = Mapping[str, bytes]


class Server:
    """Serves `files` (path without a leading slash → bytes) until it is closed.

    A folder answers with its ``index.html``, an unknown path with ``404.html`` and status 404.
    `headers` come with every answer and win over the strict policy.
    """

    def __init__(self, files: Files, headers: Mapping[str, str] | None = None) -> None:
        """Start at once, on a free port."""
        handler = type(
            "Handler",
            (_Handler,),
            {
                "files": files,
                "headers_sent": {**security_headers(), **(headers or {})},
            },
        )
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop serving and free the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    files: Files
    headers_sent: Mapping[str, str]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)[1:]
        if not path or path.endswith("/"):
            path += "index.html"
        data = self.files.get(path)
        if path == "favicon.ico" and data is None:  # every browser asks for it; the domain has one
            self._answer(204, path, b"")
            return
        self._answer(404 if data is None else 200, path, data or self.files.get("404.html", b""))

    def _answer(self, status: int, path: str, data: bytes) -> None:
        kind = mimetypes.guess_type(path)[0] or "text/html"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_response(status)
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test's own output is what counts."""
