"""Is any gate 1 at all? A test of constant depth, and the one that the paper prints.

The forced choice needs it, because no chain is as short as d_1 = 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.gate_kinds import AND

if TYPE_CHECKING:
    from reductions.problems.alternating_circuits import Alternating


def any_gate_is_one(instance: Alternating) -> bool:
    """Whether d_1 is at least 1: whether a gate is 1 when all gates that it reads count as 0.

    If none is, then all gates 0 is a solution of the gates' equations; there is only one solution.
    If one is, it stays 1 where the other gates are larger, because gates are monotone. Each gate is
    looked at alone, so that this is a circuit of depth 2.

    Example:
        >>> from reductions import problem
        >>> any_gate_is_one(problem("alternating_cvp").ladder(1))
        True
    """
    return bool(forced_ones(instance, frozenset()))


def forced_ones(instance: Alternating, known: frozenset[int]) -> list[int]:
    """Gates that are 1 already when of the gates they read only the known ones count as 1.

    Args:
        instance: any.
        known: numbers of gates whose value is 1.
    """
    n, gates = len(instance.values), instance.gates
    ones = np.zeros(n + len(gates.kind) + 1, np.int64)  # the last entry is that of no operand, -1
    ones[:n] = np.frombuffer(instance.values, np.uint8)
    ones[[n + gate for gate in known]] = 1
    count = ones[gates.operands].sum(axis=1)
    found: list[int] = np.flatnonzero(count >= np.where(gates.kind == AND, 2, 1)).tolist()
    return found


def first_layer_is_one(instance: Alternating) -> bool:
    """Whether a gate of depth 1 is 1: the test as printed.

    It is wrong where a gate reads an input beside another gate: an OR of depth 3 of an input that
    is 1 may be the only gate that is 1. It is right where no gate does so.
    """
    n, operands = len(instance.values), instance.gates.operands
    return any(operands[gate].max() < n for gate in forced_ones(instance, frozenset()))
