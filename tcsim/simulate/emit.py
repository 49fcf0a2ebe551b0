"""Writes the instructions of a Program (`tcsim.simulate.instructions`) from its schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import LimitError
from tcsim.simulate.cover import MOST
from tcsim.simulate.instructions import (
    ADD_FOUR,
    ADD_SIXTEEN,
    ADD_SIXTEEN_INVERTED,
    ADD_SIXTEEN_MIXED,
    ADD_TWO,
    ADDER_LIMIT,
    AND_EIGHT,
    CLEAR,
    COMPARE,
    LAYER,
    NOWHERE,
    ONES,
    RECORD,
    SUM,
    WAITING,
    ZEROS,
)
from tcsim.simulate.kernels.adders import sort_literals, write_adders
from tcsim.simulate.kernels.code import write_code
from tcsim.simulate.memory import allocate
from tcsim.simulate.normalize import limbs
from tcsim.simulate.operations import OPERATIONS, choices, complements

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tcsim.simulate.cover import Cover
    from tcsim.simulate.layers import Layer
    from tcsim.simulate.normalize import Comparisons, Sums
    from tcsim.simulate.schedule import Numbers, Schedule
    from tcsim.typing import Integers

    Flags = npt.NDArray[np.uint8]


def emit(
    plan: Schedule, cover: Cover, sums: Sums, gates: Comparisons, layers: Sequence[Layer]
) -> tuple[Integers, Integers, Integers, Flags]:
    """The instructions of a schedule, in its order, and the adders of its sums.

    Returns:
        int32, shape (length,); int32, shape (fields of all adders,); int64, shape (numbers of all
        layers,); and uint8, shape (wires,): 1 where the slot of a wire holds its complement.

    Raises:
        LimitError: they do not fit in memory.
    """
    inverted = np.zeros(plan.n_wires, np.uint8)
    node = plan.order[(plan.order >= plan.n_wires) & (plan.order < plan.first_layer)]
    sum_at = np.zeros(len(node) + len(layers), np.int64)
    layer_length = np.array(
        [4 + len(layer.feature) + len(layer.gate) for layer in layers], np.int64
    )
    gate_bit = np.zeros(len(gates.compares) if layers else 0, np.int32)
    for layer in layers:
        gate_bit[layer.gate] = np.arange(len(layer.gate))
    code = _room(_most_code(plan, cover, gates, node) + int(layer_length.sum()))
    chosen = choices()
    limit_place, limb = limbs(np.where(gates.compares, gates.limit, 0))
    length = run(
        write_code,
        4 * len(plan.order),
        plan.n_inputs,
        plan.n_wires,
        plan.order,
        plan.first,
        plan.last,
        plan.operand,
        plan.bit,
        plan.slot,
        plan.n_slots + ZEROS,
        plan.n_slots + ONES,
        cover.count,
        cover.table,
        MOST,
        chosen.operation,
        chosen.operand.reshape(-1),
        chosen.mask,
        chosen.inverted,
        complements(),
        np.array([operation.operands for operation in OPERATIONS]),
        plan.terms,
        sums.inverted.astype(np.uint8),
        gates.compares.astype(np.uint8),
        gates.flip.astype(np.uint8),
        limit_place,
        limb,
        plan.first_layer,
        layer_length,
        gate_bit,
        np.array([0, AND_EIGHT, COMPARE, SUM]),
        inverted,
        sum_at,
        code,
    )
    code = code[:length].copy()
    adders, adder_end = _adders(plan, sums, node, inverted)
    layer_at = sum_at[len(node) :]
    sum_at = sum_at[: len(node)]
    code[sum_at + 1] = np.concatenate((np.zeros(1, np.int64), adder_end))[:-1]
    code[sum_at + 2] = adder_end
    numbers = _layers(plan, layers, inverted, layer_at, code)
    return code, adders, numbers, inverted


def _layers(
    plan: Schedule, layers: Sequence[Layer], inverted: Flags, layer_at: Integers, code: Integers
) -> Integers:
    """Write the code of layers, and return their numbers."""
    numbers = [np.zeros(0, np.int64)]
    wanted = set(plan.order[plan.order >= plan.first_layer].tolist())
    at = 0
    for number, (layer, place) in enumerate(zip(layers, layer_at.tolist(), strict=True)):
        if plan.first_layer + number not in wanted:
            continue
        node = layer.operand[layer.feature]
        literal = 2 * plan.slot[plan.bit[node] + layer.bit]
        is_wire = node < plan.n_wires
        literal[is_wire] += inverted[node[is_wire]]
        bits = plan.bit[plan.first_layer + number] + np.arange(len(layer.gate))
        record = (
            [LAYER, at, len(literal)],
            literal,
            [len(layer.gate)],
            2 * plan.slot[bits],
        )
        fields = np.concatenate(record)
        code[place : place + len(fields)] = fields
        numbers.append(layer.data)
        at += len(numbers[-1])
    return np.concatenate(numbers)


def _most_code(plan: Schedule, cover: Cover, gates: Comparisons, node: Numbers) -> int:
    """An upper bound of the length of the code."""
    gate = plan.order[plan.order < plan.n_wires] - plan.n_inputs
    reads = plan.last[plan.n_inputs + gate] - plan.first[plan.n_inputs + gate]
    fused = cover.count[gate] <= MOST
    total = int(3 * fused.sum() + reads[fused].sum() + 2 * fused.sum())
    if cover.big:
        digits = np.diff(plan.bit)
        compares = gates.compares[gate] & ~fused
        compared = plan.operand[plan.first[plan.n_inputs + gate[compares]]]
        compared = compared[compared < plan.first_layer]
        total += 5 * int(compares.sum())
        total += int((2 + RECORD[COMPARE] * (1 + digits[compared] // 4)).sum()) + 3 * len(node)
        wide = reads[~fused & ~compares]
        total += int((11 * (wide // 7 + 1)).sum())
    return total


def _adders(
    plan: Schedule, sums: Sums, node: Numbers, inverted: Flags
) -> tuple[Integers, Integers]:
    """The adders of some sums, and where those of each end."""
    adder_end = np.zeros(len(node), np.int64)
    if not len(node):
        return np.zeros(0, np.int32), adder_end
    columns = np.diff(plan.bit)[node]
    column_start = np.concatenate((np.zeros(1, np.int64), np.cumsum(columns)))
    digit = plan.slot[_ranges(plan.bit[node], columns)]
    starts, limb = limbs(sums.magnitude)
    literals = int(_literals(plan, sums, starts, limb)[node - plan.n_wires].sum())
    # An adder of n literals takes n and leaves at most one, but for one adder a column. One of two
    # has the longest record for a literal that it takes away, and each may start a run. Every sum
    # starts with the run that clears its digits.
    most = (2 + RECORD[ADD_TWO]) * (literals + 5 * len(digit) + 1) + 2 * len(node)
    if most > ADDER_LIMIT:
        raise LimitError(
            f"the sums need up to {most:,} fields of adders, the limit is {ADDER_LIMIT:,}: "
            "evaluate parts of the circuit"
        )
    literal, literal_end = _room(literals), np.zeros(len(digit), np.int64)
    adders = _room(most)
    # A term is inverted if it says so or, once more, if the slot of its wire holds the complement.
    term = plan.operand[plan.terms : plan.terms + len(sums.operand)]
    is_wire = term < plan.n_wires
    term_inverted = sums.inverted.astype(np.uint8)
    term_inverted[is_wire] ^= inverted[term[is_wire]]
    run(
        sort_literals,
        2 * literals + len(digit) + len(plan.operand) + len(plan.slot),
        node,
        plan.first - plan.terms,
        plan.last - plan.terms,
        term,
        term_inverted,
        starts,
        limb,
        plan.bit,
        plan.slot,
        literal_end,
        literal,
    )
    length = run(
        write_adders,
        4 * literals + len(digit),
        column_start,
        literal_end,
        literal,
        digit,
        plan.n_slots + np.array([ZEROS, NOWHERE, WAITING]),
        np.array((ADD_TWO, ADD_FOUR, ADD_SIXTEEN, ADD_SIXTEEN_INVERTED, ADD_SIXTEEN_MIXED, CLEAR)),
        np.zeros(len(digit), np.int64),
        np.zeros(16, np.int64),
        adders,
        adder_end,
    )
    return adders[:length].copy(), adder_end


def _literals(plan: Schedule, sums: Sums, starts: Integers, limb: Integers) -> Integers:
    """Literals in all columns of each form's sum."""
    ones = np.concatenate(
        (np.zeros(1, np.int64), np.cumsum(np.bitwise_count(limb), dtype=np.int64))
    )
    operand = plan.operand[plan.terms : plan.terms + len(sums.operand)]
    literals = (ones[starts[1:]] - ones[starts[:-1]]) * (plan.bit[operand + 1] - plan.bit[operand])
    totals = np.concatenate((np.zeros(1, np.int64), np.cumsum(literals)))
    per_form: Integers = totals[sums.start[1:]] - totals[sums.start[:-1]]
    return per_form


def _room(length: int) -> Integers:
    return allocate((length,), np.int32, "the instructions", "evaluate parts of the circuit")


def _ranges(first: Numbers, length: Numbers) -> Integers:
    """first[0] .. first[0] + length[0] - 1, then first[1] .. and so on."""
    before = np.cumsum(length) - length
    ranges: Integers = np.arange(int(length.sum())) + np.repeat(first - before, length)
    return ranges
