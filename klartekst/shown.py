"""Which pages show a part of the data, as far as their texts and the blocks in them name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from klartekst import typed
from klartekst.model import Entry, Page, Register, Site
from klartekst.render import Layouts
from klartekst.render.facts import reference
from klartekst.render.merge import EXPRESSION
from klartekst.yaml_source import Path

_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
_BLOCK = re.compile(r"block\.(\w+)")
_NO_DATA = ("address", "block", "site")
_ATTRIBUTE = re.compile(r"\.([a-z_]+)")
_TAKEN_IN = re.compile(r'\{%-?\s*(?:from|import|include)\s*"([^"]+)"')


def pages_with(path: Path, site: Site, layouts: Layouts) -> set[str]:
    """The ids of the pages that show the fact at a path of what a release froze.

    Those that name its part and its key (``register.cookies.ga.lifetime``) or, where none does,
    its part alone.
    """
    inside = path[1:] if path[0] == "register" else path
    part = str(inside[0]) if inside else ""
    key = str(inside[2] if path[0] == "register" and len(inside) > 2 else inside[-1:])
    wanted = {part, *_references(part)}
    names = [(page.id, _names(page, layouts)) for page in site.pages]
    by_part = {page_id for page_id, found in names if wanted & found}
    return {page_id for page_id, found in names if page_id in by_part and key in found} or by_part


def _names(page: Page, layouts: Layouts) -> set[str]:
    """Every name that a page's expressions use, its blocks and its glance included."""
    source = " ".join(
        [*(match[2] for match in EXPRESSION.finditer(page.body)), *_STATEMENT.findall(page.body)]
    )
    chains = [match.split(".") for match in _NAME.findall(source)]
    found = {name for chain in chains if chain[0] not in _NO_DATA for name in chain}
    templates = [f"blocks/{name}.html" for name in _BLOCK.findall(source)]
    if page.glance:
        templates.append("partials/glance.html")
    for name in templates:
        found |= {*_ATTRIBUTE.findall(_whole(name, layouts, set()))}
    return found


def _whole(name: str, layouts: Layouts, seen: set[str]) -> str:
    """A template with all that it takes in."""
    if name in seen:
        return ""
    seen.add(name)
    text = layouts.text(name)
    return text + "".join(_whole(inner, layouts, seen) for inner in _TAKEN_IN.findall(text))


@cache
def _references(part: str) -> frozenset[str]:
    """The keys by which entries of the register refer to those of a part: ``basis``."""
    return frozenset(_keys(Register, part))


def _keys(kind: type[Entry], part: str) -> Iterator[str]:
    for name, info in typed.fields(kind).items():
        if reference(info.kind) == part:
            yield name
        for inner in getattr(info.kind, "__args__", ()):
            if reference(inner) == part:
                yield name
            if isinstance(inner, type) and issubclass(inner, Entry):
                yield from _keys(inner, part)
