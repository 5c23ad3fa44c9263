"""The redline: what differs between two versions of a page, as law reads it, not as diff does.

`compare` gives a `Redline`; `as_text`, `as_markdown`, `as_html` and `as_docx` show it in the
language whose `Words` they are given; `summary` says in short which sections changed.
"""

from klartekst.redline.as_docx import as_docx
from klartekst.redline.as_html import as_html
from klartekst.redline.as_markdown import as_markdown
from klartekst.redline.as_text import as_text
from klartekst.redline.compare import compare
from klartekst.redline.summary import SectionSummary, summary
from klartekst.redline.values import Redline
from klartekst.redline.words import Words

__all__ = [
    "Redline",
    "SectionSummary",
    "Words",
    "as_docx",
    "as_html",
    "as_markdown",
    "as_text",
    "compare",
    "summary",
]
