"""A program of ANDs of two literals in the order of the circuit, in two passes. Plain code."""

from __future__ import annotations

from typing import Any


def write_draft(
    n_inputs: int, pairs: Any, flip: Any, uses: Any, slot: Any, free: Any, code: Any
) -> int:
    """Write a record for each gate that is needed: target, operand, operand.

    Args:
        n_inputs: gate g is wire n_inputs + g.
        pairs: two literals a gate, one gate after another.
        flip: for each gate, whether it is the complement; its slot holds the AND.
        uses: for each wire, how often it is wanted; how often gates read it is added.
        slot: room for all wires; then the slot of each that is needed.
        free: room for all wires.
        code: room for three fields a gate, with two before them: the number of records is put into
            the second.

    Returns:
        The number of slots.
    """
    for gate in range(len(flip) - 1, -1, -1):
        if uses[n_inputs + gate] > 0:
            uses[pairs[2 * gate] >> 1] += 1
            uses[pairs[2 * gate + 1] >> 1] += 1
    top, n_free, at = n_inputs, 0, 2
    for wire in range(n_inputs):
        slot[wire] = wire
        if uses[wire] == 0:
            free[n_free] = wire
            n_free += 1
    for gate in range(len(flip)):
        wire = n_inputs + gate
        if uses[wire] == 0:
            continue
        if n_free > 0:
            n_free -= 1
            target = free[n_free]
        else:
            target = top
            top += 1
        slot[wire] = target
        code[at] = 2 * target
        for k in range(2):
            literal = pairs[2 * gate + k]
            below = literal >> 1
            inverted = literal & 1
            if below >= n_inputs:
                inverted ^= flip[below - n_inputs]
            code[at + 1 + k] = 2 * slot[below] + inverted
            uses[below] -= 1
            if uses[below] == 0:
                free[n_free] = slot[below]
                n_free += 1
        at += 3
    code[1] = (at - 2) // 3
    return top
