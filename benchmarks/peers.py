"""The peers: whether they are installed, and what to install where they are not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ABC_WIDTHS = (16, 64, 256, 1024)
"""Words of 32 vectors that ABC computes at a time: the best of these is used."""


def single_threaded() -> None:
    """Keep BLAS to one thread. Before NumPy is imported."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def install_hint(peer: str) -> str:
    """What to install where a peer is missing; nothing where it is there."""
    if peer == "ABC":
        return "" if abc_command() else "apt install berkeley-abc"
    package = {"torch": "torch", "aigverse": "aigverse"}[peer]
    return "" if find_spec(package) else f"pip install {package}"


def abc_command() -> str | None:
    """ABC as Debian calls it, or as it calls itself."""
    return shutil.which("berkeley-abc") or shutil.which("abc")


def abc(script: str) -> str:
    """What ABC prints."""
    command = abc_command()
    assert command is not None
    done = subprocess.run([command, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout


def abc_version() -> str:
    """The line that it prints on itself."""
    return next((line for line in abc("version").splitlines() if line.startswith("UC")), "")


class AbcSimulation:
    """Random simulation by ABC's ``&sim``.

    It refuses combinational graphs, so the file has a latch that is always 0. It makes its own
    random inputs, as tcsim does here, stores no output, and tells its own time in steps of 10 ms:
    it must run for a second or more.
    """

    def __init__(self, path: Path, gates: int) -> None:
        self.path = path
        found = re.search(r"and =\s*(\d+)", abc(f"&r -s {path}; &ps").replace("\33[0m", ""))
        assert found is not None
        assert int(found[1]) == gates, f"ABC reads {found[1]} gates, not {gates}"
        self.width = ABC_WIDTHS[0]

    def seconds(self, vectors: int) -> float:
        """Simulate at least so many vectors; what ABC says that it took, at least one step."""
        frames = -(-vectors // (32 * self.width))
        text = abc(f"&r -s {self.path}; &sim -F {frames} -W {self.width} -T 100000")
        found = re.search(rf"after simulating {frames} frames .*Time =\s*([\d.]+) sec", text)
        assert found is not None, text
        return max(float(found[1]), 0.01)

    def choose_width(self, vectors: int) -> float:
        """Take the width that is fastest on so many vectors; returns vectors a second."""
        times = {}
        for width in ABC_WIDTHS:
            self.width = width
            times[width] = self.seconds(vectors)
        self.width = min(times, key=lambda width: times[width])
        return vectors / times[self.width]


@contextmanager
def quietly() -> Iterator[None]:
    """Let nothing reach the standard output, not from C++ either: aigverse warns at every call."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def abc_read_seconds(path: Path) -> float:
    """Start ABC and read a file without restructuring it."""
    start = time.perf_counter()
    abc(f"&r -s {path}; &ps")
    return time.perf_counter() - start
