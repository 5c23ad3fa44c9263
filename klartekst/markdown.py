"""What this house means by Markdown: front matter, ids of headings, addresses of links.

Faults of a text are found in its source, by `klartekst.markdown_lint`; `klartekst.markdown_html`
makes HTML of it.
"""

from __future__ import annotations

import html
import re

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
