"""The first stage: read the files of a site and make typed values of them.

Every file is read even when others are broken, so that an editor sees all problems at once; and
what could not be read is not held against the rest.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from klartekst import archive, typed, yaml_source
from klartekst.cache import Memory
from klartekst.load.content import Content, read_content
from klartekst.load.files import archive_files, links_out
from klartekst.model import Change, Page, Register, Release, Settings, Site
from klartekst.model.checked import Translations, Waiver
from klartekst.model.values import Fault, LanguageCode
from klartekst.problems import Problem
from klartekst.text_file import read_text

T = TypeVar("T")

DATA_FILES: Mapping[str, type] = {
    "data/site.yaml": Settings,
    "data/register.yaml": Register,
    "data/changes.yaml": tuple[Change, ...],
    "data/waivers.yaml": tuple[Waiver, ...],
    "data/translations.yaml": Translations,
}
"""The data files, and the type each is read as."""
OPTIONAL = frozenset(("data/waivers.yaml", "data/translations.yaml"))
"""Those that a site may lack."""


@dataclass(slots=True)
class Loaded:
    """What could be read of the site in `root`.

    The parts of the data are None where they are faulty; `problems` has every reason. `all_pages`
    tells whether every file of the content became a page; `memory` may know what was made before.
    """

    root: Path
    settings: Settings | None = None
    register: Register | None = None
    changes: tuple[Change, ...] | None = None
    waivers: tuple[Waiver, ...] = ()
    translations: Translations = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    all_pages: bool = True
    releases: tuple[Release, ...] = ()
    as_of: datetime.date = datetime.date.max
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, yaml_source.Document] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    def site(self) -> Site | None:
        """The whole site, or None where a part of it could not be read."""
        if self.settings is None or self.register is None or self.changes is None:
            return None
        return Site(
            self.settings,
            self.register,
            self.changes,
            tuple(self.pages),
            self.releases,
            self.as_of,
            self.facts(),
        )

    def facts(self) -> dict[str, Any]:
        """What a release of the site would freeze of its data; for a site that could be read."""
        data: Any = [self.documents[f"data/{name}.yaml"].data for name in ("site", "register")]
        return self.memory.keep("facts", "", tuple(data), lambda: archive.facts(*data))


def load(
    root: Path, as_of: datetime.date = datetime.date.max, memory: Memory | None = None
) -> Loaded:
    """Read the site in the folder `root`. Faults are returned, never raised.

    `as_of` is the day for which the site is made; with the default, every dated change counts.
    `memory` may know what was read before.
    """
    memory = memory or Memory()
    loaded = Loaded(root, as_of=as_of, memory=memory)
    for name in DATA_FILES:
        if name in OPTIONAL and not os.path.lexists(root / name):
            continue
        text = read_text(root, name, loaded.problems, memory)
        if text is not None:
            document = loaded.documents[name] = memory.keep(
                "yaml", name, (text,), partial(yaml_source.parse, text, name)
            )
            loaded.problems += document.problems
    languages = _languages(loaded.documents.get("data/site.yaml"))
    content = read_content(root, languages, memory)
    loaded.pages, loaded.all_pages = content.pages, content.complete
    loaded.problems += content.problems
    for folder in ("data", "layouts"):
        loaded.problems += links_out(root, folder)
    archived = archive_files(root, loaded.problems, memory)
    loaded.releases, faults = memory.keep(
        "archive", "", (archived,), lambda: archive.read(archived)
    )
    loaded.problems += faults
    context = typed.Context(languages, _keys(loaded, content, languages))
    loaded.settings = _typed(loaded, "data/site.yaml", Settings, context, memory)
    loaded.register = _typed(loaded, "data/register.yaml", Register, context, memory)
    loaded.changes = _typed(loaded, "data/changes.yaml", tuple[Change, ...], context, memory)
    loaded.waivers = _typed(loaded, "data/waivers.yaml", tuple[Waiver, ...], context, memory) or ()
    loaded.translations = (
        _typed(loaded, "data/translations.yaml", Translations, context, memory) or {}
    )
    return loaded


def _languages(document: yaml_source.Document | None) -> tuple[str, ...] | None:
    """The languages that the settings name; None where they cannot be read."""
    data = document.data if document else None
    listed = data.get("languages") if isinstance(data, dict) else None
    if not isinstance(listed, list) or not listed:
        return None
    try:
        return tuple(LanguageCode.parse(item) for item in listed if isinstance(item, str))
    except Fault:
        return None


def _keys(
    loaded: Loaded, content: Content, languages: tuple[str, ...] | None
) -> dict[str, Collection[str]]:
    """The keys that a text may refer to, by the part of the data; parts not known are left out."""
    pages = _page_ids(loaded, content)
    keys: dict[str, Collection[str] | None] = {"languages": languages, "pages": pages}
    document = loaded.documents.get("data/register.yaml")
    data = document.data if document else None
    if isinstance(data, dict):
        for part, info in typed.fields(Register).items():
            entries = data.get(part, None if info.required else {})
            keys[part] = tuple(entries) if isinstance(entries, dict) else None
    return {part: known for part, known in keys.items() if known is not None}


def _page_ids(loaded: Loaded, content: Content) -> Collection[str] | None:
    """The pages that there are or, as the change log remembers, that there were."""
    released = {page_id for release in loaded.releases for page_id, _ in release.pages}
    known = content.all_ids()
    return None if known is None else {*known, *released}


def _typed(
    loaded: Loaded, name: str, kind: type[T], context: typed.Context, memory: Memory
) -> T | None:
    document = loaded.documents.get(name)
    if document is None or document.data is None:
        return None
    inputs = (document, context.languages, context.keys)
    value, problems = memory.keep(
        "typed", name, inputs, lambda: typed.read(document, kind, context)
    )
    loaded.problems += problems
    return value
