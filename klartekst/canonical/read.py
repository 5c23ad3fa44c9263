"""HTML to values: the text of a page out of whatever layout it was published in.

The parser is justhtml: it reads tag soup exactly as browsers do, which a fingerprint that others
must be able to repeat depends on, and it is pure Python without dependencies. It is imported only
for what is not plainly the same to every parser (`klartekst.canonical.strict`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from klartekst.canonical import strict
from klartekst.canonical.blocks import Blocks, Section
from klartekst.canonical.tidy import INLINE, words
from klartekst.model.version import Block, Inline, SectionText, Version

if TYPE_CHECKING:
    from klartekst.canonical.blocks import Event

_UNSAID = frozenset(("script", "style", "template"))


class _Head(NamedTuple):
    title: Inline
    lead: tuple[Block, ...]


def from_html(html: str) -> Version:
    """The text of a published page, or of its article alone, however it is dressed.

    What lies outside the heading, the lead and the sections (see the package) is left out.
    """
    title, lead = Inline(), None
    sections: list[SectionText] = []
    for node in _parts(_article(html)):
        if node.name == "section":
            sections.append(_section(node))
        elif node.name == "h1":
            title = title or _title(node)
        elif lead is None:
            lead = _lead(node)
    return Version(title, lead or (), tuple(sections))


def all_words(html: str) -> list[str]:
    """Every word of a page's article in order, also what no fingerprint takes in."""
    waiting, said = [_article(html)], list[str]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            said.append(node)
        elif node.name == "#text":
            said.append(node.data)
        elif node.name not in _UNSAID and (_is_element(node) or node.children):
            gap = "" if node.name in INLINE else " "
            waiting += [gap, *reversed(node.children or ()), gap]
    return words("".join(said)).split()


def from_fragment(fragment: str) -> Version:
    """The version that `to_fragment` wrote. Sections that were read before are remembered."""
    head, *sections = fragment.removesuffix("</article>\n").split('\n<section id="')
    title, lead = _read_head(head)
    return Version(title, lead, tuple(_read_section(section) for section in sections))


# Versions of a page share most of their sections; a redline of hundreds reads each only once.
@lru_cache(maxsize=4096)
def _read_section(chunk: str) -> SectionText:
    return from_html(f'<article><section id="{chunk}</article>').sections[0]


@lru_cache(maxsize=256)
def _read_head(chunk: str) -> _Head:
    version = from_html(f"{chunk}</article>")
    return _Head(version.title, version.lead)


def _article(html: str) -> Any:
    return strict.article(html) or _as_browsers_read(html)


def _as_browsers_read(html: str) -> Any:
    from justhtml import JustHTML

    root = JustHTML(html, sanitize=False).root
    return next(_found("article", root), root)


def _found(name: str, root: Any) -> Iterator[Any]:
    """The elements with this name that are said, in the order of the document."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.name == name:
            yield node
        if node.name not in _UNSAID:
            waiting.extend(reversed(node.children or ()))


def _parts(root: Any) -> Iterator[Any]:
    """The heading, the lead and the sections in the order of the document, none within another."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        attributes = node.attrs or {}
        if (
            node.name == "h1"
            or (node.name == "section" and _id(attributes))
            or "lead" in _classes(attributes)
        ):
            yield node
        elif node.name not in _UNSAID:
            waiting.extend(reversed([child for child in node.children or () if _is_element(child)]))


def _is_element(node: Any) -> bool:
    return node.name[0] not in "#!"


def _classes(attributes: dict[str, str | None]) -> list[str]:
    return (attributes.get("class") or "").split()


def _id(attributes: dict[str, str | None]) -> str:
    return words(attributes.get("id") or "").strip()


def _events(root: Any) -> Iterator[Event]:
    """Start, text and end of all that is said in `root`, itself left out."""
    waiting: list[Event] = [("start", child) for child in reversed(root.children or ())]
    while waiting:
        kind, node = waiting.pop()
        if kind == "end":
            yield kind, node
        elif node.name == "#text":
            yield "text", node
        elif not _is_element(node):
            continue
        elif node.name not in _UNSAID and "anchor" not in _classes(node.attrs):
            yield kind, node
            waiting.append(("end", node))
            waiting.extend(("start", child) for child in reversed(node.children or ()))


def _section(node: Any) -> SectionText:
    found = Section().read(_events(node))
    return SectionText(_id(node.attrs), found.number, found.title, tuple(found.blocks))


def _lead(node: Any) -> tuple[Block, ...]:
    return tuple(Blocks().read(_events(node)).blocks)


def _title(node: Any) -> Inline:
    return Blocks().all_text(_events(node))
