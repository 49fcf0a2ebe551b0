"""W6: the majority of 1001 inputs as one gate, and as an and-inverter graph, on the same engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import tcsim as tc
from benchmarks import ours
from benchmarks.harness import Bench, Row, Side, Target

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(bench: Bench) -> Iterator[Row]:
    """One gate against carry-save adders of AND gates, 7 an adder; and what bounds the ratio."""
    inputs = bench.size(1001, 51)
    builder = tc.Builder()
    builder.output("vote", tc.majority(builder.inputs("x", inputs)))
    gate = builder.build()
    path = bench.folder / "majority.aig"
    tc.write(gate, path)
    graph = tc.read(path)
    words = np.random.default_rng(7).integers(
        2**64, size=(inputs, bench.size(1024, 16)), dtype=np.uint64
    )
    assert (ours.packed_outputs(gate, words) == ours.packed_outputs(graph, words)).all()
    row = Row("W6", f"MAJ-{inputs}, {graph.size:,} ANDs", "ratio", target=Target(15, 25))
    whole = Side("one gate", bench.clocked(lambda: ours.packed_outputs(gate, words)))
    yield bench.compare(
        row, whole, Side("AND gates", bench.clocked(lambda: ours.packed_outputs(graph, words)))
    )
    row = Row("W6", "one gate, of copying words", "fraction", note=f"{words.nbytes / 1e6:.1f} MB")
    yield bench.compare(row, whole, Side("copy of inputs", bench.clocked(words.copy)))
    count = words.shape[1]
    kernel = Side("one gate", bench.clocked(ours.kernel(gate, count)))
    row = Row("W6", "kernels alone", "ratio", note=f"{ours.operations(graph):,} operations")
    yield bench.compare(row, kernel, Side("AND gates", bench.clocked(ours.kernel(graph, count))))
    row = Row("W6", "kernels alone, not fused", "ratio", note=f"{graph.size:,} operations")
    unfused = Side("AND gates", bench.clocked(ours.kernel_unfused(graph, count)))
    yield bench.compare(row, kernel, unfused)
