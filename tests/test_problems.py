"""What a problem looks like, whatever the sources put into it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from klartekst.problems import Place, Problem, SiteError, did_you_mean


def test_a_problem_is_a_line_with_a_place_and_a_code_and_a_line_with_a_hint() -> None:
    problem = Problem(Place("data/site.yaml", 3, 5), "bad-date", "“x” is not a date", "mend it")
    assert str(problem) == "data/site.yaml:3:5: “x” is not a date [bad-date]\n    hint: mend it"
    assert str(Problem(Place("a"), "b-c", "d")) == "a:1:1: d [b-c]"


@given(st.text(), st.text(), st.text(min_size=1))
def test_no_text_breaks_the_line_or_commands_the_terminal(file: str, said: str, hint: str) -> None:
    shown = str(Problem(Place(file), "a-code", f"“{said}” is wrong", hint))
    first, second = shown.splitlines()
    assert first.endswith("[a-code]")
    assert second.startswith("    hint: ")
    assert shown.encode().decode().replace("\n", "").isprintable() or not any(
        sign < " " or "\x7f" <= sign < "\xa0" or sign in "\u202e\u2028\u2066"
        for sign in shown.replace("\n", "")
    )


def test_a_long_quotation_is_cut() -> None:
    shown = str(Problem(Place("a"), "b-c", f"“{'x' * 500}” is no “{'y' * 60}”"))
    assert "x" * 60 + "…”" in shown
    assert "x" * 61 not in shown
    assert "y" * 60 + "”" in shown


def test_problems_are_in_order_of_place_and_stand_once() -> None:
    problems = [
        Problem(Place(*place), "c-d", "m")
        for place in (("b", 1, 1), ("a", 10, 2), ("a", 2, 5), ("a", 2, 3), ("b", 1, 1))
    ]
    assert [str(problem.place) for problem in SiteError(problems).problems] == [
        "a:2:3", "a:2:5", "a:10:2", "b:1:1",
    ]  # fmt: skip


def test_the_nearest_word_is_proposed_and_else_those_that_are_known() -> None:
    assert did_you_mean("emial", ["email", "phone"]) == "did you mean “email”?"
    assert did_you_mean("zzz", ["b", "a"]) == "known here: a, b"
    assert did_you_mean("zzz", []) == ""
    assert did_you_mean("zzz", map(str, range(99))).endswith(", …")
