"""Forms as sums of non-negative multiples of literals, and gates as comparisons of such sums.

A term ``-3x`` is ``3(NOT x) - 3``, so a form plus some constant, its *offset*, adds up literals
alone. That sum lies in 0..``highest`` and is held in binary digits. A form that uses another form
adds up that form's digits: a digit worth 2**j enters as a literal with 2**j times the coefficient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import LimitError
from tcsim.integers import from_list

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.simulate.sharing import Forms
    from tcsim.typing import AnyIntegers, Integers

    Flags = npt.NDArray[np.bool_]

DIGIT_LIMIT = 2**30
"""Most binary digits of all sums together; a circuit that needs more would not fit in memory."""

_SAFE = 2.0**62
"""Sums of absolute values below this, computed in floating point, cannot leave int64."""


@dataclass(frozen=True)
class Sums:
    """Every form plus its offset: a sum of ``magnitude * literal``, in compressed rows.

    Terms of weight 0 are left out. Values are numbered: wires first, then form f as wires + f.

    Attributes:
        start: int64, shape (forms + 1,).
        operand: int64, shape (terms,): number of the value.
        inverted: bool, shape (terms,): a wire enters as its complement, a form with all digits
            complemented.
        magnitude: integers of any size, shape (terms,), positive.
        offset: integers of any size, shape (forms,).
        highest: integers of any size, shape (forms,): an upper bound of the sum.
        digits: int64, shape (forms,): binary digits of ``highest``.
    """

    start: Integers
    operand: Integers
    inverted: Flags
    magnitude: AnyIntegers
    offset: AnyIntegers
    highest: AnyIntegers
    digits: Integers


@dataclass(frozen=True)
class Comparisons:
    """Every gate: a constant, an AND or OR of its form's literals, or ``sum >= limit``.

    Attributes:
        constant: bool, shape (gates,).
        compares: bool, shape (gates,): neither a constant nor an AND nor an OR.
        flip: bool, shape (gates,): an OR, that is the complement of the AND of the complemented
            literals, or the constant 0, the complement of the AND of nothing.
        limit: integers of any size, shape (gates,); positive where a gate compares.
    """

    constant: Flags
    compares: Flags
    flip: Flags
    limit: AnyIntegers


def no_sums() -> Sums:
    """Where a circuit has no form that is added up."""
    none, zero = np.zeros(0, np.int64), np.zeros(1, np.int64)
    return Sums(zero, none, none.astype(bool), none, none, none, none)


def no_comparisons() -> Comparisons:
    """Where a circuit has no gate that compares a sum."""
    none = np.zeros(0, bool)
    return Comparisons(none, none, none, none.astype(np.int64))


def normalize_forms(circuit: Circuit | Forms) -> Sums:
    """Every form as a sum of non-negative multiples of literals.

    Raises:
        LimitError: nested coefficients grow beyond `DIGIT_LIMIT` binary digits.
    """
    start, operand, weight = circuit.form_start, circuit.form_operand, circuit.weights
    present = np.asarray(weight != 0, bool)
    if not present.all():
        start = np.concatenate(([0], np.cumsum(present)))[start]
        operand, weight = operand[present], weight[present]
    magnitude, inverted = np.abs(weight), np.asarray(weight < 0, bool)
    nested = operand < 0
    addends = magnitude
    if magnitude.dtype != object and magnitude.sum(dtype=np.float64) >= _SAFE:
        addends = magnitude.astype(object)
    highest = _row_sums(start, np.where(nested, 0, addends))
    offset = _row_sums(start, np.where(inverted & ~nested, addends, 0))
    if nested.any():
        row = np.repeat(np.arange(circuit.n_forms), np.diff(start))[nested]
        highest, offset = _add_nested(row, ~operand[nested], weight[nested], highest, offset)
    digits = _bit_lengths(highest)
    return Sums(
        start,
        np.where(nested, circuit.n_inputs + circuit.size + ~operand, operand),
        inverted,
        magnitude,
        offset,
        highest,
        digits,
    )


def normalize_gates(circuit: Circuit | Forms, sums: Sums) -> Comparisons:
    """What each gate does with its form's sum."""
    n_wires, form = circuit.n_inputs + circuit.size, circuit.gate_form
    # An AND or OR needs literals: a form of forms has none, which a least weight of 0 says.
    least = _row_least(sums.start, np.where(sums.operand < n_wires, sums.magnitude, 0))
    threshold, offset = circuit.thresholds, sums.offset
    if _largest(threshold) + _largest(offset) >= _SAFE:
        threshold = threshold.astype(object)
    limit, highest, smallest = threshold + offset[form], sums.highest[form], least[form]
    always, never = _holds(limit <= 0), _holds(limit > highest)
    conjunction = _holds(limit > highest - smallest)
    disjunction = _holds(limit <= smallest)
    constant = always | never
    return Comparisons(
        constant=constant,
        compares=~(constant | conjunction | disjunction),
        flip=never | (disjunction & ~conjunction & ~constant),
        limit=limit,
    )


