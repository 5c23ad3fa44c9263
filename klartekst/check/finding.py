"""What a check finds: rules with lasting codes, and findings with their severity and waiver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from klartekst.model.checked import Waiver
from klartekst.problems import Place, Problem

if TYPE_CHECKING:
    from klartekst.check.subject import Subject

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""From the gravest to the lightest: does not build; must be mended or waived; worth a thought."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: where, what is wrong; a hint of its own, and a text that shows more."""

    place: Place
    message: str
    hint: str = ""
    detail: str = ""


Find = Callable[["Subject"], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a good site's `file`, and what it reads when the rule speaks; empty: left out.

    The good site is the well-made one of the tests, where the rule speaks as soon as `bad` stands
    in the place of `good`.
    """

    file: str
    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its lasting code, what it rests on, why it matters and how to mend what it finds.

    `severity` is that of its findings; `source` names the article, decision or guideline.
    """

    code: str
    severity: Severity
    source: str
    why: str
    mend: str
    example: Example
    find: Find

    @property
    def title(self) -> str:
        """What the rule finds, in one sentence."""
        return (self.find.__doc__ or "").strip().split("\n")[0]


def rule(  # noqa: PLR0913
    code: str, severity: Severity, source: str, *, why: str, mend: str, example: Example
) -> Callable[[Find], Rule]:
    """Make a rule of a function, whose docstring says what it finds."""
    return lambda find: Rule(code, severity, source, why, mend, example, find)


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One finding as it is reported: sorted by place, then by code.

    `anchor` is where it stands in terms that last: an entry's path or a section's id.
    """

    place: Place
    code: str
    message: str
    severity: Severity = "error"
    hint: str = ""
    detail: str = ""
    anchor: str = ""
    waiver: Waiver | None = field(default=None, compare=False)

    @classmethod
    def of(cls, problem: Problem, severity: Severity = "error") -> Finding:
        """The finding that is a `problem` of the sources."""
        return cls(problem.place, problem.code, problem.message, severity, problem.hint)

    @property
    def stands(self) -> bool:
        """Whether it makes a check fail: an error, or a warning that nobody waived."""
        return self.severity == "error" or (self.severity == "warning" and self.waiver is None)
