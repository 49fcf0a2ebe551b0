"""Carries changes of wires through `tcsim.simulate.running_sums`, a form at a time.

Forms that heard of a change wait in a heap; the lowest number comes first, and a form only reads
gates of forms before it, so that each is settled once. The same functions run as plain Python with
NUMBA_DISABLE_JIT=1. Arrays are handed on one by one, and rows by their place in a flat array: views
and tuples of arrays would be counted references, which cost more than the work on a short row.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tcsim.simulate.kernels.jit import jit, jit_cached

U = np.uint64
ZERO = U(0)
ONES = U(0xFFFF_FFFF_FFFF_FFFF)

WAITING, EVALUATED, CHANGED = 0, 1, 2
"""Places in `Values.counts`: forms that wait, gates evaluated, gates changed so far."""


@jit_cached
def start(forms: Any, limbs: Any, rows: Any, size: int, heap: Any, waits: Any, counts: Any) -> None:
    """All wires 0, and every form waiting.

    Args:
        forms: `RunningSums.forms`, and
        limbs: `RunningSums.limbs`.
        rows: `Values.rows`, written, of
        size: words each.
        heap: `Values.heap`, written.
        waits: `Values.waits`, written.
        counts: `Values.counts`, written.
    """
    rows[:] = ZERO
    for form in range(len(forms)):
        heap[form], waits[form] = form, True
        for digit in range(forms[form, 1]):
            if _bit(limbs, forms[form, 5], forms[form, 6], digit):
                begin = (forms[form, 0] + digit) * size
                for word in range(begin, begin + size):
                    rows[U(word)] = ONES
    counts[WAITING] = len(forms)


@jit_cached
def assign(
    forms: Any,
    reader_start: Any,
    readers: Any,
    limbs: Any,
    inputs: Any,
    columns: Any,
    rows: Any,
    size: int,
    heap: Any,
    waits: Any,
    counts: Any,
    scratch: Any,
) -> None:
    """Give some inputs new values, and tell their readers.

    Args:
        forms: of `RunningSums`, and so are
        reader_start: which readers each wire has,
        readers: what they are, and
        limbs: their weights.
        inputs: int64, shape (changed,): input numbers.
        columns: uint64, shape (changed * words,).
        rows: `Values.rows`, of
        size: words each.
        heap: `Values.heap`.
        waits: `Values.waits`.
        counts: `Values.counts`.
        scratch: `Values.scratch`.
    """
    for place in range(len(inputs)):
        source = inputs[place]
        if _replace(rows, source, columns, place, size, scratch):
            begin, end = reader_start[source], reader_start[source + 1]
            _tell(forms, readers, begin, end, limbs, 0, rows, size, heap, waits, counts, scratch)


@jit_cached
def settle(
    forms: Any,
    gates: Any,
    reader_start: Any,
    readers: Any,
    limbs: Any,
    rows: Any,
    size: int,
    heap: Any,
    waits: Any,
    counts: Any,
    scratch: Any,
    budget: int,
) -> None:
    """Settle forms that wait, and those that hear of it, until none is left or the budget is used.

    Args:
        forms: of `RunningSums`, and so are
        gates: the gates of each form,
        reader_start: which readers each wire has,
        readers: what they are, and
        limbs: weights and limits.
        rows: `Values.rows`, of
        size: words each.
        heap: `Values.heap`.
        waits: `Values.waits`.
        counts: `Values.counts`.
        scratch: `Values.scratch`.
        budget: digits of gates, and readers, to visit; about.
    """
    n_wires = len(reader_start) - 1 - len(forms)
    n_inputs = n_wires - len(gates)
    while counts[WAITING] > 0 and budget > 0:
        form = _pop(heap, counts)
        waits[form] = False
        base, digits, known = forms[form, 0], forms[form, 1], forms[form, 2]
        for place in range(forms[form, 3], forms[form, 4]):
            wire = n_inputs + gates[place, 0]
            limit, end = gates[place, 1], gates[place, 2]
            counts[EVALUATED] += 1
            budget -= digits
            _compare(limbs, limit, end, rows, base, digits, size, scratch)
            if _replace(rows, wire, scratch, 2, size, scratch):
                counts[CHANGED] += 1
                begin, end = reader_start[wire], reader_start[wire + 1]
                budget -= end - begin
                _tell(
                    forms, readers, begin, end, limbs, 0,
                    rows, size, heap, waits, counts, scratch,
                )  # fmt: skip
        if known >= 0:
            begin, end = reader_start[n_wires + form], reader_start[n_wires + form + 1]
            for digit in range(digits):
                if _replace(rows, known + digit, rows, base + digit, size, scratch):
                    budget -= end - begin
                    _tell(
                        forms, readers, begin, end, limbs, digit,
                        rows, size, heap, waits, counts, scratch,
                    )  # fmt: skip
        budget -= 1


@jit
def _replace(old: Any, to: int, new: Any, source: int, size: int, scratch: Any) -> bool:
    """Copy a row; where it rose and where it fell goes to scratch; whether it did anywhere."""
    here, there, width = U(to * size), U(source * size), U(size)
    changes = ZERO
    for word in range(width):
        value = new[there + U(word)]
        moved = old[here + U(word)] ^ value
        scratch[U(word)] = moved & value
        scratch[width + U(word)] = moved & ~value
        old[here + U(word)] = value
        changes |= moved
    return changes != ZERO


@jit
def _tell(
    forms: Any,
    readers: Any,
    begin: int,
    end: int,
    limbs: Any,
    shift: int,
    rows: Any,
    size: int,
    heap: Any,
    waits: Any,
    counts: Any,
    scratch: Any,
) -> None:
    """Bring a change, in scratch, to the readers of a wire or of a form's digit."""
    for term in range(begin, end):
        form = readers[term, 0]
        _add(
            limbs, readers[term, 3], readers[term, 4], shift, shift + readers[term, 2],
            rows, forms[form, 0], forms[form, 1], size, scratch, readers[term, 1],
        )  # fmt: skip
        if not waits[form]:
            waits[form] = True
            _push(heap, counts, form)


