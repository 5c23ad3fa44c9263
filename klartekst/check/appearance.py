"""Whether the colours that a site chooses can be read (WCAG 2.2, criterion 1.4.3), and its logo."""

from __future__ import annotations

from collections.abc import Iterator

from klartekst.load import Loaded
from klartekst.problems import Problem
from klartekst.render.assets import PICTURES, picture

_GROUNDS = {"accent": "#fbfbf9", "accent_dark": "#15181c"}
"""The page grounds of ``layouts/assets/base.css`` on which the accents stand."""
_ENOUGH = 4.5


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, 0 for black to 1 for white (WCAG 2.2, glossary)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def low_contrast(loaded: Loaded) -> Iterator[Problem]:
    """Accent colours that are too near the ground they stand on."""
    if loaded.settings is None:
        return
    for key, ground in _GROUNDS.items():
        colour = getattr(loaded.settings.appearance, key)
        ratio = contrast(colour, ground)
        if ratio < _ENOUGH:
            place = loaded.documents["data/site.yaml"].place(("appearance", key))
            message = f"{colour} on {ground} has a contrast of {ratio:.1f}:1, under {_ENOUGH}:1"
            hint = "choose a lighter colour" if key == "accent_dark" else "choose a darker colour"
            yield Problem(place, "low-contrast", message, f"{hint} (WCAG 2.2, 1.4.3)")


def missing_logo(loaded: Loaded) -> Iterator[Problem]:
    """A logo that is no picture among the sources, where the preview sees it change."""
    if loaded.settings is None or loaded.settings.appearance.logo is None:
        return
    name = loaded.settings.appearance.logo
    if picture(loaded.root, name) is None:
        place = loaded.documents["data/site.yaml"].place(("appearance", "logo"))
        message = f"there is no picture “{name}”"
        hint = f"name a file in data/ or layouts/ that ends in {', '.join(PICTURES)}"
        yield Problem(place, "missing-logo", message, hint)
