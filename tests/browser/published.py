"""Its Working's site as it was first released, built once in memory."""

from __future__ import annotations

from functools import cache

from klartekst import pipeline
from klartekst.render import Files

from ..sites import ITSWORKING


@cache
def published_files() -> Files:
    """Every file of the published site."""
    return pipeline.make(ITSWORKING)


def page_paths() -> list[str]:
    """The paths of all HTML pages, as a visitor types them: ``/personvern/``."""
    names = sorted(path for path in published_files() if path.endswith(".html"))
    return ["/" + name.removesuffix("index.html") for name in names]
