"""Bad input through the command line: what is reported, where, and that nothing changes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from klartekst.cli import main

from .bad import Bad, all_cases
from .sites import REPOSITORY, SiteFolder, contents

CASES = all_cases()
_LINE = re.compile(r"(.+:\d+:\d+): .+ \[([a-z0-9-]+)\]")
_PUBLISHED = {"index.html": b"<p>published</p>", "personvern/index.html": b"\xff\x00 any bytes"}


def publish(site: SiteFolder) -> None:
    """Let something stand in the output folder."""
    for name, data in _PUBLISHED.items():
        site.with_file(f"output/{name}", data)


def reported(text: str) -> list[str]:
    """The problems that a command printed, as ``file:line:column code``."""
    lines = [line for line in text.splitlines() if line and not line.startswith("    hint: ")]
    *problems, count = lines
    assert count.endswith("; nothing was changed.")
    found = [_LINE.fullmatch(line) for line in problems]
    assert all(found), text
    return sorted(f"{match[1]} {match[2]}" for match in found if match)


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_every_problem_is_reported_at_its_place_and_nothing_is_published(
    bad: Bad, site: SiteFolder
) -> None:
    expected = bad.spoil(site)
    publish(site)
    result = CliRunner().invoke(main, ["--site", str(site.root)])
    assert reported(result.stderr) == expected
    assert (result.exit_code, result.stdout) == (1, "")
    assert contents(site.output) == _PUBLISHED


@pytest.mark.parametrize(
    "name", ["a duplicate key", "{{ unknown-name nope }}", "an error while it runs", "Latin-1",
             "faults in three files"],
)  # fmt: skip
def test_python_build_py_fails_in_the_same_way(name: str, site: SiteFolder) -> None:
    (bad,) = (case for case in CASES if case.name == name)
    expected = bad.spoil(site)
    publish(site)
    result = subprocess.run(
        [sys.executable, str(REPOSITORY / "build.py")],
        cwd=site.root, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert reported(result.stderr) == expected
    assert contents(site.output) == _PUBLISHED


def test_a_hint_stands_on_a_line_of_its_own(site: SiteFolder) -> None:
    site.with_edit("data/site.yaml", "  email: ", "  emial: ")
    result = CliRunner().invoke(main, ["--site", str(site.root)])
    assert "[unknown-key]\n    hint: did you mean “email”?\n" in result.stderr


def test_names_of_cases_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))


def raised_codes() -> dict[str, str]:
    """The codes of all problems that the engine's source can raise, and the file of each."""
    found = {}
    for path in sorted((REPOSITORY / "klartekst").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for code in _codes(node):
                found[code] = path.relative_to(REPOSITORY).as_posix()
    return found


def _codes(node: ast.AST) -> list[str]:
    """The text constants in `node` that look like codes and stand where a code is given."""
    given: list[ast.expr] = []
    if isinstance(node, ast.Call):
        given = [*node.args[:4], *(word.value for word in node.keywords if word.arg == "code")]
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if not re.search("problem|fault|refuse|finding", name, re.IGNORECASE):
            return []
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
        given = [node.value]
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        given = node.value.elts[:1]
    texts = [item.value for item in given if isinstance(item, ast.Constant)]
    return [t for t in texts if isinstance(t, str) and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", t)]


def test_every_code_of_the_engine_is_brought_about_by_a_test() -> None:
    codes = raised_codes()
    assert len(codes) > 50
    covered = set().union(*(case.codes for case in CASES))
    assert sorted(covered - codes.keys()) == []
    others = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py")
    )
    untested = {
        code: file
        for code, file in codes.items()
        if code not in covered and not re.search(rf"\b{code}\b", others)
    }
    assert untested == {}
