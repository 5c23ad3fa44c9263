"""Markdown texts that hold what no text may hold."""

from __future__ import annotations

from . import Bad, Edit, edit, whole

PAGE = "content/nb/cookies.md"
_END = "({{ providers.counter.mechanism.article }}).\n"


def _ending(name: str, text: str) -> Bad:
    """A page that ends with `text`."""
    return edit(name, PAGE, _END, f"{_END}\n{text}\n")


def _links(*targets: str) -> list[Bad]:
    return [_ending(f"a link to {target!r}", f"[x](⟦bad-link⟧{target})") for target in targets]


CASES: list[Bad] = [
    # Raw HTML
    _ending("a tag", "a ⟦raw-html⟧<b>bold⟦raw-html⟧</b>"),
    _ending("a script", "⟦raw-html⟧<script>alert(1)⟦raw-html⟧</script>"),
    _ending("a script over several lines", "⟦raw-html⟧<script\n>alert(1)\n⟦raw-html⟧</script\n>"),
    _ending("a comment", "a ⟦raw-html⟧<!-- comment -->"),
    _ending("a processing instruction", "⟦raw-html⟧<?php x ?>"),
    _ending("a picture as a tag", "- ⟦raw-html⟧<img src=x onerror=alert(1)>"),
    _ending("a tag in a table", "| a |\n|---|\n| ⟦raw-html⟧<br> |"),
    _ending("a tag that is not closed", "| a |\n|---|\n| ⟦raw-html⟧<svg/onload=x |"),
    _ending("an autolink to a script", "⟦raw-html⟧<javascript:alert(1)>"),
    _ending("an autolink by ftp", "⟦raw-html⟧<ftp://example.org>"),
    _ending("a tag like an address", "⟦raw-html⟧<a@b.no onclick=x>"),
    _ending("a tag between lone backticks", "a ` b\n\n⟦raw-html⟧<b>\n\nc ` d"),
    _ending("a tag in a fence", "~~~\n⟦raw-html⟧<b>\n~~~"),
    _ending("an escaped tag", "\\⟦raw-html⟧<b>"),
    # Links
    *_links("javascript:alert(1)", "JavaScript:alert(1)", "&#106;avascript:alert(1)",
            "&#x6a;avascript:alert(1)", "javascript&colon;alert(1)", "java&Tab;script:alert(1)",
            "java&NewLine;script:x", "\\javascript:x", "data:text/html,x", "vbscript:x",
            "file:///x",
            "blob:x", "ftp://example.org", "//example.org", "/personvern/", "&sol;&sol;example.org",
            "&bsol;&bsol;example.org", "\\\\example.org", "/\\example.org", "../x", "personvern.md",
            "www.example.org", "https:example.org", "https:///x", "mailto:", "page:", "?x", ""),
    _ending("a link in brackets", "[x](<⟦bad-link⟧javascript:alert(1)>)"),
    _ending("a link after spaces", "[x](  ⟦bad-link⟧javascript:alert(1))"),
    _ending("a link on the next line", "[x](\n⟦bad-link⟧javascript:alert(1))"),
    _ending("a link with a title", "[x](⟦bad-link⟧javascript:alert(1) \"title\")"),
    _ending("a scheme over two lines", "[x](⟦bad-link⟧java\nscript:alert(1))"),
    _ending("a scheme with a tab", "[x](⟦bad-link⟧java\tscript:alert(1))"),
    _ending("a link within a link", "[a [b](⟦bad-link⟧javascript:1) c](https://example.org)"),
    _ending("a link in a heading", "## [x](⟦bad-link⟧javascript:1) {#x}"),
    _ending("a link in a table", "| a |\n|---|\n| [x](⟦bad-link⟧javascript:1) |"),
    _ending("a link of data", "[{{ controller.name }}](⟦bad-link⟧javascript:1)"),
    _ending("a reference", "[x][r]\n\n[r]: ⟦bad-link⟧javascript:alert(1)"),
    _ending("a reference in brackets", "[x][r]\n\n[r]: <⟦bad-link⟧javascript:alert(1)>"),
    _ending("a reference on the next line", "[x][r]\n\n[r]:\n  ⟦bad-link⟧javascript:alert(1)"),
    _ending("a reference in a quotation", "[r]\n\n> [r]: ⟦bad-link⟧vbscript:1"),
    _ending("a reference in a list", "[r]\n\n- [r]: ⟦bad-link⟧//example.org"),
    _ending("a reference in a numbered list", "[r]\n\n1. [r]: ⟦bad-link⟧data:text/html,x"),
    _ending("a picture", "⟦no-picture⟧![x](https://example.org/pixel.png)"),
    _ending("a picture by reference", "⟦no-picture⟧![x][r]\n\n[r]: https://example.org/pixel.png"),
    _ending("a dangerous picture", "⟦no-picture⟧![x](⟦bad-link⟧javascript:alert(1))"),
    _ending("a link to an unknown page", "[](⟦unknown-page⟧page:privcy)"),
    _ending("an unknown page with a section", "[x](⟦unknown-page⟧page:terms#data)"),
    _ending("the page of another name", "[x](⟦unknown-page⟧page:personvern)"),
    _ending("an unknown section here",
         "[](⟦unknown-section⟧#lst) and [](⟦unknown-section⟧#rights)"),
    _ending("an unknown section there", "[](⟦unknown-section⟧page:privacy#rigths)"),
    edit("an address that is a text", PAGE, "[](page:privacy#cookies)",
         "[x]({{ controller.name }})",
         also=(f"{PAGE}:6:1 bad-link",)),
    # Headings
    _ending("a heading without an id", "⟦missing-section-id⟧## More"),
    _ending("a heading without a space", "⟦missing-section-id⟧##More"),
    _ending("a heading in a fence", "```\n⟦missing-section-id⟧## More\n```"),
    _ending("a capital in an id", "## More ⟦bad-section-id⟧{#More}"),
    _ending("a space in an id", "## More ⟦bad-section-id⟧{#my id}"),
    _ending("an id that breaks out", "## More ⟦bad-section-id⟧{#x\"onclick=\"y}"),
    _ending("an empty id", "## More ⟦bad-section-id⟧{#}"),
    _ending("two headings with one id", "## More ⟦duplicate-section-id⟧{#list}"),
    _ending("three headings with one id",
            "## A {#a}\n\n### B ⟦duplicate-section-id⟧{#a}\n\n### C ⟦duplicate-section-id⟧{#a}"),
    _ending("an id of the layouts", "## Content ⟦taken-section-id⟧{#content}"),
    _ending("a heading without words", "## ⟦empty-heading⟧{#nothing}"),
    _ending("a second title", "⟦heading-level⟧# Title {#title}"),
    _ending("a level left out", "⟦heading-level⟧#### Deep {#deep}"),
    _ending("too many signs", "⟦heading-level⟧####### Deep {#deep}"),
    _ending("an underlined heading", "More\n⟦heading-form⟧----"),
    _ending("a doubly underlined heading", "More\n⟦heading-form⟧===="),
    _ending("a heading in a list", "- ⟦heading-form⟧## More {#more}"),
    _ending("a heading in a numbered list", "1. ⟦heading-form⟧### More"),
    _ending("a heading in a quotation", "> ⟦heading-form⟧## More {#more}"),
    _ending("an indented heading", "  ⟦heading-form⟧## More {#more}"),
    _ending("endless indentation", "- a\n⟦too-deep⟧" + " " * 80 + "- b"),
    _ending("endless quotation", "⟦too-deep⟧" + "> " * 500 + "x"),
    # Shapes over which a reader would sit for ever
    *[
        _ending(f"{len(text)} signs of {text.strip()[:8]}", f"⟦endless-text⟧{text}")
        for text in (
            "_a" * 30_000, "*a " * 30_000, "&a;" * 10_000, "a " * 6_000, "`" * 20,
            " " * 500 + "x", "\n".join(["- a"] * 5_001), "*a*\n" * 2_501,
        )
    ],
    *[
        _ending(f"{sign} without end", sign * 100 + f"⟦endless-text⟧{sign}" + sign * 100)
        for sign in ("[", "(a", "{{", "{%", "{#", "{!--", "<")
    ],
    _ending("links without end", "[a](" * 100 + "[a]⟦endless-text⟧(b"),
    _ending("brackets on many lines", "[" * 100 + "⟦endless-text⟧[" + "[\n" * 4_000),
    *[
        _ending(f"{sign}over and over", f"⟦too-deep⟧{sign * 21}x")
        for sign in ("1. ", "- ", "* ", "> - ", ">1. ")
    ],
    _ending("a list of 10,000 levels", "- a\n⟦too-deep⟧" + " " * 80 + "- b"),
    _ending("an expression without end", "⟦template-syntax⟧{{ " + "a." * 1_000 + "b }}"),
    # What is typed or pasted that Markdown takes for plain words
    _ending("a list pasted from Word", "⟦pasted-list⟧• en\n⟦pasted-list⟧• to"),
    _ending("a list of dashes and tabs", "  ⟦pasted-list⟧–\ten"),
    _ending("a space before an address", "[x] ⟦bad-link⟧(https://example.org)"),
    _ending("a space within an address", "[x](⟦bad-link⟧https://example.org/a b)"),
    _ending("a value in single braces", "Skriv til ⟦single-brace⟧{ controller.email }."),
    _ending("a value in braces without spaces", "⟦single-brace⟧{controller.email}"),
    whole("a conflict of two branches", PAGE,
          "---\npage: cookies\n⟦merge-conflict⟧<<<<<<< HEAD\ntitle: x\n=======\n>>>>>>> b\n---\n"),
    whole("front matter with a dash", PAGE, "⟦front-matter⟧—\npage: cookies\n—\n"),
    whole("front matter below a line", PAGE, "⟦front-matter⟧Tekst\n---\npage: cookies\n---\n"),
    # Signs
    _ending("a control character in a text",
         "bell ⟦bad-character⟧\x07 and ⟦bad-character⟧\x1b[31m"),
    _ending("a private character", "⟦bad-character⟧\ue0000⟦bad-character⟧\ue001"),
    _ending("a reversing character in a text", "⟦bad-character⟧\u202ereversed"),
    _ending("no character", "⟦bad-character⟧\uffff and ⟦bad-character⟧\ufdd0"),
    edit("a control character in a title", PAGE, "title: Cookie",
         "title: ⟦bad-character⟧\x01Cookie"),
    # Front matter
    whole("an empty page", PAGE, "⟦front-matter⟧"),
    whole("no front matter", PAGE, "⟦front-matter⟧Tekst.\n"),
    edit("a blank line first", PAGE, "---\npage: cookies", "⟦front-matter⟧\n---\npage: cookies"),
    edit("front matter that is not closed", PAGE, "bruker.\n---\n", "bruker.\n",
         Edit(PAGE, "⟦front-matter⟧---\npage", "---\npage")),
    edit("broken YAML", PAGE, "title: Cookie-erklæring", "title: Cookie⟦yaml-syntax⟧: erklæring"),
    edit("a tab in front matter", PAGE, "title: Cookie-erklæring",
         "⟦yaml-tab⟧\ttitle: Cookie-erklæring"),
    edit("an unknown key", PAGE, "page: cookies", "page: cookies\n⟦unknown-key⟧titel: x"),
    edit("a key twice", PAGE, "page: cookies", "page: cookies\n⟦duplicate-key⟧page: privacy"),
    edit("no title", PAGE, "title: Cookie-erklæring\n", "",
         Edit(PAGE, "⟦missing-key⟧page: cookies", "page: cookies")),
    edit("an empty title", PAGE, "title: Cookie-erklæring", "title:⟦empty-value⟧"),
    edit("a bad id", PAGE, "page: cookies", "page: ⟦bad-page-id⟧Cookies",
         Edit("content/en/cookies.md", "page: ⟦missing-page⟧cookies", "page: cookies")),
    edit("a truth in words in front matter", PAGE, "page: cookies",
         "page: cookies\nglance: ⟦bad-truth⟧yes"),
    edit("an alias in front matter", PAGE, "page: cookies", "page: ⟦yaml-alias⟧*cookies"),
    edit("a mapping for a title", PAGE, "title: Cookie-erklæring", "title: ⟦bad-value⟧{a: b}"),
]  # fmt: skip
