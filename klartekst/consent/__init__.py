"""The consent script and what is published beside it, made from the register and the catalogues."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from klartekst.consent.data import site_data
from klartekst.consent.words import shown_words, words_hash
from klartekst.messages import Language
from klartekst.model import Site

__all__ = ["consent_files"]

_KEY = re.compile(r'(?<=[{,])"([a-z]\w*)":')
Find = Callable[[str], Path | None]
Render = Callable[..., str]


def consent_files(
    site: Site, languages: Mapping[str, Language], find: Find, render: Render
) -> dict[str, bytes]:
    """The script, its type declarations, the record's schema, the words shown, and the GPC file.

    `find` gives the file of a name below the layouts, `render` the output of a template. Empty
    where there is no cookie page or no category that asks for consent.
    """
    folder = site.consent_folder
    if folder is None:
        return {}
    stem = f"{folder.strip('/')}/{site.settings.consent.script.removesuffix('.js')}"
    look, consent = site.settings.appearance, site.settings.consent
    style = render("consent/style.css", look=look, consent=consent)
    script = _script(
        site_data(site, languages, str(style)), _bytes(find, "runtime.min.js").decode()
    )
    return {
        f"{stem}.js": script,
        f"{stem}.d.ts": _bytes(find, "api.d.ts"),
        f"{stem}.schema.json": _bytes(find, "record.schema.json"),
        f"{stem}.json": _about(site, languages, script),
        ".well-known/gpc.json": _gpc(site),
    }


def _script(data: Mapping[str, Any], bundle: str) -> bytes:
    """The runtime, called with the data; the first line of `bundle` says what it was made of."""
    runtime = bundle.partition("\n")[2].strip()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = _KEY.sub(r"\1:", text)
    # Not needed in a file of its own, but somebody may put the script into a page.
    for sign, escape in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, escape)
    return f"({runtime})({text});\n".encode()


def _about(site: Site, languages: Mapping[str, Language], script: bytes) -> bytes:
    """What proves a record later: the words behind each `text_hash`, and the script's hash."""
    integrity = "sha384-" + b64encode(hashlib.sha384(script).digest()).decode()
    shown = {code: shown_words(site, language) for code, language in languages.items()}
    return _json({"integrity": integrity, "hash": words_hash([*shown.values()]), "words": shown})


def _gpc(site: Site) -> bytes:
    """``/.well-known/gpc.json`` (W3C, Global Privacy Control, section 4.1).

    When the site began to heed the signal no data say, and `lastUpdate` may be left out.
    """
    return _json({"gpc": site.settings.consent.gpc != "ignore"})


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _bytes(find: Find, name: str) -> bytes:
    path = find(f"consent/{name}")
    return path.read_bytes() if path else b""
