"""Schedule: what is computed when, from what, and in which slot it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import LimitError
from tcsim.simulate.cover import MOST
from tcsim.simulate.instructions import ROW_LIMIT, spare_rows
from tcsim.simulate.kernels.order import allocate_slots, depth_first
from tcsim.simulate.kernels.runs import group
from tcsim.simulate.operations import OPERATIONS, choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.simulate.cover import Cover
    from tcsim.simulate.layers import Layer
    from tcsim.simulate.normalize import Comparisons, Sums
    from tcsim.simulate.sharing import Forms
    from tcsim.typing import Integers

    Numbers = npt.NDArray[np.int32]

WINDOW = 512
"""Nodes among which those of one operation are brought together."""

NODE_LIMIT = 2**31 - 1
"""Most operands that int32 can number."""


@dataclass(frozen=True)
class Schedule:
    """Nodes in an order in which operands come first. A node is a wire or the sum of a form.

    Attributes:
        n_inputs: nodes 0 .. n_inputs - 1 are inputs,
        n_wires: nodes up to here gates,
        first_layer: up to here sums of forms, and those from here on layers.
        order: the nodes to compute.
        first: node v reads operand[first[v]] ..
        last: .. operand[last[v] - 1].
        operand: nodes: the leaves of fused gates, then those of the forms' terms, then for each
            form its sum or its layer, then what layers read.
        terms: where the forms' terms start among the operands.
        bit: node v has the bits bit[v] .. bit[v + 1] - 1: a wire one, a sum its digits, a layer one
            for each of its gates.
        slot: the slot of each bit.
        n_slots: number of slots.
        columns: most digits of a sum.
    """

    n_inputs: int
    n_wires: int
    first_layer: int
    order: Numbers
    first: Numbers
    last: Numbers
    operand: Numbers
    terms: int
    bit: Numbers
    slot: Numbers
    n_slots: int
    columns: int


def schedule(
    circuit: Circuit | Forms,
    cover: Cover,
    sums: Sums,
    gates: Comparisons,
    layers: Sequence[Layer],
    wires: Integers,
) -> Schedule:
    """Schedule what some wires need, depth first, so that few values are alive at a time.

    Args:
        circuit: any circuit.
        cover: its gates of few operands.
        sums: its forms; none if all gates are of few operands.
        gates: its gates, likewise.
        layers: forms that are added up together.
        wires: the wanted wires, without constants.

    Raises:
        LimitError: more values are alive at a time than can be numbered.
    """
    n_inputs, n_wires = circuit.n_inputs, circuit.n_inputs + circuit.size
    first_layer = n_wires + (circuit.n_forms if cover.big else 0)
    first, last, operand = _operands(circuit, cover, sums, gates, layers, first_layer)
    nodes = len(first)
    bit = np.arange(nodes + 1, dtype=np.int32)
    digits = np.zeros(0, np.int64)
    if cover.big:
        # Sums that no gate compares and no form uses need no digits.
        wanted = np.zeros(nodes, bool)
        compares = np.flatnonzero((cover.count > MOST) & gates.compares)
        wanted[operand[first[n_inputs + compares]]] = True
        wanted[sums.operand] = True
        digits = np.where(wanted[n_wires:first_layer], sums.digits, 0)
        bits_of = np.concatenate((digits, [len(layer.gate) for layer in layers])).astype(np.int64)
        if n_wires + int(bits_of.sum()) > NODE_LIMIT:
            raise LimitError(
                f"the sums have {int(bits_of.sum()):,} binary digits, more than the evaluator can "
                "number: evaluate parts of the circuit"
            )
        bit[n_wires + 1 :] = n_wires + np.cumsum(bits_of)
    bits = int(bit[-1])
    uses, order = np.zeros(nodes, np.int32), np.zeros(nodes, np.int32)
    count = run(
        depth_first,
        2 * nodes + len(operand),
        n_inputs,
        first,
        last,
        operand,
        wires,
        np.full(nodes, -1, np.int32),
        np.zeros(nodes, np.int32),
        uses,
        order,
    )
    order = order[:count].copy()
    _group(cover, n_inputs, first, last, operand, order)
    slot = np.zeros(bits, np.int32)
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
        np.zeros(bits, np.int32),
    )
    columns = int(digits.max(initial=0))
    if n_slots + spare_rows(columns) > ROW_LIMIT:
        raise LimitError(
            f"{n_slots:,} values would be alive at a time, the limit is {ROW_LIMIT:,}: "
            "evaluate parts of the circuit, or fewer outputs"
        )
    terms = len(cover.leaf)
    return Schedule(
        n_inputs,
        n_wires,
        first_layer,
        order,
        first,
        last,
        operand,
        terms,
        bit,
        slot,
        n_slots,
        columns,
    )


def _operands(
    circuit: Circuit | Forms,
    cover: Cover,
    sums: Sums,
    gates: Comparisons,
    layers: Sequence[Layer],
    first_layer: int,
) -> tuple[Numbers, Numbers, Numbers]:
    """Where the operands of each node start and end, and the operands."""
    n_wires, leaves = circuit.n_inputs + circuit.size, len(cover.leaf)
    of_layers = sum(len(layer.operand) for layer in layers)
    if leaves + len(sums.operand) + of_layers + circuit.n_forms + n_wires > NODE_LIMIT:
        raise LimitError(
            f"{circuit.size:,} gates over {len(sums.operand):,} terms are more than the evaluator "
            "can number: evaluate parts of the circuit"
        )
    first = np.zeros(first_layer + len(layers), np.int32)
    last = np.zeros(first_layer + len(layers), np.int32)
    first[circuit.n_inputs : n_wires] = np.arange(0, leaves, 3, dtype=np.int32)
    np.add(first[:n_wires][circuit.n_inputs :], cover.count, out=last[circuit.n_inputs : n_wires])
    if not cover.big:
        return first, last, cover.leaf
    # An AND or OR reads the wires of its form, a comparison the sum of its form, listed behind the
    # terms, and a sum the terms of its form.
    big = np.flatnonzero(cover.count > MOST)
    form, start, stop = circuit.gate_form[big], leaves + sums.start[:-1], leaves + sums.start[1:]
    listed = leaves + len(sums.operand) + form
    compares = gates.compares[big]
    first[circuit.n_inputs + big] = np.where(compares, listed, start[form])
    last[circuit.n_inputs + big] = np.where(
        compares, listed + 1, np.where(gates.constant[big], start[form], stop[form])
    )
    first[n_wires:first_layer], last[n_wires:first_layer] = start, stop
    sum_nodes = np.arange(n_wires, first_layer)
    for number, layer in enumerate(layers):
        sum_nodes[circuit.gate_form[layer.gate]] = first_layer + number
    read = [layer.operand for layer in layers]
    end = leaves + len(sums.operand) + len(sum_nodes) + np.cumsum([len(nodes) for nodes in read])
    last[first_layer:] = end
    first[first_layer:] = end - [len(nodes) for nodes in read]
    operand = np.concatenate((cover.leaf, sums.operand, sum_nodes, *read)).astype(np.int32)
    return first, last, operand


def _group(
    cover: Cover, n_inputs: int, first: Numbers, last: Numbers, operand: Numbers, order: Numbers
) -> None:
    """Bring fused gates of one operation together."""
    kinds, nodes = len(OPERATIONS), len(first)
    kind = np.full(nodes, kinds, np.uint8)
    operation = choices().operation[cover.table]
    operation[cover.count > MOST] = kinds
    kind[n_inputs : n_inputs + len(operation)] = operation
    run(
        group,
        10 * len(order),
        WINDOW,
        kinds,
        kind,
        first,
        last,
        operand,
        order,
        np.full(nodes, -1, np.int32),
        *(np.zeros(k * WINDOW, np.int32) for k in (1, 1, 3, 3, kinds)),
        *(np.zeros(n, np.int32) for n in (kinds, kinds, WINDOW)),
    )
