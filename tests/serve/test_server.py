"""The preview as a server: what it answers, whom it refuses, how it starts and ends."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from klartekst import pipeline
from klartekst.headers import security_headers
from klartekst.serve.hosts import is_our_host, is_own_origin
from klartekst.serve.sources import source_page

from .conftest import free_port, until


def upgrade(preview, **headers):
    """Ask for livereload's socket as a browser does; the connection, and the status."""
    parts = urlsplit(preview.url)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", "/livereload", headers={
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", **headers,
    })  # fmt: skip
    return connection, connection.getresponse().status


def test_pages_are_the_published_ones_and_one_line_more(preview, site):
    for path, data in pipeline.make(site.root, draft=True).items():
        text = preview.get("/" + path.removesuffix("index.html")).text
        if path.endswith(".html"):
            before, _, rest = text.partition('<script type="module" src="/_preview/main.js"')
            text = before + rest[rest.index("</head>") :]
        assert text == data.decode("utf-8", "replace"), path
        assert "_preview" not in data.decode("utf-8", "replace")


def test_it_is_served_with_the_headers_of_production(preview):
    found = preview.get("/en/privacy/").headers
    for name, value in security_headers().items():
        host = urlsplit(preview.url).netloc
        added = f"; connect-src http://{host}/_preview/ ws://{host}/livereload"
        assert found[name].replace(added, "") == value
    assert found["Cache-Control"] == "no-store"
    assert "Server" not in found


@pytest.mark.parametrize("path", [
    "/nowhere/", "/../pyproject.toml", "/%2e%2e/data/site.yaml", "/data/site.yaml", "//etc/passwd",
    "/..%2f..%2fetc/passwd", "/en/privacy/../../data/site.yaml", "/.klartekst/texts.sqlite",
    "/_preview/..%2f__init__.py", "/_preview/preview.py", "/_preview/source",
    "/_preview/source?file=../x.md&line=1", "/_preview/source?file=/etc/passwd",
    "/_preview/source?file=data/../build.py", "/_preview/source?file=output/x.html",
])  # fmt: skip
def test_no_path_outside_the_site_is_answered(path, preview):
    assert preview.get(path).status == 404


def test_links_out_of_the_site_are_no_sources(site, tmp_path):
    (tmp_path / "secret.md").write_text("secret")
    (site.root / "content/en/link.md").symlink_to(tmp_path / "secret.md")
    assert source_page(site.root, "content/en/link.md", 1) is None
    assert source_page(site.root, "content/en/privacy.md\0", 1) is None


def test_source_is_shown_escaped_and_its_line_marked(site):
    site.with_file("content/en/x.md", "one\n<script>alert(1)</script>\nthree")
    page = source_page(site.root, "content/en/x.md", 2).decode()
    assert 'class="here"><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></li>' in page
    assert "<script" not in page


def test_foreign_hosts_and_origins_are_refused(preview):
    port = urlsplit(preview.url).port
    assert preview.get("/en/privacy/", Host="evil.example").status == 403
    assert preview.get("/livereload.js", Host=f"localhost.evil.example:{port}").status == 403
    assert preview.get("/en/privacy/", Origin="http://evil.example").status == 403
    assert preview.get("/_preview/state", Origin=f"http://localhost:{port + 1}").status == 403
    assert preview.get("/en/privacy/", Host=f"localhost:{port}").status == 200
    assert preview.get("/en/privacy/", method="POST").status == 405


def test_foreign_sockets_are_refused(preview):
    for headers, status in (
        ({"Origin": "http://evil.example"}, 403), ({"Host": "evil.example"}, 403),
        ({"Origin": preview.url}, 101), ({}, 101),
    ):  # fmt: skip
        connection, found = upgrade(preview, **headers)
        connection.close()
        assert found == status, headers


def test_who_may_ask():
    assert is_our_host("[::1]:8000", "127.0.0.1")
    assert is_our_host("LOCALHOST:8000", "127.0.0.1")
    assert not is_our_host("192.168.1.5:8000", "127.0.0.1")
    assert is_our_host("192.168.1.5:8000", "0.0.0.0")
    assert not is_our_host("evil.example", "0.0.0.0")
    assert not is_our_host("", "0.0.0.0")
    assert not is_our_host("[", "0.0.0.0")
    assert is_own_origin(None, "localhost:8000")
    assert not is_own_origin("null", "localhost:8000")
    assert not is_own_origin("https://localhost:8000", "localhost:8000")


def test_it_listens_on_the_loopback_alone(preview):
    parts = urlsplit(preview.url)
    assert parts.hostname == "127.0.0.1"
    with socket.socket() as other:  # the same port of another address of this machine is free
        other.bind(("127.0.0.2", parts.port))


def test_a_port_in_use_gives_the_next_and_says_so(site, start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        preview = start(site.root, "--port", str(port))
        assert urlsplit(preview.url).port > port
        assert preview.lines.get(timeout=20).startswith(f"port {port} is in use")


def test_the_address_comes_first_and_ctrl_c_ends_it_cleanly(site, start):
    preview = start(site.root).built()
    assert preview.first.startswith(f"http://127.0.0.1:{urlsplit(preview.url).port}/")
    connection, _ = upgrade(preview)
    assert preview.stop() == 0
    said = [preview.lines.get_nowait() for _ in range(preview.lines.qsize())]
    assert said[-1] == "ended"
    assert not [line for line in said if "Traceback" in line or "rror" in line]
    connection.close()


def test_a_phone_may_look_in_when_that_is_asked_for(site, start):
    preview = start(site.root, "--host", "0.0.0.0").built()
    port = urlsplit(preview.url).port
    assert urlsplit(preview.url).hostname != "0.0.0.0"
    assert preview.get("/en/privacy/", Host=f"192.168.1.7:{port}").status == 200
    assert preview.get("/en/privacy/", Host=f"evil.example:{port}").status == 403


def test_an_address_that_is_not_ours_is_told_plainly(site, start):
    preview = start(site.root, "--host", "192.0.2.1", "--port", str(free_port()))
    assert preview.stop() == 1
    said = [preview.lines.get_nowait() for _ in range(preview.lines.qsize())]
    assert said[0].startswith("Error: cannot listen on 192.0.2.1")


def test_a_site_that_is_broken_from_the_start_is_served_when_mended(site, start):
    good = site.read("data/site.yaml")
    site.with_file("data/site.yaml", "{")
    preview = start(site.root)
    until(lambda: json.loads(preview.get("/_preview/state?path=/").text)["problems"])
    assert preview.get("/en/privacy/").status == 404
    site.with_file("data/site.yaml", good)
    preview.built()


def test_our_own_fault_does_not_end_it(site, monkeypatch):
    from klartekst.serve.preview import Preview

    preview = Preview(site.root)
    preview.rebuild()
    before = preview.state.files
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "made", lambda *_, **__: 1 / 0)
        assert preview.rebuild()
        assert "ZeroDivisionError" in preview.state.fault
        assert preview.state.files is before
    assert preview.rebuild()
    assert (preview.state.fault, preview.state.files) == ("", before)
