"""The headers of production: strict, and no stricter than the site itself needs."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from msgspec import structs

from klartekst.cli import main
from klartekst.headers import security_headers
from klartekst.load import load

from .sites import REPOSITORY


def policy(headers):
    parts = (part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    return {part[0]: part[1] for part in parts}


def test_nothing_inline_nothing_foreign_and_no_frame():
    found = policy(security_headers())
    assert found["default-src"] == found["frame-ancestors"] == "'none'"
    assert found["script-src"] == found["style-src"] == "'self'"
    assert "unsafe" not in str(found)
    assert "connect-src" not in found


@pytest.mark.parametrize(("endpoint", "source"), [
    ("https://log.example/consent?x=1", "https://log.example"), ("/consent", "'self'"),
])  # fmt: skip
def test_records_of_consent_may_go_where_the_settings_send_them(endpoint, source, site):
    settings = load(site.root).settings
    consent = structs.replace(settings.consent, endpoint=endpoint)
    named = structs.replace(settings, consent=consent)
    assert policy(security_headers(named))["connect-src"] == source


def test_a_preview_adds_its_own_socket():
    found = policy(security_headers(connect=["'self'", "ws://localhost:8000"]))
    assert found["connect-src"] == "'self' ws://localhost:8000"


def test_docs_tell_the_same_headers():
    text = (REPOSITORY / "docs/publishing.md").read_text("utf-8")
    for name, value in security_headers().items():
        assert f"{name}: {value}" in text


def test_headers_file_sets_every_header_and_none_twice_for_one_path(site):
    lines = CliRunner().invoke(main, ["--site", str(site.root), "headers"]).stdout.splitlines()
    rules, path = {}, ""
    for line in lines:
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert len(line) <= 2000
            rules[path][name] = value
        else:
            path = line
            rules[path] = {}
    everywhere, assets = rules["/*"], rules["/personvern/assets/*"]
    assert everywhere == security_headers(load(site.root).settings)
    assert assets == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert len(rules) == 2


def test_headers_of_a_site_that_cannot_be_read_are_not_made_up(site):
    site.with_edit("data/site.yaml", "  email: ", "  emial: ")
    result = CliRunner().invoke(main, ["--site", str(site.root), "headers"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[unknown-key]" in result.stderr
