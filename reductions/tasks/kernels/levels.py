"""Circuits in levels: their values, and whether a path of gates that all matter spans the levels.

Level 0 holds the ``width`` inputs, and a gate reads wires of the level before its own; ``operands``
are places 0..width-1 there. Gates of several kinds, over integers modulo ``modulus``.
"""

from __future__ import annotations

from typing import Any

from numba import njit

AND, OR, NOT, RULE_110, BILLIARD, ADD, SUBTRACT, MULTIPLY = range(8)

TABLES = (0b1000, 0b1110, 0b01, 0b1111100, 0b1010100111101000)
"""Of the first kinds: bit ``a + 2 b + 4 c + 8 d`` is the value for operands a, b, c, d.

A cell of Rule 110 reads its left neighbor, itself and its right neighbor. A billiard cell reads
itself, those beside it and above or below it in its block, and the opposite one: a ball alone in
its block moves to the opposite corner, two on a diagonal move to the other one, all others stay.
"""


@njit(cache=True, nogil=True)
def gate(kinds: Any, operands: Any, modulus: int, values: Any, level: int, place: int) -> int:
    """The value of a gate of level ``level + 1``, given the values of the level before."""
    kind = kinds[level, place]
    if kind < ADD:
        line = 0
        for number in range(operands.shape[2]):
            below = operands[level, place, number]
            if below >= 0:
                line |= values[level, below] << number
        return (TABLES[kind] >> line) & 1
    first = values[level, operands[level, place, 0]]
    second = values[level, operands[level, place, 1]]
    if kind == ADD:
        return (first + second) % modulus
    return (first - second if kind == SUBTRACT else first * second) % modulus


@njit(cache=True, nogil=True)
def evaluate(kind: Any, operands: Any, modulus: int, values: Any) -> None:
    """Fill in ``values[1:]``, shape (depth + 1, width), from ``values[0]``."""
    for level in range(len(kind)):
        for place in range(kind.shape[1]):
            values[level + 1, place] = gate(kind, operands, modulus, values, level, place)


@njit(cache=True, nogil=True)
def deepest_one(values: Any) -> int:
    """The highest level above 0 that has a value 1; 0 if there is none."""
    for level in range(len(values) - 1, 0, -1):
        for place in range(values.shape[1]):
            if values[level, place] == 1:
                return level
    return 0


@njit(cache=True, nogil=True)
def answer(values: Any, output: int) -> int:
    """The value at that place of the last level; for -1, the deepest one."""
    if output < 0:
        return deepest_one(values)
    return values[len(values) - 1, output]


@njit(cache=True, nogil=True)
def list_readers(operands: Any, head: Any, link: Any) -> None:
    """Who reads a wire: entries ``4 * gate + number``, linked, of the gates one level up."""
    depth, width, fan_in = operands.shape
    head[:] = -1
    for level in range(depth):
        for place in range(width):
            for number in range(fan_in):
                below = operands[level, place, number]
                if below >= 0:
                    entry = place << 2 | number
                    link[level, entry] = head[level, below]
                    head[level, below] = entry


@njit(cache=True, nogil=True)
def affects(
    kind: Any, operands: Any, modulus: int, values: Any, output: int, at: int, place: int, work: Any
) -> bool:
    """Whether the answer changes if this gate alone has the next value, modulo ``modulus``.

    What changes is followed upwards from reader to reader, and undone.
    """
    now, head, link, changed, count, _ = work
    depth = len(kind)
    now[at, place] = (values[at, place] + 1) % modulus
    changed[at, 0], count[at, 0] = place, 1
    last = at
    while last < depth and count[last, 0] > 0:
        found = 0
        for index in range(count[last, 0]):
            entry = head[last, changed[last, index]]
            while entry >= 0:
                reader = entry >> 2
                entry = link[last, entry]
                if now[last + 1, reader] == values[last + 1, reader]:  # not seen, or seen unchanged
                    value = gate(kind, operands, modulus, now, last, reader)
                    if value != values[last + 1, reader]:
                        now[last + 1, reader] = value
                        changed[last + 1, found] = reader
                        found += 1
        last += 1
        count[last, 0] = found
    differs = answer(now, output) != answer(values, output)
    for level in range(at, last + 1):
        for index in range(count[level, 0]):
            back = changed[level, index]
            now[level, back] = values[level, back]
    return differs


@njit(cache=True, nogil=True)
def spanned(kind: Any, operands: Any, modulus: int, values: Any, output: int, work: Any) -> bool:
    """Whether a path of gates that all affect the answer leads from level 1 to the last one.

    Searched from the last level down, depth first; no gate is tried twice.
    """
    now, head, link, _, path, tried = work
    depth, width = kind.shape
    now[:] = values
    tried[:] = 0
    list_readers(operands, head, link)
    for root in range(width):
        if root != output and (
            output >= 0 or not affects(kind, operands, modulus, values, output, depth, root, work)
        ):
            continue
        level = depth
        path[level, 1], path[level, 2] = root, 0
        while level <= depth:
            if level == 1:
                return True
            number = path[level, 2]
            if number == operands.shape[2]:
                level += 1
                continue
            path[level, 2] += 1
            below = operands[level - 1, path[level, 1], number]
            if below < 0 or tried[level - 1, below] == 1:
                continue
            tried[level - 1, below] = 1
            if affects(kind, operands, modulus, values, output, level - 1, below, work):
                level -= 1
                path[level, 1], path[level, 2] = below, 0
    return False


@njit(cache=True, nogil=True)
def span_all(
    kind: Any, operands: Any, modulus: int, values: Any, output: Any, spans: Any, work: Any
) -> None:
    """Evaluate every circuit of a block, and find out which are spanned.

    Arrays with a first axis for the circuits; ``work`` is scratch, int64: values now, first
    readers, further readers (depth, 4 * width), what has changed, counters (depth + 1, 3) and
    gates tried; (depth + 1, width) where nothing is said.
    """
    for row in range(len(values)):
        evaluate(kind[row], operands[row], modulus, values[row])
        spans[row] = spanned(kind[row], operands[row], modulus, values[row], output[row], work)
