"""The site as last built, and the way to build it again: whatever happens, there is an answer."""

from __future__ import annotations

import datetime
import gc
import re
import threading
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from klartekst import pipeline
from klartekst.cache import Cache, Memory
from klartekst.check.run import Report
from klartekst.judge import judged
from klartekst.pipeline import Made
from klartekst.problems import Problem, SiteError
from klartekst.render import Files
from klartekst.serve.recall import Recall

_FORMER = 12
_SECTION = re.compile(rb'<section id="([^"]+)">(.*?)</section>', re.DOTALL)


@dataclass(frozen=True)
class State:
    """What the preview shows at one time.

    `made` is the last good site, None before the first; `problems` are those of the sources as they
    are now, `fault` is a trace of a fault of ours. `changed` are the sections that the newest build
    changed, by the path of their page.
    """

    number: int = 0
    made: Made | None = None
    problems: tuple[Problem, ...] = ()
    fault: str = ""
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def files(self) -> Files:
        """The files of the last good site."""
        return self.made.rendered.files if self.made else {}

    @cached_property
    def report(self) -> Report:
        """All that the rules find in the last good site."""
        return judged(self.made) if self.made else Report(())


class Preview:
    """Builds the site in `root` again and again, and holds the newest state.

    `former` are files that the newest build has no more: a page that is being loaded while a build
    ends still asks for its style sheet.
    """

    def __init__(self, root: Path, as_of: datetime.date = datetime.date.max) -> None:
        """`as_of` is the day for which the site is shown."""
        self.root = root
        self.as_of = as_of
        self.state = State()
        self._memory = Recall()
        self._building = threading.Lock()
        self._in_force: tuple[int, Files] = (0, {})
        self.former: Files = {}

    def rebuild(self) -> bool:
        """Build; whether anything is now different for whoever looks at the preview."""
        with self._building:
            old = self.state
            made, problems, fault = self._attempt()
            shown = made or old.made
            state = State(old.number + 1, shown, problems, fault, _changed(old, made))
            same = (old.files, old.problems, old.fault) == (state.files, problems, fault)
            if old.number and same:
                self.state = State(old.number, shown, problems, fault, old.changed)
                return False
            self.former = _former(self.former, old.files, state.files)
            self.state = state
            return True

    def _attempt(self) -> tuple[Made | None, tuple[Problem, ...], str]:
        try:
            return self._made(), (), ""
        except SiteError as error:
            return None, error.problems, ""
        except Exception:  # a fault of ours must not end an editor's day
            self._memory = Recall()
            return None, (), traceback.format_exc()

    def _made(self) -> Made:
        if self.state.made:
            return self._make(draft=True)
        with Cache(self.root) as cache:
            self._memory.behind = cache
            try:
                made = self._make(draft=True)
            finally:
                self._memory.behind = Memory()
        # What is there now stays: looking through it again at every collection takes time.
        gc.collect()
        gc.freeze()
        return made

    def _make(self, *, draft: bool) -> Made:
        self._memory.begin()
        made = pipeline.made(self.root, self.as_of, draft=draft, memory=self._memory)
        if draft:
            self._memory.end()
        return made

    def in_force(self) -> Files:
        """The pages with the texts in force; with the working ones where these cannot be had."""
        with self._building:
            state = self.state
            if self._in_force[0] != state.number:
                try:
                    files = self._make(draft=False).rendered.files
                except Exception:
                    files = state.files
                self._in_force = (state.number, files)
            return self._in_force[1]


def _former(former: Files, old: Files, new: Files) -> Files:
    """The newest files that are no pages and are not there any more."""
    gone = {path: data for path, data in old.items() if path not in new}
    kept = {**former, **gone}
    names = [path for path in kept if path not in new and not path.endswith(".html")]
    return {path: kept[path] for path in names[-_FORMER:]}


def _changed(old: State, made: Made | None) -> dict[str, tuple[str, ...]]:
    """The sections that differ, by page; none for a page that is new."""
    if made is None or old.made is None:
        return {}
    found = {}
    for path, data in made.rendered.files.items():
        before = old.files.get(path)
        if before is not None and before is not data and before != data and path[-5:] == ".html":
            found[path] = tuple(_differing(before, data))
    return found


def _differing(before: bytes, after: bytes) -> Iterator[str]:
    old = dict(_SECTION.findall(before))
    for name, body in _SECTION.findall(after):
        if old.get(name) != body:
            yield name.decode()
