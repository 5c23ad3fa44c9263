"""What the preview holds is what a build from nothing gives, whatever was done before."""

from __future__ import annotations

import datetime
import gc
import random
import tracemalloc
from itertools import pairwise

import pytest

from klartekst import pipeline
from klartekst.cache import Memory
from klartekst.problems import SiteError
from klartekst.serve.preview import Preview

from ..releases import first_release, release
from ..sites import SiteFolder
from .edits import Editor

TODAY = datetime.date(2026, 11, 23)


def fresh(site: SiteFolder):
    """The files and the problems of a build that remembers nothing."""
    try:
        made = pipeline.made(site.root, TODAY, draft=True, memory=Memory())
    except SiteError as error:
        return None, error.problems
    return made.rendered.files, ()


def differing(one, other):
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@pytest.mark.parametrize("part", range(4))
def test_after_any_series_of_edits_it_is_what_a_build_gives(part, site):
    """500 edits in four series, so that two processes can share them; two of a released site."""
    if part % 2:
        first_release(site, checked=False)
    editor = Editor(site, random.Random(part))
    preview = Preview(site.root, TODAY)
    good = 0
    done = []
    for number in range(125):
        done.append(editor.edit())
        preview.rebuild()
        if number % 4 and number != 124:
            continue
        files, problems = fresh(site)
        assert preview.state.fault == "", done
        assert preview.state.problems == problems, done
        if files is not None:
            good += 1
            assert differing(preview.state.files, files) == [], done
    assert good > 6


def test_released_pages_are_what_a_build_gives_too(site):
    entry = "- pages: [privacy]\n  kind: material\n  summary: {nb: Ny., en: New.}\n"
    site.with_file("data/changes.yaml", entry)
    release(site, datetime.date(2025, 6, 6), checked=False)
    editor = Editor(site, random.Random(9))
    preview = Preview(site.root, TODAY)
    for _ in range(40):
        editor.word()
        editor.heading()
        preview.rebuild()
    files, problems = fresh(site)
    assert (preview.state.problems, problems) == ((), ())
    assert differing(preview.state.files, files) == []
    in_force = pipeline.make(site.root, TODAY)
    assert differing(preview.in_force(), in_force) == []
    assert in_force != files


def test_nothing_is_remembered_for_ever(site):
    """2,000 edits, and neither the objects nor the bytes that Python holds grow with them."""
    preview = Preview(site.root, TODAY)
    text = site.read("content/en/cookies.md")
    objects, traced = [], []
    for number in range(2000):
        site.with_file("content/en/cookies.md", f"{text}\nEdit number {number}.\n")
        assert preview.rebuild()
        if number == 1400:
            tracemalloc.start()
        if number in (400, 1600, 1700, 1800, 1900, 1999):
            gc.collect()
            objects.append(len(gc.get_objects()))
            traced.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert b"Edit number 1999." in preview.state.files["en/cookies/index.html"]
    assert objects[-1] - objects[0] < objects[0] * 0.02
    # What grew with the edits would grow in every hundred of them; a library's own cache does once.
    growth = sorted(after - before for before, after in pairwise(traced[1:]))
    assert growth[1] < 30_000
