"""The majority basis, computed without building it: AND, OR, NOT and MAJ of Definition D.1.

The translation, gate by gate. NOTs are pushed to the inputs by complementing gates: a gate is
doubled only where both its polarities are read. Over literals every threshold gate is monotone,
``sum |w_i| * l_i >= T``: it is an OR if every single operand suffices, an AND if every operand is
needed, else one strict MAJ in which an operand of weight w is w parallel wires, padded by constant
wires so that T of the operands' wires are more than half. A constant gate stays a gate without
operands. A NOT gate on an input is one gate, shared by its readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.measure import kernels
from tcsim.measure.flat import FlatForms, flat_forms
from tcsim.measure.threshold import Measures, exact_dot

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import AnyIntegers, Integers

    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class DualRail:
    """The gates of the majority basis: gate g in polarity p is ``copies[g, p]``.

    Attributes:
        flat: the expanded forms.
        sign: int64, shape (terms,): signs of the weights.
        total: shape (forms,): sums of absolute weights.
        limit: shape (gates, 2): T of either polarity over its literals.
        least: shape (forms,): smallest non-zero absolute weight.
        operands: int64, shape (forms,): operands of non-zero weight.
        constant: bool, shape (gates,): gates that ignore their operands.
        copies: bool, shape (gates, 2): which polarities are read, and are gates of their own.
        inverted_inputs: bool, shape (inputs,): inputs that need a NOT gate.
        single: bool, shape (gates,): gates of one operand that are not constant.
    """

    flat: FlatForms
    sign: Integers
    total: AnyIntegers
    limit: AnyIntegers
    least: AnyIntegers
    operands: Integers
    constant: Flags
    copies: Flags
    inverted_inputs: Flags
    single: Flags


def dual_rail(circuit: Circuit) -> DualRail:
    """Which polarities of which gates the majority basis needs."""
    return circuit.remember("dual_rail", lambda: _dual_rail(circuit))


def _dual_rail(circuit: Circuit) -> DualRail:
    flat = flat_forms(circuit)
    n, size, form = circuit.n_inputs, circuit.size, circuit.gate_form
    weight = np.abs(flat.weight)
    if weight.dtype != object and int(weight.max(initial=0)) >= 2**61:
        weight = weight.astype(object)
    sign = np.sign(flat.weight).astype(np.int64)
    total = flat.row_sums(weight)
    negative = flat.row_sums(np.where(sign < 0, weight, 0))
    largest = 2 * max(int(weight.max(initial=0)), 1)
    least = largest - flat.row_max(np.where(sign != 0, largest - weight, 0))
    operands = np.asarray(flat.row_sums(np.abs(sign)), np.int64)
    threshold = circuit.thresholds
    if threshold.dtype != object and (
        total.dtype == object
        or float(np.abs(threshold).max(initial=0)) + float(max(total, default=0)) >= 2.0**61
    ):
        threshold = threshold.astype(object)
    own = threshold + negative[form]
    limit = np.stack((own, total[form] - own + 1), axis=1)
    constant = np.asarray((own <= 0) | (own > total[form]), bool)
    single = ~constant & (operands[form] == 1)
    needed = np.zeros(2 * (n + size), np.int64)
    outputs = circuit.output_wire
    needed[2 * outputs[outputs >= 0]] = 1
    run(
        kernels.polarities,
        2 * len(flat.operand) + size,
        n,
        flat.start,
        flat.operand,
        sign,
        form,
        constant.astype(np.int64),
        np.zeros(2 * circuit.n_forms, np.int64),
        needed,
    )
    read = needed.reshape(-1, 2) > 0
    copies, inverted_inputs = read[n:].copy(), read[:n, 1]
    # A one-input gate over an inverted input is the input's NOT gate: no gate of its own.
    for polarity in (0, 1):
        copies[:, polarity] &= ~is_not_gate(circuit, flat, sign, single, polarity)
    return DualRail(
        flat, sign, total, limit, least, operands, constant, copies, inverted_inputs, single
    )


def is_not_gate(
    circuit: Circuit, flat: FlatForms, sign: Integers, single: Flags, polarity: int
) -> Flags:
    """Gates that, in a polarity, are the NOT gate of an input: bool, shape (gates,)."""
    n = circuit.n_inputs
    over_input = flat.row_max(np.where((sign != 0) & (flat.operand < n), 1, 0)) > 0
    negative = flat.row_max(np.where(sign < 0, 1, 0)) > 0
    form = circuit.gate_form
    inverted = negative[form] if polarity == 0 else ~negative[form]
    return np.asarray(single & over_input[form] & inverted, bool)


def rail_levels(circuit: Circuit, rail: DualRail, not_level: int) -> Integers:
    """Levels of both polarities of each gate, int64, shape (gates, 2).

    Args:
        circuit: any circuit.
        rail: its dual rail.
        not_level: level of an inverted input: 1 where NOT counts, 0 where it is free.
    """
    level = np.zeros(2 * circuit.size, np.int64)
    run(
        kernels.dual_rail_levels,
        2 * len(rail.flat.operand) + circuit.size,
        circuit.n_inputs,
        rail.flat.start,
        rail.flat.operand,
        rail.sign,
        circuit.gate_form,
        rail.constant.astype(np.int64),
        rail.single.astype(np.int64),
        not_level,
        np.full(2 * circuit.n_forms, -1, np.int64),
        level,
    )
    return level.reshape(-1, 2)


def majority(circuit: Circuit) -> Measures:
    """Depth, width, size, edges, wires and fan-in in the majority basis.

    A constant that pads a MAJ counts as one operand, and with all its wires.

    Args:
        circuit: any circuit.

    Returns:
        Measures with ``depth`` strict (NOT counts) and ``depth_literal`` (a NOT on an input or
        constant is free); ``max_fan_in`` counts parallel wires.
    """
    return circuit.remember("majority", lambda: _majority(circuit))


def _majority(circuit: Circuit) -> Measures:
    rail, form = dual_rail(circuit), circuit.gate_form
    nots = int(rail.inverted_inputs.sum())
    strict, literal = rail_levels(circuit, rail, 1), rail_levels(circuit, rail, 0)
    edges = wires = nots
    max_fan_in = max_weight = min(nots, 1)
    largest = rail.flat.row_max(np.abs(rail.flat.weight))
    for polarity in (0, 1):
        gates = np.flatnonzero(rail.copies[:, polarity] & ~rail.constant)
        if not len(gates):
            continue
        mine, limit = form[gates], rail.limit[gates, polarity]
        total, fan_in = rail.total[mine], rail.operands[mine]
        simple = np.asarray((limit > total - rail.least[mine]) | (limit <= rail.least[mine]), bool)
        excess = 2 * limit - 1 - total
        padding = np.minimum(np.abs(excess), np.abs(excess - 1))
        parallel = np.where(simple, fan_in, total + padding)
        edges += int(fan_in.sum()) + int((~simple & (padding > 0)).sum())
        wires += exact_dot(np.ones(len(gates), np.int64), parallel)
        max_fan_in = max(max_fan_in, int(parallel.max()))
        weights = np.where(simple, 1, np.maximum(largest[mine], padding))
        max_weight = max(max_weight, int(weights.max()))
    profile = np.bincount(strict[rail.copies], minlength=2)
    profile[1] += nots
    outputs = circuit.output_wire - circuit.n_inputs
    ends = outputs[outputs >= 0]
    return Measures(
        basis="majority",
        depth=int(strict[ends, 0].max(initial=0)),
        depth_literal=int(literal[ends, 0].max(initial=0)),
        width=int(profile.max()),
        size=int(rail.copies.sum()) + nots,
        edges=edges,
        wires=wires,
        max_fan_in=max_fan_in,
        max_weight=max_weight,
        levels=tuple(profile.tolist()) if circuit.size else (0,),
    )
