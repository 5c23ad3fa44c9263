"""``python -m bench``: every figure of the README, measured here and now."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bench import measure, preview, sites
from bench.checks import checks
from bench.redline import redlines
from bench.versions import versions


def main() -> None:
    """Measure and print one table."""
    print(f"medians of {measure.RUNS} whole processes, start-up included\n")
    print(f"{'':44}{'ms':>8}{'min':>8}{'max':>8}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        real = sites.real(Path(folder, "real"))
        report("the real site", real, real / "content/nb/personvern.md")
        large = sites.large(Path(folder, "large"))
        words = f"{sites.PAGES:,} pages of {sites.WORDS:,} words"
        report(words, large, large / "content/nb/page-007.md")
        cases = {
            "the real site": (real, real / "content/nb/personvern.md", "/personvern/"),
            f"{sites.PAGES:,} pages": (large, large / "content/nb/page-007.md", "/page-007/"),
        }
        preview.report(Path(folder), cases)
    versions()
    redlines()
    checks()


def report(name: str, site: Path, page: Path) -> None:
    """The four figures of one site; `page` is the text that is edited."""
    text = page.read_text("utf-8")

    def cold(_: int) -> None:
        for made in (".klartekst", "output", ".output-spare"):
            shutil.rmtree(site / made, ignore_errors=True)

    def edit(number: int) -> None:
        page.write_text(f"{text}\nEdit number {number}.\n", "utf-8")

    cases = {"cold build": cold, "nothing changed": lambda _: None, "one sentence changed": edit}
    for case, before in cases.items():
        figure = measure.repeat(site, before)
        print(
            f"{name + ', ' + case:44}{figure.milliseconds:8.0f}{figure.fastest:8.0f}"
            f"{figure.slowest:8.0f}{figure.megabytes:9.0f}"
        )


if __name__ == "__main__":
    main()
