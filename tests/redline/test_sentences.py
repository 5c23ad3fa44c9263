"""Where sentences end, and what is one word."""

import pytest

from klartekst.model.version import Inline
from klartekst.redline.sentences import sentences, tokens


@pytest.mark.parametrize(
    "text",
    [
        "Vi deler data. | Ikke mer.",
        "Grunnlaget er art. 6 nr. 1 bokstav b, jf. GDPR. | Det gjelder f.eks. Norge, jf. § 2 mv.",
        "Org.nr. 920331483 er registrert i Brønnøysund. | Tlf. 98850462 er åpen.",
        "Dette gjelder fra 6. juni 2025. | Se 9. Cookies.",
        "We keep it until 2025. | Then we delete it, e.g. by shredding, cf. Art. 17 GDPR.",
        "Har du spørsmål? | Ring oss! | «Nei.» | (Kanskje.) | Ja …",
        "Mr. A. Smith of Acme Inc. Ltd. decides. | He is in Oslo.",
        "Se www.example.no. | Der står alt.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    expected = text.split(" | ")
    assert [s.body.plain for s in sentences(Inline.of(" ".join(expected)))] == expected


@pytest.mark.parametrize(
    "word",
    [
        "artikkel 6 nr. 1 bokstav b",
        "Article 6(1)(f)",
        "art. 6 (1) b",
        "Art. 13",
        "§ 3-15 første ledd",
        "6. juni 2025",
        "15 January 2026",
        "13 måneder",
        "2 years",
        "30 dager",
        "kr 1 000,-",
        "1 000 kroner",
        "NOK 250 000",
        "4,5 %",
        "20%",
        "+47 988 50 462",
        "personvern@itsworking.no",
        "e-post",
        "wp_*",
        "https://www.datatilsynet.no/a?b=c",
        "org.nr",
        "2025-06-06",
    ],
)
def test_amounts_dates_articles_and_addresses_are_one_word(word: str) -> None:
    text = f"se {word}, og"
    found = Inline.of(text).split(tokens(text))
    assert [token.plain for token in found] == ["se", " ", word, ",", " ", "og"]
