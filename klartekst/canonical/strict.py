"""The short way into a page: HTML that is well-formed XML too, as our own pages and fragments are.

Expat reads such a page in a tenth of the time. It is taken only where a browser would build the
same tree: with tags, nesting and references of which both kinds of parser think alike. For all
else the answer is None, and the caller asks a parser that reads as browsers do. A property test
holds the two against each other.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from klartekst.canonical.tidy import INLINE

_VOID = frozenset(("br", "hr", "img", "wbr"))
_FLOW = frozenset((
    "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "script", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
_KNOWN = INLINE | _VOID | _FLOW

# Elsewhere a browser would close, move or make up an element.
_PARENTS = {
    "li": frozenset(("ul", "ol")),
    **dict.fromkeys(("dt", "dd"), frozenset(("dl", "div"))),
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot"), frozenset(("table",))),
    "tr": frozenset(("table", "thead", "tbody", "tfoot")),
    **dict.fromkeys(("td", "th"), frozenset(("tr",))),
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GRID = frozenset(("table", "thead", "tbody", "tfoot", "tr"))
_IN_GRID = frozenset(("caption", "thead", "tbody", "tfoot", "tr", "td", "th"))

_ARTICLE = re.compile(r"<article[ >].*?</article>", re.DOTALL)

# What stands before an article may hide it (in a script, an attribute), hold it within (a table) or
# reach into it (a link that was never closed). So all of it is looked at, tag by tag.
_AROUND = frozenset(("html", "body", "main", "div", "section", "header", "aside"))
_BEFORE = (_KNOWN - {"article", "script"}) | _AROUND | {"head", "meta", "link"}
_CLOSED = _VOID | {"meta", "link"}
_ATTRIBUTES = r"""(?: [^\s<>"'=/]+(?:=(?:"[^"<]*"|'[^'<]*'|[^\s<>"'=`]+))?)*"""
_PIECE = re.compile(
    rf"(?i:<!doctype html>)|[^<]+|<(title|script|style){_ATTRIBUTES}>[^<]*</\1>"
    rf"|<(/?)([a-z][a-z0-9]*){_ATTRIBUTES}>"
)
_STRANGE = re.compile(
    r"/>|<[!?]|&(?!(?:amp|lt|gt|quot|#34|#39);)"  # ends, declarations, references
    r"|<[^>]*[\n\t\r]"  # white space in a tag
)
_VOIDS = re.compile(rf"<({'|'.join(sorted(_VOID))})( [^>]*)?>")


class Node:
    """An element, or a text whose name is ``#text``."""

    __slots__ = ("attrs", "children", "data", "name")

    def __init__(self, name: str, attrs: dict[str, str], data: str = "") -> None:
        """`attrs` are the attributes of an element, `data` what a text says."""
        self.name, self.attrs, self.data = name, attrs, data
        self.children: list[Node] = []


class _NotAlikeError(Exception):
    """Browsers read this otherwise."""


def article(html: str) -> Node | None:
    """The first article of a page; None where it is not sure that browsers see the same."""
    found = _ARTICLE.search(html)
    if found is None or _STRANGE.search(found[0]) or not _is_plain(html[: found.start()]):
        return None
    tree = _Tree()
    try:
        tree.parser.Parse(_VOIDS.sub(r"<\1\2/>", found[0]), True)
    except (expat.ExpatError, _NotAlikeError):
        return None
    return tree.root.children[0]


def _is_plain(before: str) -> bool:
    """Whether what stands before an article leaves it as it is written."""
    end, still_open = 0, list[str]()
    for piece in _PIECE.finditer(before):
        closes, name = piece[2], piece[3]
        if piece.start() != end or (name and name not in _BEFORE):
            return False
        end = piece.end()
        if closes and (not still_open or still_open.pop() != name):
            return False
        if name and not closes and name not in _CLOSED:
            still_open.append(name)
    return end == len(before) and _AROUND.issuperset(still_open)


class _Tree:
    """Builds nodes of what the parser reads, as long as all of it is known to be read alike."""

    def __init__(self) -> None:
        self.root = Node("", {})
        self.open = [self.root]
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def start(self, name: str, attrs: dict[str, str]) -> None:
        parent = self.open[-1]
        if not self._is_alike(name, parent.name) or any(not key.islower() for key in attrs):
            raise _NotAlikeError
        node = Node(name, attrs)
        parent.children.append(node)
        self.open.append(node)

    def _is_alike(self, name: str, parent: str) -> bool:
        if name not in _KNOWN or parent == "script":
            return False
        if name in INLINE or name in _VOID - {"hr"}:
            nested = name == "a" and any(node.name == "a" for node in self.open)
            return parent not in _GRID and not nested
        return (
            parent in _PARENTS.get(name, (parent,))
            and (parent not in _GRID or name in _IN_GRID)
            and not (name in _HEADINGS and parent in _HEADINGS)
            and all(node.name != "p" for node in self.open)
        )

    def end(self, name: str) -> None:
        del name
        self.open.pop()

    def text(self, data: str) -> None:
        if self.open[-1].name in _GRID and data.strip(" \n\t\r\f"):
            raise _NotAlikeError
        self.open[-1].children.append(Node("#text", {}, data))
