"""The threshold basis: integer weights, negation absorbed. Levels, and the totals of a circuit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim._accelerate import run
from tcsim.measure import kernels
from tcsim.measure.flat import flat_forms

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import AnyIntegers, Integers


@dataclass(frozen=True)
class Measures:
    """Totals of a circuit in one basis, all of them of one as-soon-as-possible schedule.

    Attributes:
        basis: ``"threshold"``, ``"majority"`` or ``"fan_in_2"``.
        depth: longest path from an input to a designated output, in gates. In the majority basis
            NOT gates count here (`depth_literal` is the other reading).
        width: most gates on one level.
        size: number of gates.
        edges: operand pairs (wire, gate), per gate even where gates share a form.
        wires: the same weighted by absolute value: a wire of weight 3 is three parallel wires.
        max_fan_in: most operands of a gate; of an unweighted gate, most parallel wires.
        max_weight: largest absolute weight; of an unweighted gate, most wires from one operand.
        levels: gates on level 0, 1, 2, ...; sums to the size.
        depth_literal: depth where a NOT on an input or constant is free (majority basis alone).
    """

    basis: str
    depth: int
    width: int
    size: int
    edges: int
    wires: int
    max_fan_in: int
    max_weight: int
    levels: tuple[int, ...]
    depth_literal: int | None = None

    @property
    def parallelism(self) -> float:
        """Size / depth, that is work / span; 0 for a circuit without depth."""
        return self.size / self.depth if self.depth else 0.0


def levels(circuit: Circuit) -> Integers:
    """Level of each gate in the threshold basis: 1 + the highest level of its operands.

    Inputs and constants are on level 0; a gate without operands is on level 1.

    Args:
        circuit: any circuit.

    Returns:
        int64, shape (gates,), read-only.
    """
    flat = flat_forms(circuit)
    level = np.zeros(circuit.size, np.int64)
    run(
        kernels.levels,
        len(flat.operand) + circuit.size,
        circuit.n_inputs,
        flat.start,
        flat.operand,
        circuit.gate_form,
        np.full(circuit.n_forms, -1, np.int64),
        level,
    )
    level.flags.writeable = False
    return level


def measures(circuit: Circuit) -> Measures:
    """Depth, width, size, edges, wires, fan-in and weights in the threshold basis.

    Args:
        circuit: any circuit.
    """
    flat = flat_forms(circuit)
    used = np.bincount(circuit.gate_form, minlength=circuit.n_forms)
    mine = used > 0
    weight = np.abs(flat.weight)
    profile = np.bincount(circuit.levels, minlength=1)
    return Measures(
        basis="threshold",
        depth=int(output_levels(circuit).max(initial=0)),
        width=int(profile.max()),
        size=circuit.size,
        edges=exact_dot(used, flat.fan_in),
        wires=exact_dot(used, flat.row_sums(weight)),
        max_fan_in=int(flat.fan_in[mine].max(initial=0)),
        max_weight=int(max(flat.row_max(weight)[mine], default=0)),
        levels=tuple(profile.tolist()),
    )


def output_levels(circuit: Circuit) -> Integers:
    """Depth of each designated output: int64, shape (outputs,)."""
    return wire_levels(circuit)[circuit.output_wire + 2]


def wire_levels(circuit: Circuit) -> Integers:
    """Levels of the constants 0 and 1, the inputs and the gates, in this order."""
    return np.concatenate((np.zeros(circuit.n_inputs + 2, np.int64), circuit.levels))


def exact_dot(counts: Integers, values: AnyIntegers) -> int:
    """``sum(counts * values)`` as a Python integer, whatever its size."""
    if values.dtype == object or float(np.abs(values).max(initial=0)) * counts.sum() >= 2.0**62:
        return sum(c * int(v) for c, v in zip(counts.tolist(), values.tolist(), strict=True))
    return int(counts @ values)


def fan_out(circuit: Circuit) -> Integers:
    """Number of gates that read each wire, inputs first: int64, shape (inputs + gates,)."""
    flat = flat_forms(circuit)
    used = np.bincount(circuit.gate_form, minlength=circuit.n_forms)
    readers = np.repeat(used, flat.fan_in).astype(np.float64)
    count = np.bincount(flat.operand, readers, minlength=circuit.n_inputs + circuit.size)
    result: Integers = count.astype(np.int64)  # exact: a count of gates is far below 2**53
    return result


def storage(circuit: Circuit) -> dict[str, int]:
    """What is stored, beside what is measured: forms, terms, and the bytes of the arrays."""
    arrays: list[Any] = [
        getattr(circuit, name)
        for name in ("form_start", "form_operand", "form_weight", "gate_form", "gate_threshold")
    ]
    return {
        "forms": circuit.n_forms,
        "terms": len(circuit.form_operand),
        "bytes": sum(array.nbytes for array in arrays),
    }
