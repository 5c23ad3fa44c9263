"""The second and fourth stages: faults of the sources, and faults of the finished files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from klartekst.cache import Memory
from klartekst.check import history, output
from klartekst.check.appearance import low_contrast, missing_logo
from klartekst.check.consent import consent_faults
from klartekst.check.expressions import expression_faults
from klartekst.check.languages import language_faults
from klartekst.check.links import dead_links, taken_ids
from klartekst.load import Loaded
from klartekst.model import Page, Site
from klartekst.problems import Problem
from klartekst.render import Files, Layouts, names


def sources(loaded: Loaded, layouts: Layouts, memory: Memory) -> Iterator[Problem]:
    """Every fault of the sources that the reading of single files could not see."""
    yield from _unknown_names(loaded, layouts, memory)
    yield from dead_links(loaded, memory)
    yield from taken_ids(loaded, layouts)
    yield from language_faults(loaded, layouts)
    yield from missing_logo(loaded)
    yield from low_contrast(loaded)
    yield from consent_faults(loaded)
    yield from history.change_log_faults(loaded)
    yield from history.archive_faults(loaded, memory)


def _unknown_names(loaded: Loaded, layouts: Layouts, memory: Memory) -> Iterator[Problem]:
    known: dict[str, dict[str, Any]] = {}
    for page in loaded.pages:
        if page.language not in known:
            known[page.language] = names(loaded, page.language, layouts, memory)
        inputs = (page, known[page.language], loaded.all_pages)
        faults = partial(_expression_faults, *inputs)
        yield from memory.keep("expressions", page.source, inputs, faults)


def _expression_faults(page: Page, known: dict[str, Any], all_pages: bool) -> list[Problem]:
    return list(expression_faults(page, known if all_pages else {**known, "address": None}))


def files(site: Site, found: Files, memory: Memory) -> list[Problem]:
    """Every fault that only the finished files show."""
    return [*output.dead_links(site, found, memory), *output.foreign_requests(found, memory)]
