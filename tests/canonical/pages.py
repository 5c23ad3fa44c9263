"""Pages to read: one as it was once published, and those that are published today."""

from functools import cache
from pathlib import Path

from klartekst.pipeline import make

PUBLISHED = (Path(__file__).parent / "published.html").read_text("utf-8")
"""The English notice of 6 June 2025, kept so that an edit of today's breaks no test."""


@cache
def published_now() -> tuple[str, ...]:
    """Every page of this repository's site that is a text."""
    files = make(Path(__file__).parents[2])
    pages = (data.decode() for name, data in files.items() if name.endswith("index.html"))
    found = tuple(page for page in pages if "<article" in page and 'class="lead"' in page)
    assert len(found) >= 4
    return found
