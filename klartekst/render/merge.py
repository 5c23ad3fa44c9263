"""Data merged into Markdown: every ``{{ … }}`` becomes a mark, and after conversion its value.

Jinja2 runs in its sandbox over the Markdown source and leaves a mark for each value. The marks pass
through Markdown untouched, and are filled in the finished HTML: so a value such as ``_ga`` or
``<b>`` is never taken for Markdown or HTML, and is escaped for the place where it lands.
"""

from __future__ import annotations

import datetime
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from klartekst.messages import Language
from klartekst.model import Article, Duration, Page
from klartekst.model.values import UNSHOWABLE
from klartekst.problems import Place, Problem, SiteError
from klartekst.render import show
from klartekst.render.facts import Facts

Names = Mapping[str, Facts | None]

EXPRESSION = re.compile(r"(\{\{[-+]?)(.*?)([-+]?\}\})", re.DOTALL)
"""What is replaced by a value: its opening, the expression and its end."""
COMMENT = re.compile(r"\{!--.*?--\}", re.DOTALL)
"""What an editor writes for other editors; “{#” opens the id of a heading."""

_STATEMENTS = re.compile(r"\{%|\{\{[-+]|[-+]\}\}")
_MARK = re.compile("\ue000(\\d+)\ue001")
_LONE_MARK = re.compile("<p>\ue000(\\d+)\ue001</p>")
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True)
class Block:
    """A table or list that a layout makes, named in a text as ``{{ block.rights }}``."""

    name: str


class _Unknown(StrictUndefined):
    """A name that leads nowhere; whatever is done with it fails, in the editor's words."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_obj is None:
            return f"what “{self._undefined_name}” is asked of is not stated"
        return f"there is no “{self._undefined_name}” there"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Names, attributes and a few filters: nothing is called, nothing is computed.

    `klartekst.check.expressions` refuses what this would, at its place; this is the second wall.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise TypeError(f"“{operator}” is not used in a text")


def _text(value: Any) -> str:
    if not isinstance(value, str) or isinstance(value, Undefined):
        raise TypeError("this filter is for texts")
    return value


FILTERS: dict[str, Callable[..., Any]] = {
    "capfirst": lambda value: _text(value)[:1].upper() + _text(value)[1:],
    "default": lambda value, other: other if value is None else value,
    "first": lambda value: value[0],
    "join": lambda value, sign=", ": _text(sign).join(_text(item) for item in value),
    "length": len,
    "lower": lambda value: _text(value).lower(),
    "upper": lambda value: _text(value).upper(),
}
"""The filters that a text may use."""

TESTS = ("defined", "none")
"""The tests that a text may use: ``{% if controller.phone is none %}``."""

ENVIRONMENT = _Sandbox(
    comment_start_string="{!--", comment_end_string="--}", keep_trailing_newline=True,
    undefined=_Unknown,
)  # fmt: skip
"""How expressions in texts are read."""
ENVIRONMENT.globals.clear()
ENVIRONMENT.filters = dict(FILTERS)
ENVIRONMENT.tests = {name: ENVIRONMENT.tests[name] for name in TESTS}


@dataclass(frozen=True, slots=True)
class Merged:
    """A value that an expression gave, and where the expression stands."""

    value: Any
    place: Place


class _NotShowableError(Exception):
    """An expression gave what no page can show; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def merge(page: Page, names: Names) -> tuple[str, list[Merged]]:
    """The page's Markdown with a mark for each value, and the values.

    Raises `SiteError` where an expression cannot be computed.
    """
    body = COMMENT.sub("", page.body) if "{!--" in page.body else page.body
    if body != page.body or _STATEMENTS.search(body):
        return _merge_with_statements(page, names)
    merged: list[Merged] = []
    problems: list[Problem] = []

    def replace(match: re.Match[str]) -> str:
        place = _place(page, match.start())
        try:
            merged.append(_merged(_compiled(match[2])(names), place))
        except _NotShowableError as error:
            problems.append(error.problem)
        except _FAILURES as error:
            problems.append(_failure(place, error))
        return f"\ue000{len(merged) - 1}\ue001"

    text = EXPRESSION.sub(replace, body)
    if problems:
        raise SiteError(problems)
    return text, merged


