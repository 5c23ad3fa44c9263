"""What the rules know of the world, as tables: provisions, cookies, words. Data, easily extended.

Each file says at its top where its facts come from and how its entries are made.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from klartekst import yaml_source


@cache
def table(name: str) -> Any:
    """The plain data of the table `name`. Raises `ValueError` where it is not good YAML."""
    path = Path(__file__).parent / f"{name}.yaml"
    document = yaml_source.parse(path.read_text("utf-8"), path.name)
    if document.problems or document.data is None:
        raise ValueError("\n".join(map(str, document.problems)))
    return document.data
