"""Faults of the finished files: links that lead nowhere, and requests to other hosts.

Texts cannot cause either, since their links are resolved and HTML is refused; a template can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from klartekst.model import Site
from klartekst.problems import Place, Problem

_LINK = re.compile(r'(?:href|src)="(/[^"#?]*)')
_PERHAPS = re.compile(r'="(/[^"#?]*)')  # finds more, and much faster
_FOREIGN = re.compile(
    r'<(?:link rel="(?:stylesheet|icon|pre\w+)"[^>]*href|\w+[^>]* src)="((?:https?:)?//[^"]+)'
)


def dead_links(site: Site, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Links on this site to a path at which there is no file."""
    base = site.settings.base_path
    good = {f"{base}/{path.removesuffix('index.html')}" for path in files}
    for path, html in _pages(files):
        if good.issuperset(_PERHAPS.findall(html)):
            continue
        for target in sorted(set(_LINK.findall(html)) - good):
            message = f"a link leads to {target}, where there is nothing"
            yield Problem(Place(f"output/{path}"), "dead-link", message, "look at the template")


def foreign_requests(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Style sheets, scripts and pictures that a page would fetch from another host."""
    for path, html in _pages(files):
        if " src=\"http" not in html and ' src="//' not in html:
            html = html.partition("</head>")[0]  # noqa: PLW2901 - the rest asks nobody
        for target in sorted(set(_FOREIGN.findall(html))):
            message = f"the page would fetch {target}"
            hint = "no page asks another host for anything: take the file into layouts/assets/"
            yield Problem(Place(f"output/{path}"), "foreign-request", message, hint)


def _pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    return ((path, data.decode()) for path, data in files.items() if path.endswith(".html"))
