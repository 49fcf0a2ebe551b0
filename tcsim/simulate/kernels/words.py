"""Runs a Program's instructions on rows of words, 64 input vectors a word. Compiled by numba.

This module and those that it imports from here are the only ones of the room that import numba, on
first use. The same functions run as plain Python with NUMBA_DISABLE_JIT=1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tcsim.simulate.instructions import (
    ADD_FOUR,
    ADD_SIXTEEN,
    ADD_SIXTEEN_INVERTED,
    ADD_TWO,
    AND_EIGHT,
    CLEAR,
    COMPARE,
    COUNTING,
    LAYER,
    ONES,
    RECORD,
    SUM,
    WORDS,
    ZEROS,
)
from tcsim.simulate.kernels.jit import jit, jit_cached
from tcsim.simulate.kernels.population import layer
from tcsim.simulate.kernels.rows import ALIGNMENT, row_operation
from tcsim.simulate.kernels.transfer import count, move_in, move_out, randomize
from tcsim.simulate.operations import INNER, OPERATIONS, carry

U = np.uint64
_ONES, _NONE = U(0xFFFF_FFFF_FFFF_FFFF), U(0)


def _gate(number: int) -> Any:
    """An operation, whose record is a target, then operands."""
    _, operands, masks, body = OPERATIONS[number]
    places = [0 if mask == INNER else 1 + mask for mask in masks]
    return row_operation((0,), range(1, 1 + operands), places, lambda *v: [body(*v)])


def _and_eight(*values: Any) -> list[Any]:
    literals = [a ^ m for a, m in zip(values[:8], values[8:], strict=True)]
    while len(literals) > 1:
        literals = [a & b for a, b in zip(literals[::2], literals[1::2], strict=True)]
    return literals


def _compare(so_far: Any, *values: Any) -> list[Any]:
    """One more digit at a time: AND under a 1 of the constant, OR under a 0."""
    for digit, bit in zip(values[:4], values[4:], strict=True):
        so_far = carry(so_far, digit, ~bit)
    return [so_far]


def _adder(operands: int, digits: int, *, masked: bool, inverted: bool = False) -> Any:
    """An operation, whose record is digits, a carry, then operands."""
    of_operands = range(digits + 1, digits + 1 + operands)

    def add(*values: Any) -> list[Any]:
        sums, waiting = list(values[:digits]), list(values[digits : digits + operands])
        if masked:
            masks = values[digits + operands :]
            waiting = [a ^ m for a, m in zip(waiting, masks, strict=True)]
        elif inverted:
            waiting = [~a for a in waiting]
        for place in range(digits):
            carries = []
            for a, b in zip(waiting[::2], waiting[1::2], strict=True):
                carries.append(carry(sums[place], a, b))
                sums[place] = sums[place] ^ a ^ b
            waiting = carries
        return [*sums, *waiting]

    return row_operation(
        range(digits + 1), [*range(digits), *of_operands], of_operands if masked else (), add
    )


_and, _xor, _and_and, _xor_xor, _multiplexer, _majority, _xor_then_and, _and_then_xor = (
    _gate(number) for number in range(8)
)
_wide_and = row_operation((0,), range(1, 9), range(1, 9), _and_eight)
_compare_four = row_operation((0,), range(1, 6), range(2, 6), _compare)
_clear = row_operation((0,), (0,), (), lambda a: [a ^ a])
_add_two = _adder(2, 1, masked=True)
_add_four = _adder(4, 2, masked=True)
_add_sixteen = _adder(16, 4, masked=False)
_add_sixteen_inverted = _adder(16, 4, masked=False, inverted=True)
_add_sixteen_mixed = _adder(16, 4, masked=True)

_AND, _XOR, _AND_AND, _XOR_XOR, _MULTIPLEXER, _MAJORITY, _XOR_THEN_AND, _AND_THEN_XOR = range(8)
_WIDE, _COMPARISON, _SIXTEEN = RECORD[AND_EIGHT], RECORD[COMPARE], RECORD[ADD_SIXTEEN]


@jit_cached
def run(
    code: Any,
    adders: Any,
    layers: Any,
    rows: Any,
    row: Any,
    scratch: Any,
    spare: Any,
    source: int,
    first: Any,
    words: Any,
    inputs: Any,
    output: Any,
    outputs: Any,
) -> None:
    """Execute a program on words of inputs, as many as a row holds at a time.

    Args:
        code: int32, the instructions, and
        adders: int32, the adders; see `tcsim.simulate.instructions`.
        layers: int64, the numbers of layers; see `tcsim.simulate.layers`.
        rows: uint64, scratch, at a multiple of 64 bytes.
        row: a tuple of as many items as a row has vectors of eight words.
        scratch: uint64, for layers, at a multiple of 64 bytes.
        spare: uint64: the first row behind the slots.
        source: `WORDS`, `COUNTING` or `RANDOM`.
        first: uint64: the number of the first word.
        words: uint64: how many words there are.
        inputs: uint64, shape (inputs,): where the words of each input are, or its random key.
        output: int32, shape (outputs,): the literal of each.
        outputs: uint64, shape (outputs,): where the words of each go to.
    """
    size = U(ALIGNMENT * len(row))
    pitch = size >> U(3)
    for word in range(pitch):
        rows[(spare + U(ZEROS)) * pitch + U(word)] = _NONE
        rows[(spare + U(ONES)) * pitch + U(word)] = _ONES
    done = _NONE
    while done < words:
        length = min(pitch, words - done) << U(3)
        for wire in range(len(inputs)):
            start = U(wire) * size
            if source == WORDS:
                move_in(rows, start, inputs[wire] + (done << U(3)), length, _NONE)
            elif source == COUNTING:
                count(rows, start >> U(3), pitch, wire, first + done)
            else:
                randomize(rows, start, row, inputs[wire], first + done)
        _execute(code, adders, layers, rows, row, scratch)
        for which in range(len(output)):
            start, inverted = U(output[which] >> 1) * size, _ONES if output[which] & 1 else _NONE
            move_out(rows, start, outputs[which] + (done << U(3)), length, inverted)
        done += pitch


@jit
def _execute(code: Any, adders: Any, layers: Any, rows: Any, row: Any, scratch: Any) -> None:
    at: Any = np.int64(0)  # a literal 0 would be one more type, and every callee compiled twice
    while at < len(code):
        if code[at] == SUM:
            adder, last = np.int64(code[at + 1]), np.int64(code[at + 2])
            while adder < last:
                adder = _add(adders, adder, rows, row)
            at += 3
        elif code[at] == LAYER:
            at = layer(code, at, layers, rows, row, scratch)
        else:
            at = _compute(code, at, rows, row)


@jit
def _compute(code: Any, at: Any, rows: Any, row: Any) -> Any:
    """A run of gates; where the next instruction starts."""
    kind, n = code[at], code[at + 1]
    at += 2
    if kind == _AND:
        for _ in range(n):
            _and(code, at, rows, row)
            at += 3
    elif kind == _AND_AND:
        for _ in range(n):
            _and_and(code, at, rows, row)
            at += 4
    elif kind == _XOR:
        for _ in range(n):
            _xor(code, at, rows, row)
            at += 3
    elif kind == _XOR_XOR:
        for _ in range(n):
            _xor_xor(code, at, rows, row)
            at += 4
    elif kind == _MULTIPLEXER:
        for _ in range(n):
            _multiplexer(code, at, rows, row)
            at += 4
    elif kind == _MAJORITY:
        for _ in range(n):
            _majority(code, at, rows, row)
            at += 4
    elif kind == _XOR_THEN_AND:
        for _ in range(n):
            _xor_then_and(code, at, rows, row)
            at += 4
    elif kind == _AND_THEN_XOR:
        for _ in range(n):
            _and_then_xor(code, at, rows, row)
            at += 4
    elif kind == AND_EIGHT:
        for _ in range(n):
            _wide_and(code, at, rows, row)
            at += _WIDE
    else:
        for _ in range(n):
            _compare_four(code, at, rows, row)
            at += _COMPARISON
    return at


@jit
def _add(adders: Any, at: Any, rows: Any, row: Any) -> Any:
    """A run of adders of one kind; where the next starts."""
    kind, n = adders[at], adders[at + 1]
    at += 2
    if kind == ADD_SIXTEEN:
        for _ in range(n):
            _add_sixteen(adders, at, rows, row)
            at += _SIXTEEN
    elif kind == ADD_FOUR:
        for _ in range(n):
            _add_four(adders, at, rows, row)
            at += 7
    elif kind == ADD_TWO:
        for _ in range(n):
            _add_two(adders, at, rows, row)
            at += 4
    elif kind == CLEAR:
        for _ in range(n):
            _clear(adders, at, rows, row)
            at += 1
    elif kind == ADD_SIXTEEN_INVERTED:
        for _ in range(n):
            _add_sixteen_inverted(adders, at, rows, row)
            at += _SIXTEEN
    else:
        for _ in range(n):
            _add_sixteen_mixed(adders, at, rows, row)
            at += _SIXTEEN
    return at
