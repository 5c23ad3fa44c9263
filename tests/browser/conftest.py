"""What the browser tests share: a browser for each worker, a server, and pages that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from .browser import ARGUMENTS, find_browser
from .published import published_files
from .server import Files, Server
from .watch import Watch

DESKTOP = {"width": 1280, "height": 900}
Serve = Callable[..., str]
Visit = Callable[..., Page]
_running: list[Browser] = []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker; without one they fail and say what to install."""
    if _running:  # another folder of tests has started it
        yield _running[0]
        return
    try:
        path = find_browser()
    except FileNotFoundError as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        _running.append(chromium)
        yield chromium
        _running.clear()
        chromium.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """``serve(files, headers=None)``: the files on the loopback, strictly; gives the base URL."""
    servers: list[Server] = []

    def start(files: Files, headers: Mapping[str, str] | None = None) -> str:
        servers.append(Server(files, headers))
        return servers[-1].address

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def published(serve: Serve) -> str:
    """The base URL of the repository's own site."""
    return serve(published_files())


@pytest.fixture(scope="session")
def settled(browser: Browser) -> Callable[[str], StorageState]:
    """What a visitor's browser holds who has said no to all that the site of a URL asks for."""

    @cache
    def answered(origin: str) -> StorageState:
        context = browser.new_context()
        page = context.new_page()
        page.goto(origin)
        if page.locator("kt-choice").count():
            page.locator("kt-choice .acts button").nth(1).click()
        state = context.storage_state()
        context.close()
        return state

    return lambda url: answered("/".join(url.split("/")[:3]))


@pytest.fixture
def visit(browser: Browser, settled: Callable[[str], StorageState]) -> Iterator[Visit]:
    """``visit(url, **context_options)``: a page in a fresh context, loaded and watched.

    The visitor has answered the consent banner before. When the test ends, no page may have called
    another host, broken the policy, or reported an error on its console.
    """
    watches: list[Watch] = []

    def load(url: str, **options: Any) -> Page:
        usual = {"viewport": DESKTOP, "storage_state": settled(url)}
        context = browser.new_context(**usual | options)
        context.set_default_timeout(10_000)
        page = context.new_page()
        watches.append(Watch(page, url))
        page.goto(url)
        return page

    yield load
    for watch in watches:
        watch.page.context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
