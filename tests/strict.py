"""A reader of HTML that fails on all that no text of an editor may bring about."""

from __future__ import annotations

from html.parser import HTMLParser

TAGS = {
    "a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"href", "title", "id", "class", "role", "scope", "data-label", "start"}
VOID = {"br", "hr"}


class Strict(HTMLParser):
    """Fails on any tag or attribute that is not allowed, and where tags do not match."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words = ""
        self.values = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        assert not (tag == "a" and "a" in self.open)
        self.values += "".join(value or "" for _, value in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def unexpected(self, data: str) -> None:
        raise AssertionError(f"a comment or a declaration: {data}")

    handle_comment = handle_decl = handle_pi = unknown_decl = unexpected


def parse(html: str) -> Strict:
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser
