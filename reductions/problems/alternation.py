"""Alternation: every wire from gate to gate joins an AND to an OR; buffers count as what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.gate_kinds import AND, OR
from reductions.problems.kernels import first_conflict
from tcsim import _accelerate
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from reductions.problems.circuit_value import CircuitValue


def require_alternation(instance: CircuitValue) -> None:
    """Refuse circuits that do not alternate.

    Raises:
        ArgumentError: two gates are joined that must be of one kind; the message names the later.
    """
    table = instance.gates
    gates = len(table.kind)
    fixed = np.full(gates, -1, np.int64)
    fixed[table.kind == AND], fixed[table.kind == OR] = 0, 1
    gate = _accelerate.run(
        first_conflict,
        4 * gates,
        len(instance.values),
        fixed,
        table.operands.reshape(-1),
        np.arange(gates + 1),
        np.zeros(gates + 1, np.int64),
    )
    if gate >= 0:
        raise ArgumentError(
            f"gate {gate} reads a gate of its own kind: AND and OR gates must alternate, with "
            f"buffers between them counted as what fits"
        )
