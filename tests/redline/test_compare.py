"""The notice, changed as a lawyer would change it, and what the redline says then."""

import pytest

from klartekst.redline import Words, as_text, compare, summary

from .pages import (
    WORDS,
    changes,
    edited,
    moved,
    published,
    redline_to,
    section_html,
    version,
)


def _shown(before: str, after: str) -> str:
    """The changed lines of a section, from the HTML of its body before and after."""
    text = as_text(compare(version(before), version(after)), Words())
    return "\n".join(line[4:] for line in text.splitlines() if line.startswith("  - "))


@pytest.mark.parametrize(
    ("language", "before", "after", "line"),
    [
        (
            "nb",
            "midlertidig stans",
            "midlertidig stopp",
            "Begrensning – be om midlertidig [-stans-]{+stopp+} i behandlingen.",
        ),
        ("en", "temporary", "immediate", "{+immediate+}"),
    ],
)
def test_a_changed_word_is_a_word(language: str, before: str, after: str, line: str) -> None:
    redline = edited(f"{language}-notice", (before, after))
    assert changes(redline) == {"rights": ("changed",)}
    assert line in as_text(redline, WORDS[language])


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_moved_section_is_not_deleted_and_its_number_no_change(language: str) -> None:
    redline = redline_to(f"{language}-notice", moved(f"{language}-notice", "contact", "scope"))
    assert changes(redline) == {"contact": ("moved",)}
    assert as_text(redline, WORDS[language]).count("\n") == 1


def test_section_that_changes_its_place_and_its_text_is_both() -> None:
    html = moved("nb-notice", "security", "data").replace("benytter", "bruker")
    text = as_text(redline_to("nb-notice", html), WORDS["nb"])
    assert "2. Informasjonssikkerhet (flyttet, endret, var nummer 7)" in text
    assert "[-benytter-]{+bruker+} administrative" in text


def test_new_numbers_alone_are_no_change() -> None:
    html = published("nb-notice").replace(">8.</span>", ">9.</span>")
    redline = redline_to("nb-notice", html)
    assert not redline.changed
    assert summary(redline) == []


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("nb", "Dine rettigheter</h2>", "Rettighetene dine</h2>"),
        ("en", "Your rights</h2>", "Rights of data subjects</h2>"),
    ],
)
def test_a_renamed_heading_is_a_change_of_title(language: str, before: str, after: str) -> None:
    redline = edited(f"{language}-notice", (before, after))
    assert changes(redline) == {"rights": ("renamed",)}
    assert summary(redline)[0].label == "8. " + after.removesuffix("</h2>")


def test_a_section_split_in_two_shows_the_text_moved() -> None:
    split = '</p></section><section id="deletion"><h2>Sletting</h2><p>Når opplysningene ikke'
    redline = edited("nb-notice", (" Når opplysningene ikke", split))
    assert changes(redline) == {"retention": ("changed",), "deletion": ("added",)}
    text = as_text(redline, WORDS["nb"])
    sentence = (
        "Når opplysningene ikke lenger er nødvendige, anonymiseres eller slettes de på en "
        "sikker måte."
    )
    assert f"[-{sentence}-] (flyttet til Sletting)" in text
    assert f"{{+{sentence}+}} (flyttet fra 6. Lagring og sletting)" in text


def test_a_joined_paragraph_shows_the_sentence_moved_within_the_section() -> None:
    redline = edited("nb-notice", ("avvises.</p>\n<p>For detaljert", "avvises. For detaljert"))
    kinds = [
        segment.kind
        for section in redline.sections
        for block in section.blocks
        if block.changed
        for segment in getattr(block, "segments", ())
    ]
    assert kinds == ["equal", "moved_here", "moved_away"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nb", "_ga: Levetid: [-2 år-] → {+13 måneder+}"),
        ("en", "_ga: Lifetime: [-2 years-] → {+13 months+}"),
    ],
)
def test_a_shorter_lifetime_is_named_by_key_and_column(language: str, line: str) -> None:
    old = line.partition("[-")[2].partition("-]")[0]
    new = line.partition("{+")[2].partition("+}")[0]
    text = as_text(edited(f"{language}-cookies", (f">{old}<", f">{new}<")), WORDS[language])
    assert [found.strip(" -") for found in text.splitlines() if "→" in found] == [line]


def test_a_table_row_added_is_one_line_with_its_labels() -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in ("Google", "Måler annonser", "90 døgn"))
    html = published("nb-cookies")
    at = html.rindex("<tr", 0, html.index("<code>_gid</code>"))
    html = f"{html[:at]}<tr><th><code>_gcl_au</code></th>{cells}</tr>{html[at:]}"
    text = as_text(redline_to("nb-cookies", html), WORDS["nb"])
    line = "lagt til: {+_gcl_au: Leverandør: Google; Formål: Måler annonser; Levetid: 90 døgn+}"
    assert [found.strip(" -") for found in text.splitlines()[1:] if found] == [line]


