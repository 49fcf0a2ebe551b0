"""Schedule: what is computed when, from what, and in which slot it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import LimitError
from tcsim.simulate.instructions import ROW_LIMIT, spare_rows
from tcsim.simulate.kernels.order import allocate_slots, depth_first

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.simulate.normalize import Comparisons, Sums
    from tcsim.typing import Integers


@dataclass(frozen=True)
class Schedule:
    """Nodes in an order in which operands come first. A node is a wire or the sum of a form.

    Attributes:
        n_inputs: nodes 0 .. n_inputs - 1 are inputs,
        n_wires: nodes up to here gates, and those from here on sums of forms.
        order: the nodes to compute.
        first: node v reads operand[first[v]] ..
        last: .. operand[last[v] - 1].
        operand: nodes; those of a form's terms stand where its terms do.
        bit: node v has the bits bit[v] .. bit[v + 1] - 1: a wire one, a sum its digits.
        slot: the slot of each bit.
        n_slots: number of slots.
        columns: most digits of a sum.
    """

    n_inputs: int
    n_wires: int
    order: Integers
    first: Integers
    last: Integers
    operand: Integers
    bit: Integers
    slot: Integers
    n_slots: int
    columns: int


def schedule(circuit: Circuit, sums: Sums, gates: Comparisons, wires: Integers) -> Schedule:
    """Schedule what some wires need, depth first, so that few values are alive at a time.

    Args:
        circuit: any circuit.
        sums: its forms.
        gates: its gates.
        wires: the wanted wires, without constants.

    Raises:
        LimitError: more values are alive at a time than can be numbered.
    """
    n_inputs, n_wires, terms = circuit.n_inputs, circuit.n_inputs + circuit.size, len(sums.operand)
    # An input or a constant reads nothing, an AND or OR the wires of its form, a comparison the
    # sum of its form, listed behind the terms, and a sum the terms of its form.
    form, start, stop = circuit.gate_form, sums.start[:-1], sums.start[1:]
    gate_first = np.where(gates.compares, terms + form, start[form])
    gate_last = np.where(gates.compares, terms + form + 1, stop[form])
    gate_last[gates.constant] = gate_first[gates.constant]
    nothing = np.zeros(n_inputs, np.int64)
    first = np.concatenate((nothing, gate_first, start))
    last = np.concatenate((nothing, gate_last, stop))
    operand = np.concatenate((sums.operand, n_wires + np.arange(circuit.n_forms)))
    # Sums that no gate compares and no form uses need no digits.
    wanted = np.zeros(nodes := len(first), bool)
    wanted[operand[gate_first[gates.compares]]] = True
    wanted[sums.operand] = True
    digits = np.where(wanted[n_wires:], sums.digits, 0)
    bit = np.arange(nodes + 1)
    bit[n_wires + 1 :] = n_wires + np.cumsum(digits)
    bits = int(bit[-1])
    uses = np.zeros(nodes, np.int64)
    order = np.zeros(nodes, np.int64)
    count = run(
        depth_first,
        2 * nodes + len(operand),
        n_inputs,
        first,
        last,
        operand,
        wires,
        np.full(nodes, -1),
        np.zeros(nodes, np.int64),
        uses,
        order,
    )
    order = order[:count].copy()
    slot = np.zeros(bits, np.int64)
    n_slots = run(
        allocate_slots,
        bits + nodes + len(operand),
        n_inputs,
        order,
        first,
        last,
        operand,
        bit,
        uses,
        slot,
        np.zeros(bits, np.int64),
    )
    columns = int(digits.max(initial=0))
    if n_slots + spare_rows(columns) > ROW_LIMIT:
        raise LimitError(
            f"{n_slots:,} values would be alive at a time, the limit is {ROW_LIMIT:,}: "
            "evaluate parts of the circuit, or fewer outputs"
        )
    return Schedule(n_inputs, n_wires, order, first, last, operand, bit, slot, n_slots, columns)
