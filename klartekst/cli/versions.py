"""The commands that make, compare and prove versions: change, release, redline, verify."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from klartekst.cli.options import Date, as_of_option
from klartekst.problems import SiteError

if TYPE_CHECKING:
    from klartekst.redlines import PageRedline


@click.command()
@click.pass_obj
def change(root: Path) -> None:
    """Draft the change-log entry for all that changed since the last release."""
    from klartekst.draft import draft

    drafted = draft(root)
    click.echo(f"data/changes.yaml:{drafted.line}: write the summary in each language\n")
    click.echo(drafted.text)


@click.command()
@click.option(
    "--date",
    type=Date(),
    default=datetime.date.today,
    show_default="today",
    help="The day from which the change is in force.",
)
@click.pass_obj
def release(root: Path, date: datetime.date) -> None:
    """Release the change that is being prepared: freeze its pages in archive/."""
    from klartekst.release import release as freeze

    released = freeze(root, date, datetime.date.today())
    for page, language in released.pages:
        click.echo(f"archive/{released.date}/{page}.{language}.html")
    click.echo(f"released, in force from {released.date}; commit archive/ and data/changes.yaml")


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--page", help="Only this page, by its id.")
@click.option("--lang", help="Only this language.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "md", "docx"]),
    default="text",
    show_default=True,
    help="docx has tracked changes; it holds one page in one language and needs --output.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
    show_default="the terminal",
)
@click.pass_obj
def redline(
    root: Path,
    old: str | None,
    new: str | None,
    page: str | None,
    lang: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Show what changed from version OLD to version NEW.

    A version is a date, or “working” for the text in the sources. By default OLD is the last
    release and NEW the working text.
    """
    from klartekst.redlines import redlines

    if form == "docx" and not output:
        raise click.UsageError("a Word document needs --output FILE")
    found = redlines(root, old, new, page, lang)
    if form == "docx" and len(found) > 1:
        listed = ", ".join(f"--page {one.page.id} --lang {one.page.language}" for one in found)
        raise click.UsageError(f"a Word document holds one page in one language: {listed}")
    data = _shown(root, found, form, colour=not output and sys.stdout.isatty())
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        output.write_bytes(data.encode() if isinstance(data, str) else data)
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from error
    click.echo(f"wrote {output}")


def _shown(root: Path, found: list[PageRedline], form: str, *, colour: bool) -> str | bytes:
    from klartekst.redline import as_docx, as_markdown, as_text
    from klartekst.redlines import as_page

    if form == "docx":
        [one] = found
        when = datetime.datetime.now(datetime.UTC)
        return as_docx(one.redline, one.words, author=one.author, when=when)
    if form == "html":
        return as_page(root, found)
    if form == "md":
        return "\n".join(f"## {one.name}\n\n{as_markdown(one.redline, one.words)}" for one in found)
    return "\n".join(
        f"{one.name}\n\n{as_text(one.redline, one.words, colour=colour)}" for one in found
    )


@click.command()
@click.argument("copy", default=None, required=False)
@as_of_option
@click.pass_obj
def verify(root: Path, copy: str | None, as_of: datetime.date) -> None:
    """Compare a published COPY (a folder or an address) with the archive and the build."""
    from klartekst.verify import verify as compare

    verified = compare(root, copy or str(root / "output"), as_of)
    if verified.problems:
        raise SiteError(verified.problems)
    click.echo(f"{verified.pages} pages say what was published")
