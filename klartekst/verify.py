"""Whether a published copy still says what was published, section by section.

A content management system, a minifier or a CDN may change white space, attributes, quotes and
wrappers; the canonical text (`klartekst.canonical`) sees through that, and only words that differ
are reported, words that were added, and links that lead elsewhere. The consent script must be the
same to the byte: what visitors were asked is proved by its hash.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, urlopen

from klartekst import canonical, pipeline
from klartekst.cache import Memory
from klartekst.model import Site
from klartekst.model.version import Block, Inline, Paragraph, SectionText, Version
from klartekst.problems import Place, Problem

Read = Callable[[str], bytes]
"""Gives what is published at a path of the site; raises OSError where there is nothing."""

_TIMEOUT = 20
_HINT = "publish the page again, and look at what changed it on the way"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Verified:
    """How many pages were compared, and what differs in them and in the consent script."""

    pages: int
    problems: tuple[Problem, ...]


def verify(root: Path, copy: str, as_of: datetime.date) -> Verified:
    """Compare the site in `root`, as it is on the day `as_of`, with its copy.

    `copy` is a folder or the address at which the root of the site lies. Raises `SiteError` where
    the sources have problems, the archive among them.
    """
    made = pipeline.made(root, as_of)
    read = _from_web(copy) if urlsplit(copy).scheme in ("http", "https") else _from_folder(copy)
    site, files = made.rendered.shown, made.rendered.files
    paths = list(_paths(site))
    problems: list[Problem] = []
    for path in paths:
        expected = files[_file(path)].decode()
        problems += _compare(path, expected, read, copy.rstrip("/"), site.settings.base_url)
    if folder := site.consent_folder:
        path = f"{folder}{site.settings.consent.script}"
        problems += _script_differs(path, files[_file(path)], read, copy.rstrip("/"))
    return Verified(len(paths), tuple(problems))


def _paths(site: Site) -> Iterator[str]:
    """Every page that can be proved: those in force, and every version."""
    for page in site.pages:
        yield site.settings.path(page)
        for release in site.history.versions(page):
            yield site.version_path(page, release)


def _from_folder(folder: str) -> Read:
    def read(path: str) -> bytes:
        return Memory().read(str(Path(folder, _file(path))))

    return read


def _file(path: str) -> str:
    """The file below the output folder that a path of the site shows."""
    return path.strip("/") + ("/index.html" if path.endswith("/") else "")


def _from_web(address: str) -> Read:
    def read(path: str) -> bytes:
        url = address.rstrip("/") + quote(path)
        request = Request(url, headers={"User-Agent": "klartekst-verify"})  # noqa: S310
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310 - the scheme was looked at
            return bytes(answer.read())

    return read


def _compare(path: str, expected: str, read: Read, copy: str, base: str) -> Iterator[Problem]:
    place = Place(copy + path)
    try:
        found = read(path).decode("utf-8", errors="replace")
        version = canonical.from_html(found)
    except (OSError, HTTPException, ValueError) as error:
        yield _unread(place, "page", error)
        return
    where = (base, copy, path)
    faults = list(_differences(place, canonical.from_html(expected), version, where))
    yield from faults or _additions(place, expected, found)


def _additions(place: Place, expected: str, found: str) -> Iterator[Problem]:
    """Words of the article beside its sections, its lead and its title that nobody published."""
    known = Counter(canonical.all_words(expected))
    more = []
    for word in canonical.all_words(found):
        known[word] -= 1
        if known[word] < 0:
            more.append(word)
    if more:
        shown = " ".join(more[:_SHOWN]) + (" …" if len(more) > _SHOWN else "")
        message = f"words stand beside the text that were never published: “{shown}”"
        yield Problem(place, "text-added", message, _HINT)


def _script_differs(path: str, expected: bytes, read: Read, copy: str) -> Iterator[Problem]:
    place = Place(copy + path)
    try:
        same = read(path) == expected
    except (OSError, HTTPException) as error:
        yield _unread(place, "consent script", error)
        return
    if not same:
        message = "the consent script is not the one that was built"
        hint = "publish it again, and let nothing on the way minify or rewrite it"
        yield Problem(place, "script-differs", message, hint)


def _unread(place: Place, what: str, error: Exception) -> Problem:
    message = f"the {what} cannot be read: {error}"
    return Problem(place, "not-published", message, "publish it, or mend the address")


def _differences(
    place: Place, expected: Version, found: Version, where: tuple[str, str, str]
) -> Iterator[Problem]:
    def problem(code: str, message: str) -> Problem:
        return Problem(place, code, message, _HINT)

    if expected.title.plain != found.title.plain:
        yield problem("title-differs", f"the title is “{found.title.plain}” there")
    if _lead_text(expected) != _lead_text(found):
        yield problem("lead-differs", "the introduction differs")
    elif _targets(expected.lead, where) != _targets(found.lead, where):
        yield problem("targets-differ", "links of the introduction lead elsewhere")
    there = {section.id: section for section in found.sections}
    for section in expected.sections:
        other = there.pop(section.id, None)
        if other is None:
            yield problem("section-missing", f"the section “{section.label}” is missing")
        elif _said(section) != _said(other):
            yield problem("section-differs", f"the section “{section.label}” differs")
        elif _targets(_all(section), where) != _targets(_all(other), where):
            message = f"links of the section “{section.label}” lead elsewhere"
            yield problem("targets-differ", message)
    for section in there.values():
        yield problem("section-added", f"the section “{section.label}” was never published")
    same_order = [s.id for s in expected.sections] == [s.id for s in found.sections]
    if not same_order and {s.id for s in expected.sections} == {s.id for s in found.sections}:
        yield problem("order-differs", "the sections stand in another order")


def _lead_text(version: Version) -> str:
    return canonical.page_text(Version(Inline(), version.lead, ()))


def _said(section: SectionText) -> tuple[str, str]:
    return section.number, canonical.section_text(section)


def _all(section: SectionText) -> tuple[Block, ...]:
    return (Paragraph(section.title), *section.blocks)


def _targets(blocks: Iterable[Block], where: tuple[str, str, str]) -> list[str]:
    """Where the links of a text lead, in order, those on the copy's own host as on ours."""
    base, copy, path = where
    found = []
    for text in canonical.texts(blocks):
        for href in dict.fromkeys(run.href for run in text.runs if run.href):
            full = urljoin(base + path, href)
            found.append(full.replace(copy, base, 1) if full.startswith(copy) else full)
    return found
