"""The reading of ``content/``: every page in every language, and what is wrong among them."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from klartekst import markdown, markdown_lint, typed, yaml_source
from klartekst.cache import Memory
from klartekst.model import FrontMatter, Page
from klartekst.model.values import Fault, Folder
from klartekst.problems import Place, Problem, did_you_mean
from klartekst.text_file import decoded, is_within, read_bytes


@dataclass(slots=True)
class Content:
    """What ``content/`` holds.

    `pages` are those that could be read, `ids` all ids that files of a language claim, also where
    the rest of the page is faulty. `unclear` are the languages in which a file's id is not known,
    `complete` tells whether every file became a page.
    """

    pages: list[Page] = field(default_factory=list)
    ids: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unclear: set[str] = field(default_factory=set)
    complete: bool = True
    documents: dict[str, yaml_source.Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def all_ids(self) -> set[str] | None:
        """The id of every page, or None where some file's is not known."""
        return None if self.unclear else set().union(*self.ids.values())


@dataclass(frozen=True, slots=True)
class _File:
    """What one file gave: its page, the id that it claims, its front matter, its faults."""

    page: Page | None = None
    claimed: str | None = None
    document: yaml_source.Document | None = None
    problems: tuple[Problem, ...] = ()


def read_content(root: Path, languages: tuple[str, ...] | None, memory: Memory) -> Content:
    """Read every page of the site in `root`; `languages` are the site's, None if not known."""
    content = Content()
    if not (root / "content").is_dir():
        hint = "create it, with a folder for each language"
        problem = Problem(Place("content"), "missing-file", "the folder is missing", hint)
        content.problems.append(problem)
        content.unclear.add("")
        content.complete = False
    data = {
        name: read_bytes(root, name, content.problems, memory, inside=inside)
        for name, inside in _names(root)
        if _is_of(languages, name, content.problems)
    }
    for name, found in memory.each("content", (), data, partial(_file, memory=memory)).items():
        _take_in(name, found, content)
    content.problems += _page_faults(content, languages)
    return content


def _names(root: Path) -> list[tuple[str, bool]]:
    """The path of every text below `root`, in order, and whether the text itself lies there."""
    found = list(_below(root, "content", is_within(root / "content", root)))
    return sorted(found, key=lambda each: each[0].replace("/", "\0"))


def _below(root: Path, folder: str, inside: bool) -> Iterator[tuple[str, bool]]:
    try:
        entries = list(os.scandir(root / folder))
    except OSError:
        return
    for entry in entries:
        name = f"{folder}/{entry.name}"
        if name.endswith(".md"):
            if not entry.name.startswith((".#", "._")):  # editors and macOS leave such files
                yield name, is_within(root / name, root) if entry.is_symlink() else inside
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(root, name, inside)
        elif name.lower().endswith(_NEARLY) and not entry.name.startswith((".", "~")):
            yield name, inside


_NEARLY = (".md", ".markdown", ".mdx", ".doc", ".docx", ".odt", ".rtf")
"""How the names of files end that somebody took for texts of the site."""


def _is_of(languages: tuple[str, ...] | None, name: str, problems: list[Problem]) -> bool:
    """Whether the file `name` lies with one of the languages, as far as these are known."""
    if not name.endswith(".md"):
        message = "this is no text of the site: its name does not end in “.md”"
        hint = "save it as plain text, and let its name end in “.md”, in small letters"
        problems.append(Problem(Place(name), "not-markdown", message, hint))
        return False
    language = _parts_of(name)[0]
    if languages is None or language in languages:
        return True
    message = f"“{language}” is not a language of this site"
    hint = f"add it to “languages” in data/site.yaml, or {did_you_mean(language, languages)}"
    problems.append(Problem(Place(name), "unknown-language", message, hint))
    return False


def _parts_of(name: str) -> tuple[str, str]:
    """Language and slug of the file ``content/<language>/<slug>.md``."""
    language, _, rest = name.removeprefix("content/").partition("/")
    return language, rest.removesuffix(".md")


def _take_in(name: str, found: _File, content: Content) -> None:
    language = _parts_of(name)[0]
    content.problems += found.problems
    if found.claimed is None:
        content.unclear.add(language)
    else:
        content.ids[language].add(found.claimed)
    if found.document is not None:
        content.documents[name] = found.document
    if found.page is None:
        content.complete = False
    else:
        content.pages.append(found.page)


