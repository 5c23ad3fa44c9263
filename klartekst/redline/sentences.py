"""Where sentences end, and what is one word to a lawyer.

Both rules only decide how a change is *shown*; the text is the same wherever it is cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from klartekst.model.version import Inline

_NORWEGIAN = """
adm adr alm ang ankl anm art avd bl bnr bokst ca cf dir div dvs ed eks ekskl el em enkl etc evt f ff
flg fnr forts fvt gnr gr hhv hr inkl innb istf jf jfr kap kgl kl kr lnr lov maks mfl mht min mnd mrk
mv nr obs off omtr op org osv pga pkt pr prop prp ref res resp sek sist sml sms spm st stk str sv
tabl tel tlf tsk utg vedk vedr
"""
_ENGLISH = """
al approx arts assn co corp dept dr eg est eu fig govt ie inc jr ltd mr mrs ms no nos para
paras pp prof reg s sec sr ss st v vol vs
"""
_ABBREVIATIONS = frozenset(_NORWEGIAN.split() + _ENGLISH.split())

_END = re.compile(
    r"[.!?…]+[)\]»”\"’']*"  # the stop, with what closes around it
    r"(?P<gap>[ ])"
    r"(?=[«“\"‘'(\[]*[^\W_a-zæøåäöüéèáàóíñ])"  # a sentence does not begin with a small letter
)
_BEFORE = re.compile(r"([^\s(«“\"]+)\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the space before it (none before the first)."""

    gap: Inline
    body: Inline


def sentences(text: Inline) -> list[Sentence]:
    """The sentences of a text; put together they are the text."""
    plain = text.plain
    ends = [match.span("gap") for match in _END.finditer(plain) if _is_end(plain, match.start())]
    places = [0, *(place for gap in ends for place in gap), len(plain)]
    parts = text.split(places)
    return [Sentence(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def _is_end(plain: str, stop: int) -> bool:
    """Whether the stop ends a sentence: not after «nr.», «f.eks.», an initial or «6.»."""
    if plain[stop] != "." or plain.startswith("...", stop):
        return True
    before = _BEFORE.search(plain, max(stop - 30, 0), stop)
    word = before[1].lower() if before else ""
    if word.isdigit():
        return len(word) == 4  # a year ends a sentence; «9.» is an ordinal or a section
    parts = word.split(".")
    if len(parts) > 1:
        return any(len(part) > 3 for part in parts)  # «f.eks.», «m.m.», “e.g.”, but not a host
    return word not in _ABBREVIATIONS and len(word) > 1


_MONTH = (
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|"
    r"January|February|March|May|June|July|August|October|December)"
)
_UNIT = (
    r"(?:%|prosent|per cent|percent|kroner|kr|NOK|EUR|USD|euros?|€|"
    r"sekunder|minutter|minutt|timer|time|døgn|dager|dag|uker|uke|måneder|måned|år|"
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
)
_TOKEN = re.compile(
    "|".join(
        (
            rf"\d{{1,2}}\.? {_MONTH}(?: \d{{4}})?\b",  # 6. juni 2025
            r"(?:artikkel|artiklene|artikler|article|articles|art\.?|arts\.?) \d+"
            r"(?: ?\(\d+\))*(?: ?\([a-z]\))?(?: (?:nr\.|no\.) \d+)?"
            r"(?: (?:bokstav|litra|point|letter) [a-z]\b)?(?: [a-z]\b(?=[).,;:]|\Z))?",
            r"§+ ?\d+(?:-\d+)?(?: [a-z]\b)?"
            r"(?: (?:første|andre|annet|tredje|fjerde|femte) ledd)?(?: (?:bokstav|nr\.) \w+)?",
            r"(?:kr|NOK|EUR|USD|€|\$) ?\d+(?:[ .,]\d{3})*(?:,\d+|\.\d{2}\b)?(?:,-)?",
            rf"\d+(?:[ .,]\d{{3}})*(?:[.,]\d+)? {_UNIT}(?!\w)|\d+(?:[ .,]\d{{3}})*(?:[.,]\d+)?%",
            r"\+?\d+(?: \d{2,3})+(?!\d)",  # a telephone number, a long number in groups
            r"(?:https?://|www\.)[^\s<>]*[\w/]",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
            r"\w+(?:[./:@_’'–-]\w+)*\*?",  # words with what stands within them: e-post, wp_*, 2-7
            r"\s+",
            r"[^\w\s]",
        )
    ),
    re.IGNORECASE,
)


def tokens(plain: str) -> list[int]:
    """Where each word, stretch of space and sign ends; they leave nothing out."""
    return [match.end() for match in _TOKEN.finditer(plain)]


_WORD = re.compile(r"\w+")


def vocabulary(plain: str) -> frozenset[str]:
    """The different words of a text, for telling how alike two texts are."""
    return frozenset(_WORD.findall(plain.casefold()))
