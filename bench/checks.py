"""What all rules together add to a build, on the real site and as pages grow to a thousand."""

from __future__ import annotations

import datetime
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from bench import sites
from klartekst import pipeline
from klartekst.judge import judged

_TODAY = datetime.date(2026, 1, 1)
_RUNS = 5
_PAGES = (100, 300, sites.PAGES)


def checks() -> None:
    """Print the median of all rules in milliseconds, and what a page costs."""
    print(f"\n{'all rules':44}{'ms':>8}{'ms a page':>11}")
    with tempfile.TemporaryDirectory() as folder:
        _report("the real site", sites.real(Path(folder, "real")), _RUNS)
        large = sites.large(Path(folder, "large"))
        for pages in _PAGES:
            _report(f"{pages:,} pages of {sites.WORDS:,} words", _some(large, pages), 1)


def _some(large: Path, pages: int) -> Path:
    """The large site with so many of its pages."""
    few = large.with_name(f"with-{pages}")
    shutil.copytree(large, few)
    for path in few.glob("content/*/page-*.md"):
        if int(path.stem.removeprefix("page-")) >= pages // 2:
            path.unlink()
    return few


def _report(name: str, site: Path, runs: int) -> None:
    made = pipeline.made(site, _TODAY)
    judged(made)  # the tables are read once in a process
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        judged(made)
        times.append((time.perf_counter() - started) * 1000)
    spent = statistics.median(times)
    print(f"{name:44}{spent:8.0f}{spent / len(made.site.pages):11.1f}")


if __name__ == "__main__":
    checks()
