"""The archive: how a release is laid down in files, and how it is read back and proved.

Below ``archive/`` each release has a folder named by its date in force:

- ``<page>.<language>.html``: the text of a page in canonical form, one block a line;
- ``facts.json``: the data behind its tables, as they were;
- ``manifest.json``: what the release is, and the SHA-256 of each file, of the canonical text of
  each page and of each of its sections, and of the manifest of the release before.

Text goes in and values come out; the files are read and written elsewhere.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from klartekst import canonical
from klartekst.model import Change, Text
from klartekst.model.release import Release, ReleasedPage
from klartekst.problems import Place, Problem

FOLDER = "archive"
FORMAT = 1
_MANIFEST = "manifest.json"
_FACTS = "facts.json"
_HINT = "restore the file from version control: a released version is never changed"


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes as hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def released_page(fragment: str, title: str, description: str) -> ReleasedPage:
    """A page, from its canonical form, with the fingerprints of its text and its sections."""
    version = canonical.from_fragment(fragment)
    sections = {
        section.id: canonical.sha256(canonical.section_text(section))
        for section in version.sections
    }
    fingerprint = canonical.sha256(canonical.page_text(version))
    return ReleasedPage(title, description, fragment, fingerprint, MappingProxyType(sections))


def freeze(
    change: Change,
    date: datetime.date,
    pages: Mapping[tuple[str, str], ReleasedPage],
    facts: Mapping[str, Any],
    previous: Release | None,
) -> dict[str, bytes]:
    """The files of a release, by their name within its folder.

    `change` is the entry of the change log that is released, `facts` are plain data, `previous` is
    the release before.
    """
    files = {
        f"{page}.{language}.html": found.fragment.encode()
        for (page, language), found in pages.items()
    }
    files[_FACTS] = _json(facts)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "date": date.isoformat(),
        "kind": change.kind,
        "summary": dict(change.summary.in_language),
        "previous": {"date": previous.date.isoformat(), "manifest": previous.digest}
        if previous
        else None,
        "files": {name: digest(data) for name, data in sorted(files.items())},
        "pages": {},
    }
    for (page, language), found in sorted(pages.items()):
        manifest["pages"].setdefault(page, {})[language] = {
            "title": found.title,
            "description": found.description,
            "text": found.fingerprint,
            "sections": dict(found.sections),
        }
    return {**files, _MANIFEST: _json(manifest)}


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read(files: Mapping[str, bytes]) -> tuple[tuple[Release, ...], list[Problem]]:
    """Every release in the archive, oldest first, and all that does not add up.

    `files` are the bytes of the archive's files by their path below it (``2025-06-06/…``).
    """
    folders: dict[str, dict[str, bytes]] = {}
    for path, data in sorted(files.items()):
        folder, _, name = path.partition("/")
        folders.setdefault(folder, {})[name] = data
    releases: list[Release] = []
    problems: list[Problem] = []
    for folder, found in folders.items():
        release = _read_one(folder, found, releases[-1] if releases else None, problems)
        if release:
            releases.append(release)
    return tuple(releases), problems


def _read_one(
    folder: str, found: Mapping[str, bytes], previous: Release | None, problems: list[Problem]
) -> Release | None:
    place = Place(f"{FOLDER}/{folder}/{_MANIFEST}")
    try:
        manifest = json.loads(found[_MANIFEST])
        date = datetime.date.fromisoformat(folder)
        faults = [*_file_faults(folder, manifest, found), *_chain_faults(place, manifest, previous)]
        if faults:
            problems += faults
            return None
        return _release(date, manifest, found)
    except KeyError as error:
        message = f"the archive lacks {error}"
    except (ValueError, TypeError, AttributeError) as error:
        message = f"this is not the manifest of a release: {error}"
    problems.append(Problem(place, "broken-archive", message, _HINT))
    return None


def _file_faults(
    folder: str, manifest: Mapping[str, Any], found: Mapping[str, bytes]
) -> Iterator[Problem]:
    expected = manifest["files"]
    for name in sorted(expected.keys() | (found.keys() - {_MANIFEST})):
        place = Place(f"{FOLDER}/{folder}/{name}")
        if name not in found:
            yield Problem(place, "broken-archive", "a released file is missing", _HINT)
        elif name not in expected:
            message = "this file is not part of the release"
            yield Problem(place, "broken-archive", message, "move it out of the archive")
        elif digest(found[name]) != expected[name]:
            message = "the file is not what was released: its SHA-256 differs from the manifest"
            yield Problem(place, "broken-archive", message, _HINT)


def _chain_faults(
    place: Place, manifest: Mapping[str, Any], previous: Release | None
) -> Iterator[Problem]:
    named = manifest["previous"]
    expected = (
        {"date": previous.date.isoformat(), "manifest": previous.digest} if previous else None
    )
    if named != expected:
        before = f"the release of {named['date']}" if named else "no release"
        message = f"the release before is not what it was: the manifest names {before}"
        yield Problem(place, "broken-archive", message, _HINT)


def prove(release: Release) -> list[Problem]:
    """Whatever of a release's fingerprints does not follow from its texts.

    The bytes of its files were held against the manifest as it was read; this holds the manifest
    itself against them, and takes longer.
    """
    place = Place(f"{FOLDER}/{release.date.isoformat()}/{_MANIFEST}")
    return [
        Problem(
            place,
            "broken-archive",
            f"the fingerprints of {page}.{language}.html do not follow from its text",
            _HINT,
        )
        for (page, language), found in release.pages.items()
        if released_page(found.fragment, found.title, found.description) != found
    ]


def _release(
    date: datetime.date, manifest: Mapping[str, Any], found: Mapping[str, bytes]
) -> Release:
    if manifest["format"] != FORMAT or manifest["date"] != date.isoformat():
        raise ValueError("its format or date is not that of its folder")
    pages: dict[tuple[str, str], ReleasedPage] = {}
    for page, languages in manifest["pages"].items():
        for language, entry in languages.items():
            pages[page, language] = ReleasedPage(
                entry["title"],
                entry["description"],
                found[f"{page}.{language}.html"].decode(),
                entry["text"],
                MappingProxyType(entry["sections"]),
            )
    return Release(
        date,
        manifest["kind"],
        Text(MappingProxyType(manifest["summary"])),
        MappingProxyType(pages),
        MappingProxyType(json.loads(found[_FACTS])),
        digest(found[_MANIFEST]),
    )
