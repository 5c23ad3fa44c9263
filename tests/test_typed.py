"""Plain data made typed values, with every fault at once and at its place."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import field

from klartekst import typed, yaml_source
from klartekst.model.values import Duration, EmailAddress, Entry, Ref, Slug, Text
from klartekst.typed import Context


class Inner(Entry, frozen=True):
    """An entry within an entry."""

    name: str
    mail: EmailAddress | None = None


class Outer(Entry, frozen=True):
    """One field of every kind."""

    title: Text
    plain: str
    day: datetime.date
    kind: Literal["one", "two"]
    inner: Inner
    refs: tuple[Annotated[str, Ref("things")], ...] = ()
    keyed: dict[Slug, Inner] = field(default_factory=dict)
    either: Text | str = ""
    span: Duration | None = None
    flag: bool = False


CONTEXT = Context(("nb", "en"), {"things": ("a", "b")})
GOOD = """\
title: {nb: Hei, en: Hello}
plain: no
day: 2025-06-06
kind: one
inner: {name: NO}
refs: [a, b]
keyed: {first: {name: x, mail: a@b.no}}
either: ja
span: 2 years
flag: true
"""


def read(text: str, context: Context = CONTEXT) -> tuple[Outer | None, list[str]]:
    value, problems = typed.read(yaml_source.parse(text, "f"), Outer, context)
    return value, [f"{problem.place} {problem.code}" for problem in problems]


def test_every_kind_of_value_is_read() -> None:
    value, problems = read(GOOD)
    assert problems == []
    assert value == Outer(
        title=Text.of(nb="Hei", en="Hello"), plain="no", day=datetime.date(2025, 6, 6), kind="one",
        inner=Inner(name="NO"), refs=("a", "b"), either="ja", span=Duration(2, "year"), flag=True,
        keyed={Slug("first"): Inner(name="x", mail=EmailAddress("a@b.no"))},
    )  # fmt: skip
    assert hash(value.inner) == hash(Inner(name="NO"))


def test_every_fault_is_found_at_once() -> None:
    value, problems = read(
        "title: {nb: Hei}\nplain: [x]\nday: i dag\nkind: three\ninner: {nme: x}\n"
        "refs: [a, c, a]\nkeyed: {First: {name: x}, b: {mail: x}}\nspan: 1 moon\nflag: on\n"
        "more: x\n"
    )
    assert value is None
    assert sorted(problems) == sorted([
        "f:1:1 missing-language", "f:2:8 bad-value", "f:3:6 bad-date", "f:4:7 unknown-value",
        "f:5:1 missing-key", "f:5:9 unknown-key", "f:6:11 unknown-slug", "f:6:14 duplicate-item",
        "f:7:9 bad-key", "f:7:27 missing-key", "f:7:37 bad-email", "f:8:7 bad-duration",
        "f:9:7 bad-truth", "f:10:1 unknown-key",
    ])  # fmt: skip


def test_what_could_not_be_read_is_held_against_nothing() -> None:
    text = GOOD.replace("[a, b]", "[c]").replace("{nb: Hei, en: Hello}", "{de: Hallo}")
    assert read(text)[1] == [
        "f:1:9 unknown-language", "f:6:8 unknown-slug", "f:1:1 missing-language",
    ]  # fmt: skip
    assert read(text, Context())[1] == []


@given(
    st.dictionaries(
        st.sampled_from(["title", "plain", "day", "kind", "inner", "refs", "x"]),
        st.recursive(
            st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=3), inner, max_size=3)
            ),
        ),
    )
)
def test_no_data_makes_it_fail(data: yaml_source.Data) -> None:
    document = yaml_source.Document("f", data, ())
    value, problems = typed.read(document, Outer, CONTEXT)
    assert (value is None) == bool(problems)


@pytest.mark.parametrize("text", ["", "- a", "text", "{}"])
def test_what_is_no_entry_at_all_is_a_problem(text: str) -> None:
    assert read(text)[1]


def hints(text: str) -> dict[str, str]:
    """The hint of each problem, by its code."""
    problems = typed.read(yaml_source.parse(text, "f"), Outer, CONTEXT)[1]
    return {problem.code: problem.hint for problem in problems}


@pytest.mark.parametrize(
    ("day", "meant"),
    [("15.11.2024", "2024-11-15"), ("5/6/2025", "2025-06-05"), ("2024–11–15", "2024-11-15"),
     ("2024\u201111\u201115", "2024-11-15")],
)  # fmt: skip
def test_date_in_another_form_is_shown_as_it_is_written_here(day: str, meant: str) -> None:
    assert hints(GOOD.replace("2025-06-06", day))["bad-date"].endswith(f": {meant}")


def test_spaces_of_a_word_processor_are_no_fault_of_a_value() -> None:
    value, problems = read(GOOD.replace("2 years", "2\u00a0 years"))
    assert (value and value.span, problems) == (Duration(2, "year"), [])


@pytest.mark.parametrize(
    ("text", "hint"), [("{nb:Hei, en: Hello}", "space"), ("{nb: Hei, du, en: Hello}", "comma")]
)
def test_text_in_braces_that_reads_otherwise_is_explained(text: str, hint: str) -> None:
    assert hint in hints(GOOD.replace("{nb: Hei, en: Hello}", text))["unknown-language"]


def test_text_for_a_list_is_shown_as_a_list() -> None:
    assert hints(GOOD.replace("[a, b]", "a, b"))["bad-value"] == "write “[a, b]”"
