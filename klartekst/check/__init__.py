"""The second and fourth stages: faults of the sources, and faults of the finished files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from klartekst.cache import Memory
from klartekst.check import history, output
from klartekst.check.appearance import low_contrast, missing_logo
from klartekst.check.consent import consent_faults
from klartekst.check.expressions import expression_faults
from klartekst.check.languages import language_faults
from klartekst.check.links import link_faults
from klartekst.load import Loaded
from klartekst.model import Page, Site
from klartekst.problems import Problem
from klartekst.render import Files, Layouts, names


def sources(loaded: Loaded, layouts: Layouts, memory: Memory) -> Iterator[Problem]:
    """Every fault of the sources that the reading of single files could not see."""
    yield from _unknown_names(loaded, layouts, memory)
    yield from link_faults(loaded, layouts, memory)
    yield from language_faults(loaded, layouts)
    yield from missing_logo(loaded)
    yield from low_contrast(loaded)
    yield from consent_faults(loaded)
    yield from history.change_log_faults(loaded)
    yield from history.archive_faults(loaded, memory)


def _unknown_names(loaded: Loaded, layouts: Layouts, memory: Memory) -> Iterator[Problem]:
    for language in dict.fromkeys(page.language for page in loaded.pages):
        known: dict[str, Any] = names(loaded, language, layouts, memory)
        if not loaded.all_pages:
            known = {**known, "address": None}
        pages = {page.source: page for page in loaded.pages if page.language == language}
        faults = partial(_expression_faults, known=known)
        found = memory.each(f"expressions in {language}", (known,), pages, faults)
        yield from chain.from_iterable(found.values())


def _expression_faults(_: str, page: Page, known: dict[str, Any]) -> list[Problem]:
    return list(expression_faults(page, known))


def files(site: Site, found: Files, memory: Memory) -> list[Problem]:
    """Every fault that only the finished files show."""
    return list(output.faults(site, found, memory))
