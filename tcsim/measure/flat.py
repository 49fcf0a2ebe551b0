"""The forms that gates compare, expanded to wires alone, and totals of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import LimitError
from tcsim.integers import from_list

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import AnyIntegers, Integers

TERM_LIMIT = 500_000_000
"""Most expanded terms that are held at once (about 9 GB)."""


@dataclass(frozen=True)
class FlatForms:
    """Every form over wires alone, in compressed rows.

    Attributes:
        start: int64, shape (forms + 1,).
        operand: int64, shape (terms,), wire numbers, increasing within a row.
        weight: integers of any size, shape (terms,). A weight of 0 that was written so is kept; a
            wire whose weights cancel between forms is no operand.
    """

    start: Integers
    operand: Integers
    weight: AnyIntegers

    @property
    def fan_in(self) -> Integers:
        """Operands of each form."""
        return np.diff(self.start)

    def row_sums(self, values: AnyIntegers) -> AnyIntegers:
        """Exact sums of one value per term over each form."""
        if values.dtype != object and float(np.abs(values).sum(dtype=np.float64)) >= 2.0**62:
            values = values.astype(object)
        return self._reduce(np.add, values, 0)

    def row_max(self, values: AnyIntegers) -> AnyIntegers:
        """The largest of one value per term over each form; 0 for an empty form."""
        return self._reduce(np.maximum, values, 0)

    def _reduce(self, operation: np.ufunc, values: AnyIntegers, empty: int) -> AnyIntegers:
        result: Any = np.full(len(self.start) - 1, empty, dtype=values.dtype)
        filled = np.flatnonzero(np.diff(self.start))
        if len(filled):
            result[filled] = operation.reduceat(values, self.start[:-1][filled])
        exact: AnyIntegers = result
        return exact


def flat_forms(circuit: Circuit) -> FlatForms:
    """The expanded forms of a circuit; stored arrays themselves where no form uses another.

    Raises:
        LimitError: the expansion would hold more than `TERM_LIMIT` terms.
    """
    return circuit.remember("flat_forms", lambda: _flatten(circuit))


def _flatten(circuit: Circuit) -> FlatForms:
    start, operand, weight = circuit.form_start, circuit.form_operand, circuit.weights
    if not circuit.has_nested_forms:
        return FlatForms(start, operand, weight)
    row = np.repeat(np.arange(circuit.n_forms), np.diff(start))
    used = np.where(operand < 0, ~operand, -1)
    nesting, length = _nesting(row, used, circuit.n_forms, circuit.n_inputs + circuit.size)
    volume = int(length.sum()) + int(length[used[used >= 0]].sum())
    if volume > TERM_LIMIT:
        raise LimitError(
            f"the expanded forms would hold up to {volume:,} terms, more than {TERM_LIMIT:,}: "
            "measure the parts apart"
        )
    if weight.dtype == object or _magnitude(row, used, weight, circuit.n_forms) >= 2.0**62:
        weight = weight.astype(object)
    done = _Expanded(circuit.n_forms, int(length.sum()), weight.dtype)
    order = np.argsort(nesting[row], kind="stable")
    ends = np.cumsum(np.bincount(nesting[row]))
    for begin, end in zip([0, *ends.tolist()], ends.tolist(), strict=False):
        part = order[begin:end]
        done.add(row[part], operand[part], weight[part])
    return done.flat()


class _Expanded:
    """Forms expanded so far, one block after the other in the order in which they were added.

    Args:
        forms: number of forms.
        room: an upper bound of all terms.
        dtype: of the weights.
    """

    def __init__(self, forms: int, room: int, dtype: np.dtype[Any]) -> None:
        self.begin = np.zeros(forms, np.int64)
        self.count = np.zeros(forms, np.int64)
        self.operand = np.empty(room, np.int64)
        self.weight: AnyIntegers = np.empty(room, dtype)
        self.zero = np.empty(room, bool)  # a weight of 0 was written on the way to the wire
        self.filled = 0

    def add(self, row: Integers, operand: Integers, weight: AnyIntegers) -> None:
        """Expand forms that use only forms added before.

        Args:
            row: the form of each term, increasing.
            operand: the terms' operands.
            weight: the terms' weights.
        """
        direct = operand >= 0
        used, factor = ~operand[~direct], weight[~direct]
        source, lengths = self._terms(used)
        factors: Any = np.repeat(factor, lengths)
        rows = np.concatenate((row[direct], np.repeat(row[~direct], lengths)))
        wires = np.concatenate((operand[direct], self.operand[source]))
        values = np.concatenate((weight[direct], factors * self.weight[source]))
        zero = np.concatenate((weight[direct] == 0, self.zero[source] | (factors == 0)))
        order = np.lexsort((wires, rows))
        rows, wires, values, zero = rows[order], wires[order], values[order], zero[order]
        if not len(rows):
            return
        first = np.flatnonzero(_changes(rows) | _changes(wires))
        values, zero = np.add.reduceat(values, first), np.logical_or.reduceat(zero, first)
        keep = (values != 0) | zero.astype(bool)
        kept = first[keep]
        begin, end = self.filled, self.filled + len(kept)
        self.operand[begin:end], self.weight[begin:end] = wires[kept], values[keep]
        self.zero[begin:end] = zero[keep]
        heads = np.flatnonzero(_changes(rows[kept])) if len(kept) else np.zeros(0, np.int64)
        self.begin[rows[kept][heads]] = begin + heads
        self.count[rows[kept][heads]] = np.diff(np.append(heads, len(kept)))
        self.filled = end

    def flat(self) -> FlatForms:
        """All forms, in their own order."""
        source, _ = self._terms(np.arange(len(self.begin)))
        weight = self.weight[source]
        if weight.dtype == object:
            weight = from_list(weight.tolist())
        start = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.count)))
        return FlatForms(start, self.operand[source], weight)

    def _terms(self, forms: Integers) -> tuple[Integers, Integers]:
        """Places of the terms of forms, one form after the other, and how many each has."""
        lengths = self.count[forms]
        before = np.cumsum(lengths) - lengths
        return np.repeat(self.begin[forms] - before, lengths) + np.arange(lengths.sum()), lengths


def _changes(values: Integers) -> npt.NDArray[np.bool_]:
    """Where a value differs from the one before it; the first does."""
    fresh = np.ones(len(values), bool)
    fresh[1:] = values[1:] != values[:-1]
    return fresh


def _nesting(row: Integers, used: Integers, forms: int, wires: int) -> tuple[Integers, Integers]:
    """How deep forms stand in each form, and an upper bound of its expanded length."""
    nesting, length = [0] * forms, np.bincount(row[used < 0], minlength=forms).tolist()
    nested = used >= 0
    for reader, inner in zip(row[nested].tolist(), used[nested].tolist(), strict=True):
        nesting[reader] = max(nesting[reader], nesting[inner] + 1)
        length[reader] = min(length[reader] + length[inner], wires)
    return np.array(nesting), np.array(length)


def _magnitude(row: Integers, used: Integers, weight: AnyIntegers, forms: int) -> float:
    """An upper bound of every sum of absolute values in the expansion."""
    bound = np.bincount(row[used < 0], np.abs(weight[used < 0]), forms).tolist()
    nested = (used >= 0) & (weight != 0)  # else 0 * infinity, which is no bound
    for reader, inner, factor in zip(
        row[nested].tolist(), used[nested].tolist(), weight[nested].tolist(), strict=True
    ):
        bound[reader] += abs(factor) * bound[inner]
    return max(bound, default=0.0)
