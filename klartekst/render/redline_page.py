"""Redlines as a file of their own, to be sent or printed: the one page with its style inside."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from klartekst.model import Appearance
from klartekst.render.layouts import Layouts

_STYLES = ("base", "tables", "versions", "print")


def redline_page(layouts: Layouts, redlines: Sequence[tuple[str, str, str]]) -> str:
    """One HTML file; of each redline the name of its page, the language code and the HTML."""
    theme = layouts.render("assets/theme.css", look=Appearance(), origin="")
    files = (layouts.file(f"assets/{name}.css") for name in _STYLES)
    styles = [str(theme), *(file.read_text(encoding="utf-8") for file in files if file)]
    return layouts.render(
        "redlines.html",
        style=Markup("\n".join(styles)),
        redlines=[(name, code, Markup(html)) for name, code, html in redlines],
    )
