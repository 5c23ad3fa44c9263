"""Rules and faults explained: for a terminal, and all of them as the page ``docs/rules.md``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from klartekst.check.data import table
from klartekst.check.finding import Rule

_SEVERITY = {
    "error": "error: the site does not build",
    "warning": "warning: mend it or waive it",
    "note": "note: worth a thought",
}


def explain(rule: Rule) -> str:
    """One rule for a terminal. Ends in a line feed."""
    example = rule.example
    return "\n".join(
        [
            f"{rule.code}: {rule.title}",
            "",
            f"{_SEVERITY[rule.severity]}",
            f"source: {rule.source}",
            "",
            textwrap.fill(f"Why: {rule.why}", 88),
            "",
            textwrap.fill(f"Mend: {rule.mend}", 88),
            "",
            f"Bad, in {example.file}:",
            textwrap.indent(example.bad or "(left out)", "    "),
            "",
            "Good:",
            textwrap.indent(example.good, "    "),
            "",
        ]
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """What a code means that is no rule's: its subject, what is wrong, and how to mend it."""

    code: str
    subject: str
    means: str
    mend: str

    def __str__(self) -> str:
        """The fault for a terminal. Ends in a line feed."""
        mend = textwrap.fill(f"Mend: {self.mend}", 88)
        return f"{self.code}: {self.means}\n\n{mend}\n"


@cache
def faults() -> Mapping[str, Fault]:
    """Every code that is no rule's, in the order of the handbook."""
    return {
        code: Fault(code, subject, told["means"], told["mend"])
        for subject, codes in table("problems").items()
        for code, told in codes.items()
    }


_HEAD = """\
# The rules

What `python build.py check` looks for in the texts and the register. `python build.py explain CODE`
shows one of them. A *warning* is mended, or waived in `data/waivers.yaml` with a reason and a date;
a *note* is worth a thought and stops nothing. The examples are tested.

This page is generated: `python build.py explain --all > docs/rules.md`.
"""


def handbook(rules: Sequence[Rule]) -> str:
    """All rules as one Markdown page, a table of them first, and at its end all other codes."""
    parts = [_HEAD, "| Rule | | What it finds |", "|---|---|---|"]
    parts += [f"| [{rule.code}](#{rule.code}) | {rule.severity} | {rule.title} |" for rule in rules]
    parts += [_chapter(rule) for rule in rules]
    return "\n".join([*parts, *_faults()]) + "\n"


_FAULTS = """
# Faults

What is no rule and cannot be waived: what stops a build, a release or another command. `python
build.py explain CODE` shows one of them, too."""


def _faults() -> Iterator[str]:
    yield _FAULTS
    subject = ""
    for fault in faults().values():
        if fault.subject != subject:
            subject = fault.subject
            yield f"\n## {subject}\n\n| Code | What it means | How to mend it |\n|---|---|---|"
        cells = (f"`{fault.code}`", _cell(fault.means), _cell(fault.mend))
        yield f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """A text as Markdown in a table; what looks like mark-up is shown as it is."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("<", "\\<")


def _chapter(rule: Rule) -> str:
    example = rule.example
    language = "yaml" if example.file.endswith(".yaml") else "markdown"
    return f"""
## {rule.code}

{rule.title} *{rule.severity}*

**Source:** {rule.source}

{rule.why}

**Mend:** {rule.mend}

Bad, in `{example.file}`:

```{language}
{example.bad or "(left out)"}
```

Good:

```{language}
{example.good}
```"""
