"""The headers that the published pages are served with, here and on any host.

The pages need nothing but themselves: no inline script or style, no other host, no frame. What the
policy forbids fails in the preview and in the tests before it can fail in public.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from klartekst.model import Settings

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}


def security_headers(
    settings: Settings | None = None, connect: Iterable[str] = ()
) -> dict[str, str]:
    """Every header that protects the pages of a site, by name.

    `settings` may name an address to which records of consent are sent; `connect` are further
    sources that scripts may speak to (CSP Level 3, section 2.3.1).
    """
    endpoint = settings.consent.endpoint if settings else None
    sources = [*([_origin(endpoint)] if endpoint else []), *connect]
    policy = _POLICY | ({"connect-src": " ".join(sources)} if sources else {})
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def headers_file(settings: Settings) -> str:
    """The headers as the file ``_headers`` that Cloudflare Pages and Netlify read.

    Ends in a line feed. It belongs at the root of what is published. Assets are kept for ever,
    since their names change with them; for all else the host's own short time and ``ETag`` are
    right. No header is set by two rules: these hosts would join the values.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in security_headers(settings).items())]
    lines += [f"/{settings.assets}/*", "  Cache-Control: public, max-age=31536000, immutable"]
    return "\n".join(lines) + "\n"


def _origin(address: str) -> str:
    """The origin of an address, as the policy names it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"
