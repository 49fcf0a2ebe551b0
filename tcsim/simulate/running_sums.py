"""Forms as running sums: which digits each holds, and who must hear when a wire changes.

A form's value less its least possible one lies in 0..range, and is held in as many binary digits as
the range has. When an operand of weight w goes from 0 to 1, w is added to the digits, modulo a
power of two that no value reaches; nothing else of the form is read. A digit j of a form that
another form uses with weight w counts there as an operand of weight ``2**j * w``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tcsim.errors import LimitError
from tcsim.integers import from_list

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import AnyIntegers, Integers, Words

DIGIT_LIMIT = 2**30
"""Most binary digits of all forms together; a circuit that needs more would not fit in memory."""

_SAFE = 2.0**62
"""Sums of absolute values below this, computed in floating point, cannot leave int64."""


class RunningSums(NamedTuple):
    """A circuit's forms as digits in rows, and the readers of each wire and form; int64.

    Row w holds wire w; then come the digits of the forms, then, for a form that others use, the
    digits that those others know of. A number of any size stands as limbs, base 2**64 digits from
    the lowest: the two columns ``.. limbs`` say where they begin and end in `limbs`.

    Attributes:
        forms: shape (forms, 7): first row of the digits, number of digits, first row of the digits
            known to readers (-1 if none), first and behind the last of its rows in `gates`, initial
            limbs: the digits while every wire, and every digit known to readers, is 0.
        gates: shape (gates, 3): gate, limit limbs: it fires iff its form's digits are at least
            the limit.
        reader_start: shape (wires + forms + 1,): the readers of wire w, and those of form f at
            wires + f, are the rows ``reader_start[w]`` .. ``reader_start[w + 1] - 1`` of
        readers: shape (terms, 5): form that reads, 1 for a negative weight, binary digits of the
            weight, weight limbs; the weight is its absolute value.
        limbs: uint64, shape (limbs,).
    """

    forms: Integers
    gates: Integers
    reader_start: Integers
    readers: Integers
    limbs: Words

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        n_wires = len(self.reader_start) - 1 - len(self.forms)
        known = self.forms[:, 2] >= 0
        return n_wires + int(self.forms[:, 1].sum() + self.forms[known, 1].sum())


class Values(NamedTuple):
    """The values of a batch, and what is still to do.

    Attributes:
        rows: uint64, shape (rows * words,), see `RunningSums`.
        heap: int64, shape (forms,): forms that heard of a change, a binary heap.
        waits: bool, shape (forms,): whether a form is there.
        counts: int64, shape (3,): forms in the heap; gates evaluated and gates changed so far.
        scratch: uint64, shape (3 * words,).
    """

    rows: Words
    heap: Integers
    waits: npt.NDArray[np.bool]
    counts: Integers
    scratch: Words


def running_sums(circuit: Circuit) -> RunningSums:
    """The running sums of a circuit.

    Raises:
        LimitError: nested coefficients grow beyond `DIGIT_LIMIT` binary digits.
    """
    n_wires, n_forms = circuit.n_inputs + circuit.size, circuit.n_forms
    lowest, span, initial = _ranges(circuit)
    digits = _bit_lengths(span)
    present = np.asarray(circuit.weights != 0, bool)
    row = np.repeat(np.arange(n_forms), np.diff(circuit.form_start))[present]
    operand, weight = circuit.form_operand[present], circuit.weights[present]
    source = np.where(operand < 0, n_wires + ~operand, operand)
    by_source = np.argsort(source, kind="stable")
    by_form = np.argsort(circuit.gate_form, kind="stable")
    used = np.zeros(n_forms, bool)
    used[~operand[operand < 0]] = True
    known = _starts(np.where(used, digits, 0))[:-1] + n_wires + digits.sum()
    gate_start = _starts(np.bincount(circuit.gate_form, minlength=n_forms))
    magnitude = np.abs(weight[by_source])
    limits = _limits(circuit, lowest, digits)[by_form]
    (weight_limbs, limit_limbs, initial_limbs), limbs = _pool(magnitude, limits, initial)
    forms = (
        n_wires + _starts(digits)[:-1],
        digits,
        np.where(used, known, -1),
        gate_start[:-1],
        gate_start[1:],
        *initial_limbs,
    )
    readers = (
        row[by_source],
        np.asarray(weight < 0, np.int64)[by_source],
        _bit_lengths(magnitude),
        *weight_limbs,
    )
    return RunningSums(
        forms=np.column_stack(forms),
        gates=np.column_stack((by_form, *limit_limbs)),
        reader_start=_starts(np.bincount(source, minlength=n_wires + n_forms)),
        readers=np.column_stack(readers),
        limbs=limbs,
    )


def _ranges(circuit: Circuit) -> tuple[AnyIntegers, AnyIntegers, AnyIntegers]:
    """Of every form: its least value, its range, and its digits while all that it reads is 0."""
    weight, operand, start = circuit.weights, circuit.form_operand, circuit.form_start
    if weight.dtype != object and np.abs(weight).sum(dtype=np.float64) >= _SAFE:
        weight = weight.astype(object)
    direct = operand >= 0
    low = _row_sums(start, np.where(direct & (weight < 0), weight, 0))
    high = _row_sums(start, np.where(direct & (weight > 0), weight, 0))
    if direct.all():
        return low, high - low, -low
    lows, highs, rest = low.tolist(), high.tolist(), [0] * circuit.n_forms
    total = 0
    for term in np.flatnonzero(~direct).tolist():
        reader = int(np.searchsorted(start, term, "right")) - 1
        form, factor = ~int(operand[term]), int(weight[term])
        total += (highs[form] - lows[form]).bit_length()
        if total > DIGIT_LIMIT:
            raise LimitError(
                f"form {reader}: the sums of nested forms need more than {DIGIT_LIMIT:,} binary "
                "digits; make gates of intermediate sums"
            )
        ends = factor * lows[form], factor * highs[form]
        lows[reader] += min(ends)
        highs[reader] += max(ends)
        rest[reader] += factor * lows[form]
    spans = [high - low for high, low in zip(highs, lows, strict=True)]
    initial = [known - low for known, low in zip(rest, lows, strict=True)]
    return from_list(lows), from_list(spans), from_list(initial)


def _limits(circuit: Circuit, lowest: AnyIntegers, digits: Integers) -> AnyIntegers:
    """What the digits of each gate's form must reach; out of reach is one digit more."""
    form, threshold = circuit.gate_form, circuit.thresholds
    if "O" not in lowest.dtype.kind + threshold.dtype.kind:
        # Values of forms stay below 2**62, so a threshold beyond is out of reach like 2**62.
        near: Integers = np.clip(threshold, -(2**62), 2**62).astype(np.int64)
        limit = near - np.asarray(lowest[form], np.int64)
        return np.clip(limit, 0, np.int64(1) << digits[form])
    least, count = lowest.tolist(), digits.tolist()
    pairs = zip(threshold.tolist(), form.tolist(), strict=True)
    return from_list([min(max(value - least[f], 0), 1 << count[f]) for value, f in pairs])


