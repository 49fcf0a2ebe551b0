"""Comparator circuits: each gate puts the AND of two lines on one and their OR on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.problems.controls.control import Control

if TYPE_CHECKING:
    from random import Random

Lines = tuple[tuple[int, ...], tuple[tuple[int, int], ...]]
"""The first values of the lines, and gates: (line of the AND, line of the OR)."""


def gate_by_gate(lines: Lines) -> int:
    """The value of line 0 behind all gates."""
    values = list(lines[0])
    for low, high in lines[1]:
        values[low], values[high] = values[low] & values[high], values[low] | values[high]
    return values[0]


def _draw(random: Random, n: int) -> Lines:
    size = max(2, n)
    gates = [tuple(random.sample(range(size), 2)) for _ in range(2 * size)]
    return tuple(random.getrandbits(1) for _ in range(size)), tuple((a, b) for a, b in gates)


COMPARATORS = Control(
    name="comparator circuit",
    question="Is line 0 of this comparator circuit 1?",
    complexity="CC-complete; NL is in CC, and CC in P",
    in_nc=False,
    assumption="Whether CC is in NC, or equals P, is open: neither easy nor serial may be said.",
    reference="Mayr and Subramanian 1992; Cook, Filmus, Le 2014, The complexity of the comparator "
    "circuit value problem",
    draw=_draw,
    serial=gate_by_gate,
    parallel=None,
    rounds=None,
)
