"""VOTE: 101 copies of a circuit of 24 inputs and their vote, on all 2^24 inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import tcsim as tc
from benchmarks import ours
from benchmarks.graphs import Graph, random_graph
from benchmarks.harness import Bench, Row, Side, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim import Bus, Circuit, Condition
    from tcsim.typing import Integers


def rows(bench: Bench) -> Iterator[Row]:
    """On how many inputs the vote says 1."""
    inputs, gates, copies = bench.size(24, 10), bench.size(1_000, 50), bench.size(101, 5)
    circuit = _vote(random_graph(gates, inputs=inputs, reach=None, seed=11), copies)
    row = Row(
        "VOTE", f"{copies} copies on 2^{inputs} inputs", "seconds", target=Target(180, 60), cores=2
    )
    row.note = f"{circuit.size:,} gates"
    if len(bench.cores) < 2:
        row.note = "needs two cores"
        yield row
        return
    yield bench.alone(row, Side(ours.NAME, bench.clocked(lambda: ours.count_ones(circuit, 2))))


def _vote(graph: Graph, copies: int) -> Circuit:
    """Each copy reads the inputs shifted by random bits of its own.

    A copy's answer is the majority of the outputs of its graph, so that all gates count.
    """
    builder = tc.Builder()
    x = builder.inputs("x", graph.inputs)
    shifts = np.random.default_rng(12).integers(2, size=(copies, graph.inputs))
    builder.output("vote", tc.majority([_copy(builder, x, graph, shift) for shift in shifts]))
    return builder.build()


def _copy(builder: tc.Builder, x: Bus, graph: Graph, shift: Integers) -> Condition:
    variable, inverted = graph.operands // 2 - 1, graph.operands & 1
    inverted ^= np.append(shift, 0)[np.minimum(variable, graph.inputs)]
    gate_ids = builder.next_gate_id + np.arange(graph.gates)
    ids = np.concatenate((x.ids, gate_ids))
    made = builder.add_gates(2 - inverted.sum(axis=1), ids[variable], 1 - 2 * inverted)
    # Every lane of a random graph ends in a gate, and its outputs are not complemented.
    return tc.majority([made[v] for v in (graph.outputs // 2 - 1 - graph.inputs).tolist()])