@jit
def _add(
    limbs: Any,
    weight: int,
    weight_end: int,
    shift: int,
    top: int,
    rows: Any,
    base: int,
    digits: int,
    size: int,
    scratch: Any,
    negative: int,
) -> None:
    """Add a weight times 2**shift to digits where scratch says up, subtract it where down.

    One pass does both, because ``x - w`` is the complement of the complement of x plus w.
    """
    width = U(size)
    up = width if negative else ZERO
    down, carry = width - up, U(2) * width
    for word in range(width):
        scratch[carry + U(word)] = ZERO
    carries = ZERO
    for digit in range(shift, digits):
        row = U((base + digit) * size)
        if _bit(limbs, weight, weight_end, digit - shift):
            carries = ZERO
            for word in range(width):
                fell, held = scratch[down + U(word)], scratch[carry + U(word)]
                moved = scratch[up + U(word)] | fell
                value = rows[row + U(word)] ^ fell
                half = value ^ moved
                rows[row + U(word)] = half ^ held ^ fell
                held = (value & moved) | (half & held)
                scratch[carry + U(word)] = held
                carries |= held
        elif carries != ZERO:
            carries = ZERO
            for word in range(width):
                held, value = scratch[carry + U(word)], rows[row + U(word)]
                rows[row + U(word)] = value ^ held
                held &= value ^ scratch[down + U(word)]
                scratch[carry + U(word)] = held
                carries |= held
        elif digit >= top:
            break


@jit
def _compare(
    limbs: Any,
    limit: int,
    limit_end: int,
    rows: Any,
    base: int,
    digits: int,
    size: int,
    scratch: Any,
) -> None:
    """Whether digits >= limit, into the last row of scratch.

    From the lowest digit up: AND under a 1 of the limit, OR under a 0.
    """
    width = U(size)
    fresh = U(2) * width
    for word in range(width):
        scratch[fresh + U(word)] = ONES
    for digit in range(digits):
        row = U((base + digit) * size)
        if _bit(limbs, limit, limit_end, digit):
            for word in range(width):
                scratch[fresh + U(word)] &= rows[row + U(word)]
        else:
            for word in range(width):
                scratch[fresh + U(word)] |= rows[row + U(word)]
    if _bit(limbs, limit, limit_end, digits):  # out of reach
        for word in range(width):
            scratch[fresh + U(word)] = ZERO


@jit
def _bit(limbs: Any, begin: int, end: int, place: int) -> bool:
    at = begin + (place >> 6)
    return at < end and (limbs[at] >> U(place & 63)) & U(1) != ZERO


@jit
def _push(heap: Any, counts: Any, value: int) -> None:
    place = counts[WAITING]
    counts[WAITING] += 1
    while place > 0 and heap[(place - 1) >> 1] > value:
        heap[place] = heap[(place - 1) >> 1]
        place = (place - 1) >> 1
    heap[place] = value


@jit
def _pop(heap: Any, counts: Any) -> int:
    lowest = heap[0]
    counts[WAITING] -= 1
    count = counts[WAITING]
    value, place = heap[count], 0
    while 2 * place + 1 < count:
        child = 2 * place + 1
        if child + 1 < count and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= value:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = value
    return int(lowest)
