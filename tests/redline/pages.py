"""Pages as they were published, to be changed as a lawyer would."""

import re
from functools import cache

from klartekst.canonical import from_html
from klartekst.model.version import Version
from klartekst.redline import Redline, Words, compare

from ..sites import ITSWORKING

WORDS = {
    "en": Words(),
    "nb": Words(
        deleted="slettet",
        added="lagt til",
        moved="flyttet",
        renamed="nytt navn",
        changed="endret",
        unchanged="uendret",
        moved_to="flyttet til {section}",
        moved_from="flyttet fra {section}",
        was_number="var nummer {number}",
        column="kolonne",
        lead="Innledning",
        old="Før",
        new="Etter",
        no_changes="Ingen endringer",
    ),
}
RELEASED = ITSWORKING / "archive" / "2025-06-06"


@cache
def published(page: str) -> str:
    """The notice or the cookie declaration of 6 June 2025, ``nb-notice``, as it was released."""
    language, _, name = page.partition("-")
    return (RELEASED / f"{name.replace('notice', 'privacy')}.{language}.html").read_text("utf-8")


def edited(page: str, *edits: tuple[str, str]) -> Redline:
    """The redline from the page to the page with each text replaced, wherever it stands."""
    html = published(page)
    for before, after in edits:
        assert before in html, before
        html = html.replace(before, after)
    return redline_to(page, html)


def redline_to(page: str, html: str) -> Redline:
    """The redline from the page to `html`, which gives both back exactly."""
    old, new = from_html(published(page)), from_html(html)
    redline = compare(old, new)
    assert redline.old() == old
    assert redline.new() == new
    return redline


def section_html(html: str, section_id: str) -> str:
    """The HTML of a section."""
    found = re.search(rf'<section id="{section_id}">.*?</section>\n', html, re.DOTALL)
    assert found
    return found[0]


def moved(page: str, section_id: str, before: str) -> str:
    """The page with a section moved to before another, and all sections numbered anew."""
    html = published(page)
    section = section_html(html, section_id)
    place = f'<section id="{before}">'
    html = html.replace(section, "").replace(place, section + place)
    numbers = iter(range(1, 100))
    head, start, body = html.partition("<article>")
    body = re.sub(r'(<h2><span class="number">)\d+\.', lambda m: f"{m[1]}{next(numbers)}.", body)
    return head + start + body


def changes(redline: Redline) -> dict[str, tuple[str, ...]]:
    """What happened to each section."""
    return {section.id: section.changes for section in redline.sections if section.changes}


def version(html: str) -> Version:
    """A version of one section with the id “s”."""
    return from_html(f'<article><section id="s"><h2>Title</h2>{html}</section></article>')
