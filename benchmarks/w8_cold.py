"""W8: a process of its own, from its start to its first result."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import machine, ours
from benchmarks.graphs import random_graph
from benchmarks.harness import Bench, Row, Side, Target

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(bench: Bench) -> Iterator[Row]:
    """1,000 gates on 65,536 vectors; beside it, `import numpy`."""
    graph = random_graph(1_000, inputs=64, reach=None, seed=9)
    circuit, vectors = bench.folder / "w8.aig", bench.folder / "w8.npy"
    graph.write(circuit)
    words = np.random.default_rng(10).integers(2**64, size=(64, 1024), dtype=np.uint64)
    np.save(vectors, words)
    first = _process(bench, ours.FIRST_RESULT, str(circuit), str(vectors))
    row = Row("W8", "1000 gates, 65,536 vectors", "seconds", target=Target(0.4, 0.22))
    yield bench.alone(row, first)
    row = Row("W8", "the same, import numpy", "ratio")
    yield bench.compare(row, first, _process(bench, "import numpy"))


def _process(bench: Bench, program: str, *arguments: str) -> Side:
    command = [sys.executable, "-c", program, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(machine.ROOT)}

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment)

    return Side(ours.NAME if arguments else "import numpy", bench.clocked(run))
