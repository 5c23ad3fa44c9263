"""Style sheets, scripts and pictures: one file each, named by a fingerprint of its bytes.

A fingerprinted file never changes, so that a browser or a CDN may keep it for ever.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from klartekst.model import Appearance, Settings
from klartekst.render.layouts import Layouts

_STYLES = ("base", "page", "tables", "versions", "print")
_SCRIPTS = ("page", "since")
PICTURES = (".svg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses of a site's assets, and their bytes by path."""

    style: str
    script: str
    logo: str | None
    files: dict[str, bytes]


def assets(settings: Settings, layouts: Layouts, root: Path) -> Assets:
    """Bundle the style sheets and the scripts, and take in the logo.

    `root` is the site's folder.
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
        _logo(settings.appearance, root, add),
        files,
    )


def _logo(look: Appearance, root: Path, add: Callable[[str, str, bytes], str]) -> str | None:
    data = picture(root, look.logo) if look.logo else None
    return add("logo", Path(str(look.logo)).suffix, data) if data is not None else None


def picture(root: Path, name: str) -> bytes | None:
    """The bytes of the picture `name` in the site's folder `root`; None where there is none.

    A link that leads out of the folder gives none.
    """
    path = Path(os.path.realpath(root / name))
    if not path.is_relative_to(os.path.realpath(root)) or path.suffix not in PICTURES:
        return None
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None
