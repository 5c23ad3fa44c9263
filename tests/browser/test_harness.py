"""The harness itself: it must be able to fail."""

from __future__ import annotations

import pytest

from . import browser as finder
from .watch import Watch


def test_missing_browser_is_told_with_what_to_install(monkeypatch):
    monkeypatch.delenv("KLARTEKST_BROWSER", raising=False)
    monkeypatch.setattr(finder.shutil, "which", lambda name: None)
    with pytest.raises(FileNotFoundError, match="apt install chromium"):
        finder.find_browser()


def test_chosen_browser_wins_and_a_wrong_one_is_told(monkeypatch):
    monkeypatch.setenv("KLARTEKST_BROWSER", "/no/such/browser")
    with pytest.raises(FileNotFoundError, match="/no/such/browser"):
        finder.find_browser()


def test_watch_notices_broken_policy_and_foreign_hosts(browser, serve):
    elsewhere = serve({"a.png": b""})
    html = f'<!doctype html><title>t</title><script>1</script><img alt="" src="{elsewhere}/a.png">'
    page = browser.new_page()
    url = serve({"index.html": html.encode()}, {"Content-Security-Policy": "script-src 'self'"})
    watch = Watch(page, url)
    page.goto(url)
    page.close()
    assert any("inline script" in fault for fault in watch.faults)
    assert any(fault.startswith("request to another host") for fault in watch.faults)
