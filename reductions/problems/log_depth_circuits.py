"""The circuit value problem for circuits of logarithmic depth: what NC1 is made of."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from reductions.problems import circuit_samples as samples
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import AndOrNot, restricted
from reductions.problems.gate_kinds import AND, NOT, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

LEVELS_PER_BIT = 2


class LogDepth(AndOrNot):
    """Depth at most `LEVELS_PER_BIT` times the binary digits of the number of wires."""

    def __post_init__(self) -> None:
        super().__post_init__()
        wires = len(self.values) + self.circuit.size
        depth, most = int(self.circuit.levels.max(initial=0)), LEVELS_PER_BIT * wires.bit_length()
        if depth > most:
            raise ArgumentError(f"the depth {depth} is above {most}, the most at {wires} wires")


def every(k: int) -> Iterator[LogDepth]:
    """All small circuits: none of them is deep."""
    for one in samples.every(AndOrNot, AndOrNot.kinds, k):
        yield LogDepth(one.circuit, one.values)


def strategy() -> SearchStrategy[LogDepth]:
    """Random ones, those that are too deep left out."""

    def shallow(one: AndOrNot) -> bool:
        wires = len(one.values) + one.circuit.size
        return int(one.circuit.levels.max(initial=0)) <= LEVELS_PER_BIT * wires.bit_length()

    found = samples.strategy(AndOrNot, AndOrNot.kinds, 2).filter(shallow)
    return found.map(lambda one: LogDepth(one.circuit, one.values))


def ladder(k: int) -> LogDepth:
    """A balanced tree over 2 k inputs: AND and OR by chance, and a NOT now and then."""
    random = Random(k)
    n = 2 * k
    rows: list[tuple[int, ...]] = []
    waiting = list(range(n))
    while len(waiting) > 1:
        above = waiting[len(waiting) & ~1 :]
        for a, b in zip(waiting[::2], waiting[1::2], strict=False):
            rows.append((random.choice((AND, OR)), a, b))
            if random.random() < 0.25:
                rows.append((NOT, n + len(rows) - 1))
            above.append(n + len(rows) - 1)
        waiting = sorted(above)
    values = bytes(random.getrandbits(1) for _ in range(n))
    return LogDepth.of_gates(values, *table_of(rows), n + len(rows) - 1)


LOG_DEPTH = replace(
    restricted(
        "log_depth_cvp",
        LogDepth,
        "Is the output of this circuit of logarithmic depth 1?",
        LogDepth.kinds,
        "Barrington 1989, Bounded-width polynomial-size branching programs recognize exactly those "
        "languages in NC1",
    ),
    every=every,
    strategy=strategy,
    ladder=ladder,
    hardness="a family of them, uniform and of polynomial size, decides what is in NC1: not "
    "P-complete unless P = NC1",
)
