"""The whole build on one screen: load → check → render → check → write."""

from __future__ import annotations

from pathlib import Path

from klartekst import check
from klartekst.cache import Cache, folder
from klartekst.load import load
from klartekst.problems import SiteError
from klartekst.render import Files, Layouts, folders, render
from klartekst.write import Written, write


def make(root: Path) -> Files:
    """The published site of the sources in `root`, in memory.

    Raises `SiteError` with every problem of the first stage that finds any.
    """
    layouts = Layouts(folders(root), compiled=folder(root))

    # Everything is read, and everything read is judged, before the first fault stops the build:
    # an editor who has three mistakes in three files sees three.
    loaded = load(root)
    site = loaded.site()
    problems = [*loaded.problems, *check.sources(loaded, layouts)]
    if problems or site is None:
        raise SiteError(problems)

    with Cache(root) as cache:
        files = render(site, root, layouts, cache.convert)

    problems = check.files(files)
    if problems:
        raise SiteError(problems)
    return files


def build(root: Path, output: Path) -> Written:
    """Make the site in `root` and put it in `output`: all at once or, on any problem, not at all."""
    return write(make(root), output)
