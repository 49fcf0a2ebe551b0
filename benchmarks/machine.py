"""What was measured on, and its limits: AND from L1 to L1, and of random rows of memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import peers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.typing import Words

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("tcsim", "numpy", "numba", "llvmlite", "torch", "aigverse")
WORDS = 1024
"""Of each of three arrays: 24 KiB in all, which every L1 cache holds."""
LINE = 64
"""Bytes of a cache line, where the arrays begin: vectors across two lines cost twice."""


def describe() -> dict[str, Any]:
    """Processor and versions."""
    return {
        "processor": _cpu_field("model name") or platform.processor(),
        "family, model": f"{_cpu_field('cpu family')}, {_cpu_field('model')}",
        "flags": _cpu_field("flags"),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "packages": {name: _version(name) for name in PACKAGES},
        "abc": peers.abc_version() if peers.abc_command() else None,
    }


def summary(described: dict[str, Any]) -> str:
    """The machine in a line."""
    packages = ", ".join(f"{name} {version}" for name, version in described["packages"].items())
    return (
        f"{described['processor']} (family, model {described['family, model']}), "
        f"{described['cores']} cores; Python {described['python']}, {packages}"
    )


def cores() -> tuple[int, ...]:
    """Those that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


def revision() -> str:
    """The commit that is measured; with a plus sign where files differ from it."""
    changed = _git(
        "status", "--porcelain", "--untracked-files=no", "--", "tcsim", "benchmarks/*.py"
    )
    return _git("rev-parse", "--short=12", "HEAD") + "+" * bool(changed)


def and_rate() -> float:
    """AND operations on bits a second, ``c = a & b`` from memory to memory within L1, one core.

    The kernel is an explicit vector of 32 words a step through a numba intrinsic, so that it does
    not hang on what the compiler makes of a loop. Best of several runs: it is a limit.
    """
    from benchmarks.harness import clock
    from benchmarks.kernels import and_rounds

    arrays = _aligned(3 * WORDS).reshape(3, WORDS)
    and_rounds(*arrays, 1)
    rounds = 200_000
    best = min(clock(lambda: and_rounds(*arrays, rounds), 1) for _ in range(7))
    return 64 * WORDS * rounds / best


def and_random_rows(rows: int, count: int) -> tuple[Callable[[], object], float]:
    """So many ANDs of random rows of 256 bytes to random rows, among so many; one core.

    Returns:
        The job, and how many AND operations on bits it does.
    """
    from benchmarks.kernels import VECTOR, and_rows

    words = _aligned(VECTOR * rows)
    triples = np.random.default_rng(14).integers(rows, size=(count, 3), dtype=np.int32)
    return lambda: and_rows(words, triples), 64.0 * VECTOR * count


def _aligned(words: int) -> Words:
    room = np.zeros(words + LINE // 8, np.uint64)
    first = -room.ctypes.data % LINE // 8
    return room[first : first + words]


def _cpu_field(name: str) -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = (line.partition(":")[2].strip() for line in lines if line.split(":")[0].strip() == name)
    return next(found, "")


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        if package == "tcsim":
            import tcsim

            return tcsim.__version__
        return None


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()
