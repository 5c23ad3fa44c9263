"""Redlines of two versions of ten thousand words, from a few edits to nothing in common."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from klartekst.canonical import from_fragment, to_fragment
from klartekst.model.version import Inline, ListItem, Paragraph, Prose, SectionText, Version
from klartekst.redline import Words, as_html, compare

WORDS = 10_000
RUNS = 5
_SENTENCE = 16  # words
_PARAGRAPH = 4  # sentences
_SECTIONS = 20

Edit = Callable[[list[str], random.Random], list[str]]


def redlines() -> None:
    """Print the median of each case in milliseconds: the comparison, and with it the HTML."""
    print(f"\n{f'redline of two versions of {WORDS:,} words':44}{'ms':>8}{'with HTML':>11}")
    chance = random.Random(4)
    sentences = [_sentence(chance) for _ in range(WORDS // _SENTENCE)]
    old = _version(sentences)
    for name, edit in CASES.items():
        new = _version(edit(list(sentences), random.Random(8)))
        compared = _median(lambda new=new: compare(old, new))  # type: ignore[misc]
        shown = _median(lambda new=new: as_html(compare(old, new), Words()))  # type: ignore[misc]
        print(f"{name:44}{compared:8.0f}{shown:11.0f}")
    fragment = to_fragment(old)
    print(
        f"{'reading a fragment that was read before':44}"
        f"{_median(lambda: from_fragment(fragment)):8.1f}"
    )


def _median(work: Callable[[], object]) -> float:
    found = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return statistics.median(found)


def _word(chance: random.Random) -> str:
    """A word; as in any language, few are frequent and many are rare."""
    return f"ord{int(chance.paretovariate(0.6)) % 4000}"


def _sentence(chance: random.Random) -> str:
    words = " ".join(_word(chance) for _ in range(_SENTENCE))
    return f"{words.capitalize()}."


def _version(sentences: list[str]) -> Version:
    """The sentences as paragraphs and list items in sections."""
    texts = [
        Inline.of(" ".join(sentences[i : i + _PARAGRAPH]))
        for i in range(0, len(sentences), _PARAGRAPH)
    ]
    blocks: list[Prose] = [
        ListItem(1, "bullet", text) if i % 5 == 4 else Paragraph(text)
        for i, text in enumerate(texts)
    ]
    size = -(-len(blocks) // _SECTIONS)
    return Version(
        Inline.of("Title"),
        (),
        tuple(
            SectionText(f"s{i}", f"{i}.", Inline.of(f"Section {i}"), tuple(blocks[i : i + size]))
            for i in range(0, len(blocks), size)
        ),
    )


def _some_words(sentences: list[str], chance: random.Random) -> list[str]:
    for place in chance.sample(range(len(sentences)), 30):
        sentences[place] = sentences[place].replace(" ", " changed ", 1)
    return sentences


def _every_sentence(sentences: list[str], chance: random.Random) -> list[str]:
    found = []
    for sentence in sentences:
        words = sentence.split()
        words[chance.randrange(1, _SENTENCE - 1)] = "changed"
        found.append(" ".join(words))
    return found


def _new_order(sentences: list[str], chance: random.Random) -> list[str]:
    chance.shuffle(sentences)
    return sentences


def _all_new(sentences: list[str], chance: random.Random) -> list[str]:
    return [_sentence(chance) for _ in sentences]


def _one_sentence(sentences: list[str], chance: random.Random) -> list[str]:
    """No stop anywhere: all words are one sentence, and differ."""
    return [" ".join(_every_sentence(sentences, chance)).replace(".", ""), *sentences[-4:]]


CASES: dict[str, Edit] = {
    "thirty words changed": _some_words,
    "a word changed in every sentence": _every_sentence,
    "all sentences in another order": _new_order,
    "nothing in common": _all_new,
    "all of it one sentence": _one_sentence,
}


if __name__ == "__main__":
    redlines()
