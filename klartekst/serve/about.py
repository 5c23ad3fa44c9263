"""What the preview's own script is told of a page, as plain data for JSON."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from klartekst import canonical
from klartekst.check.finding import Finding
from klartekst.model import Page, ReleasedPage
from klartekst.pipeline import Made
from klartekst.problems import Problem
from klartekst.redline import as_html, compare, summary
from klartekst.render.compared import words
from klartekst.serve.preview import State

Plain = dict[str, Any]

_STYLE = re.compile(rb'<link rel="stylesheet" href="([^"]+)">')


def page_at(made: Made, path: str) -> Page | None:
    """The page that the file `path` shows: as it is, one of its versions, or a redline of one."""
    site, folder = made.site, "/" + path.removesuffix("index.html")
    for page in site.pages:
        own = site.settings.path(page)
        if folder == own:
            return page
        if folder.startswith(own):
            for release in site.history.versions(page):
                if folder in (site.version_path(page, release), site.redline_path(page, release)):
                    return page
    return None


def fingerprints(data: bytes) -> tuple[str, str]:
    """What tells one text of a page from the next, its style sheet left out; and that sheet."""
    found = _STYLE.search(data)
    text = data.replace(found[0], b"", 1) if found else data
    return sha256(text).hexdigest()[:16], found[1].decode() if found else ""


def status(state: State, path: str) -> Plain:
    """What a window that shows the file `path` must know at once."""
    data = state.files.get(path)
    text, style = fingerprints(data) if data is not None else ("", "")
    page = page_at(state.made, path) if state.made else None
    return {
        "number": state.number,
        "text": text,
        "style": style,
        "problems": [_problem(problem) for problem in state.problems],
        "fault": state.fault,
        "follow": _follow(state, page) if page else [],
        "page": _page(state, page) if page else None,
    }


def _problem(problem: Problem) -> Plain:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _follow(state: State, page: Page) -> list[str]:
    """The sections that the newest build changed on the same page in another language."""
    assert state.made is not None
    settings = state.made.site.settings
    for code in settings.languages:
        twin = state.made.site.find(page.id, code)
        if twin and twin.language != page.language:
            changed = state.changed.get(settings.file(twin))
            if changed:
                return list(changed)
    return []


def _page(state: State, page: Page) -> Plain:
    assert state.made is not None
    site = state.made.site
    here = site.url(page)
    views = []
    if site.history.versions(page):
        if release := site.history.in_force(page):
            views.append(_view("in force", f"{here}?text=in-force", release.date.isoformat()))
        for release in site.history.announced(page):
            address = site.settings.base_path + site.version_path(page, release)
            views.append(_view("announced", address, release.date.isoformat()))
    return {
        "source": page.source,
        "language": page.language,
        "views": [*views, _view("working", here, "")],
    }


def _view(name: str, address: str, date: str) -> Plain:
    return {"name": name, "address": address, "date": date}


def review(state: State, path: str) -> Plain:
    """What takes longer: the findings of a page, and its redline against the last release."""
    page = page_at(state.made, path) if state.made else None
    if state.made is None or page is None:
        return {"findings": [], "elsewhere": 0, "crashes": [], "sections": [], "redline": ""}
    report = state.report
    here = [finding for finding in report.findings if finding.place.file == page.source]
    return {
        "findings": [_finding(finding) for finding in here],
        "elsewhere": len(report.findings) - len(here),
        "crashes": [crash.code for crash in report.crashes],
        **_redline(state.made, page),
    }


def _finding(finding: Finding) -> Plain:
    return {
        **_problem(Problem(finding.place, finding.code, finding.message, finding.hint)),
        "severity": finding.severity,
        "detail": finding.detail,
        "section": finding.anchor,
        "waived": finding.waiver.reason if finding.waiver else "",
    }


def _redline(made: Made, page: Page) -> Plain:
    last = made.site.history.last(page)
    working: ReleasedPage | None = made.rendered.working.get((page.id, page.language))
    if last is None or working is None:
        return {"sections": [], "redline": ""}
    language = made.rendered.languages[page.language]
    before = last.pages[page.id, page.language]
    redline = compare(
        canonical.from_fragment(before.fragment), canonical.from_fragment(working.fragment)
    )
    sections = [
        {"id": each.id, "label": each.label, "changes": [language.gettext(c) for c in each.changes]}
        for each in summary(redline)
    ]
    html = as_html(redline, words(language))
    return {"sections": sections, "redline": html}
