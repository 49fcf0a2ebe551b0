"""W2: exhaustive truth tables of multipliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks import ours, peers
from benchmarks.graphs import multiplier
from benchmarks.harness import Bench, Row, Side, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.typing import Words


def rows(bench: Bench) -> Iterator[Row]:
    """Against aigverse, which keeps the values of all gates."""
    for bits in (3, 4) if bench.quick else (10, 12):
        yield _row(bench, bits)


def _row(bench: Bench, bits: int) -> Row:
    graph = multiplier(bits)
    path = bench.folder / "w2.aig"
    graph.write(path)
    row = Row("W2", f"{2 * bits} inputs, aigverse", "ratio", target=Target(25, 50))
    row.unit, row.note = "gate evaluations", f"{bits}x{bits} multiplier, {graph.gates:,} gates"
    if not bench.wants(row):
        return row
    circuit = ours.read(path)
    _check(ours.table(circuit), bits)
    side = Side(
        ours.NAME, bench.clocked(lambda: ours.table(circuit)), float(graph.gates << 2 * bits)
    )
    if hint := peers.install_hint("aigverse"):
        row.note = hint
        return row
    from aigverse.algorithms import simulate
    from aigverse.io import read_aiger_into_aig

    network = read_aiger_into_aig(str(path))
    with peers.quietly():  # it recommends at most 16 inputs; the tables of 24 take 2 GiB
        return bench.compare(
            row,
            side,
            Side("aigverse simulate", bench.clocked(lambda: simulate(network)), side.work),
        )


def _check(table: Words, bits: int) -> None:
    """The table is that of integer multiplication."""
    vectors = np.arange(4**bits, dtype=np.int64)
    product = (vectors & (2**bits - 1)) * (vectors >> bits)
    for k, words in enumerate(table):
        expected = np.packbits((product >> k & 1).astype(np.uint8), bitorder="little")
        assert (expected == words.view(np.uint8)[: len(expected)]).all(), f"digit {k} is wrong"
