"""Runs a Program's instructions on rows of words, 64 input vectors a word. Compiled by numba.

This is the only module of the room that imports numba, and it is itself imported on first use. The
same functions run as plain Python with NUMBA_DISABLE_JIT=1.

A row is ``pitch`` words of the flat array ``rows``; only the first ``count`` of them are in use.
Every instruction writes rows that it does not read otherwise (sums update theirs in place), which
lets the compiler prove at run time that a loop over words may use vector instructions. Indices are
unsigned, because signed ones would be checked for Python's negative indexing.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from tcsim.simulate.instructions import AND, COMPARE, TRUE_SLOT

U = np.uint64
ZERO = U(0)
ONES = U(0xFFFF_FFFF_FFFF_FFFF)


_jit = numba.njit(nogil=True)  # the cache of `run` holds what it calls


def _jit_cached(function: Any) -> Any:
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the package nor the home directory is writable
        return _jit(function)


@_jit_cached
def run(
    code: Any,
    adders: Any,
    rows: Any,
    pitch: int,
    zeros: int,
    inputs: Any,
    output_slot: Any,
    outputs: Any,
) -> None:
    """Execute a program on all words of its inputs, ``pitch`` words at a time.

    Args:
        code: int32, the instructions, and
        adders: int32, shape (adders, 7); see `tcsim.simulate.instructions`.
        rows: uint64, shape (all rows * pitch,), scratch.
        pitch: words in a row.
        zeros: index of the row that must hold zeros.
        inputs: uint64, shape (inputs, words).
        output_slot: int32, shape (outputs,): where each output stands at the end, `FALSE_SLOT`
            or `TRUE_SLOT`.
        outputs: uint64, shape (outputs, words), written.
    """
    size = U(pitch)
    for word in range(pitch):
        rows[U(zeros) * size + U(word)] = ZERO
    for first in range(0, inputs.shape[1], pitch):
        count = U(min(pitch, inputs.shape[1] - first))
        for wire in range(inputs.shape[0]):
            base = U(wire) * size
            for word in range(count):
                rows[base + U(word)] = inputs[wire, U(first) + U(word)]
        _execute(code, adders, rows, size, count)
        for output in range(len(output_slot)):
            slot = output_slot[output]
            if slot < 0:
                constant = ONES if slot == TRUE_SLOT else ZERO
                for word in range(count):
                    outputs[output, U(first) + U(word)] = constant
            else:
                base = U(slot) * size
                for word in range(count):
                    outputs[output, U(first) + U(word)] = rows[base + U(word)]


@_jit
def _execute(code: Any, adders: Any, rows: Any, size: Any, count: Any) -> None:
    at: Any = np.int64(0)  # a literal 0 would be one more type, and every callee compiled twice
    while at < len(code):
        if code[at] == AND:
            if code[at + 3] == 2:
                _pair(code, at, rows, size, count)
            else:
                _conjunction(code, at, rows, size, count)
            at += 4 + code[at + 3]
        elif code[at] == COMPARE:
            _compare(code, at, rows, size, count)
            at += 3 + code[at + 2]
        else:
            _clear(code, at, rows, size, count)
            for adder in range(code[at + 1], code[at + 2]):
                if adders[adder, 1] < 0:
                    _add_two(adders, adder, rows, size, count)
                else:
                    _add_four(adders, adder, rows, size, count)
            at += 4 + code[at + 3]


@_jit
def _pair(code: Any, at: int, rows: Any, size: Any, count: Any) -> None:
    """AND of two literals."""
    flip = _mask(code[at + 1])
    target = U(code[at + 2]) * size
    a, b = U(code[at + 4] >> 1) * size, U(code[at + 5] >> 1) * size
    invert_a, invert_b = _mask(code[at + 4]), _mask(code[at + 5])
    for word in range(count):
        both = (rows[a + U(word)] ^ invert_a) & (rows[b + U(word)] ^ invert_b)
        rows[target + U(word)] = both ^ flip


@_jit
def _conjunction(code: Any, at: int, rows: Any, size: Any, count: Any) -> None:
    """AND of any number of literals; of none, the constant 1."""
    flip = _mask(code[at + 1])
    target = U(code[at + 2]) * size
    for word in range(count):
        rows[target + U(word)] = ONES
    for literal in range(at + 4, at + 4 + code[at + 3]):
        a, invert_a = U(code[literal] >> 1) * size, _mask(code[literal])
        for word in range(count):
            rows[target + U(word)] &= rows[a + U(word)] ^ invert_a
    for word in range(count):
        rows[target + U(word)] ^= flip


@_jit
def _compare(code: Any, at: int, rows: Any, size: Any, count: Any) -> None:
    """Binary digits >= constant, from the constant's lowest 1 up: AND under a 1, OR under a 0."""
    target = U(code[at + 1]) * size
    digit = U(code[at + 3] >> 1) * size
    for word in range(count):
        rows[target + U(word)] = rows[digit + U(word)]
    for step in range(at + 4, at + 3 + code[at + 2]):
        digit = U(code[step] >> 1) * size
        either = _mask(code[step] + 1)
        for word in range(count):
            a, b = rows[target + U(word)], rows[digit + U(word)]
            rows[target + U(word)] = (a & b) | ((a | b) & either)


