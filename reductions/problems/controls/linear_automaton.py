"""Linear cellular automata: a new cell is the sum of old ones modulo 2, so that steps commute.

T steps multiply the row by p**T for a polynomial p over the field of two elements. As squaring
there is p(x)**2 = p(x**2), T steps are one addition of shifted rows for each binary digit of T.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.controls.control import Control

if TYPE_CHECKING:
    from random import Random

    from tcsim.typing import Integers

Row = tuple["Integers", tuple[int, ...], int]
"""Cells of a ring, offsets of the cells that are added, and T."""


def step_by_step(row: Row) -> tuple[int, ...]:
    """T steps, each of all cells."""
    cells, offsets, steps = row
    found = cells.tolist()
    n = len(found)
    for _ in range(steps):
        found = [sum(found[(i + k) % n] for k in offsets) % 2 for i in range(n)]
    return tuple(found)


def by_doubling(row: Row) -> tuple[tuple[int, ...], int]:
    """2**k steps at once add the cells at 2**k times the offsets."""
    cells, offsets, steps = row
    rounds = 0
    for k in range(steps.bit_length()):
        if steps >> k & 1:
            shifted = [np.roll(cells, -offset * 2**k) for offset in offsets]
            cells = np.bitwise_xor.reduce(shifted) if shifted else np.zeros_like(cells)
            rounds += 1
    return tuple(cells.tolist()), rounds


def _draw(random: Random, n: int) -> Row:
    cells = np.array([random.getrandbits(1) for _ in range(n + 1)])
    offsets = tuple(sorted(random.sample(range(-2, 3), random.randint(0, 4))))
    return cells, offsets, random.randint(0, n)


LINEAR_AUTOMATON = Control(
    name="linear cellular automaton",
    question="What are the cells after T steps, if each step adds neighbors modulo 2?",
    complexity="NC1, with T in unary: a sum of few cells for each binary digit of T",
    in_nc=True,
    assumption="Nothing is assumed. Rules that are not linear, such as 110, may be P-complete.",
    reference="Robinson 1987, Fast computation of additive cellular automata; Moore 1997",
    draw=_draw,
    serial=step_by_step,
    parallel=by_doubling,
    rounds=lambda n: n.bit_length(),
)
