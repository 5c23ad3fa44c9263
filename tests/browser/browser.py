"""Finds the Chromium or Chrome that the tests drive: the one place that knows where it may be."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MISSING = (
    "The browser tests need Chromium or Google Chrome, and there is none on this machine. "
    "Install one (Debian, Ubuntu: apt install chromium; Fedora: dnf install chromium; "
    "macOS: brew install --cask google-chrome), or set KLARTEKST_BROWSER to its path."
)
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)


def find_browser() -> str:
    """The path of the browser. Raises `FileNotFoundError` that says what to install."""
    chosen = os.environ.get("KLARTEKST_BROWSER")
    if chosen:
        if found := shutil.which(chosen):
            return found
        raise FileNotFoundError(f"KLARTEKST_BROWSER names “{chosen}”, which cannot be run.")
    for name in (*NAMES, *APPLICATIONS):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(MISSING)
