"""Timing of whole processes: wall time and peak memory, as medians over several runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
_NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"
RUNS = 5

Before = Callable[[int], None]
"""What is done before a run, given its number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians over the runs: wall time in milliseconds, peak resident memory in megabytes."""

    milliseconds: float
    megabytes: float
    fastest: float
    slowest: float


def build(site: Path) -> tuple[float, float]:
    """Build `site` in a process of its own; milliseconds and peak megabytes. Raises if it fails."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "--site", str(site), "build"]
    # Compiled modules are kept, as Python does where nobody has forbidden it.
    kept = {name: value for name, value in os.environ.items() if name != _NO_BYTE_CODE}
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=kept)
    _, status, usage = os.wait4(process.pid, 0)
    spent = (time.perf_counter() - started) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the build of {site} failed")
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return spent, usage.ru_maxrss / scale


def repeat(site: Path, before: Before, runs: int = RUNS) -> Figure:
    """Build `runs` times, each after `before(number of the run)`, and give the medians."""
    times, memory = [], []
    for number in range(runs):
        before(number)
        spent, peak = build(site)
        times.append(spent)
        memory.append(peak)
    return Figure(statistics.median(times), statistics.median(memory), min(times), max(times))
