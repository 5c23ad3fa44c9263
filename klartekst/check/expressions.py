"""Faults of the expressions in the texts: of form, of names, and of what they reach for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from klartekst.model import Page
from klartekst.problems import Problem, did_you_mean
from klartekst.render.facts import Facts
from klartekst.render.merge import COMMENT, ENVIRONMENT, EXPRESSION, FILTERS, TESTS, Names

_STATEMENT = re.compile(r"\{%[-+]?\s*+(\w*+).*?%\}", re.DOTALL)
_LONGEST = 2000
"""More signs than anybody writes between two braces; reading them could take for ever."""
_OPEN = re.compile(r"\{\{|\{%|\{!--")
_OPENING = {"if", "for"}
_CLOSING = {"endif": "if", "endfor": "for"}
_WITHIN = {"else", "elif"}

# Everything else that Jinja2 knows reaches further than a text needs to.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.CondExpr, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


def expression_faults(page: Page, names: Names) -> Iterator[Problem]:
    """Every fault of form and every unknown name in the page's expressions.

    `names` are those that the data give; one whose value is None could not be read, and what is
    asked of it cannot be judged.
    """
    body = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), page.body)
    yield from _Faults(page, body, names).all()


class _Faults:
    """The walk over one text; `body` is that of the page with its comments blanked."""

    def __init__(self, page: Page, body: str, names: Names) -> None:
        self.page = page
        self.body = body
        self.names = names
        self.local: set[str] = set()

    def all(self) -> Iterator[Problem]:
        statements = list(_STATEMENT.finditer(self.body))
        yield from self._statement_faults(statements)
        for match in statements:
            if match[1] in ("if", "elif", "for"):
                ending = {"for": "endfor"}.get(match[1], "endif")
                source = match[0].replace("elif", "if", 1) if match[1] == "elif" else match[0]
                yield from self._faults(source + f"{{% {ending} %}}", match.start(), match.end())
        for match in EXPRESSION.finditer(self.body):
            yield from self._faults(match[0], match.start(), match.end())
        rest = _blank(_blank(self.body, EXPRESSION), _STATEMENT)
        for match in _OPEN.finditer(rest):
            yield self._syntax(match.start(), f"“{match[0]}” is not closed")

    def _problem(self, offset: int, code: str, message: str, hint: str) -> Problem:
        before = self.body[:offset]
        line, column = before.count("\n"), offset - before.rfind("\n")
        return Problem(self.page.place(self.page.body_line + line, column), code, message, hint)

    def _syntax(self, offset: int, message: str) -> Problem:
        hint = "every “{{” needs its “}}”, every “{% if … %}” its “{% endif %}”"
        return self._problem(offset, "template-syntax", f"this cannot be read: {message}", hint)

    def _statement_faults(self, statements: list[re.Match[str]]) -> Iterator[Problem]:
        """Statements that are not used in texts, and those that are not closed or not opened."""
        opened: list[re.Match[str]] = []
        for match in statements:
            word = match[1]
            if word in _OPENING:
                opened.append(match)
            elif word in _CLOSING and opened and opened[-1][1] == _CLOSING[word]:
                opened.pop()
            elif word in _CLOSING or (word in _WITHIN and not opened):
                yield self._syntax(match.start(), f"“{word}” ends nothing that is open here")
            elif word not in _WITHIN:
                message = f"“{word}” is not used in a text"
                hint = "a text knows “{% if … %}” and “{% for … %}”"
                yield self._problem(match.start(), "unsafe-expression", message, hint)
        for match in opened:
            yield self._syntax(match.start(), f"“{match[1]}” is not closed")

    def _faults(self, source: str, start: int, end: int) -> Iterator[Problem]:
        """The faults of one expression or statement, which stands from `start` to `end`."""
        if end - start > _LONGEST:
            yield self._syntax(start, "it is too long")
            return
        try:
            tree = _parsed(source)
            found = list(self._node_faults(tree, start, end))
        except TemplateSyntaxError as error:
            curly = any(sign in source for sign in "“”„‘’")
            why = 'quotation marks are straight here: "' if curly else str(error.message)
            yield self._syntax(start, why)
        except (RecursionError, ValueError):
            yield self._syntax(start, "it is too long")
        else:
            yield from found

    def _node_faults(self, node: nodes.Node, start: int, end: int) -> Iterator[Problem]:
        chain = _chain(node)
        if chain:
            yield from self._chain_faults(chain, self._find(".".join(chain), start, end))
            return
        if isinstance(node, nodes.Output):
            yield from self._group_faults(_chain(node.nodes[0]), start, end)
        if isinstance(node, nodes.For):
            self.local |= {name.name for name in node.target.find_all(nodes.Name)} | {"loop"}
            if isinstance(node.target, nodes.Name):
                self.local.add(node.target.name)
        if isinstance(node, nodes.Filter | nodes.Test):
            known = FILTERS if isinstance(node, nodes.Filter) else TESTS
            if node.name not in known:
                message, hint = f"there is no “{node.name}” here", did_you_mean(node.name, known)
                yield self._problem(
                    self._find(node.name, start, end), "unknown-name", message, hint
                )
        elif not isinstance(node, _ALLOWED) or _reaches(node):
            message = "this does more than name a value"
            hint = 'name values of the data files; one with a hyphen: address["my-page"]'
            yield self._problem(start, "unsafe-expression", message, hint)
            return
        for child in node.iter_child_nodes():
            yield from self._node_faults(child, start, end)

    def _group_faults(self, chain: tuple[str, ...], start: int, end: int) -> Iterator[Problem]:
        """A whole group, such as ``{{ bases }}``, is nothing that can be shown."""
        value: Any = self.names.get(chain[0]) if chain and chain[0] not in self.local else None
        for part in chain[1:]:
            value = getattr(value, part, None) if isinstance(value, Facts) else None
        if isinstance(value, Facts):
            message, hint = f"“{'.'.join(chain)}” is a group, not a value", "name one of its parts"
            offset = self._find(".".join(chain), start, end)
            yield self._problem(offset, "unknown-name", message, hint)

    def _find(self, word: str, start: int, end: int) -> int:
        """Where `word` stands, or at least its first part."""
        for text in (word, word.partition(".")[0]):
            if match := re.compile(rf"(?<![\w.]){re.escape(text)}\b").search(self.body, start, end):
                return match.start()
        return start

    def _chain_faults(self, chain: tuple[str, ...], offset: int) -> Iterator[Problem]:
        if any(part.startswith("_") for part in chain):
            message = f"“{'.'.join(chain)}” reaches for what is not a fact"
            hint = "name a value of the data files"
            yield self._problem(offset, "unsafe-expression", message, hint)
        elif chain[0] not in self.local and (fault := _unknown(chain, self.names)):
            yield self._problem(offset, "unknown-name", *fault)


@lru_cache(maxsize=4096)
def _parsed(source: str) -> nodes.Template:
    """The tree of an expression; nobody changes it, and a site has the same ones often."""
    return ENVIRONMENT.parse(source)


def _reaches(node: nodes.Node) -> bool:
    """Whether a node of a kind that is allowed asks for a hidden attribute or a broken number."""
    if isinstance(node, nodes.Const):
        return isinstance(node.value, float)
    return isinstance(node, nodes.Getattr) and node.attr.startswith("_")


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _chain(node: nodes.Node) -> tuple[str, ...]:
    """A dotted name as its parts: ``a.b["c"]`` gives a, b, c; empty for anything else."""
    if isinstance(node, nodes.Name):
        return (node.name,) if node.ctx == "load" else ()
    if isinstance(node, nodes.Getattr):
        inner = _chain(node.node)
        return (*inner, node.attr) if inner else ()
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inner = _chain(node.node)
        return (*inner, str(node.arg.value)) if inner else ()
    return ()


def _unknown(chain: tuple[str, ...], names: Names) -> tuple[str, str] | None:
    """What is unknown in a dotted name, and a hint; None where all of it is known."""
    if chain[0] not in names:
        return f"there is no value called “{chain[0]}”", did_you_mean(chain[0], names)
    value: Any = names[chain[0]]
    for i, part in enumerate(chain[1:], 1):
        if value is None:
            return None
        if isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        elif not isinstance(value, Facts):
            return f"“{'.'.join(chain[:i])}” is a value and has no “{part}”", ""
        elif part not in dir(value):
            return f"“{'.'.join(chain[:i])}” has no “{part}”", did_you_mean(part, dir(value))
        else:
            value = getattr(value, part)
    return None
