"""W7: reading an AIGER file and scheduling its evaluation, kernels loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import ours, peers
from benchmarks.graphs import random_graph
from benchmarks.harness import Bench, Row, Side, Target

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(bench: Bench) -> Iterator[Row]:
    """5M gates; beside it, ABC's reading alone, as a process."""
    graph = random_graph(bench.size(5_000_000, 5_000), inputs=1024, reach=1000, seed=8)
    path = bench.folder / "w7.aig"
    graph.write(path)
    side = Side(ours.NAME, bench.clocked(lambda: ours.schedule(ours.read(path))))
    yield bench.alone(
        Row("W7", "read, schedule 5M gates", "seconds", target=Target(0.6, 0.35)),
        side,
    )
    row = Row("W7", "the same, ABC &r", "ratio", note=peers.install_hint("ABC"))
    if not row.note:
        row.note = "ABC: start and read, without schedule or simulation"
        bench.compare(row, side, Side("ABC &r", lambda: peers.abc_read_seconds(path)))
    yield row
