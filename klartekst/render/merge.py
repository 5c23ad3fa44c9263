"""Data merged into Markdown: every ``{{ … }}`` becomes a mark, and after conversion its value.

Jinja2 runs in its sandbox over the Markdown source and leaves a mark for each value. The marks pass
through Markdown untouched, and are filled in the finished HTML: so a value such as ``_ga`` or
``<b>`` is never taken for Markdown or HTML, and is escaped for the place where it lands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from klartekst.messages import Language
from klartekst.model import Page
from klartekst.problems import Place, Problem, SiteError, did_you_mean
from klartekst.render import show
from klartekst.render.facts import Facts

Names = Mapping[str, Facts | None]

_MARK = re.compile("\ue000(\\d+)\ue001")
_LONE_MARK = re.compile("<p>\ue000(\\d+)\ue001</p>")
_TAG = re.compile(r"(<[^>]*>)")
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_OPEN = re.compile(r"\{\{|\{%")


@dataclass(frozen=True, slots=True)
class Block:
    """A table or list that a layout makes, named in a text as ``{{ block.rights }}``."""

    name: str


class _Sandbox(ImmutableSandboxedEnvironment):
    """Names, attributes and filters; no arithmetic that could eat the machine."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"“{operator}” is not used in a text")


@pass_context
def _leave_mark(context: Mapping[str, Any], value: Any) -> str:
    values: list[Any] = context["_merged"]
    values.append(value)
    return f"\ue000{len(values) - 1}\ue001"


# “{#” opens the id of a heading in Markdown, so Jinja’s comments get another sign.
_ENVIRONMENT = _Sandbox(
    comment_start_string="{!--", comment_end_string="--}", keep_trailing_newline=True,
    finalize=_leave_mark, undefined=StrictUndefined,
)


def lint(page: Page, names: Names) -> Iterator[Problem]:
    """Every fault of form and every unknown name in the page's expressions.

    `names` are those that the data give; one whose value is None could not be read, and what is
    asked of it cannot be judged.
    """
    local = set()
    if "{%" in page.body:
        try:
            tree = _ENVIRONMENT.parse(page.body)
        except TemplateSyntaxError as error:
            yield _syntax_problem(page, error.lineno - 1, error.message)
            return
        local = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    covered = 0
    for match in _EXPRESSION.finditer(page.body):
        covered = match.end()
        yield from _lint_expression(page, match, names, local)
    for match in _OPEN.finditer(page.body, covered):
        if match[0] == "{{":
            yield _syntax_problem(page, page.body.count("\n", 0, match.start()), "“{{” is not closed")


def _syntax_problem(page: Page, line: int, message: str | None) -> Problem:
    text = page.body.split("\n")[line] if line < page.body.count("\n") + 1 else ""
    found = _OPEN.search(text)
    place = page.place(page.body_line + line, found.start() + 1 if found else 1)
    hint = "every “{{” needs its “}}”, every “{% if … %}” its “{% endif %}”"
    return Problem(place, "template-syntax", f"this cannot be read: {message}", hint)


def _lint_expression(
    page: Page, match: re.Match[str], names: Names, local: set[str]
) -> Iterator[Problem]:
    before = page.body[: match.start(1)]
    line, start = page.body_line + before.count("\n"), match.start(1) - before.rfind("\n")
    try:
        chains = _chains_of(match[0])
    except TemplateSyntaxError as error:
        yield _syntax_problem(page, before.count("\n"), error.message)
        return
    for chain in chains:
        place = page.place(line, start + max(match[1].find(chain[0]), 0))
        if any(part.startswith("_") for part in chain):
            message = f"“{'.'.join(chain)}” reaches for what is not a fact"
            yield Problem(place, "unsafe-expression", message, "name a value of the data files")
        elif chain[0] not in local and (fault := _unknown(chain, names)):
            yield Problem(place, "unknown-name", *fault)


@cache  # texts name the same few values again and again
def _chains_of(expression: str) -> list[tuple[str, ...]]:
    """The longest dotted names of an expression: ``a.b.c`` gives one, not three."""
    found: list[tuple[str, ...]] = []

    def visit(node: nodes.Node) -> None:
        chain = _chain(node)
        if chain:
            found.append(chain)
            return
        if isinstance(node, nodes.Getattr):
            found.append(("", node.attr))
        for child in node.iter_child_nodes():
            visit(child)

    visit(_ENVIRONMENT.parse(expression))
    return found


