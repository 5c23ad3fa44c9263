"""The canonical form: what stays, what goes, and that it can be read back."""

from hypothesis import given
from hypothesis import strategies as st

from klartekst.canonical import canonical, from_fragment, from_html, to_fragment
from klartekst.model.version import Heading, Inline, ListItem, Paragraph, Run, Table

from .pages import PUBLISHED, published_now


def _blocks(html: str):
    return from_html(f'<article><section id="s">{html}</section></article>').sections[0].blocks


def _text(*runs: Run | str) -> Inline:
    return Inline(tuple(Run(run) if isinstance(run, str) else run for run in runs))


def test_fragments_of_all_published_pages_are_stable_and_read_back_exactly() -> None:
    for html in published_now():
        version = from_html(html)
        fragment = to_fragment(version)
        assert version.title
        assert version.lead
        assert canonical(fragment) == fragment
        assert from_html(fragment) == from_fragment(fragment) == version


def test_fragment_has_one_block_a_line_and_no_layout() -> None:
    lines = canonical(PUBLISHED).splitlines()
    assert '<h2><span class="number">8.</span> Your rights</h2>' in lines
    assert '<section id="rights">' in lines
    assert "<li>Restriction – ask for a temporary halt to the processing.</li>" in lines
    assert not [line for line in lines if "role=" in line]
    assert [line for line in lines if "<div" in line] == ['<div class="lead">']
    assert [line for line in lines if line.startswith("<tr><th>Identification</th><td data-label=")]


def test_what_surrounds_the_text_is_left_out() -> None:
    fragment = canonical(PUBLISHED)
    for around in ("At a glance", "Last updated", 'href="#scope"', "Skip to"):
        assert around in PUBLISHED
        assert around not in fragment


def test_number_and_title_of_a_section_are_told_apart() -> None:
    section = from_html(PUBLISHED).section("rights")
    assert section is not None
    assert (section.number, section.title.plain) == ("8.", "Your rights")
    assert section.label == "8. Your rights"


def test_table_has_labels_keys_and_cells() -> None:
    section = from_html(PUBLISHED).section("data")
    assert section is not None
    table = section.blocks[0]
    assert isinstance(table, Table)
    assert [column.plain for column in table.columns] == ["Category", "Examples", "Purpose"]
    assert table.rows[3].key == "Payment data"
    assert table.labelled(table.rows[3])["Purpose"] == "Payment, accounting, auditing"


def test_lists_keep_their_levels_numbers_and_further_paragraphs() -> None:
    blocks = _blocks(
        "<ol><li><p>one</p><ul><li>two</li></ul><p>more</p></li><li>three</ol>"
        "<dl><dt>term<dd>meaning</dl>"
    )
    assert blocks == (
        ListItem(1, "number", _text("one")),
        ListItem(2, "bullet", _text("two")),
        ListItem(1, "more", _text("more")),
        ListItem(1, "number", _text("three")),
        ListItem(1, "term", _text("term")),
        ListItem(1, "definition", _text("meaning")),
    )


def test_links_and_emphasis_stay_and_wrappers_go() -> None:
    blocks = _blocks(
        '<div><p>See <a class="y" href="/p/"><b>this</b> page</a><span> now</span>.</p></div>'
        '<h3 id="sub" class="z">Sub</h3>'
    )
    assert blocks == (
        Paragraph(_text("See ", Run("this", ("strong",), "/p/"), Run(" page", (), "/p/"), " now.")),
        Heading(3, "sub", _text("Sub")),
    )


def test_space_at_the_edge_of_emphasis_makes_no_difference() -> None:
    assert _blocks("<p><b>a </b>b</p>") == _blocks("<p><b>a</b> b</p>")


def test_link_that_a_browser_must_not_follow_is_only_text() -> None:
    assert _blocks('<p><a href=" java&#10;script:alert(1)">x</a></p>') == (Paragraph(_text("x")),)


def test_very_deep_nesting_is_read() -> None:
    assert _blocks("<div>" * 3000 + "x") == (Paragraph(_text("x")),)
    deep = canonical('<section id="s">' + "<ul><li>x" * 50)
    assert canonical(deep) == deep


_SOUP = st.lists(
    st.sampled_from(
        (
            "<p>",
            "</p>",
            "<ul>",
            "</ul>",
            "<ol>",
            "</ol>",
            "<li>",
            "</li>",
            "<dl>",
            "<dt>",
            "<dd>",
            "</dl>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "<th>",
            "</td>",
            "<thead>",
            "</thead>",
            "<caption>",
            "<b>",
            "</b>",
            "<em>",
            "</em>",
            "<code>",
            "</code>",
            '<a href="/x?a=1&amp;b">',
            "</a>",
            "<br>",
            '<h2 id="h">',
            "</h2>",
            '<span class="number">',
            "</span>",
            '<h3 id="i">',
            "</h3>",
            "<div>",
            "</div>",
            '<section id="a&quot;b">',
            "</section>",
            '<a class="anchor" href>',
            "<h1>",
            "</h1>",
            '<div class="lead">',
            "<script>",
            "</script>",
            "<!-- c -->",
            "word ",
            "a",
            " ",
            "&nbsp;",
            "&lt;b>",
            "e\u0301",
            "\u00ad",
            "\x01",
            "&#8239;",
            '"',
            "1.",
            "]]>",
            "<![if x]>",
            "<article>",
            "</article>",
        )
    ),
    max_size=40,
).map("".join)


@given(_SOUP)
def test_canonical_form_of_anything_is_its_own_canonical_form(html: str) -> None:
    version = from_html(f'<article><div class="lead">x</div><section id="s">{html}')
    fragment = to_fragment(version)
    assert from_html(fragment) == version
    assert from_fragment(fragment) == version
    assert canonical(fragment) == fragment


@given(_SOUP)
def test_any_document_has_a_canonical_form(html: str) -> None:
    fragment = canonical(html)
    assert canonical(fragment) == fragment
