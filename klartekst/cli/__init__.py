"""The command line: the only module that prints or exits.

Exit codes: 0 good, 1 problems in the sources, 2 wrong usage, 3 a fault of Klartekst itself.
"""

from __future__ import annotations

import datetime
import gc
import time
import traceback
from pathlib import Path

import click

from klartekst import __version__
from klartekst.cli.checks import check, explain, reviewed
from klartekst.cli.options import as_of_option
from klartekst.cli.reviews import review
from klartekst.cli.versions import change, redline, release, verify
from klartekst.problems import SiteError

_BUG = 3


class _Commands(click.Group):
    """The commands, in the order of use; a known problem ends with 1 and our own bug with 3."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except SiteError as error:
            _report(error)
            context.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:
            traceback.print_exc()
            click.echo(
                "\nThis is a fault of Klartekst, not of your texts, and nothing was changed.\n"
                "Please report it with the lines above.",
                err=True,
            )
            context.exit(_BUG)


def _report(error: SiteError) -> None:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    click.echo(f"\n{count} problem{'s' if count > 1 else ''}; nothing was changed.", err=True)


@click.group(cls=_Commands, invoke_without_command=True)
@click.option(
    "--site",
    "root",
    default=".",
    show_default="this folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds content/ and data/.",
)
@click.version_option(__version__, prog_name="Klartekst")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Legal pages from Markdown and one register. Without a command: build."""
    context.obj = root
    if context.invoked_subcommand is None:
        context.invoke(build)


@main.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    show_default="output/ in the site's folder",
    help="Where the published site goes.",
)
@click.option("--draft", is_flag=True, help="With the working texts, for a look before a release.")
@as_of_option
@click.pass_obj
def build(root: Path, output: Path | None, draft: bool, as_of: datetime.date) -> None:
    """Build the site into output/: all of it, or on any problem nothing."""
    gc.disable()
    from klartekst import pipeline
    from klartekst.check import history
    from klartekst.write import write

    # What is imported stays: to look through it again and again takes a tenth of a cold build.
    gc.freeze()
    gc.enable()
    started = time.perf_counter()
    target = output or root / "output"
    made = pipeline.made(root, as_of, draft=draft)
    written = write(made.rendered.files, target)
    spent = (time.perf_counter() - started) * 1000
    state = "written" if written.changed else "unchanged"
    click.echo(f"{written.files} files in {target}, {state} ({spent:.0f} ms)")
    for problem in history.unreleased(made.loaded, made.site, made.rendered.working):
        click.echo(f"not published yet: {problem}", err=True)


@main.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 lets a phone on the same network look in.",
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The first port to try.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@as_of_option
@click.pass_obj
def serve(root: Path, host: str, port: int, open_browser: bool, as_of: datetime.date) -> None:
    """Show the site while you edit; pages reload as you save."""
    from klartekst import serve as server
    from klartekst.serve.preview import Preview

    def ready(address: str) -> None:
        click.echo(f"{address}  (end with Ctrl-C)")
        if open_browser:
            click.launch(address)

    try:
        server.serve(
            Preview(root, as_of), server.Address(host, port),
            lambda line: click.echo(line, err=True), ready,
        )  # fmt: skip
    except KeyboardInterrupt:
        click.echo("\nended")
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}: {error.strerror or error}") from error


@main.command()
@click.pass_obj
def headers(root: Path) -> None:
    """Print the file _headers, which some hosts read, for the root of what is published."""
    from klartekst.headers import headers_file
    from klartekst.load import load

    loaded = load(root)
    if loaded.settings is None:
        raise SiteError(loaded.problems)
    click.echo(headers_file(loaded.settings), nl=False)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def new(folder: Path) -> None:
    """Begin a new site in FOLDER: the sources of a made-up company, to be made your own."""
    from klartekst.starter import start

    for path in start(folder):
        click.echo(path.as_posix())
    click.echo(f"\nNow make them your own, and: klartekst --site {folder} serve")


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Only say whether they are up to date.")
@click.pass_obj
def schema(root: Path, only_check: bool) -> None:
    """Write JSON Schemas to data/schema/, for editors that complete and check."""
    from klartekst import export

    stale = [name for name, text in export.schemas().items() if not _is(root / name, text)]
    if only_check:
        click.echo("\n".join(f"{name} is out of date" for name in stale) or "all up to date")
        raise SystemExit(1 if stale else 0)
    for name in stale:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(export.schemas()[name], encoding="utf-8")
        click.echo(f"wrote {name}")


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


for _command in (check, explain, reviewed, review, change, release, redline, verify):
    main.add_command(_command)
