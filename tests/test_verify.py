"""A published copy is held against the archive and the build, section by section."""

from __future__ import annotations

import datetime
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from klartekst import verify as verifying
from klartekst.cli import main
from klartekst.verify import verify
from klartekst.write import write

from .releases import FIRST
from .sites import SiteFolder

DAY = datetime.date(2026, 2, 1)
PAGE = "output/en/privacy/index.html"


@pytest.fixture
def published(twice):
    """The site with two versions, built."""
    write(twice.make(), twice.output)
    return twice


def found(site: SiteFolder, copy: str = "") -> list[str]:
    """Code and path of all that differs in the copy."""
    verified = verify(site.root, copy or str(site.output), DAY)
    folder = copy or str(site.output)
    return [f"{p.code} {p.place.file.removeprefix(folder)}" for p in verified.problems]


def test_build_verifies(published):
    assert found(published) == []
    assert verify(published.root, str(published.output), DAY).pages == 12


def test_consent_script_must_be_the_same_to_the_byte(published):
    script = published.output / "cookies/valg.js"
    data = script.read_bytes()
    script.write_bytes(data.replace(b";", b" ;", 1))
    assert found(published) == ["script-differs /cookies/valg.js"]
    script.unlink()
    assert found(published) == ["not-published /cookies/valg.js"]


def through_a_cms(html: str) -> str:
    html = re.sub("[æøåÆØÅ«»–]", lambda match: f"&#{ord(match[0])};", html)
    wrapped = r'<div class="wp-block"><section class="x"\1</section></div>'
    html = re.sub(r"<section( id=.*?)</section>", wrapped, html, flags=re.DOTALL)
    return html.replace("<p>", '\n\n<p class="has-text">')


def minified(html: str) -> str:
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r"</(?:p|li|td|th|tr|thead|tbody|body|html)>", "", html)
    return re.sub(r'="([\w/#.-]+)"', r"=\1", html)


@pytest.mark.parametrize("change", [through_a_cms, minified], ids=["cms", "minifier"])
def test_what_changes_no_word_is_not_reported(change, published):
    for path in published.output.rglob("index.html"):
        path.write_text(change(path.read_text("utf-8")), "utf-8")
    assert found(published) == []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("Ring up", "Call", ["section-differs"]),
        ("The controller is", "Our controller is", ["lead-differs"]),
        ("<h1>Privacy notice</h1>", "<h1>Privacy</h1>", ["title-differs"]),
        ('<section id="rights">', '<section id="duties">', ["section-added", "section-missing"]),
        ("</article>", '<section id="x"><h2>More</h2></section></article>', ["section-added"]),
        (
            'href="https://www.datatilsynet.no"',
            'href="https://elsewhere.example"',
            ["targets-differ"],
        ),
        ('<div class="lead">', '<p>We sell it.</p><div class="lead">', ["text-added"]),
        ("Ring up", '<i class="anchor">Never</i> Ring up', ["text-added"]),
        ('<span class="number">2.</span>', '<span class="number">No</span>', ["section-differs"]),
        ("The controller is", '<a href="/x">The</a> controller is', ["targets-differ"]),
        ("Your rights</h2>", '<a href="/x">Your rights</a></h2>', ["targets-differ"]),
    ],
)
def test_differences_are_named(old, new, codes, published):
    published.with_file(PAGE, published.read(PAGE).replace(old, new))
    assert sorted(found(published)) == [f"{code} /en/privacy/" for code in codes]


def test_section_that_differs_is_named_as_readers_know_it(published):
    published.with_file(PAGE, published.read(PAGE).replace("Ring up", "Call"))
    [problem] = verify(published.root, str(published.output), DAY).problems
    assert "2. Your rights" in problem.message


def test_other_order_is_told(published):
    page = published.read(PAGE)
    parts = re.split(r'(?=<section id=)|(?=<details class="fingerprint)', page)
    assert len(parts) == 5
    parts[1], parts[2] = parts[2], parts[1]
    published.with_file(PAGE, "".join(parts))
    [problem] = verify(published.root, str(published.output), DAY).problems
    assert problem.code == "order-differs"


def test_old_version_that_was_changed_in_the_copy_is_told(published):
    name = f"output/en/privacy/{FIRST}/index.html"
    published.with_file(name, published.read(name).replace("<p>Call", "<p>Phone"))
    assert found(published) == [f"section-differs /en/privacy/{FIRST}/"]


def test_missing_page_is_told(published):
    assert found(published.without(PAGE)) == ["not-published /en/privacy/"]


def test_broken_archive_is_told_before_anything_is_compared(published):
    published.with_file(f"archive/{FIRST}/privacy.en.html", "")
    result = CliRunner().invoke(main, ["--site", str(published.root), "verify"])
    assert result.exit_code == 1 and "[broken-archive]" in result.stderr


@pytest.fixture
def server(published):
    """The published site on the loopback; `Handler.broken` makes it answer nonsense."""

    class Handler(BaseHTTPRequestHandler):
        broken = False

        def do_GET(self):
            page = self.path.strip("/") + ("/index.html" if self.path.endswith("/") else "")
            path = published.output / page
            if self.broken:
                self.wfile.write(b"nonsense\r\n\r\n")
                return
            self.send_response(200 if path.is_file() else 404)
            self.end_headers()
            self.wfile.write(path.read_bytes() if path.is_file() else b"")

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", Handler
    running.shutdown()
    thread.join()
    running.server_close()


def test_copy_on_the_web_is_compared(published, server):
    address, _ = server
    assert found(published, address) == []
    published.without(PAGE)
    assert found(published, address) == ["not-published /en/privacy/"]


def test_server_that_answers_nonsense_is_told(published, server):
    address, handler = server
    handler.broken = True
    assert {problem.split()[0] for problem in found(published, address)} == {"not-published"}


def test_command_ends_with_one_where_something_differs(published):
    arguments = ["--site", str(published.root), "verify", "--as-of", str(DAY)]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (0, "12 pages say what was published\n")
    published.with_file(PAGE, published.read(PAGE).replace("Ring up", "Call"))
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert verifying.verify(published.root, str(published.output), DAY).problems
