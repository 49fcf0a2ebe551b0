"""The extended connection language: where a path of operands leads, for any family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.uniformity.programs.parity import gate, inputs, operand  # of the family, once bound

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape

COMMA = 3


def endpoint(path: Tape, n: int, g: int) -> int:
    """The wire that a path leads to from gate g; -1 if it leaves the circuit.

    The path is operands in binary, highest digit first, each closed by a comma: of gate g, then of
    the gate reached, and so on. Gates are numbered without the inputs, wires with them.
    """
    if not gate(n, g):
        return -1
    wire = inputs(n) + g
    p = 0
    for place in range(len(path)):
        if path[place] < 2:
            p = 2 * p + path[place]
        elif path[place] != COMMA:
            return -1
        else:
            if wire < inputs(n):
                return -1
            wire = operand(n, wire - inputs(n), p)
            if wire < 0:
                return -1
            p = 0
    return wire
