"""The second and fourth stages: faults of the sources, and faults of the finished files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from klartekst.cache import Memory
from klartekst.check import history, output
from klartekst.check.appearance import low_contrast, missing_logo
from klartekst.check.consent import consent_faults
from klartekst.check.expressions import expression_faults
from klartekst.check.languages import language_faults
from klartekst.check.links import dead_links
from klartekst.load import Loaded
from klartekst.model import Site
from klartekst.problems import Problem
from klartekst.render import Files, Layouts, names


def sources(loaded: Loaded, layouts: Layouts, memory: Memory) -> Iterator[Problem]:
    """Every fault of the sources that the reading of single files could not see."""
    yield from _unknown_names(loaded, layouts)
    yield from dead_links(loaded)
    yield from language_faults(loaded, layouts)
    yield from missing_logo(loaded)
    yield from low_contrast(loaded)
    yield from consent_faults(loaded)
    yield from history.change_log_faults(loaded)
    yield from history.archive_faults(loaded, memory)


def _unknown_names(loaded: Loaded, layouts: Layouts) -> Iterator[Problem]:
    known: dict[str, dict[str, Any]] = {}
    for page in loaded.pages:
        if page.language not in known:
            known[page.language] = names(
                loaded.settings, loaded.register, loaded.pages, page.language, layouts
            )
            if not loaded.all_pages:
                known[page.language]["address"] = None
        yield from expression_faults(page, known[page.language])


def files(site: Site, found: Files) -> list[Problem]:
    """Every fault that only the finished files show."""
    return [*output.dead_links(site, found), *output.foreign_requests(found)]
