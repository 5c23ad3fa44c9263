"""The texts of this repository's own site: the notice of 6 June 2025, and its English counterpart.

`tests/source/personvernerklaering-2025-06-06.txt` is the notice as the company published it, with
the line breaks and the broken words that its PDF gave it.
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from klartekst import markdown_lint, pipeline
from klartekst.load import load

from .sites import REPOSITORY

SOURCE = Path(__file__).parent / "source" / "personvernerklaering-2025-06-06.txt"

# All that the published text may change, and nothing else.
BROKEN_WORDS = {
    "system-ytelse": "systemytelse",
    "livssyklus- styring": "livssyklusstyring",
    "sikkerhets- beskyttelse": "sikkerhetsbeskyttelse",
    "Kunde- /leverandøradministrasjon": "Kunde-/leverandøradministrasjon",
}
CAPITALS = [
    "PERSONVERNERKLÆRING", "FORMÅL OG OMFANG", "HVILKE OPPLYSNINGER VI BEHANDLER",
    "BEHANDLINGSGRUNNLAG", "HVORDAN VI BRUKER OPPLYSNINGENE", "DELING OG OVERFØRING",
    "LAGRING OG SLETTING", "INFORMASJONSSIKKERHET", "DINE RETTIGHETER", "COOKIES OG ANALYSEVERKTØY",
    "ENDRINGER I ERKLÆRINGEN", "KONTAKT",
]  # fmt: skip
TYPOGRAPHY = {
    "Gjeldende fra: 6. juni 2025": "Gjeldende fra 6. juni 2025",
    "• ": "",  # bullets are those of a list, and the four numbers those of an ordered one
    "GDPR): 1. Kontrakts": "GDPR): Kontrakts",
    "tjenester. 2. Berettiget": "tjenester. Berettiget",
    "informasjonssikkerhet. 3. Rettslig": "informasjonssikkerhet. Rettslig",
    "bokføringsloven. 4. Samtykke": "bokføringsloven. Samtykke",
}
HEADINGS = re.compile("|".join(rf"\b{words}\b" for words in CAPITALS))


def source_words() -> list[str]:
    """The words of the notice, mended as the lists above say."""
    text = " ".join(SOURCE.read_text(encoding="utf-8").split())
    for wrong, right in (BROKEN_WORDS | TYPOGRAPHY).items():
        assert wrong in text, wrong
        text = text.replace(wrong, right)
    assert len(HEADINGS.findall(text)) == len(CAPITALS)
    return HEADINGS.sub(lambda match: match[0].capitalize(), text).split()


class Words(HTMLParser):
    """The words of a page's article and of its last line, without what the layout adds to them."""

    BLOCKS = frozenset(
        {"p", "li", "td", "th", "h1", "h2", "h3", "div", "tr", "section", "header", "footer"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.skipped = 0  # how many elements are open that count for nothing

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "link", "br", "wbr", "img", "hr", "input"):
            return
        self.open.append(tag)
        self.text += " " if tag in self.BLOCKS else ""
        name = dict(attrs).get("class") or ""
        added = tag in ("nav", "head", "script", "button", "caption") or name in (
            "glance", "anchor", "hidden", "site-header", "skip", "status", "updated", "fingerprint",
            "announced",
        )  # fmt: skip
        if self.skipped or added:
            self.skipped += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.text += " " if tag in self.BLOCKS else ""
        self.skipped -= bool(self.skipped)

    def handle_data(self, data: str) -> None:
        self.text += "" if self.skipped else data


def page_words(html: str) -> list[str]:
    reader = Words()
    reader.feed(html)
    words = " ".join(reader.text.split())
    # At the top the layout adds when the page was last changed, and a link to the change log.
    words = re.sub(r" · Sist oppdatert 6\. juni 2025 · Endringslogg ", " ", words, count=1)
    return words.split()


@cache
def page_of_that_day(path: str) -> str:
    """A page as it was published on 6 June 2025, whatever is written or released after it."""
    files = pipeline.make(REPOSITORY, datetime.date(2025, 6, 6))
    return files[f"{path}/index.html"].decode()


@pytest.fixture(scope="module")
def notice() -> str:
    """The privacy notice in Norwegian."""
    return page_of_that_day("personvern")


def test_the_norwegian_page_says_the_notice_word_for_word(notice: str) -> None:
    assert page_words(notice) == source_words()


def test_every_sentence_of_the_source_stands_in_the_norwegian_page(notice: str) -> None:
    sentences = re.split(r"(?<=[.:?!]) (?=[A-ZÆØÅ0-9])", " ".join(source_words()))
    published = " ".join(page_words(notice))
    assert len(sentences) > 60
    assert [sentence for sentence in sentences if sentence not in published] == []


def test_every_changed_word_is_noticed(notice: str) -> None:
    source = source_words()
    words = sorted({word for word in page_words(notice) if len(word) > 6 and word.isalpha()})
    assert len(words) > 150
    for word in words[::9]:
        assert page_words(notice.replace(word, f"{word}s")) != source, word
        assert page_words(notice.replace(word, word.swapcase())) != source, word


@pytest.mark.parametrize("word", ["ikke ", "nødvendige ", "§", "(1) ", "29A", "«retten", "–", "—"])
def test_a_word_or_sign_left_out_is_noticed(notice: str, word: str) -> None:
    begin = notice.index("<main")
    assert word in notice[begin:].replace("\u00a0", " ")
    hard = word.replace(" ", "\u00a0")
    changed = notice[begin:].replace(word, "", 1).replace(hard, "", 1)
    assert page_words(notice[:begin] + changed) != source_words()


def ids(folder: str) -> dict[str, list[str]]:
    """The ids of the sections of each page in a language, by the page's id."""
    return {
        page.id: list(markdown_lint.section_ids(page.body))
        for page in load(REPOSITORY).pages
        if page.language == folder
    }


def test_each_section_has_its_counterpart_in_english() -> None:
    assert ids("nb") == ids("en")
    assert len(ids("nb")["privacy"]) == 12  # eleven sections, and one within the ninth


def rows(html: str, section: str) -> list[list[str]]:
    """The rows of the table in a section, as the words of their cells."""
    body = html.partition(f'<section id="{section}">')[2].partition("</section>")[0]
    found = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [
        [" ".join(page_words(cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in found
    ]


TABLE = [
    ["Category", "Examples", "Purpose"],
    ["Identification", "Name, position, company, organisation number",
     "Customer/supplier administration, performance of contracts"],
    ["Contact details", "Address, e-mail, telephone", "Communication, delivery, invoicing"],
    ["Usage and traffic data", "IP address, log files, cookies, support tickets",
     "Operations, troubleshooting, security, statistics"],
    ["Payment data", "Payment reference (KID), account number, invoice details",
     "Payment, accounting, auditing"],
    ["Technical equipment data", "MAC address, serial number, equipment tags",
     "On-site service, life-cycle management"],
    ["Necessary", "__cf_bm, wp_*",
     "Secure basic functions such as login, website performance and security protection"],
    ["Functional", "lang_pref, cookie_consent_status",
     "Remember choices such as language and content layout"],
    ["Analytics/Statistics", "_ga, _gid (Google Analytics)",
     "Understand patterns of use and improve our services"],
    ["Marketing", "_fbp, fr (Meta), gads (Google Ads)",
     "Measure advertising results and target relevant information"],
]  # fmt: skip


def test_the_table_of_section_two_has_the_same_rows_in_english(notice: str) -> None:
    english = page_of_that_day("en/privacy")
    assert rows(english, "data") == TABLE
    norwegian = rows(notice, "data")
    assert [len(row) for row in norwegian] == [3] * 10
    # What is no word of a language is the same in both.
    assert [row[1] for row in norwegian[6:]] == [row[1] for row in TABLE[6:]]
    commas = [[cell.count(",") for cell in row[1:]] for row in TABLE]
    assert [[cell.count(",") for cell in row[1:]] for row in norwegian] == commas


TERMS = {
    "personvernerklæring": "privacy notice",
    "personopplysninger": "personal data",
    "behandlingsansvarlig": "controller",
    "databehandlere": "processors",
    "databehandleravtale": "data processing agreement",
    "mottakere": "recipients",
    "tredjeparter": "third parties",
    "trekke tilbake samtykke": "withdraw consent",
    "registrert": "data subject",
    "rettslige grunnlag": "legal bases",
    "kontraktsoppfyllelse": "performance of a contract",
    "rettslig forpliktelse": "legal obligation",
    "berettiget interesse": "legitimate interests",
    "formål": "purpose",
    "innsyn": "access",
    "sletting": "erasure",
    "retten til å bli glemt": "right to be forgotten",
    "dataportabilitet": "data portability",
    "protestere": "object",
    "adekvansbeslutning": "adequacy decision",
    "eu-standardkontrakter": "standard contractual clauses",
    "informasjonskapsler": "cookies",
}
"""Terms of the notice, and what the field calls them in English."""


@pytest.mark.parametrize(("norwegian", "english"), TERMS.items())
def test_the_english_page_uses_the_terms_of_the_field(
    notice: str, norwegian: str, english: str
) -> None:
    other = page_of_that_day("en/privacy")
    assert norwegian in " ".join(page_words(notice)).lower()
    assert english in " ".join(page_words(other)).lower()


@pytest.mark.parametrize(
    "typed",
    [
        "itsworking.no",
        "personvern@",
        "988",
        "Bonesvegen",
        "7047",
        "920331483",
        "Allisson",
        "2025",
        "_ga",
        "cookie_consent_status",
        "datatilsynet.no",
    ],
)
def test_a_fact_stands_in_the_data_and_never_in_a_text(typed: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "content").rglob("*.md")]
    assert len(texts) >= 6
    assert not any(typed in text for text in texts)
    data = "".join(
        path.read_text(encoding="utf-8") for path in (REPOSITORY / "data").glob("*.yaml")
    )
    assert typed in data
