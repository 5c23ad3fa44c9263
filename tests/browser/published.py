"""The repository's own site, built once in memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from klartekst import pipeline
from klartekst.render import Files

ROOT = Path(__file__).parents[2]


@cache
def published_files() -> Files:
    """Every file of the published site."""
    return pipeline.make(ROOT)


def page_paths() -> list[str]:
    """The paths of all HTML pages, as a visitor types them: ``/personvern/``."""
    names = sorted(path for path in published_files() if path.endswith(".html"))
    return ["/" + name.removesuffix("index.html") for name in names]
