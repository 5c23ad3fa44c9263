"""Rules explained: for a terminal, and all of them as the page ``docs/rules.md``."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

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


_HEAD = """\
# The rules

What `python build.py check` looks for in the texts and the register. `python build.py explain CODE`
shows one of them. A *warning* is mended, or waived in `data/waivers.yaml` with a reason and a date;
a *note* is worth a thought and stops nothing. The examples are tested.

This page is generated: `python build.py explain --all > docs/rules.md`.
"""


def handbook(rules: Sequence[Rule]) -> str:
    """All rules as one Markdown page, a table of them first."""
    parts = [_HEAD, "| Rule | | What it finds |", "|---|---|---|"]
    parts += [f"| [{rule.code}](#{rule.code}) | {rule.severity} | {rule.title} |" for rule in rules]
    parts += [_chapter(rule) for rule in rules]
    return "\n".join(parts) + "\n"


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
