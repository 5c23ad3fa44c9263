"""The first stage: read the files of a site and make typed values of them.

Every file is read even when others are broken, so that an editor sees all problems at once.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from klartekst import archive, markdown, typed, yaml_source
from klartekst.model import Change, FrontMatter, Page, Register, Release, Settings, Site
from klartekst.model.values import UNSHOWABLE, Fault, Folder
from klartekst.problems import Place, Problem, did_you_mean

T = TypeVar("T")

DATA_FILES: Mapping[str, type] = {
    "data/site.yaml": Settings,
    "data/register.yaml": Register,
    "data/changes.yaml": tuple[Change, ...],
}
"""The data files that people write, and the type each is read as."""


@dataclass(slots=True)
class Loaded:
    """What could be read: the parts of a site, each None where it is faulty, and every problem."""

    settings: Settings | None = None
    register: Register | None = None
    changes: tuple[Change, ...] | None = None
    pages: list[Page] = field(default_factory=list)
    releases: tuple[Release, ...] = ()
    as_of: datetime.date = datetime.date.max
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, yaml_source.Document] = field(default_factory=dict)

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
        )


def load(root: Path, as_of: datetime.date = datetime.date.max) -> Loaded:
    """Read the site in the folder `root`. Faults are returned, never raised.

    `as_of` is the day for which the site is made; with the default, every dated change counts.
    """
    loaded = Loaded(as_of=as_of)
    for name in DATA_FILES:
        text = _read(root, root / name, loaded.problems)
        if text is not None:
            document = loaded.documents[name] = yaml_source.parse(text, name)
            loaded.problems += document.problems
    languages = _languages(loaded.documents.get("data/site.yaml"))
    _read_pages(root, languages, loaded)
    context = typed.Context(languages, _keys(loaded, languages))
    loaded.settings = _typed(loaded, "data/site.yaml", Settings, context)
    loaded.register = _typed(loaded, "data/register.yaml", Register, context)
    loaded.changes = _typed(loaded, "data/changes.yaml", tuple[Change, ...], context)
    loaded.problems += _page_faults(loaded.pages, languages)
    loaded.releases, faults = archive.read(_archive_files(root, loaded.problems))
    loaded.problems += faults
    return loaded


def _read(root: Path, path: Path, problems: list[Problem]) -> str | None:
    """The text of a file, without a byte-order mark; None, and a problem, where it has none."""
    place = Place(path.relative_to(root).as_posix())
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(place, "missing-file", "the file is missing", "create it"))
        return None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        problems.append(Problem(place, "unreadable-file", message, "look at its permissions"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8"
        problems.append(Problem(Place(place.file, line, column), "not-utf-8", message, hint))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _archive_files(root: Path, problems: list[Problem]) -> dict[str, bytes]:
    """The bytes of every file of the archive, by its path below it."""
    folder = root / archive.FOLDER
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob("[0-9]*/*")):
        name = path.relative_to(folder).as_posix()
        try:
            found[name] = path.read_bytes()
        except OSError as error:
            place = Place(f"{archive.FOLDER}/{name}")
            message = f"the file cannot be read: {error.strerror}"
            problems.append(Problem(place, "broken-archive", message, "look at its permissions"))
    return found


def _languages(document: yaml_source.Document | None) -> tuple[str, ...]:
    """The languages that the settings name, as far as they can be read."""
    data = document.data if document else None
    listed = data.get("languages") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return ()
    return tuple(item for item in listed if isinstance(item, str))


def _keys(loaded: Loaded, languages: tuple[str, ...]) -> dict[str, Collection[str]]:
    """The keys that a text may refer to, by the part of the data that they stand in."""
    document = loaded.documents.get("data/register.yaml")
    data = document.data if document else None
    keys: dict[str, Collection[str]] = {"languages": languages}
    keys["pages"] = {page.id for page in loaded.pages}
    if isinstance(data, dict):
        for part in Register.__struct_fields__:
            entries = data.get(part, {})
            keys[part] = tuple(entries) if isinstance(entries, dict) else ()
    return keys


def _typed(loaded: Loaded, name: str, kind: type[T], context: typed.Context) -> T | None:
    document = loaded.documents.get(name)
    if document is None or document.data is None:
        return None
    value, problems = typed.read(document, kind, context)
    loaded.problems += problems
    return value


def _read_pages(root: Path, languages: tuple[str, ...], loaded: Loaded) -> None:
    content = root / "content"
    if not content.is_dir():
        hint = "create it, with a folder for each language"
        problem = Problem(Place("content"), "missing-file", "the folder is missing", hint)
        loaded.problems.append(problem)
        return
    for path in sorted(content.rglob("*.md")):
        page = _read_page(root, path, languages, loaded.problems)
        if page:
            loaded.pages.append(page)


def _read_page(
    root: Path, path: Path, languages: tuple[str, ...], problems: list[Problem]
) -> Page | None:
    place = Place(path.relative_to(root).as_posix())
    language, _, rest = place.file.removeprefix("content/").partition("/")
    if languages and language not in languages:
        message = f"“{language}” is not a language of this site"
        hint = f"add it to “languages” in data/site.yaml, or {did_you_mean(language, languages)}"
        problems.append(Problem(place, "unknown-language", message, hint))
        return None
    text = _read(root, path, problems)
    parts = markdown.split_front_matter(text) if text is not None else None
    if text is None or parts is None:
        if text is not None:
            problems.append(Problem(place, "front-matter", _NO_FRONT_MATTER, _FRONT_MATTER_HINT))
        return None
    front_text, body, body_line = parts
    problems += _bad_characters(body, place.file, body_line)
    problems += markdown.lint(body, place.file, body_line)
    document = yaml_source.parse(front_text, place.file, first_line=2)
    front, faults = (
        typed.read(document, FrontMatter, typed.Context())
        if (document.data is not None)
        else (None, [])
    )
    problems += [*document.problems, *faults]
    slug = _slug(rest.removesuffix(".md"), place, problems)
    if front is None or slug is None:
        return None
    return Page(
        front.page,
        language,
        slug,
        front.title,
        front.description,
        front.numbered,
        front.glance,
        front.menu,
        place.file,
        body,
        body_line,
    )


_NO_FRONT_MATTER = "the file does not begin with front matter"
_FRONT_MATTER_HINT = "begin with a line “---”, then “page:”, “title:”, “description:”, then “---”"


def _bad_characters(text: str, file: str, first_line: int) -> Iterable[Problem]:
    for match in UNSHOWABLE.finditer(text):
        before = text[: match.start()]
        place = Place(file, first_line + before.count("\n"), len(before) - before.rfind("\n"))
        message = f"the sign U+{ord(match[0]):04X} cannot be shown"
        yield Problem(place, "bad-character", message, "remove it")


def _slug(text: str, place: Place, problems: list[Problem]) -> str | None:
    try:
        return Folder.parse(text)
    except Fault:
        message = f"“{text}” cannot be part of an address"
        hint = "name the file with small letters a–z, digits and hyphens"
        problems.append(Problem(place, "bad-slug", message, hint))
        return None


def _page_faults(pages: list[Page], languages: tuple[str, ...]) -> Iterable[Problem]:
    """Pages that stand twice, or in some languages only."""
    by_id: dict[str, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        first = by_id[page.id].setdefault(page.language, page)
        if first is not page:
            message = f"the page “{page.id}” exists already in {first.source}"
            yield Problem(page.place(2), "duplicate-page", message, "give one of them another id")
    for page_id, found in by_id.items():
        for language in languages:
            if language not in found:
                first = next(iter(found.values()))
                message = f"the page “{page_id}” is missing in “{language}”"
                hint = f"write it in content/{language}/, with “page: {page_id}”"
                yield Problem(first.place(2), "missing-page", message, hint)
    if pages and languages:
        yield from _url_faults(pages, languages[0])


def _url_faults(pages: list[Page], default_language: str) -> Iterable[Problem]:
    seen: dict[str, Page] = {}
    for page in pages:
        prefix = "" if page.language == default_language else f"{page.language}/"
        first = seen.setdefault(prefix + page.slug, page)
        if first is not page:
            message = f"the address /{prefix}{page.slug}/ is taken by {first.source}"
            yield Problem(page.place(), "duplicate-url", message, "rename one of the two files")
