"""Faults of the finished files: links that lead nowhere, and requests to other hosts.

Texts cannot cause either, since their links are resolved and HTML is refused; a template can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from klartekst.cache import Memory
from klartekst.model import Site
from klartekst.problems import Place, Problem

_LINK = re.compile(r'(?:href|src)="(/[^"#?]*)')
_PERHAPS = re.compile(r'="(/[^"#?]*)')  # finds more, and much faster
_FOREIGN = re.compile(
    r'<(?:link rel="(?:stylesheet|icon|pre\w+)"[^>]*href|\w+[^>]* src)="((?:https?:)?//[^"]+)'
)


def dead_links(site: Site, files: Mapping[str, bytes], memory: Memory) -> Iterator[Problem]:
    """Links on this site to a path at which there is no file."""
    base = site.settings.base_path
    good = {f"{base}/{path.removesuffix('index.html')}" for path in files}
    for path, data, perhaps, _ in _pages(files, memory):
        if perhaps <= good:
            continue
        for target in sorted(set(_LINK.findall(data.decode())) - good):
            message = f"a link leads to {target}, where there is nothing"
            yield Problem(Place(f"output/{path}"), "dead-link", message, "look at the template")


def foreign_requests(files: Mapping[str, bytes], memory: Memory) -> Iterator[Problem]:
    """Style sheets, scripts and pictures that a page would fetch from another host."""
    for path, _, _, foreign in _pages(files, memory):
        for target in sorted(foreign):
            message = f"the page would fetch {target}"
            hint = "no page asks another host for anything: take the file into layouts/assets/"
            yield Problem(Place(f"output/{path}"), "foreign-request", message, hint)


_Targets = frozenset[str]


def _pages(
    files: Mapping[str, bytes], memory: Memory
) -> Iterator[tuple[str, bytes, _Targets, _Targets]]:
    """Path, bytes, what may be links, and foreign requests of every page."""
    for path, data in files.items():
        if path.endswith(".html"):
            targets = memory.keep("links of a page", path, (data,), partial(_of_page, data))
            yield path, data, *targets


def _of_page(data: bytes) -> tuple[_Targets, _Targets]:
    html = data.decode()
    perhaps = frozenset(_PERHAPS.findall(html))
    if ' src="http' not in html and ' src="//' not in html:
        html = html.partition("</head>")[0]  # the rest asks nobody
    return perhaps, frozenset(_FOREIGN.findall(html))
