"""Circuits of NAND gates as prompts of the decoder that evaluates them; see `circuit_value`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers


def circuit_value_prompts(gates: Sequence[tuple[int, int]], bits: object) -> Integers:
    """The prompts that tell a circuit and its inputs.

    Args:
        gates: the two operands of each NAND gate, as wires: inputs first, then gates in order.
        bits: the inputs, 0/1, shape (rows, inputs).

    Returns:
        Tokens, int64, shape (rows, 2 * len(gates) + inputs).

    Raises:
        NetworkError: no gates, inputs of another shape, or an operand that is no earlier wire.
    """
    rows = np.asarray(bits)
    if rows.ndim != 2 or not rows.shape[1] or not np.isin(rows, (0, 1)).all():
        raise NetworkError(f"bits are 0/1 of shape (rows, inputs), not {rows.dtype} {rows.shape}")
    if not gates:
        raise NetworkError("a circuit to evaluate has at least one gate")
    inputs = rows.shape[1]
    for gate, operands in enumerate(gates):
        for wire in operands:
            if not 0 <= wire < inputs + gate:
                raise NetworkError(
                    f"gate {gate} reads wire {wire}, not one of 0..{inputs + gate - 1}"
                )
    own = inputs + np.arange(len(gates))
    left, right = np.array(gates, np.int64).reshape(len(gates), 2).T
    told = np.concatenate((1 + own - left, 1 + own - right))
    return np.concatenate(
        (np.broadcast_to(told, (len(rows), len(told))), rows.astype(np.int64)), axis=1
    )


def nand_gates(circuit: Circuit) -> list[tuple[int, int]]:
    """The operands of each gate of a circuit of NANDs, such as `tcsim.transform.to_nand` makes.

    Args:
        circuit: gates ``-a - b >= -1``, or ``-a >= 0``, which is the NAND of a and a.

    Raises:
        NetworkError: a gate is something else.
    """
    from tcsim.measure.flat import flat_forms

    flat, pairs = flat_forms(circuit), []
    for gate, form in enumerate(circuit.gate_form.tolist()):
        part = slice(flat.start[form], flat.start[form + 1])
        wires, weights = flat.operand[part].tolist(), flat.weight[part].tolist()
        if (weights, circuit.threshold(gate)) not in (([-1, -1], -1), ([-1], 0)):
            raise NetworkError(
                f"gate {gate} is no NAND of one or two wires: use tcsim.transform.to_nand"
            )
        pairs.append((wires[0], wires[-1]))
    return pairs
