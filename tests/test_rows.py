"""The rows of DESIGN.md, and the size and the manners of the modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from .sites import REPOSITORY

ENGINE = REPOSITORY / "klartekst"
MODULES = sorted(ENGINE.rglob("*.py"))

ROWS = [
    ["problems"],
    ["model"],
    ["cache"],
    ["yaml_source", "text_file", "typed", "canonical", "archive", "redline"],
    ["markdown", "markdown_html", "markdown_lint", "messages", "headers"],
    ["load"],
    ["consent", "render"],
    ["check", "write"],
    ["pipeline"],
    [
        "change_log",
        "draft",
        "export",
        "judge",
        "outside",
        "redlines",
        "release",
        "review",
        "reviewed",
        "serve",
        "shown",
        "starter",
        "verify",
    ],
    ["cli"],
    ["__main__"],
]
"""A module imports from its own row and those above it. A new module is named here."""

# Above this row the same sources give the same bytes.
_PURE = ROWS[: ROWS.index(["pipeline"]) + 1]
_IMPURE = {"time", "random", "secrets", "uuid", "subprocess", "socket", "urllib.request", "http",
           "ssl", "tornado", "livereload", "watchfiles", "locale"}  # fmt: skip
_CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "getenv", "getcwd", "cwd", "environ"}


def part(path: Path) -> str:
    """The part of the engine that a module belongs to: a top module or package."""
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


def imported(path: Path) -> Iterator[str]:
    """The dotted names of all that a module imports, wherever in it."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names(path: Path) -> str:
    return path.relative_to(ENGINE).as_posix()


def test_every_module_is_named_in_the_table_and_nothing_else_is() -> None:
    parts = {part(path) for path in MODULES} - {"__init__"}
    assert parts == {name for row in ROWS for name in row}


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_a_module_imports_from_its_row_and_above(path: Path) -> None:
    row = {name: i for i, names in enumerate(ROWS) for name in names}
    own = row.get(part(path), len(ROWS))
    for name in imported(path):
        if name.startswith("klartekst.") and name != "klartekst.__version__":
            other = name.split(".")[1]
            assert other in row, f"{other} has no row yet: name it in ROWS"
            assert row[other] <= own, f"imports {other} from below"


def test_no_two_parts_import_each_other() -> None:
    uses: dict[str, set[str]] = {}
    for path in MODULES:
        found = (n.split(".")[1] for n in imported(path) if n.startswith("klartekst."))
        uses.setdefault(part(path), set()).update(found)
    while leaves := {name for name in uses if not uses[name] - {name} & uses.keys()}:
        uses = {name: used - leaves for name, used in uses.items() if name not in leaves}
    assert uses == {}


@pytest.mark.parametrize(
    "path", [p for p in MODULES if any(part(p) in row for row in _PURE)], ids=names
)
def test_what_makes_the_site_knows_no_clock_no_network_and_no_machine(path: Path) -> None:
    tops = {".".join(name.split(".")[:n]) for name in imported(path) for n in (1, 2)}
    assert tops & _IMPURE == set()
    asked = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
    assert asked & _CLOCKS == set()


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) != "cli"], ids=names)
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    found = {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in nodes(path) if isinstance(node, ast.Call)
    }  # fmt: skip
    assert found & {"print", "echo", "secho", "exit", "_exit", "quit", "input"} == set()
    assert not any(name.startswith(("click", "sys.exit")) for name in imported(path))
    assert not any(getattr(n, "id", "") == "SystemExit" for n in nodes(path))


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_modules_and_functions_are_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300
    long = {
        node.name: length
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > 40
    }
    assert long == {}


def test_the_median_function_is_under_twelve_lines() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES for node in nodes(path) if isinstance(node, ast.FunctionDef)
    )  # fmt: skip
    assert lengths[len(lengths) // 2] < 12


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """The public classes, functions and methods of a module, by name."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{prefix}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_all_that_is_public_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))
    silent = [
        name for name, node in public(tree(path).body)
        if not ast.get_docstring(node)  # type: ignore[arg-type]
        and not _overrides(path, name)
    ]  # fmt: skip
    assert silent == []


def _overrides(path: Path, name: str) -> bool:
    """A method of a base class that is documented there."""
    return "." in name and name.split(".")[1] in {
        "list_commands", "invoke", "is_safe_callable", "call_binop", "handle_error", "get",
        "convert", "run", "log_message", "do_GET",
    }  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_every_function_is_annotated(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            taken = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            bare = [a.arg for a in taken if not a.annotation and a.arg not in ("self", "cls")]
            assert bare == [], node.name
            assert node.returns, node.name
