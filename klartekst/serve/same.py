"""Whether two values are the same to whoever shows them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import PurePath
from typing import Any

from msgspec import Struct

_PLAIN = (str, bytes, int, float, datetime.date, PurePath, type(None), frozenset, set)


def same(one: Any, other: Any) -> bool:
    """Whether the two cannot be told apart, their order and their types included.

    Python's own ``==`` takes no notice of the order of a mapping, and a page shows it. Objects that
    are no plain values are the same only if they are one.
    """
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if isinstance(one, _PLAIN):
        return bool(one == other)
    if kind in (tuple, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping):
        return len(one) == len(other) and all(map(same, one.items(), other.items()))
    if isinstance(one, Struct):
        return all(
            same(getattr(one, name), getattr(other, name)) for name in kind.__struct_fields__
        )
    if is_dataclass(kind):
        names = (info.name for info in fields(kind))
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return False
