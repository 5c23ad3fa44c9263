"""The package that other companies install: whole, with the layouts, and enough by itself."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import klartekst

from .sites import GOOD, REPOSITORY, SiteFolder, contents


def packed(kind: str, source: Path, folder: Path) -> Path:
    """The folder in which the package of that kind now lies."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of the source package without a network, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    (sources,) = packed("sdist", REPOSITORY, folder).glob("*.tar.gz")
    with tarfile.open(sources) as archive:
        archive.extractall(folder, filter="data")
    (wheel,) = packed("wheel", folder / sources.name.removesuffix(".tar.gz"), folder).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed command, away from the repository."""
    command = [sys.executable, "-m", "klartekst", *arguments]
    path = {"PYTHONPATH": str(installed), "PATH": "/nowhere"}
    return subprocess.run(
        command, cwd=installed, env=path, text=True, capture_output=True, check=False
    )


def test_installed_package_builds_a_site_that_has_no_layouts_of_its_own(
    installed: Path, tmp_path: Path
) -> None:
    site = SiteFolder.copy(GOOD, tmp_path / "site")
    done = run(installed, "--site", str(site.root), "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(site.output) == site.make()


def test_installed_package_holds_every_layout_and_nothing_of_the_company(installed: Path) -> None:
    layouts = contents(REPOSITORY / "layouts")
    assert contents(installed / "klartekst" / "layouts") == layouts
    assert {path.name for path in installed.iterdir() if "dist-info" not in path.name} == {
        "klartekst"
    }


def test_installed_package_begins_a_new_site(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "new", str(tmp_path / "ours"))
    assert (done.returncode, done.stderr) == (0, "")
    assert run(installed, "--site", str(tmp_path / "ours"), "build").returncode == 0


def test_package_has_the_version_that_the_engine_tells(installed: Path) -> None:
    assert (installed / f"klartekst-{klartekst.__version__}.dist-info").is_dir()


def test_package_has_a_console_command(installed: Path) -> None:
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "klartekst = klartekst.cli:main" in points.read_text()
