"""Whatever two versions say, the redline between them holds both, word for word."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from klartekst.model.version import Inline
from klartekst.redline import compare
from klartekst.redline.align import align, matches, rising
from klartekst.redline.prose import by_sentence
from klartekst.redline.sentences import sentences, tokens
from klartekst.redline.values import NEW, OLD, side

from .documents import inlines, pairs


@given(pairs())
def test_redline_gives_both_versions_back_exactly(pair) -> None:
    old, new = pair
    redline = compare(old, new)
    assert redline.old() == old
    assert redline.new() == new


@given(pairs())
def test_redline_of_a_version_with_itself_shows_no_change(pair) -> None:
    assert not compare(pair[0], pair[0]).changed


@given(inlines, inlines)
def test_segments_of_two_texts_are_both_texts(old: Inline, new: Inline) -> None:
    segments = tuple(by_sentence(old, new))
    assert side(segments, OLD) == old
    assert side(segments, NEW) == new


@given(inlines)
def test_sentences_and_tokens_leave_nothing_out(text: Inline) -> None:
    parts = sentences(text)
    assert Inline.join(part for found in parts for part in (found.gap, found.body)) == text
    assert Inline.join(text.split(tokens(text.plain))) == text


_items = st.lists(st.integers(0, 6), max_size=12)


@given(_items, _items)
def test_every_item_is_aligned_once_and_in_order(old: list[int], new: list[int]) -> None:
    found = list(align(old, new, lambda i, j: 0.5 if abs(old[i] - new[j]) < 2 else 0.0))
    assert [i for i, _ in found if i is not None] == list(range(len(old)))
    assert [j for _, j in found if j is not None] == list(range(len(new)))
    equal = matches(old, new)
    assert all(old[i] == new[j] for i, j in equal)
    assert equal == sorted(set(equal))


def test_long_lists_without_anything_unique_are_matched_at_their_ends() -> None:
    old, new = ["a", *["x", "y"] * 500, "b"], ["a", *["y", "z"] * 500, "b"]
    assert matches(old, new) == [(0, 0), (1001, 1001)]


def test_long_lists_are_matched_at_what_is_unique() -> None:
    old = [n if n % 7 else "same" for n in range(600)]
    new = [n if n % 5 else "other" for n in range(600)]
    expected = [(n, n) for n in range(600) if n % 7 and n % 5]
    assert matches(old, new) == expected


@given(st.permutations(range(7)))
def test_rising_row_is_the_longest(numbers: list[int]) -> None:
    row = [numbers[place] for place in rising(numbers)]
    longest = max(
        size
        for size in range(8)
        if any(list(some) == sorted(some) for some in combinations(numbers, size))
    )
    assert row == sorted(row)
    assert len(row) == longest
