"""The archive: how a release is laid down in files, and how it is read back and proved.

Below ``archive/`` each release has a folder named by its date in force:

- ``<page>.<language>.html``: the text of a page in canonical form, one block a line;
- ``facts.json``: the data behind it, as they were;
- ``manifest.json``: what the release is, and the SHA-256 of each file, of the canonical text of
  each page and of each of its sections, and of the manifest of the release before.

Text goes in and values come out; the files are read and written elsewhere.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from klartekst import canonical
from klartekst.model import Text
from klartekst.model.release import Release, ReleasedPage
from klartekst.problems import Place, Problem, command

FOLDER = "archive"
FORMAT: Literal[1] = 1
MANIFEST = "manifest.json"
FACTS = "facts.json"
_HINT = "restore the file from version control: a released version is never changed"
_CHAIN_HINT = (
    "restore it from version control; where two branches were released, "
    "remove the folder and the date of the later one and release it again"
)


class _Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a manifest, of exactly these keys."""


class _Previous(_Struct, frozen=True):
    date: datetime.date
    manifest: str


class _Page(_Struct, frozen=True):
    title: str
    description: str
    text: str
    sections: dict[str, str]


class _Manifest(_Struct, frozen=True):
    format: Literal[1]
    date: datetime.date
    made: datetime.date
    host: str
    kind: Literal["material", "editorial"]
    summary: dict[str, str]
    previous: _Previous | None
    files: dict[str, str]
    pages: dict[str, dict[str, _Page]]


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_decode = msgspec.json.Decoder(_Manifest).decode


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


def facts(site: Mapping[str, Any], register: Mapping[str, Any]) -> dict[str, Any]:
    """What a release freezes of the plain data of the files: who is responsible, and the register.

    How the site looks and where it lies is no part of it, nor is white space within a text.
    """
    named = {key: site[key] for key in ("controller", "authority", "prevailing_language")
             if key in site}  # fmt: skip
    found: dict[str, Any] = _tidy({**named, "register": register})
    return found


def _tidy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _tidy(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_tidy(item) for item in data]
    return " ".join(data.split()) if isinstance(data, str) else data


