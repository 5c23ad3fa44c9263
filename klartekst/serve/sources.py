"""The sources as the preview shows them: where a finding stands, to be read, not to be edited."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from klartekst.serve.watch import FOLDERS
from klartekst.text_file import is_within

_SUFFIXES = (".md", ".yaml", ".html", ".css", ".js", ".po", ".xml", ".json", ".svg")
_MOST = 2_000_000

_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{name}:{line}</title>
<link rel="stylesheet" href="/_preview/source.css">
</head>
<body>
<header>{name}</header>
<main><ol>
{lines}
</ol></main>
</body>
</html>
""")


def source_page(root: Path, name: str, line: int) -> bytes | None:
    """The source file `name` of the site in `root` as a page, `line` marked; None if it is none."""
    text = _text(root, name)
    if text is None:
        return None
    lines = Markup("\n").join(
        Markup('<li id="L{0}"{1}><code>{2}</code></li>').format(
            number, Markup(' class="here"') if number == line else "", content or " "
        )
        for number, content in enumerate(text.split("\n"), 1)
    )
    return _PAGE.format(name=name, line=line, lines=lines).encode()


def _text(root: Path, name: str) -> str | None:
    parts = name.split("/")
    if parts[0] not in FOLDERS or any(part in ("", ".", "..") for part in parts):
        return None
    path = root / name
    if "\0" in name or path.suffix not in _SUFFIXES or not is_within(path, root):
        return None
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        return path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return None
