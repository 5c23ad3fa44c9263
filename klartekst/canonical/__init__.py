"""The canonical form of a page: what its text says, without how it looks, and its fingerprint.

**The fragment** is what a release archives and a reviewer reads in a pull request: HTML with one
block a line, of which only meaning is kept: headings, ids of sections and headings, paragraphs,
list items, tables with a label on each cell, links with their target, emphasis. Classes, roles,
wrappers and white space are gone. Three marks of the layout stay, since the fingerprint below is
defined by them: ``<article>``, ``class="lead"`` and ``class="number"``.

**The fingerprint** is the SHA-256 of the canonical text. Anyone can compute it with standard tools,
from the published page or from the archived fragment, and gets the same after a content management
system, a minifier or a CDN has changed white space, quotes, character references or attributes, or
has put wrappers around things:

1. Parse the HTML as browsers do (WHATWG HTML). Drop every ``script``, ``style``, ``template``,
   ``.anchor`` and ``h2 .number``: the code, the link sign and the number of a heading, which moves
   with its section and is no part of what is said.
2. Take the text of: the first ``h1`` in the first ``article``; the first ``.lead`` there; each
   ``section`` with an ``id`` there, but for those within another of these. Each gives one line.
3. Within the text of an element every tag separates words, save the tags of `INLINE`, which stand
   within a sentence and do not.
4. Remove the characters that only steer where lines break or say nothing (`INVISIBLE`). Split at
   white space (the Unicode property White_Space, hence the no-break spaces too); join the words
   with one space (U+0020). Bring the text into Unicode normalisation form C.
5. The text of a section is that line, without a line break. The text of the page is the lines that
   are not empty: title, lead, sections in their order, joined with a line feed (U+000A), none at
   the end. The fingerprint is the SHA-256 of its UTF-8 bytes in small hexadecimal digits.
"""

from klartekst.canonical.fingerprint import page_text, section_text, sha256, texts
from klartekst.canonical.read import all_words, from_fragment, from_html
from klartekst.canonical.tidy import INLINE, INVISIBLE
from klartekst.canonical.write import to_fragment

__all__ = [
    "INLINE",
    "INVISIBLE",
    "all_words",
    "canonical",
    "from_fragment",
    "from_html",
    "page_text",
    "section_text",
    "sha256",
    "texts",
    "to_fragment",
]


def canonical(html: str) -> str:
    """The canonical fragment of a page, given the whole page or its article, in any dress."""
    return to_fragment(from_html(html))
