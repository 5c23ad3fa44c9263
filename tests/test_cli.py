"""The command line: what it prints, and the four exit codes."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

import klartekst
from klartekst.cli import main

from .sites import REPOSITORY, SiteFolder, contents


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_without_a_command_the_site_is_built(site: SiteFolder) -> None:
    result = run("--site", str(site.root))
    assert result.exit_code == 0
    assert re.fullmatch(r"\d+ files in .+output, written \(\d+ ms\)\n", result.stdout)
    assert contents(site.output) == site.make()
    again = run("--site", str(site.root), "build")
    assert "unchanged" in again.stdout


def test_python_build_py_builds_the_site_of_the_folder(site: SiteFolder) -> None:
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "build.py")],
        cwd=site.root, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(site.output) == site.make()


def test_the_output_goes_where_it_is_wanted(site: SiteFolder) -> None:
    target = site.root / "public" / "legal"
    assert run("--site", str(site.root), "build", "--output", str(target)).exit_code == 0
    assert (target / "personvern" / "index.html").is_file()
    assert not site.output.exists()


def test_a_draft_shows_the_working_text_and_the_published_site_does_not(
    released: SiteFolder,
) -> None:
    released.with_edit("content/en/privacy.md", "Call {{", "Ring up {{")
    page = released.output / "en/privacy/index.html"
    assert run("--site", str(released.root), "build", "--draft").exit_code == 0
    assert "Ring up" in page.read_text("utf-8")
    assert run("--site", str(released.root), "build").exit_code == 0
    assert "Ring up" not in page.read_text("utf-8")


def test_a_checkout_that_was_never_installed_knows_its_version() -> None:
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "build.py"), "--version"],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Klartekst, version {klartekst.__version__}\n"


def test_help_names_every_command_with_a_line_about_it() -> None:
    result = run("--help")
    assert result.exit_code == 0
    listed = result.stdout.partition("Commands:")[2]
    for name, command in main.commands.items():
        assert re.search(rf"^  {name} +\S", listed, re.MULTILINE)
        assert command.help
        assert run(name, "--help").exit_code == 0


@pytest.mark.parametrize(
    "arguments", [["nope"], ["--nope"], ["build", "extra"], ["build", "--output"],
                  ["--site", "/no/such/folder"], ["--site", str(REPOSITORY / "build.py")]],
)  # fmt: skip
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "stage",
    ["klartekst.pipeline.load", "klartekst.pipeline.check.sources", "klartekst.pipeline.render",
     "klartekst.pipeline.check.files", "klartekst.write.write"],
)  # fmt: skip
@pytest.mark.parametrize("error", [ValueError("oops"), KeyError("x"), RecursionError(), OSError(5)])
def test_our_own_bugs_end_with_three_and_say_so(
    stage: str, error: Exception, site: SiteFolder, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def fail(*_: object, **__: object) -> None:
        raise error

    site.with_file("output/sitemap.xml", "published")
    monkeypatch.setattr(stage, fail)
    result = run("--site", str(site.root))
    assert result.exit_code == 3
    said = result.stderr + capsys.readouterr().err
    assert "fault of Klartekst, not of your texts" in said
    assert "Traceback" in said
    assert contents(site.output) == {"sitemap.xml": b"published"}


def test_nothing_in_a_message_commands_the_terminal(site: SiteFolder) -> None:
    site.with_edit("data/site.yaml", "name: Datatilsynet", '"na\\e[2Jme\\n": Datatilsynet')
    result = run("--site", str(site.root))
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
    assert "“na\\x1b[2Jme\\n”" in result.stderr
