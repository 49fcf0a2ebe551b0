"""Partial sums that forms share: wires that stand for one integer are added up once.

The steps of a thermometer code have equal coefficients in every form; the wires of any code for an
integer have proportional ones. They are recognized by that alone: a wire's coefficients in all
forms, divided by their greatest common divisor, are the same for all wires of a group. Then each
form needs only the binary digits of the group's sum, which are fewer than its wires.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.simulate.kernels.proportional import check_groups, measure_columns, replace_groups

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import AnyIntegers, Integers

LARGEST = 2**31
"""Weights from here on are left alone: sums of shared ones stay in int64."""


@dataclass(frozen=True)
class Forms:
    """The forms and gates of a circuit, as far as they are evaluated; see `tcsim.Circuit`."""

    n_inputs: int
    size: int
    form_start: Integers
    form_operand: Integers
    weights: AnyIntegers
    gate_form: Integers
    thresholds: AnyIntegers

    @property
    def n_forms(self) -> int:
        """Number of forms."""
        return len(self.form_start) - 1


def share_sums(circuit: Circuit, chosen: npt.NDArray[np.bool_]) -> Forms:
    """The forms of a circuit, with sums that several have in common as forms of their own.

    Args:
        circuit: any circuit.
        chosen: shape (forms,): which are added up, and may use sums of others.
    """
    forms = Forms(
        circuit.n_inputs,
        circuit.size,
        circuit.form_start,
        circuit.form_operand,
        circuit.weights,
        circuit.gate_form,
        circuit.thresholds,
    )
    weight = forms.weights
    if weight.dtype == object or not len(weight) or np.abs(weight).max() >= LARGEST:
        return forms
    wires, terms = circuit.n_inputs + circuit.size, len(weight)
    columns = chosen.astype(np.uint8), forms.form_start, forms.form_operand, weight
    uses, unit, key = np.zeros((3, wires), np.int64)
    run(measure_columns, 4 * terms, *columns, uses, unit, key)
    group, size = _groups(uses, unit, key)
    if not len(size):
        return forms
    zeros = np.zeros(len(size), np.int64)
    run(check_groups, 6 * terms, *columns, unit, group, size, zeros, zeros.copy())
    group, size = _renumber(group, size > 0)
    if not len(size):
        return forms
    members = np.flatnonzero(group >= 0)
    members = members[np.argsort(group[members], kind="stable")]
    added, shared = len(size), len(members)
    new_start = np.zeros(added + forms.n_forms + 1, np.int64)
    np.cumsum(size, out=new_start[1 : added + 1])
    new_operand, new_weight = np.zeros((2, shared + terms), np.int64)
    new_operand[:shared], new_weight[:shared] = members, unit[members]
    new_terms = run(
        replace_groups,
        4 * terms,
        *columns,
        unit,
        group,
        added,
        np.full(added, -1),
        new_start,
        new_operand,
        new_weight,
    )
    return Forms(
        forms.n_inputs,
        forms.size,
        new_start,
        new_operand[:new_terms].copy(),
        new_weight[:new_terms].copy(),
        forms.gate_form + added,
        forms.thresholds,
    )


def _groups(uses: Integers, unit: Integers, key: Integers) -> tuple[Integers, Integers]:
    """The group of each wire, or -1, and the size of each, where a common sum saves work."""
    several = np.flatnonzero(uses >= 2)
    # Keys have 31 bits, and uses are fewer than the terms: together they fit.
    _, group_of, size = np.unique(
        uses[several] << 31 | key[several], return_inverse=True, return_counts=True
    )
    magnitude = np.abs(unit[several])
    literals = np.bincount(group_of, np.bitwise_count(magnitude), len(size))
    highest = np.bincount(group_of, magnitude, len(size))
    digits = np.frexp(highest)[1]
    group = np.full(len(uses), -1)
    group[several] = group_of
    return _renumber(group, np.asarray((size >= 2) & (digits < literals)))


def _renumber(group: Integers, kept: npt.NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """Groups that are kept, numbered from 0 on, and their sizes."""
    number = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1)
    group = number[group]  # wires in no group find the last
    return group, np.bincount(group[group >= 0], minlength=int(kept.sum()))
