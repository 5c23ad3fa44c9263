"""A page as its author writes it: its front matter, its text, and what its sections are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from klartekst.model.values import Entry, PageId
from klartekst.problems import Place

Role = Literal[
    "automated-decisions",
    "changes",
    "complaint",
    "contact",
    "controller",
    "cookies",
    "data-protection-officer",
    "duty-to-provide",
    "objection",
    "recipients",
    "response-time",
    "retention",
    "rights",
    "sources",
    "transfers",
    "withdrawal",
]
"""What a section is for, as the checks know it."""


class FrontMatter(Entry, frozen=True):
    """What stands at the top of a content file, between two lines of three hyphens.

    `page` joins the languages of one page; `numbered` numbers its sections, `glance` puts the
    at-a-glance layer on top of it, and `menu` lists it at the foot of every page. `roles` says what
    a section is for, by its id, where that is not the name of a role already.
    """

    page: PageId
    title: str
    description: str
    numbered: bool = False
    glance: bool = False
    menu: bool = True
    roles: dict[PageId, Role] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language, as its author wrote it.

    `slug` is the path below the language's root, `body` the Markdown after the front matter, which
    begins on line `body_line` of the file `source`.
    """

    id: str
    language: str
    slug: str
    title: str
    description: str
    numbered: bool
    glance: bool
    menu: bool
    source: str
    body: str
    body_line: int
    roles: Mapping[PageId, Role]

    def place(self, line: int = 1, column: int = 1) -> Place:
        """A place in the page's file."""
        return Place(self.source, line, column)
