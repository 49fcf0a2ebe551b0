"""Barrington's theorem as a program: letter after letter, each a path from the output to an input.

A path has two bits for each AND and OR on it: which of the four words of the commutator it is in.
The letter x at its end becomes T' x T L, for permutations T and L that the path gives. They are
numbers of 15 bits: point p goes to bits 3 p to 3 p + 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

IDENTITY = 0b100_011_010_001_000
TARGET = IDENTITY
"""The five-cycle c."""
A, B, C, D, INVERSE = IDENTITY, IDENTITY, IDENTITY, IDENTITY, IDENTITY
"""Permutations that take c to the factors of the commutator, and to its inverse."""


def write_word(tape: Tape, write: Write) -> None:
    """Write the letters, each as where it takes the points, and the goal."""
    n = number_at(tape, record(tape, 0, 0))
    path = 1  # a 1, and behind it the bits
    while path > 0:
        wire = number_at(tape, record(tape, 2, 0))
        turn = IDENTITY
        last = IDENTITY
        gates = path.bit_length() // 2
        seen = 0
        while wire >= n:
            place = record(tape, 1, wire - n)
            threshold = number_at(tape, place)
            first = after(tape, after(tape, place))
            second = after(tape, first)
            if tape[second] == END:
                wire = number_at(tape, first)
                if threshold == 0:
                    last = times(conjugate(TARGET, turn), last)
                    turn = times(INVERSE, turn)
            else:
                if seen == gates:
                    path *= 4
                    gates += 1
                seen += 1
                part = (path >> 2 * (gates - seen)) % 4
                if threshold == 1:
                    last = times(conjugate(TARGET, turn), last)
                    turn = times(INVERSE, turn)
                if part < 3:
                    last = IDENTITY
                turn = times(A if part == 0 else B if part == 1 else C if part == 2 else D, turn)
                if threshold == 1:
                    last = times(conjugate(TARGET, turn), last)
                    turn = times(INVERSE, turn)
                wire = number_at(tape, first if part % 2 == 0 else after(tape, second))
        place = record(tape, 3, 0)
        for _input in range(wire):
            place = after(tape, place)
        write(1)
        if number_at(tape, place) == 1:
            last = times(conjugate(TARGET, turn), last)
        for point in range(5):
            write(last >> 3 * point & 7)
        write()
        while path > 1 and path % 4 == 3:
            path //= 4
        path = path + 1 if path > 1 else 0
    write(2)
    for point in range(5):
        write(TARGET >> 3 * point & 7)
    write()


def times(a: int, b: int) -> int:
    """One permutation, and then another."""
    found = 0
    for point in range(5):
        found += (b >> 3 * (a >> 3 * point & 7) & 7) << 3 * point
    return found


def conjugate(x: int, turn: int) -> int:
    """The product turn' x turn: what turn makes of p goes to what it makes of x(p)."""
    found = 0
    for point in range(5):
        found += (turn >> 3 * (x >> 3 * point & 7) & 7) << 3 * (turn >> 3 * point & 7)
    return found
