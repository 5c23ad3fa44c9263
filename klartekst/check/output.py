"""Faults of the finished files: links that lead nowhere, and requests to other hosts.

Texts cannot cause either, since their links are resolved and HTML is refused; a template can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from klartekst.cache import Memory
from klartekst.model import Site
from klartekst.problems import Place, Problem

_LINK = re.compile(r'(?:href|src)="(/[^"#?]*)')
_PERHAPS = re.compile(r'="(/[^"#?]*)')  # finds more, and much faster
_FOREIGN = re.compile(
    r'<(?:link rel="(?:stylesheet|icon|pre\w+)"[^>]*href|\w+[^>]* src)="((?:https?:)?//[^"]+)'
)


def faults(site: Site, files: Mapping[str, bytes], memory: Memory) -> Iterator[Problem]:
    """Every fault of the finished files."""
    pages = {path: data for path, data in files.items() if path.endswith(".html")}
    targets = memory.each("links of a page", (), pages, _targets)
    yield from _dead_links(site, files, targets)
    yield from _foreign_requests(targets)


_Targets = Mapping[str, tuple[frozenset[str], frozenset[str]]]
"""What may be links, and foreign requests, of every page by its path."""


def _dead_links(site: Site, files: Mapping[str, bytes], targets: _Targets) -> Iterator[Problem]:
    """Links on this site to a path at which there is no file."""
    base = site.settings.base_path
    good = {f"{base}/{path.removesuffix('index.html')}" for path in files}
    for path, (perhaps, _) in targets.items():
        if perhaps <= good:
            continue
        for target in sorted(set(_LINK.findall(files[path].decode())) - good):
            message = f"a link leads to {target}, where there is nothing"
            yield Problem(Place(f"output/{path}"), "dead-link", message, "look at the template")


def _foreign_requests(targets: _Targets) -> Iterator[Problem]:
    """Style sheets, scripts and pictures that a page would fetch from another host."""
    for path, (_, foreign) in targets.items():
        for target in sorted(foreign):
            message = f"the page would fetch {target}"
            hint = "no page asks another host for anything: take the file into layouts/assets/"
            yield Problem(Place(f"output/{path}"), "foreign-request", message, hint)


def _targets(_: str, data: bytes) -> tuple[frozenset[str], frozenset[str]]:
    html = data.decode()
    perhaps = frozenset(_PERHAPS.findall(html))
    if ' src="http' not in html and ' src="//' not in html:
        html = html.partition("</head>")[0]  # the rest asks nobody
    return perhaps, frozenset(_FOREIGN.findall(html))
