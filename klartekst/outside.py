"""Links to other sites: asked for on demand, a few at a time, politely, and not again for a day."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from klartekst.cache import Memory, folder
from klartekst.check.finding import Finding
from klartekst.problems import Place
from klartekst.write import replace

KEPT = 24 * 3600
"""For how many seconds a good answer is remembered; a bad one is asked for again."""
_AT_ONCE = 8
_PAUSE = 1.0
_TIMEOUT = 10
_AGENT = "Klartekst link check"

Ask = Callable[[str], str]
"""Gives what is wrong with an address, or an empty text."""


def ask(address: str) -> str:
    """Ask for the head of an address, and for all of it where that is refused."""
    problem = ""
    for method in ("HEAD", "GET"):
        headers = {"User-Agent": _AGENT}
        request = urllib.request.Request(address, method=method, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT):  # noqa: S310
                return ""
        except urllib.error.HTTPError as error:
            problem = f"the server answers {error.code}"
            error.close()
            if error.code not in (403, 405, 501):
                return problem
        except (OSError, http.client.HTTPException, ValueError) as error:
            return f"there is no answer: {getattr(error, 'reason', error)}"
    return problem


def dead_links(
    root: Path, links: Iterable[tuple[str, Place]], asking: Ask = ask, pause: float = _PAUSE
) -> list[Finding]:
    """A finding for each link that leads nowhere; `links` are addresses and where they stand.

    Each address is asked for once. Hosts are asked side by side, the addresses of one host one
    after another with a `pause` in seconds between. Good answers are remembered in the cache.
    """
    wanted = list(links)
    answers = _answers(root, {address for address, _ in wanted}, asking, pause)
    hint = "mend the link, or ask again later"
    return sorted(
        Finding(
            place, "dead-outside-link", f"{address}: {answers[address]}", "warning", hint
        )
        for address, place in wanted
        if answers[address]
    )  # fmt: skip


def _answers(root: Path, addresses: set[str], asking: Ask, pause: float) -> Mapping[str, str]:
    good = _remembered(root)
    by_host: dict[str, list[str]] = {}
    for address in sorted(addresses - good.keys()):
        by_host.setdefault(urlsplit(address).netloc, []).append(address)
    answers = dict.fromkeys(addresses & good.keys(), "")
    lock = Lock()

    def host(waiting: list[str]) -> None:
        for i, address in enumerate(waiting):
            time.sleep(pause if i else 0)
            answer = asking(address)
            with lock:
                answers[address] = answer

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(host, by_host.values()))
    now = time.time()
    fresh = {address: now for address, answer in answers.items() if not answer}
    _remember(root, {**fresh, **good})
    return answers


def _store(root: Path) -> Path | None:
    below = folder(root)
    return below / "links.json" if below else None


def _remembered(root: Path) -> dict[str, float]:
    """The addresses that answered well not long ago, and when."""
    path = _store(root)
    try:
        found = json.loads(Memory().read(str(path))) if path else {}
        return {str(key): float(at) for key, at in found.items() if time.time() - at < KEPT}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(root: Path, good: Mapping[str, float]) -> None:
    path = _store(root)
    try:
        if path:
            replace(path, json.dumps(good).encode())
    except OSError:
        pass  # then they are asked for again
