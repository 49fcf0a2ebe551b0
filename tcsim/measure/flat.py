"""The forms that gates compare, expanded to wires alone, and totals of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import LimitError
from tcsim.integers import from_list

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import AnyIntegers, Integers

TERM_LIMIT = 500_000_000
"""Most expanded terms that are held at once (6 to 8 GB)."""


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
        result = np.full(len(self.start) - 1, empty, dtype=values.dtype)
        filled = np.flatnonzero(np.diff(self.start))
        if len(filled):
            result[filled] = operation.reduceat(values, self.start[:-1][filled])
        return result


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
    forms = circuit.n_forms
    row = np.repeat(np.arange(forms), np.diff(start))
    nesting, length = _nesting(row, operand, forms)
    if int(length.sum()) > TERM_LIMIT:
        raise LimitError(
            f"the expanded forms would hold up to {int(length.sum()):,} terms, "
            f"more than {TERM_LIMIT:,}: measure the parts apart"
        )
    if weight.dtype != object and _magnitude(row, operand, weight, forms) >= 2.0**62:
        weight = weight.astype(object)
    rows = np.zeros(0, np.int64)
    done = FlatForms(np.zeros(forms + 1, np.int64), rows, np.zeros(0, weight.dtype))
    zero = np.zeros(0, bool)
    for level in range(int(nesting.max()) + 1):
        mine = (nesting == level)[row]
        new = _expand_level(row[mine], operand[mine], weight[mine], done, zero)
        rows = np.concatenate((rows, new[0]))
        order = np.argsort(rows, kind="stable")
        rows = rows[order]
        counts = np.bincount(rows, minlength=forms)
        zero = np.concatenate((zero, new[3]))[order]
        done = FlatForms(
            np.concatenate(([0], np.cumsum(counts))),
            np.concatenate((done.operand, new[1]))[order],
            np.concatenate((done.weight, new[2]))[order],
        )
    if done.weight.dtype == object:
        return FlatForms(done.start, done.operand, from_list(done.weight.tolist()))
    return done


def _nesting(row: Integers, operand: Integers, forms: int) -> tuple[Integers, Integers]:
    """How deep forms stand in each form, and an upper bound of its expanded length."""
    nesting, length = [0] * forms, np.bincount(row[operand >= 0], minlength=forms).tolist()
    nested = operand < 0
    for reader, used in zip(row[nested].tolist(), (~operand[nested]).tolist(), strict=True):
        nesting[reader] = max(nesting[reader], nesting[used] + 1)
        length[reader] += length[used]
    return np.array(nesting), np.array([min(n, 2**40) for n in length])


def _magnitude(row: Integers, operand: Integers, weight: Integers, forms: int) -> float:
    """An upper bound of every sum of absolute values in the expansion."""
    bound = np.bincount(row[operand >= 0], np.abs(weight[operand >= 0]), forms).tolist()
    nested = operand < 0
    for reader, used, factor in zip(
        row[nested].tolist(), (~operand[nested]).tolist(), weight[nested].tolist(), strict=True
    ):
        bound[reader] += abs(factor) * bound[used]
    return max(bound, default=0.0)


def _expand_level(
    row: Integers,
    operand: Integers,
    weight: AnyIntegers,
    done: FlatForms,
    zero: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> tuple[Integers, Integers, AnyIntegers, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Expand forms that use only forms expanded before: rows, operands, weights, written zeros."""
    direct = operand >= 0
    used, factor = ~operand[~direct], weight[~direct]
    lengths = done.fan_in[used]
    total = int(lengths.sum())
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    source = np.repeat(done.start[used], lengths) + np.arange(total) - before
    factors = np.repeat(factor, lengths)
    rows = np.concatenate((row[direct], np.repeat(row[~direct], lengths)))
    wires = np.concatenate((operand[direct], done.operand[source]))
    values = np.concatenate((weight[direct], factors * done.weight[source]))
    written = np.concatenate((weight[direct] == 0, zero[source] | (factors == 0))).astype(bool)
    order = np.lexsort((wires, rows))
    rows, wires, values, written = rows[order], wires[order], values[order], written[order]
    if not len(rows):
        return rows, wires, values, written
    fresh = np.ones(len(rows), bool)
    fresh[1:] = (rows[1:] != rows[:-1]) | (wires[1:] != wires[:-1])
    first = np.flatnonzero(fresh)
    values = np.add.reduceat(values, first)
    written = np.logical_or.reduceat(written, first)
    keep = (values != 0) | written
    return rows[first][keep], wires[first][keep], values[keep], written[keep]
