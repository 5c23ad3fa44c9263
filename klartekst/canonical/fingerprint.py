"""The canonical text of a page and of its sections, and its SHA-256."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator

from klartekst.model.version import Block, Inline, SectionText, Table, Version


def sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes in small hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def page_text(version: Version) -> str:
    """The canonical text of a page, one line for its title, its lead and each of its sections."""
    lines = [_line([version.title]), _line(texts(version.lead))]
    lines += [section_text(section) for section in version.sections]
    return "\n".join(line for line in lines if line)


def section_text(section: SectionText) -> str:
    """The canonical text of a section: title and text without the number, as one line."""
    return _line([section.title, *texts(section.blocks)])


def _line(said: Iterable[Inline]) -> str:
    return unicodedata.normalize("NFC", " ".join(text.plain for text in said if text))


def texts(blocks: Iterable[Block]) -> Iterator[Inline]:
    """All texts of the blocks in the order of the page."""
    for block in blocks:
        if isinstance(block, Table):
            yield block.caption
            yield from block.columns
            for row in block.rows:
                yield from row.cells
        else:
            yield block.text
