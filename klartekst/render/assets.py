"""Style sheets, scripts and pictures: one file each, named by a fingerprint of its bytes.

A fingerprinted file never changes, so that a browser or a CDN may keep it for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from klartekst.model import Appearance, Settings
from klartekst.problems import Place, Problem, SiteError
from klartekst.render.layouts import Layouts

_STYLES = ("base", "page", "tables", "print")
_SCRIPTS = ("page",)
_PICTURES = (".svg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses of a site's assets, and their bytes by path."""

    style: str
    script: str
    logo: str | None
    files: dict[str, bytes]


def assets(settings: Settings, layouts: Layouts, root: Path) -> Assets:
    """Bundle the style sheets and the scripts, and take in the logo.

    `root` is the site's folder. Raises `SiteError` where the logo cannot be taken in.
    """
    files: dict[str, bytes] = {}

    def add(name: str, suffix: str, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()[:10]
        path = f"{settings.assets}/{name}.{digest}{suffix}"
        files[path] = data
        return f"{settings.base_path}/{path}"

    origin = settings.base_url.removesuffix(settings.base_path)
    theme = layouts.render("assets/theme.css", look=settings.appearance, origin=origin)
    styles = [theme, *(_text(layouts, f"assets/{name}.css") for name in _STYLES)]
    scripts = [_text(layouts, f"assets/{name}.js") for name in _SCRIPTS]
    return Assets(
        add("style", ".css", "\n".join(styles).encode()),
        add("page", ".js", "\n".join(scripts).encode()),
        _logo(settings.appearance, root, add),
        files,
    )


def _logo(look: Appearance, root: Path, add: Callable[[str, str, bytes], str]) -> str | None:
    if look.logo is None:
        return None
    path = (root / look.logo).resolve()
    inside = path.is_relative_to(root.resolve()) and path.suffix in _PICTURES
    if not inside or not path.is_file():
        message = f"there is no picture “{look.logo}”"
        hint = f"name a file in the site's folder that ends in {', '.join(_PICTURES)}"
        raise SiteError([Problem(Place("data/site.yaml"), "missing-logo", message, hint)])
    return add("logo", path.suffix, path.read_bytes())


def _text(layouts: Layouts, name: str) -> str:
    path = layouts.file(name)
    return path.read_text(encoding="utf-8") if path else ""
