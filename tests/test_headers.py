"""The headers of production: strict, and no stricter than the site itself needs."""

from __future__ import annotations

import pytest
from msgspec import structs

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
