"""The model for other programs: a JSON Schema (2020-12) of each data file, made from the types."""

from __future__ import annotations

import json
from typing import Any

from msgspec.json import schema_components

from klartekst.load import DATA_FILES
from klartekst.model.consent import CookiePattern
from klartekst.model.values import Article, Duration, Formed, Text

FOLDER = "data/schema"


def schemas() -> dict[str, str]:
    """The schema of each data file as JSON text, by the path at which it belongs."""
    return {
        f"{FOLDER}/{name.removeprefix('data/').removesuffix('.yaml')}.schema.json": _schema(kind)
        for name, kind in DATA_FILES.items()
    }


def _schema(kind: type) -> str:
    (found,), parts = schema_components([kind], schema_hook=_custom, ref_template="#/$defs/{name}")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "$defs": parts}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _custom(kind: type) -> dict[str, Any]:
    if issubclass(kind, Formed):
        return {"type": "string", "pattern": f"^(?:{kind.pattern})$", "examples": [kind.example]}
    if kind is Text:
        return {
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 1},
            "description": "the text in each language of the site",
        }
    if kind is CookiePattern:
        return {"type": "string", "examples": ["_ga_[A-Z0-9]+"]}
    if kind is Duration:
        return {"type": "string", "examples": ["30 minutes", "13 months", "2 years", "session"]}
    if kind is Article:
        return {"type": "string", "examples": ["6(1)(b)", "15"]}
    raise NotImplementedError(kind)
