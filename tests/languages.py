"""One more language for a site, made of one that it has."""

from __future__ import annotations

import re
from typing import Any

import yaml

from klartekst import yaml_source

from .sites import REPOSITORY, SiteFolder


def catalogue(code: str, source: str, translated: str = "{}") -> str:
    """The catalogue of the layouts in `source`, as one of the language `code`."""
    text = (REPOSITORY / "layouts" / "messages" / f"{source}.po").read_text(encoding="utf-8")
    text = re.sub(r"(Language: )\w+", rf"\g<1>{code}", text, count=1)
    return re.sub(r'^msgstr "(.+)"$', lambda m: f'msgstr "{translated.format(m[1])}"', text,
                  flags=re.MULTILINE)  # fmt: skip


def _said(data: Any, code: str, like: str) -> Any:
    """The data with each text in the language `code` too, where it says what `like` says."""
    if isinstance(data, list):
        return [_said(item, code, like) for item in data]
    if not isinstance(data, dict):
        return data
    own = {code: data[like]} if like in data else {}
    return {key: _said(value, code, like) for key, value in data.items()} | own


def with_language(site: SiteFolder, code: str, like: str, po: str) -> SiteFolder:
    """The site with one more language, which says what the language `like` says: files alone."""
    site.with_edit("data/site.yaml", "languages: [nb, en]", f"languages: [nb, en, {code}]")
    for name in ("data/register.yaml", "data/changes.yaml"):
        data = _said(yaml_source.parse(site.read(name), name).data, code, like)
        site.with_file(name, yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    for path in sorted((site.root / "content" / like).rglob("*.md")):
        name = path.relative_to(site.root / "content" / like)
        site.with_file(f"content/{code}/{name.as_posix()}", path.read_text(encoding="utf-8"))
    return site.with_file(f"layouts/messages/{code}.po", po)