@_jit
def _clear(code: Any, at: int, rows: Any, size: Any, count: Any) -> None:
    """Set the digits of a sum to 0."""
    for digit in range(at + 4, at + 4 + code[at + 3]):
        target = U(code[digit]) * size
        for word in range(count):
            rows[target + U(word)] = ZERO


@_jit
def _add_two(adders: Any, adder: int, rows: Any, size: Any, count: Any) -> None:
    """Two literals into a digit: a full adder."""
    digit, carry = U(adders[adder, 0]) * size, U(adders[adder, 2]) * size
    a, b = U(adders[adder, 3] >> 1) * size, U(adders[adder, 4] >> 1) * size
    invert_a, invert_b = _mask(adders[adder, 3]), _mask(adders[adder, 4])
    for word in range(count):
        x = rows[a + U(word)] ^ invert_a
        y = rows[b + U(word)] ^ invert_b
        s = rows[digit + U(word)]
        half = s ^ x
        rows[digit + U(word)] = half ^ y
        rows[carry + U(word)] = (s & x) | (half & y)


@_jit
def _add_four(adders: Any, adder: int, rows: Any, size: Any, count: Any) -> None:
    """Four literals into a digit and the one above: three full adders, one pass over memory."""
    digit, above = U(adders[adder, 0]) * size, U(adders[adder, 1]) * size
    carry = U(adders[adder, 2]) * size
    a, b = U(adders[adder, 3] >> 1) * size, U(adders[adder, 4] >> 1) * size
    c, d = U(adders[adder, 5] >> 1) * size, U(adders[adder, 6] >> 1) * size
    invert_a, invert_b = _mask(adders[adder, 3]), _mask(adders[adder, 4])
    invert_c, invert_d = _mask(adders[adder, 5]), _mask(adders[adder, 6])
    for word in range(count):
        x = rows[a + U(word)] ^ invert_a
        y = rows[b + U(word)] ^ invert_b
        s = rows[digit + U(word)]
        half = s ^ x
        first = (s & x) | (half & y)
        s = half ^ y
        x = rows[c + U(word)] ^ invert_c
        y = rows[d + U(word)] ^ invert_d
        half = s ^ x
        second = (s & x) | (half & y)
        rows[digit + U(word)] = half ^ y
        s = rows[above + U(word)]
        half = s ^ first
        rows[above + U(word)] = half ^ second
        rows[carry + U(word)] = (s & first) | (half & second)


@_jit
def _mask(flag: int) -> Any:
    return ONES if flag & 1 else ZERO