def differences(
    old: Any, new: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """The path of each value that two sets of plain data do not share; order of keys is none."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from differences(old.get(key), new.get(key), (*path, key))
    else:
        yield path


def freeze(release: Release, previous: Release | None) -> dict[str, bytes]:
    """The files of a release, by their name within its folder; `previous` is the one before."""
    files = {
        f"{page}.{language}.html": found.fragment.encode()
        for (page, language), found in release.pages.items()
    }
    files[FACTS] = release.frozen_facts
    listed: dict[str, dict[str, _Page]] = {}
    for (page, language), found in sorted(release.pages.items()):
        entry = _Page(found.title, found.description, found.fingerprint, dict(found.sections))
        listed.setdefault(page, {})[language] = entry
    manifest = _Manifest(
        FORMAT,
        release.date,
        release.made,
        release.host,
        release.kind,
        dict(release.summary.in_language),
        _Previous(previous.date, previous.digest) if previous else None,
        {name: digest(data) for name, data in sorted(files.items())},
        listed,
    )
    return {**files, MANIFEST: json_bytes(msgspec.to_builtins(manifest))}


def json_bytes(data: object) -> bytes:
    """Plain data as JSON that a reviewer can read line by line."""
    return msgspec.json.format(msgspec.json.encode(data, enc_hook=str), indent=1) + b"\n"


def read(files: Mapping[str, bytes]) -> tuple[tuple[Release, ...], list[Problem]]:
    """Every release in the archive, oldest first, and all that does not add up.

    `files` are the bytes of the archive's files by their path below it (``2025-06-06/…``).
    """
    folders: dict[str, dict[str, bytes]] = {}
    problems: list[Problem] = []
    for path, data in sorted(files.items()):
        folder, _, name = path.partition("/")
        if name and _DATE.fullmatch(folder):
            folders.setdefault(folder, {})[name] = data
        else:
            problems.append(_foreign(path if _DATE.fullmatch(folder) else folder))
    releases: list[Release] = []
    whole = True
    for folder, found in folders.items():
        manifest, faults = _manifest(folder, found)
        if manifest and whole:
            faults += _chain_faults(manifest, releases[-1] if releases else None)
        if manifest and not faults:
            releases.append(_release(manifest, found))
        whole = not faults  # what is broken is told once, not by the next release too
        problems += faults
    return tuple(releases), problems


def _foreign(path: str) -> Problem:
    message = "this is no part of a release, and nothing else lies here"
    hint = f"move it out of {FOLDER}/; a new version is made by: {command('release')}"
    return Problem(Place(f"{FOLDER}/{path}"), "broken-archive", message, hint)


def _manifest(folder: str, found: Mapping[str, bytes]) -> tuple[_Manifest | None, list[Problem]]:
    """The manifest of a folder, and where it and the files differ; None where there is none."""
    place = Place(f"{FOLDER}/{folder}/{MANIFEST}")
    try:
        manifest = _decode(found[MANIFEST])
    except KeyError:
        message = "the manifest of the release is missing"
        return None, [Problem(place, "broken-archive", message, _HINT)]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        message = f"this is not the manifest of a release: {error}"
        return None, [Problem(place, "broken-archive", message, _HINT)]
    faults = list(_file_faults(folder, manifest, found))
    if folder != manifest.date.isoformat():
        message = f"the folder “{folder}” holds the release of {manifest.date}"
        hint = f"name the folder {manifest.date} again"
        faults.append(Problem(place, "broken-archive", message, hint))
    return manifest, faults


def _file_faults(folder: str, manifest: _Manifest, found: Mapping[str, bytes]) -> Iterator[Problem]:
    listed = {f"{page}.{code}.html" for page, codes in manifest.pages.items() for code in codes}
    for name in sorted({FACTS, *listed, *manifest.files} | (found.keys() - {MANIFEST})):
        place = Place(f"{FOLDER}/{folder}/{name}")
        if name not in found:
            yield Problem(place, "broken-archive", "a released file is missing", _HINT)
        elif name not in manifest.files:
            yield _foreign(f"{folder}/{name}")
        elif digest(found[name]) != manifest.files[name]:
            message = "the file is not what was released: its SHA-256 differs from the manifest"
            yield Problem(place, "broken-archive", message, _HINT)


def _chain_faults(manifest: _Manifest, before: Release | None) -> Iterator[Problem]:
    """Whether the release before is there, and is what this one refers to."""
    named = manifest.previous
    if (named and named.date) != (before and before.date):
        place = Place(f"{FOLDER}/{manifest.date}/{MANIFEST}")
        expected = f"the release of {named.date}" if named else "no release"
        message = f"the release before is another: the manifest names {expected}"
        yield Problem(place, "broken-archive", message, _CHAIN_HINT)
    elif named and before and named.manifest != before.digest:
        place = Place(f"{FOLDER}/{before.date}/{MANIFEST}")
        message = f"the manifest is not the one to which the release of {manifest.date} refers"
        yield Problem(place, "broken-archive", message, _CHAIN_HINT)


def prove(release: Release) -> list[Problem]:
    """Whatever of a release does not follow from its texts: fingerprints, readable facts.

    The bytes of its files were held against the manifest as it was read; this holds the manifest
    itself against them, and takes longer.
    """
    faults = [
        (MANIFEST, f"the fingerprints of {page}.{language}.html do not follow from its text")
        for (page, language), found in release.pages.items()
        if released_page(found.fragment, found.title, found.description) != found
        # Mark-up that the canonical form does not know, a script say, has no place in the archive.
        or canonical.to_fragment(canonical.from_fragment(found.fragment)) != found.fragment
    ]
    if fault := _facts_fault(release.frozen_facts):
        faults.append((FACTS, fault))
    folder = f"{FOLDER}/{release.date}"
    return [Problem(Place(f"{folder}/{name}"), "broken-archive", message, _HINT)
            for name, message in faults]  # fmt: skip


def _facts_fault(frozen: bytes) -> str:
    """Why the frozen facts cannot be those of a release (see `facts`); empty if they can."""
    try:
        found = json.loads(frozen)
    except (ValueError, RecursionError) as error:
        return f"this is not JSON: {error}"
    if not isinstance(found, dict):
        return "these are not the facts of a release, but a single value or a list"
    parts = ("controller", "authority", "register")
    lacking = [part for part in parts if not isinstance(found.get(part), dict)]
    return f"these lack what a release has: {', '.join(lacking)}" if lacking else ""


def _release(manifest: _Manifest, found: Mapping[str, bytes]) -> Release:
    pages = {
        (page, language): ReleasedPage(
            entry.title,
            entry.description,
            found[f"{page}.{language}.html"].decode(errors="replace"),
            entry.text,
            MappingProxyType(entry.sections),
        )
        for page, languages in manifest.pages.items()
        for language, entry in languages.items()
    }
    return Release(
        manifest.date,
        manifest.made,
        manifest.host,
        manifest.kind,
        Text(MappingProxyType(manifest.summary)),
        MappingProxyType(pages),
        found[FACTS],
        digest(found[MANIFEST]),
    )
