"""MEMORY: peak memory of a process that reads and evaluates 10^7 gates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks import machine
from benchmarks.graphs import random_graph
from benchmarks.harness import Bench, Row, Target, pin

if TYPE_CHECKING:
    from collections.abc import Iterator

GIB = 2**30
PROGRAM = """
import json, sys
import numpy as np
from benchmarks import ours

def status(name):
    lines = open("/proc/self/status").read().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(name))

def forget_peak():
    open("/proc/self/clear_refs", "w").write("5")

circuit = ours.read(sys.argv[1])
reading, circuit_alone = status("VmHWM"), status("VmRSS")
words = np.ones((circuit.n_inputs, int(sys.argv[2])), np.uint64)
forget_peak()
outputs = ours.packed_outputs(circuit, words)
print(json.dumps([reading, circuit_alone, status("VmHWM"), words.nbytes + outputs.nbytes]))
"""


def rows(bench: Bench) -> Iterator[Row]:
    """The whole process, less the caller's own arrays; a small batch and a large one."""
    graph = random_graph(bench.size(10_000_000, 10_000), inputs=1024, reach=1000, seed=13)
    path = bench.folder / "memory.aig"
    graph.write(path)
    del graph
    pin(bench.cores[-1:])
    for words in (1, bench.size(4096, 8)):
        row = Row("MEM", f"10M gates, {64 * words:,} vectors", "GiB", target=Target(2, 1))
        try:
            reading, circuit, evaluating, arrays = _measured(path, words)
        except OSError:
            row.note = "needs Linux, which tells the peak of a process"
            yield row
            continue
        row.value = max(reading, evaluating - arrays) / GIB
        row.note = (
            f"peak reading {reading / GIB:.2f}, then {circuit / GIB:.2f}, "
            f"peak evaluating {(evaluating - arrays) / GIB:.2f} GiB"
        )
        yield row


def _measured(path: object, words: int) -> tuple[int, int, int, int]:
    command = [sys.executable, "-c", PROGRAM, str(path), str(words)]
    if not os.path.exists("/proc/self/clear_refs"):  # noqa: PTH110
        raise OSError
    environment = {**os.environ, "PYTHONPATH": str(machine.ROOT)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    reading, circuit, evaluating, arrays = json.loads(done.stdout)
    return reading, circuit, evaluating, arrays
