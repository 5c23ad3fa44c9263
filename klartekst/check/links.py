"""Whether the links of the texts lead anywhere: to a page of the site and a section of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from klartekst import markdown_lint
from klartekst.cache import Memory
from klartekst.load import Loaded
from klartekst.markdown import bad_link
from klartekst.model import Page
from klartekst.problems import Place, Problem, did_you_mean
from klartekst.render import Layouts

_Sections = Mapping[str, Mapping[str, int]]


_Texts = Mapping[str, tuple[dict[str, int], list[tuple[int, str]]]]
"""The ids of the sections of each text, and its links, by its source."""


def link_faults(loaded: Loaded, layouts: Layouts, memory: Memory) -> Iterator[Problem]:
    """Links that lead nowhere, and sections whose id is taken."""
    bodies = {page.source: page.body for page in loaded.pages}
    texts = memory.each("links of a text", (), bodies, _of_text)
    taken = memory.keep("ids of layouts", "", (layouts,), layouts.ids)
    yield from _dead_links(loaded, texts)
    yield from _taken_ids(loaded, texts, taken)


def _dead_links(loaded: Loaded, texts: _Texts) -> Iterator[Problem]:
    """Links to pages and sections that are not there, each at its place in the text."""
    sections: dict[str, dict[str, dict[str, int]]] = {page.language: {} for page in loaded.pages}
    for page in loaded.pages:
        sections[page.language].setdefault(page.id, texts[page.source][0])
    for page in loaded.pages:
        own, (ids, links) = sections[page.language], texts[page.source]
        if own[page.id] is not ids:
            own = own | {page.id: ids}
        for offset, target in links:
            fault = _fault(target, page, own, loaded.all_pages)
            if fault and not bad_link(target):
                yield Problem(_place(page, offset), *fault)


def _taken_ids(loaded: Loaded, texts: _Texts, taken: set[str]) -> Iterator[Problem]:
    """Sections with an id that the layouts give to something else on the page."""
    for page in loaded.pages:
        ids, _ = texts[page.source]
        if not taken.isdisjoint(ids):
            for name in [name for name in ids if name in taken]:
                message, hint = f"the layouts use the id “{name}” themselves", "choose another"
                yield Problem(_place(page, ids[name]), "taken-section-id", message, hint)


def _place(page: Page, offset: int) -> Place:
    before = page.body[:offset]
    line, column = before.count("\n"), len(before) - before.rfind("\n")
    return page.place(page.body_line + line, column)


def _of_text(_: str, body: str) -> tuple[dict[str, int], list[tuple[int, str]]]:
    return markdown_lint.section_ids(body), list(markdown_lint.links(body))


def _fault(
    target: str, page: Page, sections: _Sections, all_pages: bool
) -> tuple[str, str, str] | None:
    """The code, message and hint of what is wrong with a link; None if nothing is."""
    scheme, _, rest = target.partition(":")
    if target.startswith("#"):
        page_id, section = page.id, target[1:]
    elif scheme.lower() == "page":
        page_id, _, section = rest.partition("#")
    else:
        return None
    if page_id not in sections:
        message = f"there is no page “{page_id}”"
        return ("unknown-page", message, did_you_mean(page_id, sections)) if all_pages else None
    if section and section not in sections[page_id]:
        message = f"the page “{page_id}” has no section “{section}”"
        return "unknown-section", message, did_you_mean(section, sections[page_id])
    return None
