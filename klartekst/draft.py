"""The entry of a coming change, drafted: what changed is listed, the summary left to a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klartekst import archive, canonical, change_log, pipeline
from klartekst.check.history import CHANGES
from klartekst.model import Page, ReleasedPage
from klartekst.pipeline import Made
from klartekst.problems import Place, Problem, SiteError, command
from klartekst.redline import compare, summary
from klartekst.render import Layouts, folders, versions
from klartekst.shown import pages_with


@dataclass(frozen=True, slots=True)
class Draft:
    """The drafted entry as text, and the line of the change log on which it stands."""

    text: str
    line: int


def draft(root: Path) -> Draft:
    """Put an entry for all that changed since the last releases on top of the change log.

    Its summary is left empty, so that `check` asks for it. Raises `SiteError` where nothing changed
    or an entry is being prepared already.
    """
    made = pipeline.made(root, draft=True)
    if made.site.prepared:
        raise _fault(
            "already-prepared",
            "a change is being prepared already",
            f"write its summary; or remove it, then run: {command('change')}",
        )
    changed = _changed(made)
    if not changed:
        raise _fault(
            "empty-change",
            "no page says anything else than its last release",
            "change a text or the register first",
        )
    text = _entry(made, changed)
    try:
        log, line = change_log.with_entry(change_log.source(root), text)
        change_log.write(root, log)
    except OSError as error:
        message = f"the change log cannot be written: {error.strerror or error}"
        raise _fault("cannot-write", message, "look at free space and permissions") from error
    return Draft(text, line)


def _fault(code: str, message: str, hint: str) -> SiteError:
    return SiteError([Problem(Place(CHANGES), code, message, hint)])


def _changed(made: Made) -> dict[str, list[str]]:
    """What changed, a line a section or fact, by the id of the page."""
    site = made.site
    if not site.releases:
        pages = sorted(site.menus[site.settings.default_language], key=lambda page: not page.glance)
        return {page.id: ["first version"] for page in pages if page.id != "changes"}
    found: dict[str, list[str]] = {}
    for key, text in made.rendered.working.items():
        page = site.find(*key)
        last = site.history.last(page) if page else None
        released = last.pages[key] if last else None
        if page and versions.differs(text, released):
            found.setdefault(page.id, []).extend(_sections(page, text, released))
    return _with_facts(found, made)


def _with_facts(found: dict[str, list[str]], made: Made) -> dict[str, list[str]]:
    """The pages of `found`, with each fact that changed under those that show its part.

    Where no page says anything new, the entry is for the pages that show what changed.
    """
    site, layouts = made.site, Layouts(folders(made.loaded.root))
    last = site.releases[-1]
    candidates = list(found) or list(dict.fromkeys(page_id for page_id, _ in last.pages))
    facts: dict[str, list[str]] = {}
    for path in archive.differences(last.facts, site.facts):
        fact = f"fact: {'.'.join(map(str, path))}"
        showing = pages_with(path, site, layouts)
        names = [page_id for page_id in candidates if page_id in showing]
        for name in names or candidates[:1]:
            facts.setdefault(name, []).append(fact if names else f"{fact} (on no page above)")
    pages = [name for name in candidates if name in found or name in facts]
    return {name: [*found.get(name, ()), *facts.get(name, ())] for name in pages}


def _sections(page: Page, text: ReleasedPage, released: ReleasedPage | None) -> Iterator[str]:
    if released is None:
        yield f"{page.language}: first version"
        return
    if (released.title, released.description) != (page.title, page.description):
        yield f"{page.language}: title or description (changed)"
    texts = [canonical.from_fragment(each.fragment) for each in (released, text)]
    for section in summary(compare(*texts)):
        yield f"{page.language}: {section.id or 'introduction'} ({', '.join(section.changes)})"


def _entry(made: Made, changed: dict[str, list[str]]) -> str:
    listed = [f"#   {page}: {line}" for page, lines in changed.items() for line in lines]
    return "\n".join(
        [
            "# What changes:",
            *listed,
            f"- pages: [{', '.join(changed)}]",
            "  kind: material      # or editorial, where nobody relies on what changed",
            "  summary:",
            *(f'    {code}: ""' for code in made.site.settings.languages),
            "",
        ]
    )
