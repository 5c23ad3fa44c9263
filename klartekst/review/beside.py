"""What a change does that no text shows: settings, facts, addresses, front matter, layouts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from klartekst import archive
from klartekst.canonical import INVISIBLE
from klartekst.model import Page
from klartekst.pipeline import Made
from klartekst.redline.as_markdown import escaped

_DATA = ("data/site.yaml", "data/register.yaml")
_FRONT = ("numbered", "glance", "menu", "roles")
_LONG = 200
_UNSEEN = re.compile(
    f"[{INVISIBLE}\u034f\u061c\u180b-\u180f\u200c-\u200f\u2061-\u206f\ufe00-\ufe0f]"
)


def beside(old: Made, new: Made) -> Iterator[str]:
    """A line for each setting and fact, each page's address and front matter, each own layout."""
    yield from _layouts(old.loaded.root / "layouts", new.loaded.root / "layouts")
    for page in new.site.pages:
        if then := old.site.find(page.id, page.language):
            yield from _page(then, page, old, new)
    # The register comes last: it is long, and a long list is cut.
    for name in _DATA:
        before, after = (made.loaded.documents[name].data for made in (old, new))
        for path in archive.differences(before, after):
            yield _line(".".join(map(str, path)), _at(before, path), _at(after, path))


def _page(then: Page, now: Page, old: Made, new: Made) -> Iterator[str]:
    addresses = old.site.settings.address(then), new.site.settings.address(now)
    if addresses[0] != addresses[1]:
        yield _line(f"address of {now.source}", *addresses)
    for key in _FRONT:
        before, after = getattr(then, key), getattr(now, key)
        if before != after:
            yield _line(f"{now.source}, {key}", before, after)


def _layouts(old: Path, new: Path) -> Iterator[str]:
    """The layouts of the site's own that differ; their code is for the eyes of a developer."""
    before, after = (
        {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
        for root in (old, new)
    )
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            yield f"- **layouts/{escaped(name)} is new**"
        elif name not in after:
            yield f"- **layouts/{escaped(name)} is gone**"
        elif before[name].read_bytes() != after[name].read_bytes():
            yield f"- **layouts/{escaped(name)} has changed**"


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _line(what: str, old: Any, new: Any) -> str:
    texts = [_seen(old), _seen(new)]
    gone, come = (_short(text) for text in texts)
    if gone == come:
        where = "in signs that nobody sees" if texts[0] == texts[1] else "further on"
        return f"- {escaped(what)}: differs {where}"
    struck = f" ~~{gone}~~" if gone else ""
    return f"- {escaped(what)}:{struck}{f' **{come}**' if come else ''}"


def _seen(value: Any) -> str:
    """What is seen of a value, on one line; empty where there is none."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return " ".join(_UNSEEN.sub("", text).split())


def _short(text: str) -> str:
    return escaped(text if len(text) <= _LONG else f"{text[:_LONG].rstrip()} …")
