"""The entry of a coming change, drafted: what changed is listed, the summary left to a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klartekst import pipeline
from klartekst.check.history import CHANGES
from klartekst.model import Page, ReleasedPage
from klartekst.pipeline import Made
from klartekst.problems import Place, Problem, SiteError
from klartekst.render import versions
from klartekst.write import replace


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
            "write its summary, or remove it and run “change” again",
        )
    changed = _changed(made)
    if not changed:
        raise _fault(
            "empty-change",
            "no page says anything else than its last release",
            "change a text or the register first",
        )
    text = _entry(made, changed)
    path = root / CHANGES
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next((i for i, line in enumerate(lines) if line.startswith("-")), len(lines))
    while at and lines[at - 1].startswith("#") and at < len(lines):
        at -= 1  # a comment right above an entry belongs to it
    lines.insert(at, text + "\n")
    replace(path, "".join(lines).encode())
    return Draft(text, at + 1)


def _fault(code: str, message: str, hint: str) -> SiteError:
    return SiteError([Problem(Place(CHANGES), code, message, hint)])


def _changed(made: Made) -> dict[str, list[str]]:
    """What changed, a line a section, by the id of the page."""
    if not made.site.releases:
        pages = made.site.menus[made.site.settings.default_language]
        return {page.id: ["first version"] for page in pages if page.id != "changes"}
    found: dict[str, list[str]] = {}
    for (page_id, language), text in made.rendered.working.items():
        page, last = made.site.find(page_id, language), made.site.last(page_id)
        released = last.pages.get((page_id, language)) if last else None
        if page and versions.differs(text, released):
            found.setdefault(page_id, []).extend(_sections(page, text, released))
    return found


def _sections(page: Page, text: ReleasedPage, released: ReleasedPage | None) -> Iterator[str]:
    now = versions.sections(text.fragment)
    before = versions.sections(released.fragment) if released else {}
    for section in [*now, *(old for old in before if old not in now)]:
        if now.get(section) != before.get(section):
            how = "new" if section not in before else "removed" if section not in now else "changed"
            yield f"{page.language}: {section} ({how})"


def _entry(made: Made, changed: dict[str, list[str]]) -> str:
    listed = [f"#   {page}: {line}" for page, lines in changed.items() for line in lines]
    return "\n".join(
        [
            "# Changed since the last release:",
            *listed,
            f"- pages: [{', '.join(changed)}]",
            "  kind: material      # or editorial, where nobody relies on what changed",
            "  summary:",
            *(f'    {code}: ""' for code in made.site.settings.languages),
            "",
        ]
    )
