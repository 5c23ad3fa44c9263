"""The command that writes the comment on a pull request: review."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from klartekst.cli.options import as_of_option


def _address(_: click.Context, __: click.Parameter, value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise click.BadParameter("write an address that begins with https://")
    return value


@click.command()
@click.argument("base")
@click.option("--preview", default="", callback=_address, help="Where the built pages are.")
@as_of_option
@click.pass_obj
def review(root: Path, base: str, preview: str, as_of: datetime.date) -> None:
    """Write the comment on the change from BASE to these sources.

    BASE is a git revision, or a folder that holds sources. Ends with 0 also where something is
    wrong with them: “check” fails for that, and the comment says it.
    """
    from klartekst.review import review as reviewed

    click.echo(reviewed(root, base, as_of, preview), nl=False)
