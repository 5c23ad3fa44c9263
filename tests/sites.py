"""A small good site over which a test lays its own files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from klartekst import pipeline
from klartekst.messages import Language, read_language
from klartekst.model import Page
from klartekst.problems import Problem, SiteError
from klartekst.render import Files

GOOD = Path(__file__).parent / "good"
ITSWORKING = Path(__file__).parent / "itsworking"
"""Its Working's site as it was first released: what the company changes later breaks no test."""
REPOSITORY = Path(__file__).parents[1]


class SiteFolder:
    """A site's sources in a folder of their own, to be changed and built."""

    def __init__(self, root: Path) -> None:
        """`root` holds `content/` and `data/`."""
        self.root = root

    @classmethod
    def copy(cls, source: Path, root: Path) -> SiteFolder:
        """The sources in the folder `source`, copied to `root`, which does not exist yet."""
        for part in ("archive", "content", "data", "layouts"):
            if (source / part).is_dir():
                shutil.copytree(source / part, root / part)
        return cls(root)

    @property
    def output(self) -> Path:
        """Where the site is published."""
        return self.root / "output"

    def read(self, name: str) -> str:
        """The text of the file `name`."""
        return (self.root / name).read_text(encoding="utf-8")

    def with_file(self, name: str, content: str | bytes) -> SiteFolder:
        """This site with the file `name` made or replaced."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def without(self, name: str) -> SiteFolder:
        """This site without the file or folder `name`."""
        path = self.root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        return self

    def with_edit(self, name: str, old: str, new: str) -> SiteFolder:
        """This site with the one place where `old` stands in the file `name` reading `new`."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.with_file(name, text.replace(old, new))

    def make(self) -> Files:
        """The published files, in memory."""
        return pipeline.make(self.root)

    def page(self, path: str) -> str:
        """The HTML of the page whose address has the path `path`: ``/en/privacy/``."""
        return self.make()[f"{path.strip('/')}/index.html".lstrip("/")].decode()

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the sources."""
        try:
            self.make()
        except SiteError as error:
            return error.problems
        return ()

    def codes(self) -> list[str]:
        """The codes of what is wrong with the sources, in order of place."""
        return [problem.code for problem in self.problems()]

    def found(self) -> list[str]:
        """What is wrong, each as ``file:line:column code``."""
        return [f"{problem.place} {problem.code}" for problem in self.problems()]


def page(body: str, **changed: Any) -> Page:
    """A page whose text is `body`, on line 5 of its file."""
    plain: dict[str, Any] = {
        "id": "privacy", "language": "en", "slug": "privacy", "title": "Privacy",
        "description": "x",
        "numbered": False, "glance": False, "menu": True, "source": "content/en/privacy.md",
        "body": body, "body_line": 5, "roles": {},
    }  # fmt: skip
    return Page(**plain | changed)


def language(code: str = "en", words: str = "", citations: str = "official") -> Language:
    """A language with the words of one catalogue."""
    return read_language(code, [words], f"layouts/messages/{code}.po", citations)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` and its bytes, by path; empty where there is no such folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
