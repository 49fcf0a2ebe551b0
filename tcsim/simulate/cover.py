"""Gates of few operands, fused: each becomes an operation of at most three operands.

A gate that only one other reads is often computed together with it, without being stored. That
saves most of the time, which goes into moving rows. Gates of more operands, and gates over sums of
forms, are left as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.literals import and_literals
from tcsim.simulate.kernels.cuts import best_cuts, from_forms, from_literals
from tcsim.simulate.operations import NONE, choices, renamings

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

MOST = 3
"""Most operands of a gate that is fused."""

BIG = 4
"""The number of leaves of a gate that is not fused."""


@dataclass(frozen=True)
class Cover:
    """An operation for each gate of at most three operands.

    Attributes:
        leaf: int32, shape (3 * gates,): the wires that gate g reads are leaf[3 * g] ..
        count: uint8, shape (gates,): how many; `BIG` for a gate that is not fused.
        table: uint8, shape (gates,): its truth table over them.
        big: number of gates that are not fused.
    """

    leaf: npt.NDArray[np.int32]
    count: npt.NDArray[np.uint8]
    table: npt.NDArray[np.uint8]
    big: int


def cover(circuit: Circuit, roots: Integers) -> Cover:
    """Cover the gates of a circuit.

    Args:
        circuit: any circuit.
        roots: wanted wires, without constants.
    """
    gates, n_inputs = circuit.size, circuit.n_inputs
    leaf = np.zeros(3 * gates, np.int32)
    count, table = np.zeros(gates, np.uint8), np.zeros(gates, np.uint8)
    uses = np.bincount(roots, minlength=n_inputs + gates).astype(np.int32)
    literals = and_literals(circuit)
    big = 0
    if literals is not None:
        pairs = literals.pairs.reshape(-1)
        run(from_literals, 2 * gates, pairs, literals.flip, leaf, count, table)
    elif circuit.big_weights or circuit.big_thresholds:
        count[:], big = BIG, gates
    else:
        big = run(
            from_forms,
            2 * len(circuit.form_operand) + gates,
            circuit.form_start,
            circuit.form_operand,
            circuit.form_weight,
            circuit.gate_form,
            circuit.gate_threshold,
            BIG,
            leaf,
            count,
            table,
        )
    if big:
        operand = circuit.form_operand
        uses += np.bincount(operand[operand >= 0], minlength=len(uses)).astype(np.int32)
    run(
        best_cuts,
        2 * gates + 10 * (gates - big),
        n_inputs,
        leaf.copy(),
        count.copy(),
        table.copy(),
        leaf,
        count,
        table,
        uses,
        renamings(),
        (choices().operation != NONE).astype(np.uint8),
        np.zeros(n_inputs + gates, np.float32),
        np.zeros(8, np.int64),
    )
    return Cover(leaf, count, table, big)
