"""Style sheets, scripts and pictures: one file each, named by a fingerprint of its bytes.

A fingerprinted file never changes, so that a browser or a CDN may keep it for ever.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from klartekst.cache import Memory
from klartekst.model import Settings
from klartekst.render.layouts import Layouts
from klartekst.text_file import read_bytes

_STYLES = ("base", "page", "contents", "article", "tables", "versions", "print")
_SCRIPTS = ("page", "since")
PICTURES = (".svg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses of a site's assets, and their bytes by path."""

    style: str
    script: str
    logo: str | None
    files: dict[str, bytes]


def assets(settings: Settings, layouts: Layouts, logo: bytes | None) -> Assets:
    """Bundle the style sheets and the scripts, and take in the logo.

    `logo` are its bytes, if the site has one.
    """
    files: dict[str, bytes] = {}

    def add(name: str, suffix: str, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()[:10]
        path = f"{settings.assets}/{name}.{digest}{suffix}"
        files[path] = data
        return f"{settings.base_path}/{path}"

    origin = settings.base_url.removesuffix(settings.base_path)
    theme = layouts.render("assets/theme.css", look=settings.appearance, origin=origin)
    styles = [theme, *(layouts.text(f"assets/{name}.css") for name in _STYLES)]
    scripts = [layouts.text(f"assets/{name}.js") for name in _SCRIPTS]
    return Assets(
        add("style", ".css", "\n".join(styles).encode()),
        add("page", ".js", "\n".join(scripts).encode()),
        add("logo", Path(str(settings.appearance.logo)).suffix, logo) if logo is not None else None,
        files,
    )


def picture(root: Path, name: str) -> bytes | None:
    """The bytes of the picture `name` in the site's folder `root`; None where there is none.

    A link that leads out of the folder gives none.
    """
    parts = PurePosixPath(name).parts
    if parts[:1] not in (("data",), ("layouts",)) or ".." in parts:
        return None
    if Path(os.path.realpath(root / name)).suffix not in PICTURES:
        return None
    return read_bytes(root, name, [], Memory())
