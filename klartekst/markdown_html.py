"""Markdown made HTML, by Python-Markdown: no raw HTML passes, no picture, no link within a link.

What comes out may hold the marks that `klartekst.render.merge` put there for merged values; they
pass through untouched.
"""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from klartekst.markdown import HEADING_ID, MAIL


def convert(text: str) -> str:
    """The HTML of a Markdown text. Headings carry the ids that ``{#id}`` gives them."""
    return str(_converter().reset().convert(text))


@cache
def _converter() -> markdown.Markdown:
    # By class: to find them by name, every package that is installed would be asked.
    extensions = [TableExtension(), SaneListExtension(), DefListExtension(), FencedCodeExtension()]
    found = markdown.Markdown(extensions=extensions, output_format="html")
    found.preprocessors.deregister("html_block")
    for name in ("html", "automail", "image_link", "image_reference", "short_image_ref"):
        found.inlinePatterns.deregister(name)
    for name in ("autolink", "link", "reference", "short_reference"):
        # No link stands within a link.
        found.inlinePatterns[name].ANCESTOR_EXCLUDES = ("a",)  # type: ignore[misc]
    found.inlinePatterns.register(_Mail(f"<({MAIL})>", found), "mail", 110)
    found.treeprocessors.register(_Headings(found), "headings", 100)
    found.treeprocessors.register(_Tables(found), "tables", 15)
    return found


class _Headings(Treeprocessor):
    """Moves ``{#id}`` from the end of a heading into its id attribute.

    One that begins no section, for it stands in a list or has no id, is shown as a paragraph.
    """

    def run(self, root: Element) -> None:
        outermost = set(root)
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag):
                _take_id(element)
                begins_nothing = element.tag < "h3" and not element.get("id")
                if element not in outermost or element.tag == "h1" or begins_nothing:
                    element.tag = "p"


class _Mail(InlineProcessor):
    """Makes a link of ``<post@example.org>``; the one of Python-Markdown writes in riddles."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        address = m[1].removeprefix("mailto:")
        link = Element("a", href=f"mailto:{address}")
        link.text = AtomicString(address)
        return link, m.start(0), m.end(0)


class _Tables(Treeprocessor):
    """Dresses tables as those that the layouts make, once their cells are converted."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for i, element in enumerate(parent):
                if element.tag == "table":
                    parent[i] = _dressed(element)


def _take_id(heading: Element) -> None:
    text = heading.text or ""
    if match := HEADING_ID.search(text):
        heading.set("id", match[1])
        heading.text = text[: match.start()]


_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
_ALIGNED = {"text-align: right;": "end", "text-align: center;": "center"}


def _dressed(table: Element) -> Element:
    """The table as ``layouts/partials/tables.html`` writes one, so that its rows become cards too.

    Alignment becomes a class: the pages' policy allows no style attribute.
    """
    labels = ["".join(heading.itertext()) for heading in table.iter("th")]
    for element in table.iter():
        if role := _ROLES.get(element.tag):
            element.set("role", role)
        if aligned := _ALIGNED.get(element.attrib.pop("style", "")):
            element.set("class", aligned)
    for row in table.iter("tr"):
        for label, cell in zip(labels, row, strict=False):
            cell.set(*(("scope", "col") if cell.tag == "th" else ("data-label", label)))
    wrapper = table.makeelement("div", {"class": "table"})
    wrapper.append(table)
    return wrapper