def test_a_new_recipient_is_one_item_added() -> None:
    item = "<li>Revisorer: ved lovpålagt kontroll.</li>\n"
    html = published("nb-notice")
    at = html.index("<li>Offentlige myndigheter")
    text = as_text(redline_to("nb-notice", html[:at] + item + html[at:]), WORDS["nb"])
    assert text == "5. Deling og overføring (endret)\n  - {+Revisorer: ved lovpålagt kontroll.+}\n"


def test_a_reworded_item_is_found_again_behind_a_new_one() -> None:
    before = "<ul><li>Access – get a copy of your personal data.</li><li>Erasure.</li></ul>"
    after = (
        "<ul><li>Information – be told what we do.</li>"
        "<li>Access – get a full copy of your personal data.</li><li>Erasure.</li></ul>"
    )
    assert _shown(before, after) == (
        "{+Information – be told what we do.+}\nAccess – get a {+full+} copy of your personal data."
    )


def test_a_list_in_another_order_shows_the_item_moved() -> None:
    items = [
        "<li>access to your own data</li>",
        "<li>erasure of your data</li>",
        "<li>objection to profiling of you</li>",
    ]
    shown = _shown(f"<ul>{''.join(items)}</ul>", f"<ul>{''.join([*items[1:], items[0]])}</ul>")
    assert shown.count("access to your own data") == 2
    assert shown.count("(moved") == 2
    assert "erasure" not in shown


def test_columns_and_rows_that_come_go_and_change_their_names() -> None:
    before = (
        "<table><thead><tr><th>Name<th>Purpose<th>Country</thead>"
        "<tr><td>_ga<td>counts visitors<td>US<tr><td>fr<td>shows advertisements<td>US</table>"
    )
    after = (
        "<table><thead><tr><th>Name<th>Purpose of it<th>Country<th>Lifetime</thead>"
        "<tr><td>_ga<td>counts visits<td>US<td>1 year"
        "<tr><td>_fr<td>shows advertisements<td>US<td>1 day</table>"
    )
    assert _shown(before, after).splitlines() == [
        "column: Purpose {+of it+}",
        "column: {+Lifetime+}",
        "_ga: Purpose of it: counts [-visitors-]{+visits+}",
        "_ga: Lifetime: {+1 year+}",
        "_fr: [-fr-] → {+_fr+}",
        "_fr: Lifetime: {+1 day+}",
    ]


def test_rows_in_another_order_are_moved_and_nothing_else() -> None:
    rows = "<tr><td>a<td>1<tr><td>b<td>2", "<tr><td>c<td>3"
    shown = _shown(f"<table>{rows[0]}{rows[1]}</table>", f"<table>{rows[1]}{rows[0]}</table>")
    assert shown == "moved: c"


def test_many_small_islands_become_one_phrase() -> None:
    shown = _shown(
        "<p>We may at any time and for any reason share the data with our many partners.</p>",
        "<p>We never at some time or for a reason sell the data to our own partners abroad.</p>",
    )
    assert shown == (
        "We [-may at any time and for any reason share the data with our many partners-]"
        "{+never at some time or for a reason sell the data to our own partners abroad+}."
    )


def test_a_link_that_leads_elsewhere_shows_where() -> None:
    shown = _shown(
        '<p>See <a href="https://a.no/">the site</a>.</p>',
        '<p>See <a href="https://b.no/">the site</a>.</p>',
    )
    assert "https://a.no/" in shown
    assert "https://b.no/" in shown


def test_a_paragraph_that_becomes_a_heading_is_a_change() -> None:
    redline = compare(version("<p>Cookies we use</p>"), version("<h3>Cookies we use</h3>"))
    assert changes(redline) == {"s": ("changed",)}


def test_a_deleted_section_stands_after_the_one_it_followed() -> None:
    html = published("en-notice")
    redline = redline_to("en-notice", html.replace(section_html(html, "security"), ""))
    assert [s.id for s in redline.sections][5:8] == ["retention", "security", "rights"]
    assert changes(redline) == {"security": ("deleted",)}


def test_summary_names_the_lead_by_an_empty_id() -> None:
    redline = edited("nb-notice", ("Bonesvegen 29 —", "Bonesvegen 31 —"))
    assert [(found.id, found.changes) for found in summary(redline)] == [("", ("changed",))]
    assert as_text(redline, WORDS["nb"]).startswith("Innledning\n")
