"""The comment on a pull request: what a `Review` holds, as GitHub's Markdown.

All that comes from the sources goes through `escaped` or `harmless`, so that a pull request cannot
make the comment call people, link elsewhere, hide a part of itself or end early.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from klartekst.check.finding import Finding
from klartekst.check.run import Report
from klartekst.model import Release
from klartekst.pipeline import Made
from klartekst.redline import as_markdown, summary
from klartekst.redline.as_markdown import escaped, harmless
from klartekst.redlines import PageRedline
from klartekst.review.asked import asked_again, no_longer_asked, shorter
from klartekst.review.beside import beside
from klartekst.review.findings import Compared, compared

MARK = "<!-- klartekst review -->"
"""The first line, by which the comment is found again when it is to be renewed."""
LIMIT = 65_000
"""The longest comment in UTF-16 units; GitHub takes 65,536 characters."""

_CUT = (
    "*Cut here, since GitHub takes no longer comment: {left} lines are left out. "
    "The built pages and `python build.py redline` show all that changed.*"
)
_LONG_LINE = 5_000
_LONG_LIST = 40
_LONG_PAGE = 25


@dataclass(frozen=True, slots=True)
class Text:
    """What changed on a page in one language, and its description before and after."""

    redline: PageRedline
    descriptions: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """Both states of a site, None where one cannot be made, what is found in each, and texts."""

    old: Made | None
    new: Made | None
    before: Report
    after: Report
    texts: tuple[Text, ...]
    preview: str = ""


def comment(review: Review) -> str:
    """The whole comment; ends in a line feed."""
    found = compared(review.before.findings, review.after.findings)
    lines = [MARK, "## What this change does to the legal texts", ""]
    lines += _state(review)
    if review.old and review.new:
        lines += ["### Version", "", *_version(review.old, review.new, review.after), ""]
        lines += ["### Consent", "", *_consent(review.old, review.new), ""]
        if found_beside := list(beside(review.old, review.new)):
            lines += ["### Data, addresses and looks", "", *_listed(found_beside), ""]
    lines += ["### Findings", "", *_findings(found, review.after), ""]
    if review.old and review.new:
        lines += ["### Texts", "", *_texts(review.texts)]
    return _fitted(lines, LIMIT)


def _state(review: Review) -> Iterator[str]:
    if review.preview:
        address = quote(review.preview, safe=":/?#&=%+,;~@!$'*")
        yield f"[The built pages]({address})"
        yield ""
    for name, made, lost in (
        ("pages with this change", review.new, "Nothing of it can be published before that."),
        ("base of this change", review.old, "So there is nothing to hold the texts against."),
    ):
        if made is None:
            yield f"**The {name} cannot be built**, for the errors below. {lost}"
            yield ""


def _version(old: Made, new: Made, after: Report) -> Iterator[str]:
    """Whether what changed is announced in the change log, and what is released by this."""
    before = {release.date: release for release in old.site.releases}
    for release in new.site.releases:
        known = before.pop(release.date, None)
        if known is None:
            yield f"- Releases a version **in force from {release.date}**: {_released(release)}"
        elif known.digest != release.digest:
            yield f"- **The released version of {release.date} was changed.** Nothing may do that."
    for date in before:
        yield f"- **The released version of {date} was removed.** Nothing may do that."
    if prepared := new.site.prepared:
        pages = ", ".join(prepared.pages)
        yield (
            f"- A version is being prepared ({prepared.kind}, of {escaped(pages)}), in force from "
            f"the date that its release gives it: {_both(prepared.summary.in_language.values())}"
        )
    silent = [finding for finding in after.findings if finding.code == "silent-change"]
    if silent:
        files = ", ".join(dict.fromkeys(escaped(finding.place.file) for finding in silent))
        yield f"- **An entry of the change log is missing**: {files} changed in silence."
    elif not new.site.releases:
        yield "- No version was released yet, so no change needs an entry."
    elif not prepared:
        yield "- Nothing waits to be released."


def _released(release: Release) -> str:
    pages = ", ".join(sorted({page for page, _ in release.pages}))
    return f"{release.kind}, of {escaped(pages)}: {_both(release.summary.in_language.values())}"


def _both(texts: Iterable[str]) -> str:
    return escaped(" / ".join(dict.fromkeys(texts)))


def _consent(old: Made, new: Made) -> Iterator[str]:
    """Who is asked again once this is published, and why."""
    registers = old.site.register, new.site.register
    again = asked_again(*registers)
    for asked in again:
        category = new.site.register.cookie_categories[asked.key]  # type: ignore[index]
        name = _both(category.name.in_language.values())
        yield f"- Visitors are **asked again about {name}**:"
        yield from _listed([f"  - {escaped(reason)}" for reason in asked.reasons])
    for key in no_longer_asked(*registers):
        yield f"- Nobody is asked about “{escaped(key)}” any more."
    if less := shorter(old.site.settings, new.site.settings):
        yield f"- {escaped(less).capitalize()}."
    if not again and not less:
        yield "- Nobody is asked again: every choice that was made still covers what it did."


def _findings(found: Compared, after: Report) -> Iterator[str]:
    for crash in after.crashes:
        yield f"- **The rule `{crash.code}` crashed**, which is a fault of Klartekst."
    for title, findings in (
        ("New", found.new), ("Waived by this", found.waived), ("Gone", found.gone),
    ):  # fmt: skip
        if findings:
            yield f"**{title}: {len(findings)}**"
            yield ""
            yield from _listed([_finding(finding) for finding in findings])
            yield ""
    if not found.new and not found.gone and not found.waived and not after.crashes:
        yield "- None came and none went."
        yield ""
    waived = sum(finding.waiver is not None for finding in after.findings)
    yield f"To be mended before this passes: {after.standing}. Waived: {waived}."


def _finding(finding: Finding) -> str:
    message = f"{finding.severity}: {escaped(finding.message)} (`{finding.code}`)"
    line = f"- {escaped(finding.place.file)}, line {finding.place.line}: {message}"
    if waiver := finding.waiver:
        line += f", waived until {waiver.until}: {escaped(f'{waiver.reason} ({waiver.who})')}"
    return line


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_LONG_LIST]
    if len(lines) > _LONG_LIST:
        yield f"- … and {len(lines) - _LONG_LIST} more"


def _texts(texts: Sequence[Text]) -> Iterator[str]:
    if not texts:
        yield "No page says anything else than before."
        return
    yield "What is ~~struck~~ goes and what is **bold** comes."
    for text in texts:
        yield ""
        yield from _text(text)


def _text(text: Text) -> Iterator[str]:
    """The redline of a page, folded where it is long."""
    one = text.redline
    changes = [f"{each.label or one.words.lead} ({', '.join(map(one.words.change, each.changes))})"
               for each in summary(one.redline)]  # fmt: skip
    lines = [*_description(*text.descriptions)]
    lines += as_markdown(one.redline, one.words).splitlines() if one.redline.changed else []
    folded = "" if len(lines) <= _LONG_PAGE else f": {'; '.join(changes)}"
    name = html.escape(harmless(one.name), quote=True)
    opened = "" if folded else " open"
    yield f"<details{opened}><summary><b>{name}</b>{html.escape(harmless(folded))}</summary>"
    yield ""
    # Headings of the redline stand below ours; in its lines a number sign is never the first.
    yield from (re.sub(r"^#+ ", lambda mark: f"##{mark[0]}", line) for line in lines)
    yield ""
    yield "</details>"


def _description(old: str, new: str) -> Iterator[str]:
    """The description, which search engines and shared links show, where it changed."""
    if old != new:
        gone, come = (f"{sign}{escaped(text)}{sign}" if text else ""
                      for sign, text in (("~~", old), ("**", new)))  # fmt: skip
        yield f"Description: {gone} {come}".rstrip()
        yield ""


def _fitted(lines: Iterable[str], limit: int) -> str:
    """As many of the lines as fit, and where it had to be cut a line that says so."""
    kept: list[str] = []
    whole = [_short(line) for line in lines]
    used, is_open = 0, False
    for place, line in enumerate(whole):
        used += _length(line) + 1
        if used > limit - 300:
            kept += ["", "</details>"] if is_open else []
            kept += ["", _CUT.format(left=len(whole) - place)]
            break
        is_open = line.startswith("<details") or (is_open and line != "</details>")
        kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


def _short(line: str) -> str:
    return line if len(line) <= _LONG_LINE else f"{line[:_LONG_LINE].rstrip(chr(92))} … (cut)"


def _length(text: str) -> int:
    """In UTF-16 units, as JavaScript counts; a line may hold signs that count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
