"""Sites that must fail: what is changed in the good one, and where which problem is then found.

A case is a list of edits. A mark in the new text, ``⟦unknown-key⟧``, says that a problem with this
code is expected at the sign that follows; it is taken out before the file is written. A case
expects exactly the problems that its marks name.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.sites import SiteFolder

_MARK = re.compile(r"⟦([a-z0-9-]+)⟧")


@dataclass(frozen=True)
class Edit:
    """In `file`, `new` in place of the one `old`; without `old`, as the whole file."""

    file: str
    new: str
    old: str | None = None

    def apply(self, site: SiteFolder) -> None:
        """Write the file, marks and all."""
        if self.old is None:
            site.with_file(self.file, self.new)
        else:
            site.with_edit(self.file, self.old, self.new)


@dataclass(frozen=True)
class Bad:
    """One site that must fail.

    `edits` carry marks; `also` names problems that no mark can, as ``file:line:column code``;
    `prepare` does last what no edit can.
    """

    name: str
    edits: tuple[Edit, ...] = ()
    also: tuple[str, ...] = ()
    prepare: Callable[[SiteFolder], object] | None = field(default=None)

    def spoil(self, site: SiteFolder) -> list[str]:
        """Change the good site into this one; what is to be found, in order of place and code."""
        for edit in self.edits:
            edit.apply(site)
        expected = list(self.also)
        for name in dict.fromkeys(edit.file for edit in self.edits):
            text = site.read(name)
            expected += _expected(name, text)
            site.with_file(name, _MARK.sub("", text))
        if self.prepare:
            self.prepare(site)
        return sorted(expected)

    @property
    def codes(self) -> set[str]:
        """The codes of the problems that are expected."""
        marks = {code for edit in self.edits for code in _MARK.findall(edit.new)}
        return marks | {line.split()[-1] for line in self.also}


def _expected(name: str, text: str) -> list[str]:
    found = []
    while mark := _MARK.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        column = mark.start() - text.rfind("\n", 0, mark.start())
        found.append(f"{name}:{line}:{column} {mark[1]}")
        text = text[: mark.start()] + text[mark.end() :]
    return found


def edit(name: str, file: str, old: str, new: str, *more: Edit, also: tuple[str, ...] = ()) -> Bad:
    """The case `name`: `new` stands in `file` instead of `old`."""
    return Bad(name, (Edit(file, new, old), *more), also)


def whole(name: str, file: str, new: str, *more: Edit, also: tuple[str, ...] = ()) -> Bad:
    """The case `name`: `file` holds nothing but `new`."""
    return Bad(name, (Edit(file, new), *more), also)


def all_cases() -> list[Bad]:
    """The cases of every module of this package."""
    found: list[Bad] = []
    for module in pkgutil.iter_modules(__path__):
        found += importlib.import_module(f"{__name__}.{module.name}").CASES
    return found