def _pool(*numbers: AnyIntegers) -> tuple[list[tuple[Integers, Integers]], Words]:
    """Arrays of non-negative integers as limbs in one array, and where each begins and ends."""
    ends: list[tuple[Integers, Integers]] = []
    pool: list[Words] = []
    first = 0
    for values in numbers:
        starts, limbs = _limbs(values)
        ends.append((first + starts[:-1], first + starts[1:]))
        pool.append(limbs)
        first += len(limbs)
    return ends, np.concatenate(pool)


def _limbs(values: AnyIntegers) -> tuple[Integers, Words]:
    """Non-negative integers as limbs, and where those of each begin."""
    if values.dtype != object:
        return np.arange(len(values) + 1), values.astype(np.uint64)
    starts, limbs = [0], []
    for value in values.tolist():
        rest = value
        while rest:
            limbs.append(rest & (2**64 - 1))
            rest >>= 64
        starts.append(len(limbs))
    return np.array(starts), np.array(limbs, np.uint64)


def _row_sums(start: Integers, values: AnyIntegers) -> AnyIntegers:
    """Sums over rows, as differences of running totals."""
    totals = np.concatenate((np.zeros(1, values.dtype), np.cumsum(values)))
    sums: AnyIntegers = totals[start[1:]] - totals[start[:-1]]
    return sums


def _starts(counts: Integers) -> Integers:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))


def _bit_lengths(values: AnyIntegers) -> Integers:
    """Binary digits of non-negative integers."""
    if values.dtype == object:
        return np.array([value.bit_length() for value in values.tolist()], np.int64)
    smeared = np.asarray(values, np.int64)
    for shift in (1, 2, 4, 8, 16, 32):
        smeared = smeared | smeared >> shift
    return np.bitwise_count(smeared).astype(np.int64)
