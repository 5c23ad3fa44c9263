"""Generated versions of a page: little text, much structure, and much that two of them share."""

from hypothesis import strategies as st

from klartekst.model.version import (
    Heading,
    Inline,
    ListItem,
    Paragraph,
    Run,
    SectionText,
    Table,
    TableRow,
    Version,
)

_PIECES = (
    "Vi lagrer data i 30 dager. ",
    "Vi lagrer data i 14 dager. ",
    "Se nr. 1 bokstav b, jf. GDPR. ",
    "You may object at any time. ",
    "Den 6. juni 2025 gjelder dette. ",
    "art. 6 (1) f",
    "og ",
    "a ",
    "b",
    " ",
    "",
    "  ",
    ".",
    "?! ",
    "«x» ",
    "<b>&amp;</del>",
    "]]>",
    "@team #12 ",
    "GH-1",
    "@",
    "#",
    "**x** ~~y~~ `z` [a](b)",
    "https://example.no/a",
    "www.example.no",
    "x@example.no",
    ":tada:",
    "\x1b[31m",
    "\x00",
    "\ufffe",
    "\ud800",
    "\u202e",
    "\n",
    "# h\n",
    "[-a-]{+b+}",
    "|",
    "1. ",
    "- ",
)
_word = st.one_of(st.sampled_from(_PIECES), st.text(max_size=4))
_run = st.builds(
    Run,
    st.lists(_word, max_size=3).map("".join),
    st.sampled_from(((), (), ("strong",), ("em", "code"))),
    st.sampled_from(("", "", "/x", 'javascript:alert("1")', "mailto:a@b.no")),
)
inlines = st.lists(_run, max_size=3).map(lambda runs: Inline(tuple(runs)))
_names = st.sampled_from(("", "a", "b", "content", '"><script>', "x y"))
_rows = st.lists(inlines, max_size=3).map(lambda cells: TableRow(tuple(cells)))
blocks = st.one_of(
    st.builds(Paragraph, inlines),
    st.builds(Heading, st.integers(3, 6), _names, inlines),
    st.builds(
        ListItem,
        st.integers(1, 3),
        st.sampled_from(("bullet", "number", "term", "definition", "more")),
        inlines,
    ),
    st.builds(
        Table,
        inlines,
        st.lists(inlines, max_size=3).map(tuple),
        st.lists(_rows, max_size=3).map(tuple),
    ),
)
_sections = st.builds(
    SectionText,
    _names,
    st.sampled_from(("", "1.", "2.")),
    inlines,
    st.lists(blocks, max_size=4).map(tuple),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Version, Version]:
    """Two versions that have sections and blocks in common."""
    sections = draw(st.lists(_sections, max_size=3))
    old = Version(draw(inlines), tuple(draw(st.lists(blocks, max_size=2))), tuple(sections))
    shared = [*sections, *(_with_block(section, draw(blocks)) for section in sections)]
    pool = st.one_of(st.sampled_from(shared), _sections) if shared else _sections
    new = Version(
        draw(st.one_of(st.just(old.title), inlines)),
        old.lead[:1],
        tuple(draw(st.lists(pool, max_size=4))),
    )
    return old, new


def _with_block(section: SectionText, block: object) -> SectionText:
    changed = (*section.blocks[1:], block, *section.blocks[:1])
    return SectionText(section.id, section.number, section.title, changed)
