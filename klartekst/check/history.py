"""Whether the change log, the archive and the texts agree: no change in silence, none without one.

The change log and the archive are held against each other whenever the sources are read. Whether a
text changed is known once it is rendered, and matters when somebody checks or releases: a build
publishes what is in force, whatever is being written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from klartekst import archive
from klartekst.cache import Memory
from klartekst.load import Loaded
from klartekst.model import Change, Page, Release, ReleasedPage, Site
from klartekst.problems import Place, Problem, command
from klartekst.render import versions

CHANGES = "data/changes.yaml"

Working = Mapping[tuple[str, str], ReleasedPage]
"""The working text of each page that has versions, by its id and language."""


def change_log_faults(loaded: Loaded) -> Iterator[Problem]:
    """Entries that stand twice, in the wrong order, or have no release; releases with no entry."""
    changes = loaded.changes
    if changes is None:
        return
    yield from _order_faults(loaded, changes)
    if not loaded.releases:
        return
    released = {release.date: release for release in loaded.releases}
    for i, change in enumerate(changes):
        release = released.pop(change.date, None) if change.date else None
        if change.date and release is None:
            message = f"the change of {change.date} was never released"
            released_by = command(f"release --date {change.date}")
            hint = f"remove its date, which nobody types, then run: {released_by}"
            yield Problem(_place(loaded, i, "date"), "unreleased-change", message, hint)
        elif release and (key := differs(change, release)):
            yield Problem(_place(loaded, i, key), "changed-entry", _CHANGED, _CHANGED_HINT)
    for date in released:
        message = f"the release of {date} is missing in the change log"
        hint = (
            f"restore its entry from version control; or, where it has none, run: "
            f"{command(f'release --date {date}')}"
        )
        yield Problem(Place(CHANGES), "missing-entry", message, hint)


_CHANGED = "the entry of a released version is not what was released"
_CHANGED_HINT = "restore it from version control: what is released is never changed"


def _place(loaded: Loaded, index: int, key: str) -> Place:
    return loaded.documents[CHANGES].place((index, key))


def differs(change: Change, release: Release) -> str | None:
    """The key in which an entry differs from its release."""
    if change.kind != release.kind:
        return "kind"
    if set(change.pages) != {page for page, _ in release.pages}:
        return "pages"
    texts = release.summary.in_language
    languages = change.summary.in_language
    same = all(texts[code] == languages[code] for code in languages if code in texts)
    return None if same else "summary"


def _order_faults(loaded: Loaded, changes: tuple[Change, ...]) -> Iterator[Problem]:
    seen: dict[tuple[str, datetime.date | None], int] = {}
    before: datetime.date | None = None
    for i, change in enumerate(changes):
        for page in change.pages:
            first = seen.setdefault((page, change.date), i)
            if first != i:
                where = f"on {change.date}" if change.date else "that is being prepared"
                message = f"the page “{page}” has another change {where}"
                place = _place(loaded, i, "pages")
                yield Problem(place, "duplicate-change", message, "make one entry of the two")
        if change.date is None and i > 0:
            message = "the entry that is being prepared stands below others"
            place = _place(loaded, i, "pages")
            yield Problem(place, "change-order", message, "move it to the top, and have only one")
        if before and change.date and change.date > before:
            message = f"the change of {change.date} stands below the one of {before}"
            hint = "the newest change stands at the top"
            yield Problem(_place(loaded, i, "date"), "change-order", message, hint)
        before = change.date or before


def archive_faults(loaded: Loaded, memory: Memory) -> Iterator[Problem]:
    """Releases whose fingerprints do not follow from their texts; each is proved only once."""
    for release in loaded.releases:
        faults: list[Problem] = []

        def proof(release: Release = release, faults: list[Problem] = faults) -> str:
            faults += archive.prove(release)
            return "proved" if not faults else "\n".join(str(fault) for fault in faults)

        if memory.remember(proof, "proof", release.digest) != "proved":
            yield from faults or archive.prove(release)


def unreleased(loaded: Loaded, site: Site, working: Working) -> Iterator[Problem]:
    """Texts and facts that changed with no entry being prepared; an entry that changed nothing.

    And pages that were released and are gone, with all their versions.
    """
    yield from _gone(site)
    prepared = set(site.prepared.pages) if site.prepared else set()
    changed: set[str] = set()
    for key, text in working.items():
        page = site.find(*key)
        last = site.history.last(page) if page else None
        if last is None or versions.differs(text, last.pages[key]):
            changed.add(key[0])
            if page and key[0] in site.history.page_ids - prepared:
                yield _silent(page, text, last)
    facts = list(_changed_facts(loaded, site))
    if not prepared:
        yield from facts
    elif facts and not changed & prepared:
        return  # what changed shows on no page: the entry is for that
    for page_id in sorted(prepared - changed):
        message = f"an entry is being prepared for “{page_id}”, and nothing changed on that page"
        hint = "take the page out of the entry, or remove the entry"
        index = next(i for i, change in enumerate(site.changes) if change.date is None)
        yield Problem(_place(loaded, index, "pages"), "empty-change", message, hint)


def _gone(site: Site) -> Iterator[Problem]:
    last = {key: release for release in site.releases for key in release.pages}
    language = site.settings.default_language
    for (page_id, code), release in last.items():
        if code == language and site.find(page_id, code) is None:
            message = f"the page “{page_id}” was released, and is gone with all its versions"
            hint = (
                "restore its texts from version control, under any address; "
                "where it no longer applies, let it say so, with “menu: false”"
            )
            place = Place(f"{archive.FOLDER}/{release.date}/{page_id}.{code}.html")
            yield Problem(place, "gone-page", message, hint)


def _hint() -> str:
    return f"prepare an entry of the change log, or take the change back: {command('change')}"


def _silent(page: Page, text: ReleasedPage, last: Release | None) -> Problem:
    if last is None:
        message = f"the page “{page.id}” was never released in this language"
        return Problem(page.place(), "silent-change", message, _hint())
    message = f"the page “{page.id}” says something else than its release of {last.date}"
    return Problem(_first_change(page, text, last), "silent-change", message, _hint())


def _changed_facts(loaded: Loaded, site: Site) -> Iterator[Problem]:
    """Facts that differ from the newest release, each at its place in the data."""
    if not site.releases:
        return
    last = site.releases[-1]
    for path in archive.differences(last.facts, site.facts):
        register = path[0] == "register"
        document = loaded.documents[f"data/{'register' if register else 'site'}.yaml"]
        inside = path[1:] if register else path
        message = f"“{'.'.join(map(str, inside))}” is not what was released on {last.date}"
        yield Problem(document.place(inside), "silent-change", message, _hint())


def _first_change(page: Page, text: ReleasedPage, last: Release) -> Place:
    """The heading of the first section that differs, in the page's source."""
    before = versions.sections(last.pages[page.id, page.language].fragment)
    for section, body in versions.sections(text.fragment).items():
        if before.get(section) != body:
            match = re.search(rf"^.*\{{#{re.escape(section)}\}}", page.body, re.MULTILINE)
            if match:
                return page.place(page.body_line + page.body.count("\n", 0, match.start()))
    return page.place(page.body_line)
