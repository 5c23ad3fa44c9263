"""Whether the links of the texts lead anywhere: to a page of the site and a section of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from klartekst import markdown_lint
from klartekst.cache import Memory
from klartekst.load import Loaded
from klartekst.markdown import bad_link
from klartekst.model import Page
from klartekst.problems import Place, Problem, did_you_mean
from klartekst.render import Layouts

_Sections = Mapping[str, Mapping[str, int]]


def dead_links(loaded: Loaded, memory: Memory) -> Iterator[Problem]:
    """Links to pages and sections that are not there, each at its place in the text."""
    sections: dict[str, dict[str, dict[str, int]]] = {page.language: {} for page in loaded.pages}
    links: dict[str, list[tuple[int, str]]] = {}
    own_ids: dict[str, dict[str, int]] = {}
    for page in loaded.pages:
        ids, links[page.source] = memory.keep(
            "links of a text", page.source, (page.body,), partial(_of_text, page.body)
        )
        sections[page.language].setdefault(page.id, ids)
        own_ids[page.source] = ids
    for page in loaded.pages:
        own = sections[page.language]
        if own[page.id] is not own_ids[page.source]:
            own = own | {page.id: own_ids[page.source]}
        for offset, target in links[page.source]:
            fault = _fault(target, page, own, loaded.all_pages)
            if fault and not bad_link(target):
                yield Problem(_place(page, offset), *fault)


def taken_ids(loaded: Loaded, layouts: Layouts) -> Iterator[Problem]:
    """Sections with an id that the layouts give to something else on the page."""
    taken = layouts.ids()
    for page in loaded.pages:
        if any(f"{{#{name}}}" in page.body for name in taken):
            for name, offset in markdown_lint.section_ids(page.body).items():
                if name in taken:
                    message, hint = f"the layouts use the id “{name}” themselves", "choose another"
                    yield Problem(_place(page, offset), "taken-section-id", message, hint)


def _place(page: Page, offset: int) -> Place:
    before = page.body[:offset]
    line, column = before.count("\n"), len(before) - before.rfind("\n")
    return page.place(page.body_line + line, column)


def _of_text(body: str) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """The ids of a text's sections, and its links."""
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
