"""The circuit value problem for circuits in layers: each gate reads the layer below alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems import circuit_samples as samples
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import AndOrNot, restricted
from reductions.problems.gate_kinds import KINDS
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

    from tcsim.typing import Integers


class Layered(AndOrNot):
    """All operands of a gate are on one level. Inputs are on level 0."""

    def __post_init__(self) -> None:
        super().__post_init__()
        read = self.gates.operands
        level = wire_levels(self)[read]
        uneven = (read[:, 1] >= 0) & (level[:, 0] != level[:, 1])
        if uneven.any():
            gate = int(np.flatnonzero(uneven)[0])
            raise ArgumentError(
                f"gate {gate} reads levels {int(level[gate, 0])} and {int(level[gate, 1])}: in a "
                f"layered circuit it reads one level"
            )


def wire_levels(instance: AndOrNot) -> Integers:
    """The level of every wire: int64, shape (wires,)."""
    return np.concatenate((np.zeros(len(instance.values), np.int64), instance.circuit.levels))


def every(k: int) -> Iterator[Layered]:
    """All small ones: those of the circuits that are layered."""
    for one in samples.every(AndOrNot, AndOrNot.kinds, k):
        try:
            yield Layered(one.circuit, one.values)
        except ArgumentError:
            continue


def by_layers(
    values: bytes, widths: Sequence[int], choose: Callable[[range], Sequence[int]]
) -> Layered:
    """A circuit of layers of so many gates.

    Args:
        values: of the inputs.
        widths: number of gates of each layer.
        choose: from the wires of a layer a kind and the wires that a gate reads.
    """
    below = range(len(values))
    rows: list[Sequence[int]] = []
    for width in widths:
        rows += [choose(below) for _ in range(width)]
        below = range(below.stop, below.stop + width)
    return Layered.of_gates(values, *table_of(rows), below.stop - 1)


def strategy() -> SearchStrategy[Layered]:
    """Up to 4 inputs and 4 layers of at most 3 gates."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Layered:
        def choose(below: range) -> list[int]:
            kind = draw(
                st.sampled_from([k for k in Layered.kinds if KINDS[k].fan_in <= len(below)])
            )
            count = KINDS[kind].fan_in
            wires = st.lists(st.sampled_from(below), unique=True, min_size=count, max_size=count)
            return [kind, *draw(wires)]

        values = bytes(draw(st.lists(st.integers(0, 1), min_size=1, max_size=4)))
        return by_layers(values, draw(st.lists(st.integers(1, 3), max_size=4)), choose)

    return drawn()


def ladder(k: int) -> Layered:
    """4 inputs and k layers of 4 gates, by chance; the same on every call."""
    random = Random(k)

    def choose(below: range) -> list[int]:
        kind = random.choice(Layered.kinds)
        return [kind, *random.sample(below, KINDS[kind].fan_in)]

    return by_layers(bytes(random.getrandbits(1) for _ in range(4)), [4] * k, choose)


def _other_operand(one: Layered) -> Layered | None:
    """The output gate reads another wire of the layer below."""
    gate = one.output - len(one.values)
    if gate < 0:
        return None
    kind, operands = one.gates.kind, one.gates.operands.copy()
    read = operands[gate][operands[gate] >= 0]
    levels = wire_levels(one)
    free = np.setdiff1d(np.flatnonzero(levels == levels[read[0]]), read)
    if not len(free):
        return None
    operands[gate, len(read) - 1] = free[-1]
    return Layered.of_gates(one.values, kind, operands, one.output)


LAYERED = replace(
    restricted(
        "layered_cvp",
        Layered,
        "Is the output of this circuit, in which a gate reads the layer below alone, 1?",
        Layered.kinds,
        "Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, section A.1 "
        "(synchronous circuits)",
    ),
    every=every,
    scope=lambda k: f"those in layers of {samples.scope(k)}",
    strategy=strategy,
    ladder=ladder,
    mutations={
        **samples.mutations(Layered.kinds),
        "the output gate reads another wire": _other_operand,
    },
)
