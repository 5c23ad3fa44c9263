"""The banner: its bytes, and what it costs a slow visitor beside a peer on the same page."""

from __future__ import annotations

import gzip
import shutil
import statistics
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import brotli
from playwright.sync_api import Browser, sync_playwright

from bench import sites
from klartekst import pipeline
from tests.browser.browser import ARGUMENTS, find_browser
from tests.browser.server import Server

PEER = "vanilla-cookieconsent@3.1.0"
RUNS = 9
SLOWER = 4
"""How many times slower the processor is made."""

_OURS = '<script src="/cookies/valg.js"></script>'
_THEIRS = '<link rel="stylesheet" href="/peer.css"><script src="/peer.js"></script>'
_START = b"performance.mark('start')"
_RUN = b"""CookieConsent.run({
  hideFromBots: false,
  categories: {necessary: {readOnly: true}, analytics: {}, marketing: {}},
  language: {default: 'nb', translations: {nb: {
    consentModal: {title: 'Informasjonskapsler', description: 'Vi ber om samtykke.',
      acceptAllBtn: 'Godta alle', acceptNecessaryBtn: 'Avvis alle', showPreferencesBtn: 'Velg'},
    preferencesModal: {title: 'Valg', acceptAllBtn: 'Godta alle', savePreferencesBtn: 'Lagre',
      acceptNecessaryBtn: 'Avvis alle', sections: [{title: 'Analyse', linkedCategory: 'analytics'}]}
  }}}
})"""
_WATCH = """window.blocked = 0;
new PerformanceObserver((list) => list.getEntries().forEach((task) => {
  blocked += Math.max(0, task.duration - 50);
})).observe({type: 'longtask', buffered: true});
const look = () => document.querySelector('%s')
  ? requestAnimationFrame(() => setTimeout(() => performance.mark('painted')))
  : requestAnimationFrame(look);
look();"""


def banner() -> None:
    """Print bytes, time to paint and blocking time, ours and the peer's where npm is there."""
    print(f"\n{'the banner, bytes':44}{'raw':>8}{'gzip':>8}{'brotli':>8}")
    with tempfile.TemporaryDirectory() as folder:
        site = sites.real(Path(folder, "site"))
        script = pipeline.make(site)["cookies/valg.js"]
        _bytes("ours: styles, words in 2 languages, tables", script)
        peer = _peer(Path(folder))
        if peer:
            _bytes(f"{PEER}: script and styles, no words", *peer.values())
        print(f"\n{f'at {SLOWER}× slower, median of {RUNS}, ms':44}{'painted':>8}{'blocked':>8}")
        with sync_playwright() as playwright:
            path = find_browser()
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            _times("the page alone", browser, "", {}, "main")
            _times("ours", browser, _OURS, {"cookies/valg.js": script}, "kt-choice")
            if peer:
                _times(PEER, browser, _THEIRS, peer, "#cc-main .cm")
            browser.close()


def _bytes(name: str, *files: bytes) -> None:
    packed = [sum(len(pack(each)) for each in files) for pack in (bytes, _gzip, brotli.compress)]
    print(f"{name:44}{packed[0]:8,}{packed[1]:8,}{packed[2]:8,}")


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _peer(folder: Path) -> dict[str, bytes] | None:
    """The peer's files, fetched with npm into `folder`; None without npm or without a network."""
    npm = shutil.which("npm")
    if npm is None:
        print("(no npm here, so no peer)")
        return None
    command = [npm, "pack", PEER, "--silent"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        print(f"(npm did not fetch {PEER}, so no peer)")
        return None
    with tarfile.open(folder / result.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    dist = folder / "package" / "dist"
    script = (dist / "cookieconsent.umd.js").read_bytes()
    return {"peer.js": script, "peer.css": (dist / "cookieconsent.css").read_bytes()}


def _times(name: str, browser: Browser, tags: str, files: dict[str, bytes], selector: str) -> None:
    """Median milliseconds from the script's start to the paint of the banner, and blocked."""
    run = '<script src="/run.js"></script>' if "peer.js" in files else ""
    page = (
        f'<!doctype html><html lang="nb"><title>x</title><script src="/start.js"></script>{tags}'
        f"<body><main>{'<p>Tekst på siden.</p>' * 200}</main>{run}"
    )
    served = {**files, "index.html": page.encode(), "start.js": _START, "run.js": _RUN}
    server = Server(served, {"Content-Security-Policy": "default-src 'self' 'unsafe-inline'"})
    found = [_visit(browser, server.address, selector) for _ in range(RUNS)]
    server.close()
    painted, blocked = (statistics.median(each) for each in zip(*found, strict=True))
    print(f"{name:44}{painted:8.0f}{blocked:8.0f}")


def _visit(browser: Browser, address: str, selector: str) -> tuple[float, float]:
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(_WATCH % selector)
    page.goto(address)
    page.wait_for_function("performance.getEntriesByName('painted').length")
    page.wait_for_timeout(300)
    at: Any = page.evaluate(
        """[performance.getEntriesByName('painted')[0].startTime
        - performance.getEntriesByName('start')[0].startTime, blocked]"""
    )
    context.close()
    return float(at[0]), float(at[1])


if __name__ == "__main__":
    banner()
