"""Monotone CVP to the parity of a maximum flow as a program: a record an edge, then its bits.

A capacity has more bits than there is work space; each bit is found for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_network(tape: Tape, write: Write) -> None:
    """Write the numbers of nodes, source and sink, and the edges with their capacities."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    wires = n + m
    write(0, wires + 3, wires + 1, wires + 2)
    write()
    place = record(tape, 3, 0)
    for wire in range(n):
        write(1, wires + 1, wire)
        if number_at(tape, place) == 1:
            times(write, reads(tape, wire), exponent(tape, wire))
        write()
        place = after(tape, place)
    for gate in range(m):
        place = record(tape, 1, gate)
        threshold = number_at(tape, place)
        first = after(tape, after(tape, place))
        a = number_at(tape, first)
        second = after(tape, first)
        ea = exponent(tape, a)
        write(1, a, n + gate)
        times(write, 1, ea)
        write()
        sent = reads(tape, n + gate)
        own = exponent(tape, n + gate)
        if tape[second] == END:
            write(1, n + gate, wires + 1)
            difference(write, 0, ea, sent, own)
        else:
            b = number_at(tape, after(tape, second))
            eb = exponent(tape, b)
            write(1, b, n + gate)
            times(write, 1, eb)
            write()
            write(1, n + gate, wires + 2 if threshold == 2 else wires + 1)
            difference(write, ea, eb, sent, own)
        write()
    output = number_at(tape, record(tape, 2, 0))
    last = exponent(tape, output)
    write(1, output, wires)
    times(write, 1, last)
    write()
    write(1, wires, wires + 1)
    difference(write, 0, last, 1, 0)
    write()
    write(1, wires, wires + 2, 1)
    write()


def reads(tape: Tape, wire: int) -> int:
    """How often a wire is read, by gates and as the output."""
    return reads_from(tape, wire) - reads_from(tape, wire + 1)


def reads_from(tape: Tape, wire: int) -> int:
    """How often the wires from this one on are read."""
    count = 0
    place = 0
    while place < len(tape):
        kind = number_at(tape, place)
        place = after(tape, place)
        if kind == 2:
            count += number_at(tape, place) >= wire
        if kind == 1:
            place = after(tape, place)
            while tape[place] != END:
                place = after(tape, place)  # behind the weight
                count += number_at(tape, place) >= wire
                place = after(tape, place)
        while tape[place] != END:
            place += 1
        place += 1
    return count


def exponent(tape: Tape, wire: int) -> int:
    """1 more than how often later wires are read."""
    return 1 + reads_from(tape, wire + 1)


def times(write: Write, factor: int, shift: int) -> None:
    """Write the bits of factor * 2^shift, the highest first; none of 0."""
    high = 0
    while factor >> high > 0:
        high += 1
    for bit in range(high):
        write((factor >> (high - 1 - bit)) % 2)
    if factor > 0:
        for _bit in range(shift):
            write(0)


def difference(write: Write, more: int, high: int, factor: int, shift: int) -> None:
    """Write the bits of 2^more + 2^high - factor * 2^shift; without the first where more is 0.

    Here more is 0 or above high, and 2^high is above what is taken away. From the shift on, the
    bits of 2^high less that are those of factor - 1, turned.
    """
    top = high
    if more > 0:
        top = more
    started = 0
    for step in range(top + 1):
        place = top - step
        bit = 0
        if more > 0 and place == more:
            bit = 1
        elif factor == 0:
            bit = 1 if place == high else 0
        elif shift <= place < high:
            bit = 1 - ((factor - 1) >> (place - shift)) % 2
        if bit == 1:
            started = 1
        if started == 1:
            write(bit)
