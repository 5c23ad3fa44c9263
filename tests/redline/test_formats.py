"""The redline as text, Markdown and HTML: readable, well-formed, and safe with any text."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given

from klartekst.redline import Words, as_html, as_markdown, as_text, compare

from .documents import pairs
from .pages import WORDS, edited, moved, published, redline_to, version

_JOINER = "\u2060"


def _tree(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html)


def _said(element: ElementTree.Element, without: str) -> str:
    """The text of an element, without the notes of the format and without the elements named."""
    notes = {"hidden", "where"}
    inner = "".join(
        ("" if child.tag == without or child.get("class") in notes else _said(child, without))
        + (child.tail or "")
        for child in element
    )
    return (element.text or "") + inner


@given(pairs())
def test_html_of_any_redline_is_well_formed(pair) -> None:
    for whole in (False, True):
        tree = _tree(as_html(compare(*pair), Words(), whole=whole))
        assert not tree.findall(".//script")
        assert all(link.get("href", "").lower()[:11] != "javascript:" for link in tree.iter("a"))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_html_of_a_page_holds_both_versions(language: str) -> None:
    page = f"{language}-notice"
    html = moved(page, "contact", "data").replace("Its Working", "ItsWorking")
    redline = redline_to(page, html)
    tree = _tree(as_html(redline, WORDS[language], whole=True))
    for without, kind, text in (("ins", "old", redline.old()), ("del", "new", redline.new())):
        for section in text.sections:
            found = tree.find(f".//section[@id='{section.id}']")
            assert found is not None
            merged = found.find("div[@class='redline-merged']")
            one = found.find(f"div[@class='redline-sides']/div[@class='redline-{kind}']")
            for part in (merged, one) if merged is not None else ():
                shown = _said(part, without).split()
                said = [word for block in section.blocks for word in _words(block)]
                assert shown[-len(said) :] == said


def _words(block) -> list[str]:
    if hasattr(block, "rows"):
        cells = [block.caption, *block.columns, *(c for row in block.rows for c in row.cells)]
        return " ".join("".join(cell.plain for cell in cells).split()).split()
    return block.text.plain.split()


def test_html_says_what_colour_shows() -> None:
    tree = _tree(as_html(edited("nb-notice", ("stans", "stopp")), WORDS["nb"]))
    changes = [*tree.iter("ins"), *tree.iter("del")]
    assert {change[0].text for change in changes} == {"slettet: ", "lagt til: "}
    assert {change[0].get("class") for change in changes} == {"hidden"}


def test_html_says_where_text_went() -> None:
    split = '</p></section><section id="deletion"><h2>Sletting</h2><p>Når opplysningene ikke'
    tree = _tree(as_html(edited("nb-notice", (" Når opplysningene ikke", split)), WORDS["nb"]))
    notes = {element.text for element in tree.iter("span") if element.get("class") == "where"}
    assert notes == {"flyttet til Sletting: ", "flyttet fra 6. Lagring og sletting: "}


def test_html_says_where_a_changed_link_leads() -> None:
    before, after = (f'<p>See <a href="https://{host}.no/">the site</a>.</p>' for host in "ab")
    tree = _tree(as_html(compare(version(before), version(after)), Words()))
    notes = {element.text for element in tree.iter("span") if element.get("class") == "where"}
    assert notes == {" (https://a.no/)", " (https://b.no/)"}


def test_html_keeps_ids_of_sections_and_shows_unchanged_ones_only_when_asked() -> None:
    redline = edited("nb-notice", ("stans", "stopp"))
    short, whole = as_html(redline, WORDS["nb"]), as_html(redline, WORDS["nb"], whole=True)
    ids = [section.get("id") for section in _tree(short).iter("section")]
    assert ids == [section.id for section in redline.new().sections]
    assert "inntrengingsdeteksjon" not in short
    assert "inntrengingsdeteksjon" in whole


def test_table_in_html_is_a_table_with_the_labels_of_the_page() -> None:
    tree = _tree(as_html(edited("en-cookies", (">2 years<", ">13 months<")), Words()))
    row = tree.find(".//div[@class='redline-merged']//tr[@data-change='changed']")
    assert row is not None
    cell = row.find("td[@data-label='Lifetime']")
    assert cell is not None
    assert [child.tag for child in cell] == ["del", "ins"]


@pytest.mark.parametrize("kind", ["text", "md", "html"])
def test_nothing_changed_is_said(kind: str) -> None:
    redline = redline_to("nb-notice", published("nb-notice"))
    show = {"text": as_text, "md": as_markdown, "html": as_html}[kind]
    assert "Ingen endringer" in show(redline, WORDS["nb"])


def test_text_in_colour_has_the_same_words() -> None:
    redline = edited("nb-cookies", (">2 år<", ">13 måneder<"), ("roboter", "maskiner"))
    coloured = as_text(redline, WORDS["nb"], colour=True)
    assert "\x1b[31;9m[-roboter-]\x1b[0m\x1b[32;4m{+maskiner+}\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == as_text(redline, WORDS["nb"])


@given(pairs())
def test_no_text_commands_the_terminal(pair) -> None:
    text = as_text(compare(*pair), Words())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)


def test_markdown_has_headings_and_changes_as_reviewers_know_them() -> None:
    redline = edited("nb-notice", ("stans", "stopp"), (">Identifikasjon</th>", ">Identitet</th>"))
    assert as_markdown(redline, WORDS["nb"]) == (
        "### 2\\. Hvilke opplysninger vi behandler (endret)\n\n"
        "- Identitet: ~~Identifikasjon~~ → **Identitet**\n\n"
        "### 8\\. Dine rettigheter (endret)\n\n"
        "- Begrensning – be om midlertidig ~~stans~~ **stopp** i behandlingen.\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@team", f"@{_JOINER}team"),
        ("see #12", f"see \\#{_JOINER}12"),
        ("GH-12", f"GH-{_JOINER}12"),
        ("a@b.no", f"a@{_JOINER}b.no"),
        ("<b> *x* `y` [z](w)", r"\<b\> \*x\* \`y\` \[z\](w)"),
        ("# x", "\\# x"),
        ("x|y", "x\\|y"),
    ],
)
def test_text_does_nothing_in_markdown(text: str, shown: str) -> None:
    html = text.replace("<", "&lt;")
    redline = compare(version(""), version(f"<p>{html} end</p>"))
    line = as_markdown(redline, Words()).splitlines()[2]
    assert line.removeprefix("- ").strip("*").strip(_JOINER) == f"{shown} end"


@pytest.mark.parametrize("start", ["1.", "12)", "-", "+", "="])
def test_text_begins_no_list_in_markdown(start: str) -> None:
    here, there = (version(f"<p>{start} we are {place}</p>") for place in ("here", "there"))
    redline = compare(here, there)
    line = as_markdown(redline, Words()).splitlines()[2]
    assert line == f"- {start[:-1]}\\{start[-1]} we are ~~here~~ **there**"


@given(pairs())
def test_no_text_breaks_out_of_markdown(pair) -> None:
    markdown = as_markdown(compare(*pair), Words())
    plain = re.sub(r"\\.", "", markdown)  # what is escaped is text
    assert not re.search(r"[<>`|\[\]$&!]", plain)
    assert not re.search(r"[@#:]\w|GH-\d|//\w|www\.\w", plain, re.IGNORECASE)
    assert not re.search(r"(?<!~)~(?!~)|(?<!\*)\*(?!\*)", plain)
    starts = {line.partition(" ")[0] for line in markdown.splitlines() if line}
    assert starts <= {"##", "###", "-", "No"}