def limbs(values: AnyIntegers) -> tuple[Integers, Integers]:
    """Non-negative integers of any size as base 2**63 digits, lowest first, in compressed rows.

    Returns:
        starts, shape (values + 1,), and limbs; both int64.
    """
    if values.dtype != object:
        return np.arange(len(values) + 1), np.asarray(values, np.int64)
    starts, digits = [0], []
    for value in values.tolist():
        rest = value
        while rest:
            digits.append(rest & (2**63 - 1))
            rest >>= 63
        starts.append(len(digits))
    return np.array(starts), np.array(digits, np.int64)


def _add_nested(
    row: Integers,
    used: Integers,
    weight: AnyIntegers,
    highest: AnyIntegers,
    offset: AnyIntegers,
) -> tuple[AnyIntegers, AnyIntegers]:
    """Bounds and offsets of forms with the forms in them, whose own are known before."""
    high, shift = highest.tolist(), offset.tolist()
    total = 0
    for reader, form, factor in zip(row.tolist(), used.tolist(), weight.tolist(), strict=True):
        total += high[form].bit_length()
        if total > DIGIT_LIMIT:
            raise LimitError(
                f"form {reader}: the sums of nested forms need more than {DIGIT_LIMIT:,} binary "
                "digits; make gates of intermediate sums"
            )
        if factor > 0:
            high[reader] += factor * high[form]
        else:
            # All digits of a sum s complemented are 2**digits - 1 - s.
            complement = -factor * ((1 << high[form].bit_length()) - 1)
            high[reader] += complement
            shift[reader] += complement
        shift[reader] += factor * shift[form]
    return from_list(high), from_list(shift)


def _row_sums(start: Integers, values: AnyIntegers) -> AnyIntegers:
    """Sums over rows; differences of running totals, right even where int64 totals wrap."""
    totals = np.concatenate((np.zeros(1, values.dtype), np.cumsum(values)))
    sums: AnyIntegers = totals[start[1:]] - totals[start[:-1]]
    return sums


def _row_least(start: Integers, values: AnyIntegers) -> AnyIntegers:
    """Minima over rows; 0 for an empty one."""
    least = np.zeros(len(start) - 1, object if values.dtype == object else np.int64)
    filled = np.flatnonzero(np.diff(start))
    if len(filled):
        least[filled] = np.minimum.reduceat(values, start[:-1][filled])
    return least


def _bit_lengths(values: AnyIntegers) -> Integers:
    if values.dtype == object:
        return np.array([value.bit_length() for value in values.tolist()], np.int64)
    lengths = np.frexp(values.astype(np.float64))[1].astype(np.int64)
    # The conversion to float64 may have rounded up to the next power of two.
    lengths -= (values >> np.maximum(lengths - 1, 0) == 0) & (lengths > 0)
    return lengths


def _largest(values: AnyIntegers) -> float:
    return float(np.abs(values).max(initial=0)) if values.dtype != object else _SAFE


def _holds(comparison: object) -> Flags:
    return np.asarray(comparison, bool)
