"""Circuits run by balls: interaction gates make switches, those Fredkin gates, those any circuit.

Every gate is a run of the board; between gates, a ball that leaves on one path is put on another,
which mirrors would do on a larger board. No ball is made or lost: constants are balls put in, and
what is not used is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.billiards.interaction import interact, unite
from reductions.problems.gate_kinds import AND, NOT, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reductions.problems.circuits import AndOrNot

    Balls = NDArray[np.uint8]


def switch(control: Balls, x: Balls) -> tuple[Balls, Balls, Balls]:
    """Send x one of two ways: gives the control, x if it is 1, and x if it is 0.

    Two interactions, the second backwards. The path "x and not control" is led aside between them.

    Args:
        control: uint8, any shape.
        x: uint8, the same shape.
    """
    both, alone, aside, again = np.moveaxis(interact(np.stack((control, x), axis=-1)), -1, 0)
    merged = unite(np.stack((both, alone, np.zeros_like(aside), again), axis=-1))
    return merged[..., 0], merged[..., 1], aside


def join(control: Balls, x: Balls, y: Balls) -> tuple[Balls, Balls]:
    """The switch backwards: the control, and x or y, where x needs the control and y its absence.

    Raises:
        ArgumentError: x is there without the control, or y with it.
    """
    both, alone, aside, again = np.moveaxis(interact(np.stack((control, x), axis=-1)), -1, 0)
    if aside.any():
        raise ArgumentError("a ball is on the path that y comes on: x needs the control")
    merged = unite(np.stack((both, alone, y, again), axis=-1))
    return merged[..., 0], merged[..., 1]


def fredkin(control: Balls, p: Balls, q: Balls) -> tuple[Balls, Balls, Balls]:
    """The controlled swap: (1, p, q) stays, (0, p, q) becomes (0, q, p). Eight interactions.

    Source:
        Fredkin and Toffoli 1982, Conservative logic.
    """
    control, p1, p0 = switch(control, p)
    control, q1, q0 = switch(control, q)
    control, first = join(control, p1, q0)
    control, second = join(control, q1, p0)
    return control, first, second


def run_circuit(instance: AndOrNot) -> tuple[list[int], int, int]:
    """The values of all wires of a circuit, each gate by Fredkin gates.

    A NOT, and every copy of a wire that is read again, is a Fredkin gate over the constants 0 and
    1; an AND has q = 0, an OR p = 1.

    Returns:
        The values; the number of balls put in (inputs and constants); and how many came out, read
        or not, which is the same.
    """
    put_in = came_out = 0

    def ball(value: int) -> Balls:
        nonlocal put_in
        put_in += value
        return np.array(value, np.uint8)

    def drop(*balls: Balls) -> None:
        nonlocal came_out
        came_out += sum(map(int, balls))

    wires = [ball(value) for value in instance.values]

    def copy(wire: int) -> Balls:
        """One ball like the wire's, which stays where it is."""
        wires[wire], inverse, found = fredkin(wires[wire], ball(0), ball(1))
        drop(inverse)
        return found

    table = instance.gates
    for kind, operands in zip(table.kind.tolist(), table.operands.tolist(), strict=True):
        a = copy(operands[0])
        if kind == NOT:
            a, result, same = fredkin(a, ball(0), ball(1))
            drop(a, same)
        elif kind in (AND, OR):
            b = copy(operands[1])
            p, q = (b, ball(0)) if kind == AND else (ball(1), b)
            a, result, rest = fredkin(a, p, q)
            drop(a, rest)
        else:
            result = a
        wires.append(result)
    drop(*wires)
    return [int(wire) for wire in wires], put_in, came_out