def _chain(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        inner = _chain(node.node)
        return (*inner, node.attr) if inner else ()
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inner = _chain(node.node)
        return (*inner, str(node.arg.value)) if inner else ()
    return ()


def _unknown(chain: tuple[str, ...], names: Names) -> tuple[str, str] | None:
    """What is unknown in a dotted name, and a hint; None where all of it is known."""
    if chain[0] == "":
        return None
    if chain[0] not in names:
        return f"there is no value called “{chain[0]}”", did_you_mean(chain[0], names)
    value: Any = names[chain[0]]
    for i, part in enumerate(chain[1:], 1):
        if not isinstance(value, Facts):
            if value is None:
                return None
            return f"“{'.'.join(chain[:i])}” is a value and has no parts", ""
        if part not in dir(value):
            return f"“{'.'.join(chain[:i])}” has no “{part}”", did_you_mean(part, dir(value))
        value = getattr(value, part)
    if isinstance(value, Facts):
        return f"“{'.'.join(chain)}” is a group, not a value", did_you_mean("", dir(value))
    return None


@dataclass(frozen=True, slots=True)
class Merged:
    """A value that an expression gave, and where the expression stands."""

    value: Any
    place: Place


def merge(page: Page, names: Names) -> tuple[str, list[Merged]]:
    """The page's Markdown with a mark for each value, and the values.

    Raises `SiteError` where an expression cannot be computed.
    """
    if "{%" in page.body:
        return _merge_with_statements(page, names)
    merged: list[Merged] = []
    problems: list[Problem] = []

    def replace(match: re.Match[str]) -> str:
        before = page.body[: match.start()]
        place = page.place(page.body_line + before.count("\n"), len(before) - before.rfind("\n"))
        try:
            value = _compiled(match[1])(names)
            if isinstance(value, Undefined):
                raise UndefinedError(value._undefined_message)
            merged.append(Merged(value, place))
        except _FAILURES as error:
            problems.append(_failure(place, error))
        return f"\ue000{len(merged) - 1}\ue001"

    text = _EXPRESSION.sub(replace, page.body)
    if problems:
        raise SiteError(problems)
    return text, merged


def _merge_with_statements(page: Page, names: Names) -> tuple[str, list[Merged]]:
    values: list[Any] = []
    place = page.place(page.body_line)
    try:
        text = _ENVIRONMENT.from_string(page.body).render(names, _merged=values)
    except _FAILURES as error:
        raise SiteError([_failure(place, error)]) from error
    return text, [Merged(value, place) for value in values]


# What an expression of an editor's can do wrong; anything else is a fault of ours.
_FAILURES = (TemplateError, SecurityError, TypeError, ValueError, LookupError, OverflowError)


def _failure(place: Place, error: Exception) -> Problem:
    return Problem(place, "expression-failed", f"this cannot be computed: {error}",
                   "name a value of the data files, with at most a simple filter")


@cache
def _compiled(expression: str) -> Callable[[Names], Any]:
    return _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)


def fill(
    html: str, merged: Sequence[Merged], language: Language, blocks: Mapping[str, Markup]
) -> str:
    """The HTML with every mark replaced by its value; `blocks` are those that layouts make.

    Raises `SiteError` where a block stands within a sentence.
    """
    problems: list[Problem] = []

    def block(match: re.Match[str]) -> str:
        value = merged[int(match[1])].value
        return str(blocks[value.name]) if isinstance(value, Block) else match[0]

    def replace(match: re.Match[str]) -> str:
        found = merged[int(match[1])]
        if isinstance(found.value, Block):
            message = f"“block.{found.value.name}” stands within a sentence"
            hint = "give it a line of its own, with an empty line before and after"
            problems.append(Problem(found.place, "block-in-sentence", message, hint))
            return ""
        if in_tag or in_link:
            return str(escape(show.plain(found.value, language)))
        return str(show.inline(found.value, language))

    parts = _TAG.split(_LONE_MARK.sub(block, html))
    in_link = False
    for i, part in enumerate(parts):
        in_tag = i % 2 == 1
        if in_tag:
            in_link = part.startswith("<a ") or (in_link and part != "</a>")
        if "\ue000" in part:
            parts[i] = _MARK.sub(replace, part)
    if problems:
        raise SiteError(problems)
    return "".join(parts)
