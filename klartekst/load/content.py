"""The reading of ``content/``: every page in every language, and what is wrong among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from klartekst import markdown, markdown_lint, typed, yaml_source
from klartekst.load.files import is_within
from klartekst.model import FrontMatter, Page
from klartekst.model.values import Fault, Folder
from klartekst.problems import Place, Problem, did_you_mean
from klartekst.text_file import read_text


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


def read_content(root: Path, languages: Collection[str] | None) -> Content:
    """Read every page of the site in `root`; `languages` are the site's, None if not known."""
    content = Content()
    if not (root / "content").is_dir():
        hint = "create it, with a folder for each language"
        problem = Problem(Place("content"), "missing-file", "the folder is missing", hint)
        content.problems.append(problem)
        content.unclear.add("")
        content.complete = False
    for path in sorted((root / "content").rglob("*.md")):
        if not path.name.startswith((".#", "._")):  # what editors and macOS leave beside a file
            _read_page(root, path, languages, content)
    content.problems += _page_faults(content, languages)
    return content


def _read_page(root: Path, path: Path, languages: Collection[str] | None, content: Content) -> None:
    place = Place(path.relative_to(root).as_posix())
    language, _, rest = place.file.removeprefix("content/").partition("/")
    problems = content.problems
    if languages is not None and language not in languages:
        message = f"“{language}” is not a language of this site"
        hint = f"add it to “languages” in data/site.yaml, or {did_you_mean(language, languages)}"
        problems.append(Problem(place, "unknown-language", message, hint))
        return
    parts = _parts(root, path, place, problems)
    slug = _slug(rest.removesuffix(".md"), place, problems)
    document = yaml_source.parse(parts[0], place.file, first_line=2) if parts else None
    front = _front_matter(document, language, content)
    if parts is None or front is None or slug is None:
        content.complete = False
        return
    content.pages.append(
        Page(
            id=front.page, language=language, slug=slug,
            title=front.title, description=front.description,
            numbered=front.numbered, glance=front.glance, menu=front.menu,
            source=place.file, body=parts[1], body_line=parts[2], roles=front.roles,
        )
    )  # fmt: skip


def _parts(
    root: Path, path: Path, place: Place, problems: list[Problem]
) -> tuple[str, str, int] | None:
    """A file's front matter, its body, and the line on which that begins."""
    if not is_within(path, root):
        message = "the file is a link that leads out of the site's folder"
        problems.append(Problem(place, "outside-file", message, "put the file itself here"))
        return None
    text = read_text(path, place.file, problems)
    if text is None:
        return None
    parts = markdown.split_front_matter(text)
    if parts is None:
        hint = "begin with a line “---”, then “page:”, “title:”, “description:”, then “---”"
        message = "the file does not begin with front matter"
        problems.append(Problem(place, "front-matter", message, hint))
        return None
    problems += markdown_lint.lint(parts[1], place.file, parts[2])
    return parts


def _front_matter(
    document: yaml_source.Document | None, language: str, content: Content
) -> FrontMatter | None:
    if document is None or document.data is None:
        content.problems += document.problems if document else ()
        content.unclear.add(language)
        return None
    content.documents[document.file] = document
    front, faults = typed.read(document, FrontMatter, typed.Context())
    content.problems += [*document.problems, *faults]
    claimed = document.data.get("page") if isinstance(document.data, dict) else None
    if isinstance(claimed, str):
        content.ids[language].add(claimed.strip())
    else:
        content.unclear.add(language)
    return front


def _slug(text: str, place: Place, problems: list[Problem]) -> str | None:
    try:
        return Folder.parse(text)
    except Fault:
        message = f"“{text}” cannot be part of an address"
        hint = "name the file with small letters a–z, digits and hyphens"
        problems.append(Problem(place, "bad-slug", message, hint))
        return None


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
