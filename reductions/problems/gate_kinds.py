"""Kinds of gates of circuit value problems, and circuits as tables: a kind and operands a gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.typing import Integers

AND, OR, NOT, BUFFER, NAND, NOR, MAJORITY = range(7)


@dataclass(frozen=True)
class Kind:
    """A kind of gate: all its operands have one weight.

    Attributes:
        name: in files.
        fan_in: number of operands.
        weight: of each operand.
        threshold: the gate fires iff the weighted sum is at least this.
    """

    name: str
    fan_in: int
    weight: int
    threshold: int


KINDS = (
    Kind("and", 2, 1, 2),
    Kind("or", 2, 1, 1),
    Kind("not", 1, -1, 0),
    Kind("buffer", 1, 1, 1),
    Kind("nand", 2, -1, -1),
    Kind("nor", 2, -1, 0),
    Kind("majority", 3, 1, 2),
)
"""By number: `AND`, `OR`, ..., `MAJORITY`."""

NAMES = {kind.name: number for number, kind in enumerate(KINDS)}

_FAN_IN = np.array([kind.fan_in for kind in KINDS])
_WEIGHT = np.array([kind.weight for kind in KINDS])
_THRESHOLD = np.array([kind.threshold for kind in KINDS])
_WIDEST = max(kind.fan_in for kind in KINDS)


@dataclass(frozen=True, eq=False)
class Gates:
    """Gates of the kinds above.

    Attributes:
        kind: int64, shape (gates,), numbers of `KINDS`.
        operands: int64, shape (gates, 3): wire numbers, increasing in a row, behind them -1.
    """

    kind: Integers
    operands: Integers


def gates_of(circuit: Circuit, allowed: Sequence[int]) -> Gates:
    """A circuit as a table.

    Raises:
        ArgumentError: a gate is of none of the allowed kinds; the message names it.
    """
    flat = flat_forms(circuit)
    start, form = flat.start, circuit.gate_form
    first, count = start[form], np.diff(start)[form]
    thresholds = circuit.thresholds
    kind = np.full(circuit.size, -1, np.int64)
    operands = np.full((circuit.size, _WIDEST), -1, np.int64)
    weights = np.zeros((circuit.size, _WIDEST), np.int64)
    odd = np.zeros(circuit.size, bool)
    for place in range(_WIDEST):
        has = count > place
        operands[has, place] = flat.operand[first[has] + place]
        given = flat.weight[first[has] + place]
        odd[has] |= (given != 1) & (given != -1)
        weights[has, place] = np.where(given == 1, 1, -1)
    for number in allowed:
        one = KINDS[number]
        same = (count == one.fan_in) & (thresholds == one.threshold) & ~odd
        same &= (weights[:, : one.fan_in] == one.weight).all(axis=1)
        kind[same] = number
    wrong = np.flatnonzero(kind < 0)
    if len(wrong):
        names = ", ".join(f"{KINDS[k].name} of {KINDS[k].fan_in}" for k in allowed)
        gate = int(wrong[0])
        pairs = circuit.expand(int(circuit.gate_form[gate]))
        terms = " + ".join(f"{weight}*wire {wire}" for wire, weight in [*pairs.items()][:4])
        raise ArgumentError(
            f"gate {gate} ({terms or '0'} >= {circuit.threshold(gate)}) is none of: {names}"
        )
    return Gates(kind, operands)


def circuit_of(n_inputs: int, kind: Integers, operands: Integers, output: int) -> Circuit:
    """The circuit that a table describes, one form a gate.

    Args:
        n_inputs: number of inputs.
        kind: int64, shape (gates,).
        operands: int64, shape (gates, width): wire numbers in any order, and -1.
        output: wire number.

    Raises:
        ArgumentError: a gate has not as many operands as its kind.
        CircuitError: a gate reads a wire that is not there before it, or one twice.
    """
    kind = np.asarray(kind, np.int64)
    table = np.asarray(operands, np.int64)
    present = table >= 0
    count = present.sum(axis=1)
    wrong = np.flatnonzero(count != _FAN_IN[kind])
    if len(wrong):
        gate = int(wrong[0])
        name = KINDS[int(kind[gate])].name
        raise ArgumentError(f"gate {gate}: {name} does not have {int(count[gate])} operands")
    far = np.where(present, table, np.iinfo(np.int64).max)
    far.sort(axis=1)
    start = np.zeros(len(kind) + 1, np.int64)
    np.cumsum(count, out=start[1:])
    return Circuit(
        input_names=[f"x[{i}]" for i in range(n_inputs)],
        form_start=start,
        form_operand=far[np.arange(far.shape[1]) < count[:, None]],
        form_weight=np.repeat(_WEIGHT[kind], count),
        gate_form=np.arange(len(kind)),
        gate_threshold=_THRESHOLD[kind],
        output_wire=np.array([output], np.int64),
        output_names=["y"],
    )
