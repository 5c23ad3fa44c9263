"""A site with 200 archived versions of its notice in two languages, and the same site without."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from bench import measure, sites
from klartekst import archive, pipeline
from klartekst.model import Release, ReleasedPage, Text
from klartekst.pipeline import Made

VERSIONS = 200
_FIRST = datetime.date(2020, 1, 1)


def versions() -> None:
    """Print what the versions add to a build of the real site, the first time and unchanged."""
    with tempfile.TemporaryDirectory() as folder:
        plain = sites.real(Path(folder, "plain"))
        full = sites.real(Path(folder, "full"))
        with_versions(full)
        print(f"\n{f'{VERSIONS} versions of the notice, two languages':44}{'ms':>8}{'without':>9}")
        for name, before in (("cold build", _forget), ("nothing changed", _nothing)):
            figures = [measure.repeat(site, before(site)) for site in (full, plain)]
            print(f"{name:44}" + "".join(f"{figure.milliseconds:9.0f}" for figure in figures)[1:])


def _forget(site: Path) -> measure.Before:
    def before(_: int) -> None:
        for made in (".klartekst", "output", ".output-spare"):
            shutil.rmtree(site / made, ignore_errors=True)

    return before


def _nothing(site: Path) -> measure.Before:
    measure.build(site)
    return lambda _: None


def with_versions(site: Path, count: int = VERSIONS) -> None:
    """Give the site in the folder `site` an archive and a change log of `count` releases.

    Each changes two paragraphs of the notice in each language; the last is the working text.
    """
    entry = "- pages: [privacy]\n  kind: material\n  summary: {nb: Endret., en: Changed.}\n"
    log = site / "data/changes.yaml"
    log.write_text(entry, "utf-8")
    made = pipeline.made(site, draft=True)
    entries, before = [], None
    for number in range(count):
        date = _FIRST + datetime.timedelta(days=number * 10)
        release = _release(made, date, count - 1 - number)
        files = archive.freeze(release, before)
        before = replace(release, digest=archive.digest(files[archive.MANIFEST]))
        folder = site / archive.FOLDER / date.isoformat()
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        entries.append(entry.replace("pages:", f"date: {date}\n  pages:", 1))
    log.write_text("\n".join(reversed(entries)), "utf-8")


def _release(made: Made, date: datetime.date, age: int) -> Release:
    pages = {
        key: _aged(page, age) for key, page in made.rendered.working.items() if key[0] == "privacy"
    }
    summary = Text.of(nb="Endret.", en="Changed.")
    facts = archive.json_bytes(made.site.facts)
    return Release(date, date, "itsworking.no", "material", summary, pages, facts)


def _aged(page: ReleasedPage, age: int) -> ReleasedPage:
    """The text as it was `age` versions ago; each of them changed two paragraphs."""
    starts = re.findall(r"<(?:p|li)>\w+ ", page.fragment)
    hits = [number * step % len(starts) for number in range(age) for step in (3, 7)]
    count = iter(range(len(starts)))

    def older(match: re.Match[str]) -> str:
        times = hits.count(next(count))
        return f"{match[0]}({times}) " if times else match[0]

    fragment = re.sub(r"<(?:p|li)>\w+ ", older, page.fragment)
    return archive.released_page(fragment, page.title, page.description)
