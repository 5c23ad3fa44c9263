"""Watches a page for what no page of ours may do."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request


class Watch:
    """Notes in `faults` each request to another host than that of `url`, and each error."""

    def __init__(self, page: Page, url: str) -> None:
        """Begin before the page is loaded."""
        self.page = page
        self.faults: list[str] = []
        self._origin = "/".join(url.split("/")[:3]) + "/"
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._origin, "data:", "blob:")):
            self.faults.append(f"request to another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports what breaks the Content-Security-Policy here too.
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")
