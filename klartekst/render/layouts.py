"""The layouts: Jinja2 templates of the site, and behind them those that come with Klartekst."""

from __future__ import annotations

import datetime
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from klartekst.cache import Memory
from klartekst.messages import Language, read_language
from klartekst.problems import Place, Problem, SiteError
from klartekst.render import show
from klartekst.text_file import is_within, outside_file, read_text

_ID = re.compile(r'\sid="([a-z][a-z0-9-]*)"')
_PACKAGED = Path(__file__).parent.parent / "layouts"


def folders(root: Path) -> tuple[Path, ...]:
    """Where layouts are looked for: the site's own folder first, then the one in the package."""
    shipped = _PACKAGED if _PACKAGED.is_dir() else _PACKAGED.parent.parent / "layouts"
    own = root / "layouts"
    return (own, shipped) if own.is_dir() and own != shipped else (shipped,)


@pass_context
def _finalize(context: Mapping[str, Any], value: Any) -> Any:
    known = isinstance(value, (str, Undefined))  # what is undefined fails once it is written
    return value if known else show.inline(value, context["language"])


class Layouts:
    """Templates, style sheets, scripts and catalogues; a site's file wins over the shipped one."""

    def __init__(self, search: Sequence[Path]) -> None:
        """`search` are the folders to look in, the first first (see `folders`)."""
        self.search = search
        self._languages: dict[tuple[str, str], Language] = {}
        self.environment = Environment(
            bytecode_cache=_compiled(),
            loader=FunctionLoader(self._source),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_finalize,
            extensions=["jinja2.ext.do"],
        )
        self.environment.globals.update(_=_message, time=_time)
        self.environment.filters.update(capfirst=_capfirst, shown=_shown, breakable=_breakable)

    def language(self, code: str, citations: str) -> Language:
        """The language with the words of the shipped catalogue and, over it, the site's.

        Raises `SiteError` with the faults of the catalogues.
        """
        if (code, citations) in self._languages:
            return self._languages[code, citations]
        name, problems = f"messages/{code}.po", list[Problem]()
        found = [folder for folder in reversed(self.search) if (folder / name).is_file()]
        texts = [_read(folder, name, problems) or "" for folder in found]
        if problems:
            raise SiteError(problems)
        language = read_language(code, texts, f"layouts/{name}", citations)
        self._languages[code, citations] = language
        return language

    def blocks(self) -> list[str]:
        """The names of the blocks: templates under ``blocks/``."""
        found = (path for folder in self.search for path in folder.glob("blocks/*.html"))
        return sorted({path.stem for path in found})

    def ids(self) -> set[str]:
        """The ids that templates give to parts of a page, and that no section may have.

        A template that cannot be read has none; whoever renders it is told.
        """
        found: set[str] = set()
        for folder in self.search:
            for path in folder.rglob("*.html"):
                text = _read(folder, path.relative_to(folder).as_posix(), [])
                found |= {*_ID.findall(text or "")}
        return found

    def file(self, name: str) -> Path | None:
        """The file of this name below the layouts, the site's before the shipped one.

        Raises `SiteError` where it is a link that leads out of the site.
        """
        folder = self._folder(name)
        if folder and not _may_read(folder, name):
            raise SiteError([outside_file(f"layouts/{name}")])
        return folder / name if folder else None

    def _folder(self, name: str) -> Path | None:
        """The folder in which the file of this name lies."""
        if ".." in name.split("/"):
            return None
        return next((folder for folder in self.search if (folder / name).is_file()), None)

    def text(self, name: str) -> str:
        """The text of a file of the layouts, such as a style sheet; empty where there is none.

        Raises `SiteError` where it cannot be read.
        """
        folder, problems = self._folder(name), list[Problem]()
        text = _read(folder, name, problems) if folder else ""
        if problems:
            raise SiteError(problems)
        return text or ""

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """A template's text, its file, and whether it is still what it was, for Jinja2."""
        path = self.file(name)
        if path is None:
            return None
        changed = path.stat().st_mtime_ns
        return self.text(name), str(path), lambda: path.stat().st_mtime_ns == changed

    def render(self, template: str, **context: Any) -> Markup:
        """The template's output. Raises `SiteError` with file and line where it fails."""
        try:
            return Markup(self.environment.get_template(template).render(context))
        except TemplateSyntaxError as error:
            raise SiteError([self._problem(error.filename, error.lineno, error)]) from error
        except SiteError:
            raise
        except Exception as error:
            name, line = self._innermost(error)
            raise SiteError([self._problem(name, line, error)]) from error

    def _innermost(self, error: Exception) -> tuple[str | None, int]:
        """The template file and line in which `error` arose."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if any(frame.filename.startswith(str(folder)) for folder in self.search):
                return frame.filename, frame.lineno or 1
        if isinstance(error, TemplateError):
            return None, 1
        raise error

    def _problem(self, filename: str | None, line: int, error: Exception) -> Problem:
        name = filename or str(error)
        for folder in self.search:
            if filename and filename.startswith(str(folder)):
                name = Path(filename).relative_to(folder).as_posix()
        message = f"the template fails: {error}"
        hint = "mend the template, or remove it to use the one that comes with Klartekst"
        return Problem(Place(f"layouts/{name}", line), "template-failed", message, hint)


def _compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept, which are code: in a folder that only this user writes.

    Jinja2 makes one among the temporary files, and refuses it where it is anybody else's.
    """
    try:
        return FileSystemBytecodeCache()
    except (RuntimeError, OSError):
        return None


def _may_read(folder: Path, name: str) -> bool:
    """Whether a file of the layouts lies in the site; installers may link what they ship."""
    return folder == _PACKAGED or is_within(folder / name, folder.parent)


def _read(folder: Path, name: str, problems: list[Problem]) -> str | None:
    name, inside = f"layouts/{name}", _may_read(folder, name)
    return read_text(folder.parent, name, problems, Memory(), inside=inside)


@pass_context
def _message(context: Mapping[str, Any], message: str, **values: Any) -> Markup | str:
    """The message in the page's language, with `values` put in and escaped."""
    language: Language = context["language"]
    text = language.gettext(message)
    if not values:
        return text
    shown = {name: show.inline(value, language) for name, value in values.items()}
    return Markup.escape(text).format(**shown)


@pass_context
def _time(context: Mapping[str, Any], date: datetime.date) -> Markup:
    """A date for people and for machines."""
    shown = show.plain(date, context["language"])
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), shown)


@pass_context
def _shown(context: Mapping[str, Any], value: Any) -> Markup:
    """A value as it stands within a sentence: an address as a link, a country by its name."""
    return show.inline(value, context["language"])


def _breakable(value: Any) -> Any:
    """A text that may break after a slash, where no browser would: “kunde-/administrasjon”."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(str(escape(value)).replace("/", "/<wbr>"))


def _capfirst(text: str) -> str:
    """The text with a capital first letter; the rest stays (Jinja’s own filter lowers it)."""
    return type(text)(text[:1].upper() + text[1:])
