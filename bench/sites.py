"""The sites that are measured: a copy of the real one, and a made-up one of 1,000 pages."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from bench.measure import REPOSITORY

PAGES = 1000
WORDS = 1400
_VOWELS, _CONSONANTS = "aeiouyæøå", "bdfghjklmnprstv"


def real(folder: Path) -> Path:
    """A copy of the sources of the repository's own site."""
    for name in ("content", "data"):
        shutil.copytree(REPOSITORY / name, folder / name)
    return folder


def large(folder: Path) -> Path:
    """The real site's data with `PAGES` further pages, half in each language, always the same."""
    real(folder)
    words = _vocabulary(random.Random(1))
    for number in range(PAGES // 2):
        for language in ("nb", "en"):
            text = page(number, language, words)
            (folder / "content" / language / f"page-{number:03}.md").write_text(text, "utf-8")
    return folder


def _vocabulary(chance: random.Random) -> list[str]:
    return [
        "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(length))
        for length in chance.choices((1, 2, 3, 4), weights=(4, 4, 3, 2), k=2000)
    ]


def page(number: int, language: str, words: list[str]) -> str:
    """A page of about `WORDS` words: sections with paragraphs, a list, emphasis and merged data."""
    chance = random.Random(f"{number}{language}")

    def sentence() -> str:
        found = chance.choices(words, k=chance.randint(8, 22))
        return f"{' '.join(found).capitalize()}. "

    parts = [
        "---",
        f"page: page-{number}",
        f"title: Page {number}",
        f"description: Page {number}.",
        "numbered: true",
        "menu: false",
        "---",
    ]
    for section in range(10):
        parts += [
            "",
            f"## {' '.join(chance.choices(words, k=4)).capitalize()} {{#part-{section}}}",
            "",
        ]
        parts += [
            "".join(sentence() for _ in range(6)),
            "",
            f"**{sentence()}** {{{{ controller.email }}}}",
            "",
        ]
        parts += [f"- {sentence()}" for _ in range(2)]
    return "\n".join(parts) + "\n"
