"""Who may speak to the preview: its own pages, under a name that nobody can point elsewhere.

A page of another site could have its own name lead to this machine (DNS rebinding) or open a
WebSocket across sites. Both are told by what the browser says of itself: ``Host`` and ``Origin``.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_our_host(host: str, listening: str) -> bool:
    """Whether a ``Host`` header names this preview, which listens on the address `listening`.

    One that others on the network may reach is asked for by its number: a number cannot be rebound.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in (*LOOPBACK, listening.lower()):
        return True
    return listening not in LOOPBACK and _is_number(name)


def is_own_origin(origin: str | None, host: str) -> bool:
    """Whether a request comes from a page of this preview, or from no page at all."""
    return origin is None or origin.lower() == f"http://{host}".lower()


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
