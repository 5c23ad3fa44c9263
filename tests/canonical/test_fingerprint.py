"""The fingerprint, computed a second time with nothing but the standard library's tokenizer."""

import hashlib
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst.canonical import (
    INLINE,
    INVISIBLE,
    canonical,
    from_html,
    page_text,
    section_text,
    sha256,
)

from .pages import PUBLISHED, published_now


class Outsider(HTMLParser):
    """What somebody without Klartekst would write, by the package's five points."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.open = {"taken": ("", 0), "dropped": ("", 0)}  # tag, and how deep in its like
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        found = dict(attrs)
        self._count(tag, +1)
        if not self.open["taken"][1] and (
            tag == "h1" or found.get("class") == "lead" or (tag == "section" and "id" in found)
        ):
            self.open["taken"] = (tag, 1)
            self.lines.append("")
        if found.get("class") in ("anchor", "number"):
            self.open["dropped"] = (tag, 1)
        self.handle_data("" if tag in INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_data("" if tag in INLINE else " ")
        self._count(tag, -1)

    def _count(self, tag: str, step: int) -> None:
        for key, (name, depth) in self.open.items():
            self.open[key] = (name, depth + step if depth and name == tag else depth)

    def handle_data(self, data: str) -> None:
        if self.open["taken"][1] and not self.open["dropped"][1]:
            self.lines[-1] += data


def _independent(html: str) -> str:
    lines = Outsider("<article" + html.partition("<article")[2].partition("</article")[0]).lines
    words = [" ".join(re.sub(f"[{INVISIBLE}]", "", line).split()) for line in lines]
    text = unicodedata.normalize("NFC", "\n".join(words))
    return hashlib.sha256(text.encode()).hexdigest()


def test_outsider_computes_the_same_from_page_and_fragment() -> None:
    for html in (PUBLISHED, *published_now()):
        expected = sha256(page_text(from_html(html)))
        assert _independent(html) == expected
        assert _independent(canonical(html)) == expected


def _minified(html: str) -> str:
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r"> (?=<(?:/?(?:p|li|ul|ol|section|table|tr|td|th|h\d|div)\b))", ">", html)
    html = re.sub(r"</(?:p|li|td|th|tr|thead|tbody|body|html)>", "", html)
    return re.sub(r'="([\w/#.-]+)"', r"=\1", html)


def _through_a_cms(html: str) -> str:
    html = re.sub("[æøåÆØÅ«»–]", lambda match: f"&#{ord(match[0])};", html)
    html = html.replace("<p>", '<p style="margin:0" data-x=\'"\'>').replace(" og ", "&nbsp;og\n ")
    html = html.replace("</h2>", "</h2><script>let x = '<p>';</script><!-- ad -->")
    html = re.sub(r"(<table.*?</table>)", r"<figure><div>\1</div></figure>", html, flags=re.S)
    html = html.replace("Its Working", "Its <span>Working</span>")
    return html.replace("opplysninger", "opplys\u00adninger")


def _through_both(html: str) -> str:
    return _minified(_through_a_cms(html))


@pytest.mark.parametrize("mangle", [_minified, _through_a_cms, _through_both])
def test_fingerprints_survive_minifier_and_cms(mangle) -> None:
    for html in (PUBLISHED, *published_now()):
        before, after = from_html(html), from_html(mangle(html))
        assert mangle(html) != html
        assert [section_text(s) for s in after.sections] == [
            section_text(s) for s in before.sections
        ]
        assert page_text(after) == page_text(before)


def test_number_of_a_section_is_no_part_of_its_fingerprint() -> None:
    old = from_html(PUBLISHED).section("rights")
    new = from_html(PUBLISHED.replace(">8.</span>", ">9.</span>")).section("rights")
    assert old and new and old.number != new.number
    assert section_text(old) == section_text(new)


def test_a_changed_word_changes_page_and_section_and_no_other_section() -> None:
    old, new = from_html(PUBLISHED), from_html(PUBLISHED.replace("temporary", "immediate"))
    differing = [
        a.id
        for a, b in zip(old.sections, new.sections, strict=True)
        if sha256(section_text(a)) != sha256(section_text(b))
    ]
    assert differing == ["rights"]
    assert page_text(old) != page_text(new)


@given(st.text(alphabet=st.sampled_from("abæe\u0301\u00a0\u202f \n\t\u00ad\u200b."), max_size=30))
def test_text_is_normal_form_c_with_single_spaces(text: str) -> None:
    html = f'<section id="s"><p>{text}</p></section>'
    line = page_text(from_html(html))
    assert line == unicodedata.normalize("NFC", line)
    assert line.split(" ") == (line.split() or [""])
    assert line == page_text(from_html(canonical(html)))
