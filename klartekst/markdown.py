"""Markdown as a text tool: front matter apart, HTML made.

Faults are found in the source, by `klartekst.markdown_lint`; no raw HTML passes here in any case.
What `convert` returns may hold the marks that `klartekst.render.merge` put there for merged values;
they pass through untouched.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import markdown

ALLOWED_SCHEMES = ("https", "http", "mailto", "tel", "page")
"""What a link may begin with; ``page:privacy#rights`` points at a page of this site by its id."""

LINK_HINT = "link to https://…, mailto:…, tel:…, page:<id of a page> or #<id of a section>"

MAIL = r"(?:mailto:)?[^\s<>@:/\"'()\[\]]+@[^\s<>@\"'()\[\]]+"
"""An e-mail address between angle brackets, as a pattern."""

HEADING_ID = re.compile(r"\s*\{#([^}]*)\}$")
"""The id at the end of a heading."""


def split_front_matter(text: str) -> tuple[str, str, int] | None:
    """The YAML between the two lines of ``---``, the body, and the line on which the body begins.

    None where the text does not begin with such a block, or never closes it.
    """
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not match:
        return None
    return match[1], text[match.end() :], text[: match.end()].count("\n") + 1


def bad_link(target: str) -> str:
    """What is wrong with the address of a link as it stands in a text; empty if nothing is.

    `target` may hold entities. Browsers skip white space and control characters, and so does this.
    """
    address = re.sub(r"[\s\x00-\x1f]", "", html.unescape(target))
    if re.match(r"#[^#]|(?:https?://|mailto:|tel:|page:)[^#/?]", address, re.IGNORECASE):
        return ""
    scheme = re.match(r"([^/?#]*?):", address)
    if scheme and scheme[1].lower() not in ALLOWED_SCHEMES:
        return f"a link may not begin with “{scheme[1]}:”"
    if address.startswith("/"):
        return "a link names a page by its id, not by its path"
    return f"“{target}” is not an address to link to"


def convert(text: str) -> str:
    """The HTML of a Markdown text. Headings carry the ids that ``{#id}`` gives them."""
    converter = _converter()
    converter.reset()
    return str(converter.convert(text))


@cache
def _converter() -> markdown.Markdown:
    # Imported late: a build that finds every text in its cache never needs it.
    from xml.etree.ElementTree import Element

    import markdown
    from markdown.inlinepatterns import InlineProcessor
    from markdown.treeprocessors import Treeprocessor
    from markdown.util import AtomicString

    class Headings(Treeprocessor):
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

    class Mail(InlineProcessor):
        """Makes a link of ``<post@example.org>``; the one of Python-Markdown writes in riddles."""

        ANCESTOR_EXCLUDES = ("a",)

        def handleMatch(  # type: ignore[override]  # noqa: N802
            self, m: re.Match[str], data: str
        ) -> tuple[Element, int, int]:
            address = m[1].removeprefix("mailto:")
            link = Element("a", href=f"mailto:{address}")
            link.text = AtomicString(address)
            return link, m.start(0), m.end(0)

    class Tables(Treeprocessor):
        """Dresses tables as those that the layouts make, once their cells are converted."""

        def run(self, root: Element) -> None:
            for parent in list(root.iter()):
                for i, element in enumerate(parent):
                    if element.tag == "table":
                        parent[i] = _dressed(element)

    extensions = ["tables", "sane_lists", "def_list"]
    converter = markdown.Markdown(extensions=extensions, output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in ("html", "automail", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    autolink = converter.inlinePatterns["autolink"]
    # No link stands within a link.
    autolink.ANCESTOR_EXCLUDES = ("a",)  # type: ignore[misc]
    converter.inlinePatterns.register(Mail(f"<({MAIL})>", converter), "mail", 110)
    converter.treeprocessors.register(Headings(converter), "headings", 100)
    converter.treeprocessors.register(Tables(converter), "tables", 15)
    return converter


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
