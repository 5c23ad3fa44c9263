"""``python -m tests.browser.install``: see to it that there is a browser for the tests.

A browser on the path will do. Where there is none, the system's package manager is asked, if this
user may ask it; otherwise the command says what to do and fails. Browser tests are never skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.browser.browser import find_browser

_MANAGERS = {
    "apt-get": (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium")),
    "dnf": (("dnf", "install", "-y", "-q", "chromium"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "chromium"),),
    "apk": (("apk", "add", "--quiet", "chromium"),),
    "brew": (("brew", "install", "--quiet", "--cask", "chromium"),),
}


def main() -> int:
    """Find or install a browser; 0 if there is one now, 1 with advice if not."""
    if _found():
        return 0
    chosen = os.environ.get("KLARTEKST_BROWSER")  # a wrong choice is to be told, not worked around
    manager = next((name for name in _MANAGERS if shutil.which(name)), None)
    if not chosen and manager and (prefix := _rights(manager)) is not None:
        print(f"installing Chromium with {manager} …", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in _MANAGERS[manager]:
            if subprocess.run(
                [*prefix, *command], env=quiet, stdout=sys.stderr, check=False
            ).returncode:
                break
    try:
        find_browser()
    except FileNotFoundError as advice:
        print(advice, file=sys.stderr)
        return 1
    return 0


def _found() -> bool:
    try:
        return bool(find_browser())
    except FileNotFoundError:
        return False


def _rights(manager: str) -> list[str] | None:
    """What to put before a command of the package manager; None where this user may not use it."""
    if manager == "brew" or (hasattr(os, "geteuid") and os.geteuid() == 0):
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], check=False).returncode:
        return ["sudo", "-n"]
    return None


if __name__ == "__main__":
    sys.exit(main())