def _file(name: str, data: bytes | None, memory: Memory) -> _File:
    """What the file `name` says; its `data` are None where they could not be read."""
    text, problems = (None, []) if data is None else decoded(data, name)
    parts = _parts(text, Place(name), problems, memory)
    language, rest = _parts_of(name)
    slug = _slug(rest, Place(name), problems)
    document = yaml_source.parse(parts[0], name, first_line=2) if parts else None
    front = _front_matter(document, problems)
    claimed = _claimed(document)
    if document is not None and document.data is None:
        document = None
    if parts is None or front is None or slug is None:
        return _File(None, claimed, document, tuple(problems))
    page = Page(
        id=front.page, language=language, slug=slug,
        title=front.title, description=front.description,
        numbered=front.numbered, glance=front.glance, menu=front.menu,
        source=name, body=parts[1], body_line=parts[2], roles=front.roles,
    )  # fmt: skip
    return _File(page, claimed, document, tuple(problems))


def _parts(
    text: str | None, place: Place, problems: list[Problem], memory: Memory
) -> tuple[str, str, int] | None:
    """A file's front matter, its body, and the line on which that begins."""
    if text is None:
        return None
    parts = markdown.split_front_matter(text)
    if parts is None:
        problems.append(Problem(place, "front-matter", *_no_front_matter(text)))
        return None
    _, body, first_line = parts
    if memory.remember(lambda: _soundness(body), "lint", body) == _SOUND:
        return parts
    faults = list(markdown_lint.endless(body, place.file, first_line))
    problems += faults or markdown_lint.lint(body, place.file, first_line)
    return None if faults else parts


_SOUND = "sound"


def _soundness(body: str) -> str:
    """Whether there is nothing to say of a text, as a word that can be remembered."""
    faults = any(markdown_lint.endless(body, "", 1)) or any(markdown_lint.lint(body, "", 1))
    return "faulty" if faults else _SOUND


def _no_front_matter(text: str) -> tuple[str, str]:
    """Why a text has no front matter, and what to do."""
    if text.startswith(("—", "–", "----")):
        return "the front matter begins with three hyphens", "type “---” alone on the first line"
    if text.startswith("---"):
        return "the front matter does not end", "write a line “---” after its last key"
    if text.lstrip().startswith("---"):
        return "something stands before the front matter", "begin the file with its line “---”"
    hint = "begin with a line “---”, then “page:”, “title:”, “description:”, then “---”"
    return "the file does not begin with front matter", hint


def _front_matter(
    document: yaml_source.Document | None, problems: list[Problem]
) -> FrontMatter | None:
    if document is None:
        return None
    problems += document.problems
    if document.data is None:
        return None
    front, faults = typed.read(document, FrontMatter, typed.Context())
    problems += faults
    return front


def _claimed(document: yaml_source.Document | None) -> str | None:
    """The id that a file gives its page, also where the rest of it is faulty."""
    data = document.data if document else None
    claimed = data.get("page") if isinstance(data, dict) else None
    return claimed.strip() if isinstance(claimed, str) else None


def _slug(text: str, place: Place, problems: list[Problem]) -> str | None:
    if _DATE.search(text):
        message = f"“{text}” is an address of a released version"
        problems.append(Problem(place, "bad-slug", message, "name the file by more than a date"))
        return None
    try:
        return Folder.parse(text)
    except Fault:
        message = f"“{text}” cannot be part of an address"
        hint = "name the file with small letters a–z, digits and hyphens"
        problems.append(Problem(place, "bad-slug", message, hint))
        return None


_DATE = re.compile(r"(?:^|/)[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/|$)")


def _page_faults(content: Content, languages: Collection[str] | None) -> Iterator[Problem]:
    """Pages that stand twice, or in some languages only."""
    by_id: dict[str, dict[str, Page]] = defaultdict(dict)
    for page in content.pages:
        first = by_id[page.id].setdefault(page.language, page)
        if first is not page:
            message = f"the page “{page.id}” exists already in {first.source}"
            place = content.documents[page.source].place(("page",))
            yield Problem(place, "duplicate-page", message, "give one of them another id")
    for page_id, found in by_id.items():
        for language in languages or ():
            if language not in content.unclear and page_id not in content.ids[language]:
                place = content.documents[next(iter(found.values())).source].place(("page",))
                message = f"the page “{page_id}” is missing in “{language}”"
                hint = f"write it in content/{language}/, with “page: {page_id}”"
                yield Problem(place, "missing-page", message, hint)
    if languages:
        yield from _url_faults(content.pages, next(iter(languages)))


def _url_faults(pages: list[Page], default_language: str) -> Iterator[Problem]:
    seen: dict[str, Page] = {}
    for page in pages:
        prefix = "" if page.language == default_language else f"{page.language}/"
        first = seen.setdefault(prefix + page.slug, page)
        if first is not page:
            message = f"the address /{prefix}{page.slug}/ is taken by {first.source}"
            yield Problem(page.place(), "duplicate-url", message, "rename one of the two files")
