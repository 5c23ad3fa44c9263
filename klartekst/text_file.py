"""The reading of single files: a text comes back, or the reason why it cannot be read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from klartekst.cache import Memory
from klartekst.model.values import UNSHOWABLE
from klartekst.problems import Place, Problem

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) \S", re.MULTILINE)
"""The marks of git."""


def read_text(
    root: Path, name: str, problems: list[Problem], memory: Memory, *, inside: bool | None = None
) -> str | None:
    """The text of the file `name`, without a byte-order mark, its lines ended by line feeds.

    None, and a problem, where it cannot be read (see `read_bytes`). A sign that no text may hold is
    a problem too, and replaced.
    """
    data = read_bytes(root, name, problems, memory, inside=inside)
    if data is None:
        return None
    key = f"{root}/{name}"
    text, faults = memory.keep("text", key, (data, name), partial(decoded, data, name))
    problems += faults
    return text


def decoded(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file's bytes, as `read_text` gives it, and what is wrong with them."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, name)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _CONFLICT.search(text):
        message = "two branches changed this place, and nobody chose between them"
        hint = "keep one of the two sides, and remove the lines of “<”, “=” and “>”"
        place = Place(name, text.count("\n", 0, match.start()) + 1)
        return None, [Problem(place, "merge-conflict", message, hint)]
    if UNSHOWABLE.search(text):
        return UNSHOWABLE.sub("\ufffd", text), list(_bad_characters(text, name))
    return text, []


def read_bytes(
    root: Path, name: str, problems: list[Problem], memory: Memory, *, inside: bool | None = None
) -> bytes | None:
    """The bytes of the file `name` of the site in the folder `root`; `memory` may know them.

    None, and a problem, where there is no such file, or none that can be read: a pipe, or a link
    that leads out of the site. `inside` tells whether it lies in the site, where that is known.
    """
    path = f"{root}/{name}"
    if not (is_within(path, root) if inside is None else inside):
        problems.append(outside_file(name))
        return None
    try:
        return memory.read(path)
    except FileNotFoundError:
        other = f"{name.removesuffix('.yaml')}.yml"
        hint = f"rename {other}" if os.path.exists(f"{root}/{other}") else "create it"
        problems.append(Problem(Place(name), "missing-file", "the file is missing", hint))
    except OSError as error:
        problems.append(_unreadable(name, str(error.strerror)))
    return None


def is_within(path: Path | str, folder: Path) -> bool:
    """Whether `path` lies in `folder` once all links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def outside_file(name: str) -> Problem:
    """The problem that `name` lies elsewhere: what is published must come from the site alone."""
    message = "this is a link that leads out of the site's folder"
    return Problem(Place(name), "outside-file", message, "put the file itself here")


def _unreadable(name: str, why: str) -> Problem:
    message = f"the file cannot be read: {why}"
    return Problem(Place(name), "unreadable-file", message, "look at its kind and permissions")


def _not_utf8(data: bytes, offset: int, name: str) -> Problem:
    before = data[:offset]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")) + 1
    place = Place(name, before.count(b"\n") + 1, column)
    message = f"the byte 0x{data[offset]:02x} is not UTF-8"
    return Problem(place, "not-utf-8", message, "save the file as UTF-8")


def _bad_characters(text: str, name: str) -> Iterator[Problem]:
    for match in UNSHOWABLE.finditer(text):
        before = text[: match.start()]
        place = Place(name, 1 + before.count("\n"), len(before) - before.rfind("\n"))
        message = f"the sign U+{ord(match[0]):04X} cannot be shown"
        yield Problem(place, "bad-character", message, "remove it")
