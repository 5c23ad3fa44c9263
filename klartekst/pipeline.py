"""The whole build on one screen: load → check → render → check → write."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from klartekst import check
from klartekst.cache import Cache, Memory
from klartekst.load import Loaded, load
from klartekst.model import Site
from klartekst.problems import SiteError
from klartekst.render import Files, Layouts, Rendered, folders, render
from klartekst.write import Written, write


@dataclass(frozen=True, slots=True)
class Made:
    """A site that was made: what was read, its sources as values, its files and working texts."""

    loaded: Loaded
    site: Site
    rendered: Rendered


def make(root: Path, as_of: datetime.date = datetime.date.max, *, draft: bool = False) -> Files:
    """The published site of the sources in `root`, in memory; see `made`."""
    return made(root, as_of, draft=draft).rendered.files


def made(
    root: Path,
    as_of: datetime.date = datetime.date.max,
    *,
    draft: bool = False,
    memory: Memory | None = None,
) -> Made:
    """The site of the sources in `root`, in memory, as it is on the day `as_of`.

    A `draft` shows working texts, otherwise released pages show their version in force. `memory`
    may know what was made before; without one, what the disk remembers is used. Raises `SiteError`
    with every problem of the first stage that finds any.
    """
    if memory is None:
        with Cache(root) as cache:
            return made(root, as_of, draft=draft, memory=cache)
    search = folders(root)
    layouts = memory.keep("layouts", "", (search, memory.state(search)), lambda: Layouts(search))

    # Everything is read, and everything read is judged, before the first fault stops the build:
    # an editor who has three mistakes in three files sees three.
    loaded = load(root, as_of, memory)
    site = loaded.site()
    problems = [*loaded.problems, *check.sources(loaded, layouts, memory)]
    if problems or site is None:
        raise SiteError(problems)
    rendered = render(site, root, layouts, memory, draft=draft)

    problems = check.files(site, rendered.files, memory)
    if problems:
        raise SiteError(problems)
    return Made(loaded, site, rendered)


def build(root: Path, output: Path, as_of: datetime.date = datetime.date.max) -> Written:
    """Make the site in `root` and put it in `output`: all at once or, on a problem, not at all."""
    return write(make(root, as_of), output)