def _merge_with_statements(page: Page, names: Names) -> tuple[str, list[Merged]]:
    """Let Jinja2 run over the whole text, with every expression handed to the filter ``_mark``."""
    places = [_place(page, match.start()) for match in EXPRESSION.finditer(page.body)]
    numbers = iter(range(len(places)))
    source = EXPRESSION.sub(lambda m: f"{m[1]}({m[2]})|_mark({next(numbers)}){m[3]}", page.body)
    values: list[Merged] = []

    def mark(value: Any, number: int) -> str:
        values.append(_merged(value, places[number]))
        return f"\ue000{len(values) - 1}\ue001"

    environment = ENVIRONMENT.overlay()
    environment.filters = {**FILTERS, "_mark": mark}
    try:
        return environment.from_string(source).render(names), values
    except _NotShowableError as error:
        raise SiteError([error.problem]) from error
    except _FAILURES as error:
        raise SiteError([_failure(_line_of(error, page), error)]) from error


def _place(page: Page, offset: int) -> Place:
    before = page.body[:offset]
    return page.place(page.body_line + before.count("\n"), offset - before.rfind("\n"))


def _line_of(error: BaseException, page: Page) -> Place:
    """The line of the text on which an error arose, as far as Jinja2 tells."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else None
    for frame in traceback.extract_tb(error.__traceback__):
        line = frame.lineno if frame.filename == "<template>" else line
    return page.place(page.body_line + (line or 1) - 1)


def _merged(value: Any, place: Place) -> Merged:
    """The value as one that a page can show. Raises `_NotShowableError`, or a Jinja2 error."""
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    if isinstance(value, Facts):
        message, hint = "this is a group, not a value", "name one of its parts"
        raise _NotShowableError(Problem(place, "expression-failed", message, hint))
    items = value if isinstance(value, list) else [value]
    if isinstance(value, bool) or not all(isinstance(item, _SHOWABLE) for item in items):
        message, hint = "this gives nothing that a text can show", "name a value of the data files"
        raise _NotShowableError(Problem(place, "expression-failed", message, hint))
    for item in items:
        if isinstance(item, str) and (sign := UNSHOWABLE.search(item)):
            message = f"the sign U+{ord(sign[0]):04X} cannot be shown"
            raise _NotShowableError(Problem(place, "bad-character", message, "remove it"))
    return Merged(value, place)


_SHOWABLE = (str, int, Article, Duration, datetime.date, Block, type(None))

# What an expression of an editor's can do wrong; anything else is a fault of ours.
_FAILURES = (
    TemplateError, TypeError, ValueError, LookupError, RecursionError, SyntaxError,
)  # fmt: skip


def _failure(place: Place, error: BaseException) -> Problem:
    message = f"this cannot be computed: {str(error) or type(error).__name__}"
    hint = "name a value of the data files, with at most a simple filter"
    return Problem(place, "expression-failed", message, hint)


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> Callable[[Names], Any]:
    return ENVIRONMENT.compile_expression(expression, undefined_to_none=False)


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
        if plain:
            return str(escape(show.plain(found.value, language)))
        return str(show.inline(found.value, language))

    parts = _TAG.split(_LONE_MARK.sub(block, html))
    within = ""
    for i, part in enumerate(parts):
        in_tag = i % 2 == 1
        if in_tag and (kind := _UNLINKED.match(part)):
            within = kind[2] if not kind[1] else "" if kind[2] == within else within
        plain = in_tag or within
        if "\ue000" in part:
            parts[i] = _MARK.sub(replace, part)
    if problems:
        raise SiteError(problems)
    return "".join(parts)


_UNLINKED = re.compile(r"<(/?)(a|h[1-6]|code)\b")
"""Elements within which no value makes a link: links, headings, which links point at, code."""
