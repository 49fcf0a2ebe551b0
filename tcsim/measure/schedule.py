"""What P processors need, and how many values live between the levels.

Work is the size, span the depth; with P processors Brent's bounds hold, and a list schedule attains
them. Amdahl's law is the case of a serial and a wide part (paper, section 1, footnote 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import ArgumentError
from tcsim.measure import kernels
from tcsim.measure.flat import flat_forms
from tcsim.measure.path import tails
from tcsim.measure.threshold import wire_levels

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers


@dataclass(frozen=True)
class ProcessorSchedule:
    """Time in steps of one gate each, on a number of processors.

    Attributes:
        processors: P.
        lower: no schedule is shorter: max(span, ceil(work / P)).
        upper: Brent: every greedy schedule takes at most span + floor((work - span) / P).
        steps: length of the list schedule found, longest remaining path first.
        speedup: work / steps.
    """

    processors: int
    lower: int
    upper: int
    steps: int
    speedup: float


def processors(circuit: Circuit, count: int) -> ProcessorSchedule:
    """Schedule every gate (dead ones too) on `count` processors, one gate a step each.

    Args:
        circuit: any circuit.
        count: number of processors, at least 1.

    Raises:
        ArgumentError: the count is not a positive integer.
    """
    if not isinstance(count, int | np.integer) or isinstance(count, bool) or count < 1:
        raise ArgumentError(f"processors must be a positive integer, not {count!r}")
    count, work = int(count), circuit.size
    span = int(circuit.levels.max(initial=0))
    flat = flat_forms(circuit)
    gate_read = flat.operand >= circuit.n_inputs
    row = np.repeat(np.arange(circuit.n_forms), flat.fan_in)[gate_read]
    read = flat.operand[gate_read] - circuit.n_inputs
    order = np.argsort(read, kind="stable")
    by_form = np.argsort(circuit.gate_form, kind="stable")
    used = np.bincount(circuit.gate_form, minlength=circuit.n_forms)
    steps = run(
        kernels.list_schedule,
        4 * (len(read) + work),
        min(count, max(work, 1)),
        _starts(np.bincount(read, minlength=work)),
        row[order],
        np.bincount(row, minlength=circuit.n_forms),
        _starts(used),
        by_form,
        tails(circuit, to_outputs=False),
    )
    return ProcessorSchedule(
        processors=count,
        lower=max(span, -(-work // count)),
        upper=span + (work - span) // count,
        steps=steps,
        speedup=work / steps if steps else 1.0,
    )


def live_values(circuit: Circuit) -> Integers:
    """How many values must be kept after each level: inputs and gates that are still needed.

    A value is needed until its last reader has fired; a designated output to the end.

    Returns:
        int64, shape (highest level + 1,): entry l counts values made on levels 0..l that a gate on
        a later level or an output needs.
    """
    flat = flat_forms(circuit)
    made = wire_levels(circuit)[2:]
    top = int(made.max(initial=0))
    last = made.copy()
    row = np.repeat(np.arange(circuit.n_forms), flat.fan_in)
    form_level = np.zeros(circuit.n_forms, np.int64)
    np.maximum.at(form_level, circuit.gate_form, circuit.levels)
    np.maximum.at(last, flat.operand, form_level[row])
    outputs = circuit.output_wire[circuit.output_wire >= 0]
    last[outputs] = top + 1
    change = np.zeros(top + 3, np.int64)
    alive = last > made
    np.add.at(change, made[alive], 1)
    np.add.at(change, last[alive], -1)
    live: Integers = np.cumsum(change)[: top + 1]
    return live


def _starts(counts: Integers) -> Integers:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
