"""Recording that the languages of a section were held against each other and agree."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from klartekst import pipeline
from klartekst.check import reviews
from klartekst.check.lines import Lines
from klartekst.model.checked import Unit
from klartekst.problems import Place, Problem, SiteError, did_you_mean
from klartekst.write import replace

_HEAD = """\
# yaml-language-server: $schema=schema/translations.schema.json
# Which texts of each section and entry were last held against each other. Written by
# "python build.py reviewed NAME"; the texts themselves lie in translations/.
"""

Marks = dict[str, dict[str, Mapping[str, str]]]


def record(root: Path, as_of: datetime.date, names: Sequence[str]) -> list[str]:
    """Record the parts `names` of the site in `root` as reviewed; gives their full names.

    A name is ``page#section``, ``data/register.yaml#entry``, what stands before the sign, or
    ``all``. What was recorded of parts that are gone is dropped. Raises `SiteError` where the site
    cannot be made, or a name is unknown.
    """
    made = pipeline.made(root, as_of)
    texts = reviews.translated(made.site)
    chosen = _chosen(texts, names)
    lines = Lines(root)
    marks: Marks = {}
    for unit, parts in texts.items():
        known: Mapping[Any, Mapping[Any, str]] = made.loaded.translations.get(Unit(unit), {})
        for part, languages in parts.items():
            if (unit, part) in chosen:
                found = {code: reviews.mark(text) for code, text in languages.items()}
                marks.setdefault(unit, {})[part] = found
            elif part in known:
                marks.setdefault(unit, {})[part] = known[part]
    try:
        for unit in {unit for unit, _ in chosen}:
            _keep(lines, unit, texts[unit], {part for u, part in chosen if u == unit})
        replace(root / reviews.TRANSLATIONS, f"{_HEAD}\n{_yaml(marks)}".encode())
    except OSError as error:
        message = f"the review cannot be recorded: {error.strerror or error}"
        hint = "look at free space and permissions, and run the command again"
        place = Place(reviews.TRANSLATIONS)
        raise SiteError([Problem(place, "cannot-write", message, hint)]) from error
    return [f"{unit}#{part}" for unit, part in chosen]


def _chosen(texts: reviews.Texts, names: Sequence[str]) -> list[tuple[str, str]]:
    known = [(unit, part) for unit, parts in texts.items() for part in parts]
    full = {f"{unit}#{part}" for unit, part in known}
    wanted = set(names)
    if unknown := wanted - full - texts.keys() - {"all"}:
        raise SiteError(
            Problem(
                Place(reviews.TRANSLATIONS), "unknown-part", f"there is no “{name}”",
                did_you_mean(name, full),
            )
            for name in unknown
        )  # fmt: skip
    return [(unit, part) for unit, part in known if wanted & {"all", unit, f"{unit}#{part}"}]


def _keep(lines: Lines, unit: str, parts: dict[str, dict[str, str]], chosen: set[str]) -> None:
    """Keep the reviewed texts of a unit: the chosen parts as they are now, the rest as it was."""
    for language in {code for texts in parts.values() for code in texts}:
        old = reviews.reviewed(lines, unit, language)
        kept = [
            (languages if part in chosen else {language: old.get(part, "")}).get(language, "")
            for part, languages in parts.items()
        ]
        path = lines.root / reviews.file_of(unit, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, "\n".join(text for text in kept if text).encode())


def _yaml(marks: Marks) -> str:
    lines = []
    for page_id, sections in marks.items():
        lines.append(f"{page_id}:")
        for section, languages in sections.items():
            texts = ", ".join(f'{code}: "{mark}"' for code, mark in languages.items())
            lines.append(f"  {section}: {{{texts}}}")
        lines.append("")
    return "\n".join(lines)
