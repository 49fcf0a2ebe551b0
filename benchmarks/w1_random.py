"""W1: random simulation of and-inverter graphs: inputs generated, every output stored."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import machine, ours, peers
from benchmarks.graphs import Graph, random_graph, read_graph, tie_inputs
from benchmarks.harness import Bench, Row, Side, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim import Circuit
    from tcsim.typing import Words

EPFL = machine.ROOT / "tests" / "data" / "epfl"
BLOCK = 64_000
"""Vectors of one call: its outputs are stored in one array. Not a power of two: then all rows of
that array would begin in the same few sets of the cache, which costs up to a fifth."""
FEWEST = 2**18
"""Vectors of a job of tcsim."""
ABC_SECONDS = 1.2
"""A job of ABC, whose clock has steps of 10 ms."""
AIGVERSE_MEMORY = 2**28
"""Bytes: aigverse keeps the values of all gates."""
FEW_GATES = ("adder",)
"""Where moving values in and out takes longer than computing them."""
UNIT = "gate evaluations"


def graphs(bench: Bench) -> dict[str, tuple[Graph, Target]]:
    """What is simulated, with its target against ABC."""
    small, large = Target(4, 6), Target(6, 12)
    gates = bench.size(1_000_000, 2_000)
    chosen = {name: (read_graph(EPFL / f"{name}.aig"), small) for name in ("adder", "bar")}
    if not bench.quick:
        chosen["div"] = (read_graph(EPFL / "div.aig"), large)
    chosen["1M local"] = (random_graph(gates, inputs=1024, reach=1000, seed=1), large)
    chosen["1M random"] = (random_graph(gates, inputs=1024, reach=None, seed=2), large)
    return chosen


def rows(bench: Bench) -> Iterator[Row]:
    """Against ABC and aigverse, the kernel against the machine, two cores against one."""
    for name, (graph, target) in graphs(bench).items():
        path = bench.folder / "w1.aig"
        graph.write(path)
        _check(bench, graph)
        yield _against_abc(bench, name, graph, target)
        yield from _against_aigverse(bench, name, graph)
        yield from _kernel(bench, name, graph)
        if name in ("bar", "div", "1M local"):
            yield _two_cores(bench, name, graph)


def _against_abc(bench: Bench, name: str, graph: Graph, target: Target) -> Row:
    row = Row("W1", f"{name}, ABC &sim", "ratio", target=target, unit=UNIT)
    if hint := peers.install_hint("ABC"):
        row.note = hint
    if hint or not bench.wants(row):
        return row
    latched = bench.folder / "w1-latch.aig"
    graph.write(latched, latch=True)
    abc = peers.AbcSimulation(latched, graph.gates)
    rate = abc.choose_width(bench.size(2**33 // graph.gates, 2**15))
    abc_vectors = bench.size(int(rate * ABC_SECONDS), 2**15)
    vectors = bench.size(-(-max(abc_vectors, FEWEST) // 64) * 64, 2**15)
    row.note = f"{vectors:,} vectors; ABC {abc_vectors:,}, {abc.width} words at a time"

    def simulate() -> float:
        circuit = ours.read(bench.folder / "w1.aig")
        start = time.perf_counter()  # scheduling is part of the job, as it is of ABC's
        for first in range(0, vectors, BLOCK):
            ours.random_outputs(circuit, first // 64, min(BLOCK, vectors - first) // 64)
        return time.perf_counter() - start

    return bench.compare(
        row,
        Side(ours.NAME, simulate, float(graph.gates * vectors)),
        Side("ABC &sim", lambda: abc.seconds(abc_vectors), float(graph.gates * abc_vectors)),
    )


def _against_aigverse(bench: Bench, name: str, graph: Graph) -> Iterator[Row]:
    row = Row("W1", f"{name}, aigverse", "ratio", target=Target(25, 60), unit=UNIT)
    alone = Row("W1", f"{name}, aigverse, kernel", "ratio", unit=UNIT)
    if hint := peers.install_hint("aigverse"):
        row.note = hint
        yield row
        return
    if not (bench.wants(row) or bench.wants(alone)):
        return
    from aigverse.algorithms import simulate
    from aigverse.io import read_aiger_into_aig

    # It has no random simulation, but all vectors of a few inputs.
    rates = {}
    for variables in range(8, 17, 2):
        if graph.gates << variables > 8 * AIGVERSE_MEMORY:
            break
        tied = bench.folder / "w1-tied.aig"
        tie_inputs(graph, variables, seed=3).write(tied)
        network = read_aiger_into_aig(str(tied))
        seconds = bench.clocked(partial(simulate, network))()
        rates[(network.num_gates << variables) / seconds] = variables, network
    variables, network = rates[max(rates)]
    row.note = f"aigverse: inputs tied to {variables} variables, {network.num_gates:,} gates left"
    circuit = ours.read(bench.folder / "w1.aig")
    words = bench.size(BLOCK // 64, 64)
    work = float(graph.gates * words * 64)
    clocked = bench.clocked(lambda: ours.random_outputs(circuit, 0, words))
    peer = Side(
        "aigverse simulate",
        bench.clocked(partial(simulate, network)),
        float(network.num_gates << variables),
    )
    yield bench.compare(row, Side(ours.NAME, clocked, work), peer)
    if name in FEW_GATES:
        alone.note = f"no inputs made, no outputs stored: {graph.inputs}, {len(graph.outputs)}"
        kernel = Side(ours.NAME, bench.clocked(ours.kernel(circuit, words)), work)
        yield bench.compare(alone, kernel, peer)


def _kernel(bench: Bench, name: str, graph: Graph) -> Iterator[Row]:
    """Nothing moved in or out; the peers are what this machine can do."""
    circuit = ours.read(bench.folder / "w1.aig")
    words = bench.size(max(1024, 2**28 // graph.gates // 64 // 32 * 32), 32)
    row = Row("W1", f"{name}, of L1 AND rate", "fraction", target=Target(0.55, 1), unit=UNIT)
    row.note = f"the kernel alone, {64 * words:,} vectors"
    there = Row("W1", f"{name}, of random ANDs", "fraction", unit=UNIT)
    if not (bench.wants(row) or bench.wants(there)):
        return
    clocked = bench.clocked(ours.kernel(circuit, words))
    side = Side(ours.NAME, clocked, float(graph.gates * words * 64))
    yield bench.compare(row, side, Side("c = a & b in L1", lambda: 1 / machine.and_rate(), 1.0))
    rows = ours.live_values(circuit)
    there.note = (
        f"{ours.operations(circuit):,} operations for {graph.gates:,} gates; "
        f"{rows:,} rows of 256 bytes"
    )
    job, work = machine.and_random_rows(rows, graph.gates)
    yield bench.compare(there, side, Side("c = a & b, random rows", bench.clocked(job), work))


def _two_cores(bench: Bench, name: str, graph: Graph) -> Row:
    row = Row("W1", f"{name}, 2 cores / 1", "ratio", target=Target(1.7, 1.95), unit=UNIT, cores=2)
    if len(bench.cores) < 2:
        row.note = "needs two cores"
        return row
    circuit = ours.read(bench.folder / "w1.aig")
    words = _words(graph, bench.size(4096, 64))
    return bench.compare(row, *(_threads(bench, circuit, words, count) for count in (2, 1)))


def _threads(bench: Bench, circuit: Circuit, words: Words, threads: int) -> Side:
    return Side(
        f"{threads} threads",
        bench.clocked(lambda: ours.packed_outputs(circuit, words, threads)),
        64.0 * circuit.size * words.shape[1],
    )


def _check(bench: Bench, graph: Graph) -> None:
    words = _words(graph, 40)
    found = ours.packed_outputs(ours.read(bench.folder / "w1.aig"), words)
    assert found[:, -1].tolist() == graph.outputs_on(words[:, -1].tolist())


def _words(graph: Graph, words: int) -> Words:
    random = np.random.default_rng(4)
    return random.integers(2**64, size=(graph.inputs, words), dtype=np.uint64)
