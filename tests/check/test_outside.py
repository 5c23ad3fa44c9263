"""Links to other sites: each asked for once, hosts side by side, good answers remembered."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from klartekst.check.finding import Finding
from klartekst.cli import main
from klartekst.outside import ask, dead_links
from klartekst.problems import Place

from .wellmade import TODAY, well_made


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response({"/good": 200, "/no-head": 405}.get(self.path, 404))
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/no-head" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_answers_of_a_server(server: str) -> None:
    assert ask(f"{server}/good") == ""
    assert ask(f"{server}/no-head") == ""
    assert ask(f"{server}/gone") == "the server answers 404"


def test_server_that_is_not_there(server: str) -> None:
    assert ask("http://127.0.0.1:1/").startswith("there is no answer")


def links(*addresses: str) -> list[tuple[str, Place]]:
    return [(a, Place("a.md", i + 1)) for i, a in enumerate(addresses)]


def test_dead_link_is_a_warning_at_each_place_it_stands(tmp_path: Path) -> None:
    asked: list[str] = []

    def asking(address: str) -> str:
        asked.append(address)
        return "gone" if "dead" in address else ""

    found = dead_links(
        tmp_path, links("https://a.example/dead", "https://b.example/", "https://a.example/dead"),
        asking, pause=0,
    )  # fmt: skip
    assert [(f.code, f.severity, f.place.line) for f in found] == [
        ("dead-outside-link", "warning", 1), ("dead-outside-link", "warning", 3),
    ]  # fmt: skip
    assert sorted(asked) == ["https://a.example/dead", "https://b.example/"]


def test_good_answers_are_remembered_and_bad_ones_are_not(tmp_path: Path) -> None:
    asked: list[str] = []

    def asking(address: str) -> str:
        asked.append(address)
        return "gone" if "dead" in address else ""

    wanted = links("https://a.example/", "https://a.example/dead")
    for _ in range(2):
        dead_links(tmp_path, wanted, asking, pause=0)
    assert asked.count("https://a.example/") == 1
    assert asked.count("https://a.example/dead") == 2


@pytest.mark.parametrize("text", ["", "[]", '{"a": "b"}', "\x00"])
def test_broken_memory_is_forgotten(tmp_path: Path, text: str) -> None:
    (tmp_path / ".klartekst").mkdir()
    (tmp_path / ".klartekst/links.json").write_text(text)
    assert dead_links(tmp_path, links("https://a.example/"), lambda _: "", pause=0) == []


def test_other_sites_are_asked_on_demand_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = well_made(tmp_path / "site")
    asked: list[str] = []

    def dead(root: Path, links: Iterable[tuple[str, Place]]) -> list[Finding]:
        assert root == site.root
        asked.extend(address for address, _ in links)
        return [Finding(Place("data/site.yaml"), "dead-outside-link", "gone", "warning")]

    monkeypatch.setattr("klartekst.outside.dead_links", dead)
    arguments = ["--site", str(site.root), "check", "--as-of", str(TODAY)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert asked == []
    assert CliRunner().invoke(main, [*arguments, "--links"]).exit_code == 1
    assert asked == ["https://www.datatilsynet.no", "https://policies.google.com/privacy"]
