"""YAML as people mean it: plain text everywhere, with its place."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst import yaml_source
from klartekst.model.values import UNSHOWABLE

WORDS = [
    *("no", "NO", "No", "on", "off", "yes", "y", "n", "true", "False", "null", "~", "=", "<<"),
    *("12:30", "1.10", "010", "0x1F", "1e3", ".5", ".inf", "2025-06-06", "2025-06-06 12:00:00"),
]
"""What YAML 1.1 takes for truths, nothing, numbers, times, dates and merges."""


def data(text: str) -> object:
    document = yaml_source.parse(text, "f.yaml")
    assert document.problems == ()
    return document.data


def faults(text: str, first_line: int = 1) -> list[str]:
    document = yaml_source.parse(text, "f", first_line)
    return [f"{problem.place} {problem.code}" for problem in document.problems]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_text(word: str) -> None:
    assert data(f"key: {word}") == {"key": word}
    assert data(f"- {word}") == [word]
    assert data(f"{word}: value") == {word: "value"}
    assert data(f"{{in: [{word}]}}") == {"in": [word]}


def test_country_of_norway_and_the_norwegian_no_survive() -> None:
    assert data("country: NO\nno: nei") == {"country": "NO", "no": "nei"}


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert data("") == data("# a comment\n") == {}


def test_a_key_without_a_value_has_an_empty_text() -> None:
    assert data("key:\nlist: [a, ]\nmap: {b: }") == {"key": "", "list": ["a"], "map": {"b": ""}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [\n", ["f:2:1 yaml-syntax"]),
        ('a: "x\nb: c\n', ["f:3:1 yaml-syntax"]),
        ("a: b: c", ["f:1:5 yaml-syntax"]),
        ("a: b\n c: d", ["f:2:3 yaml-syntax"]),
        ("a: {b: c", ["f:1:9 yaml-syntax"]),
        ("a: @b", ["f:1:4 yaml-syntax"]),
        ("a: b\n---\nc: d", ["f:2:1 yaml-syntax"]),
        ("%YAML 3.0\n---\na: b", ["f:1:1 yaml-syntax"]),
        ("a:\n\tb: c", ["f:2:1 yaml-tab"]),
        ("a:\n  b: c\n\td: e", ["f:3:1 yaml-tab"]),
        ("a: *b", ["f:1:4 yaml-alias"]),
        ("*b : a", ["f:1:1 yaml-alias"]),
        ("a: &x [*x, *x]", ["f:1:8 yaml-alias", "f:1:12 yaml-alias"]),
        ("a: !!int 3\nb: !!python/name:os.system x", ["f:1:4 yaml-tag", "f:2:4 yaml-tag"]),
        ("!mine a: b", ["f:1:1 yaml-tag"]),
        ("? [a]\n: b", ["f:1:3 yaml-key"]),
        ("{}: b", ["f:1:1 yaml-key"]),
    ],
)
def test_what_is_not_plain_data_is_refused_at_its_place(text: str, expected: list[str]) -> None:
    assert faults(text) == expected
    assert yaml_source.parse(text, "f").data is None


def test_places_count_from_the_line_on_which_the_text_begins() -> None:
    assert faults("a: b\nc: *d", first_line=10) == ["f:11:4 yaml-alias"]


def test_a_duplicate_key_names_both_places_and_keeps_the_first() -> None:
    document = yaml_source.parse("a: 1\nb: 2\na: {c: 1, c: 2}\n", "f")
    assert document.data == {"a": "1", "b": "2"}
    assert [str(p.place) for p in document.problems] == ["f:3:1", "f:3:11"]
    assert "f:1:1" in document.problems[0].message
    assert "f:3:5" in document.problems[1].message
    assert document.place(("a",)).line == document.key_place(("a",)).line == 1


def test_an_alias_bomb_is_refused_in_little_memory() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    tracemalloc.start()
    document = yaml_source.parse("\n".join(lines), "f")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert document.data is None
    assert {problem.code for problem in document.problems} == {"yaml-alias"}
    assert peak < 2_000_000


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_nesting_cannot_exhaust_the_stack(opening: str) -> None:
    document = yaml_source.parse(opening * 100_000, "f")
    assert document.data is None
    assert [problem.code for problem in document.problems] in (["yaml-depth"], ["yaml-key"])


def test_a_value_knows_its_place_and_its_keys_place() -> None:
    document = yaml_source.parse("a:\n  - b: one\n    c: two\n🙂: {d: e}\n", "f")
    assert str(document.place(("a", 0, "c"))) == "f:3:8"
    assert str(document.key_place(("a", 0, "c"))) == "f:3:5"
    assert str(document.key_place(("a", 0))) == "f:2:5"
    assert str(document.place(("🙂", "d"))) == "f:4:8"


def test_a_missing_value_has_the_place_of_what_should_hold_it() -> None:
    document = yaml_source.parse("a:\n  b: {c: d}\n", "f")
    assert str(document.place(("a", "b", "x"))) == "f:2:3"
    assert str(document.place(("x", "y", "z"))) == "f:1:1"


def test_lines_are_those_of_an_editor() -> None:
    # To YAML 1.1 these signs end a line; editors count only line feeds.
    document = yaml_source.parse("a: 'x\u2028y\u2029z'\nb: *c\n", "f")
    assert str(document.problems[0].place) == "f:2:4"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_TEXTS = st.text().filter(lambda text: not UNSHOWABLE.search(text) and "\r" not in text)
_TREES = st.recursive(
    _TEXTS, lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner), max_leaves=8
).filter(lambda tree: _depth(tree) < 15)


def _depth(tree: object) -> int:
    if isinstance(tree, dict):
        return 1 + max(map(_depth, tree.values()), default=0)
    return 1 + max(map(_depth, tree), default=0) if isinstance(tree, list) else 0


@given(_TREES)
def test_any_text_comes_back_as_it_was_typed(tree: object) -> None:
    # JSON is a subset of YAML, and quotes every text.
    assert data(json.dumps(tree, ensure_ascii=False)) == tree
    assert data(json.dumps(tree, ensure_ascii=False, indent=1)) == tree


@given(st.dictionaries(st.text("abcdefg", min_size=1), _TEXTS, min_size=1, max_size=6), st.data())
def test_every_value_stands_where_its_place_says(tree: dict[str, str], draw: st.DataObject) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=draw.draw(st.integers(0, 3)))
    document = yaml_source.parse(text, "f")
    lines = text.split("\n")
    for key, value in tree.items():
        place, key_place = document.place((key,)), document.key_place((key,))
        assert lines[place.line - 1][place.column - 1 :].startswith(quoted(value))
        assert lines[key_place.line - 1][key_place.column - 1 :].startswith(quoted(key))


@given(st.text("ab:-[]{},&*!|>'\"%@`#? \n\t=<~0.é🙂"))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    document = yaml_source.parse(text, "f")
    assert document.data is not None or document.problems
    lines = text.split("\n")
    for problem in document.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
