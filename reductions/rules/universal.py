"""AND, OR, NOT and buffers by gates of one universal kind, NAND or NOR, and its NOT."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.provenance import Provenance
from reductions.reduction import Mapped
from reductions.rules.gadgets import Images

if TYPE_CHECKING:
    from reductions.problems.circuit_value import CircuitValue
    from tcsim.typing import Integers


def by_universal_gates(
    source: CircuitValue, target: type[CircuitValue], universal: int, direct: int
) -> Mapped[CircuitValue]:
    """Replace each gate by one to three gates; the last of them is its image.

    The kind `direct` (AND for NAND, OR for NOR) is the universal gate and a NOT behind it; the
    other is the universal gate of the operands' NOTs; a NOT is itself, a buffer two NOTs.

    Args:
        source: AND, OR, NOT, buffers.
        target: class of the result.
        universal: kind of gate, the complement of `direct`.
        direct: AND or OR.
    """
    kind, operands = source.gates.kind, source.gates.operands
    n, m = len(source.values), len(kind)
    count = np.ones(m, np.int64)
    count[(kind == direct) | (kind == BUFFER)] = 2
    count[np.isin(kind, (AND, OR)) & (kind != direct)] = 3
    last = n + np.cumsum(count) - 1  # the wire of each gate's image
    image = np.concatenate((np.arange(n), last))
    new_kind = np.full(int(count.sum()), NOT)
    new = np.full((len(new_kind), 2), -1, np.int64)

    def put(gates: Integers, back: int, *wires: Integers) -> None:
        for column, wire in enumerate(wires):
            new[last[gates] - n - back, column] = wire

    a, b = image[operands[:, 0]], image[operands[:, 1]]
    inverts = np.flatnonzero(kind == NOT)
    put(inverts, 0, a[inverts])
    passes = np.flatnonzero(kind == BUFFER)
    put(passes, 1, a[passes])
    put(passes, 0, last[passes] - 1)
    straight = np.flatnonzero(kind == direct)
    new_kind[last[straight] - n - 1] = universal
    put(straight, 1, a[straight], b[straight])
    put(straight, 0, last[straight] - 1)
    crossed = np.flatnonzero(np.isin(kind, (AND, OR)) & (kind != direct))
    new_kind[last[crossed] - n] = universal
    put(crossed, 2, a[crossed])
    put(crossed, 1, b[crossed])
    put(crossed, 0, last[crossed] - 2, last[crossed] - 1)
    result = target.of_gates(source.values, new_kind, new, int(image[source.output]))
    origin = np.concatenate((np.arange(n), n + np.repeat(np.arange(m), count)))
    return Mapped(result, Provenance("wire", "wire", origin), Images(image))
