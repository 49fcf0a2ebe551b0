"""Monotone CVP to strict alternating circuits as a program: sums over again in place of tables.

What is written for a wire, and where, is described in `reductions.rules.strict_gadgets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_strict(tape: Tape, write: Write) -> None:
    """Write the circuit and the values of its inputs."""
    n = number_at(tape, after(tape, 0))
    m = gates(tape)
    total = before(tape, n, n + m, 0)
    write(0, total)
    write()
    x = 0
    g = total
    for wire in range(n + m):
        f = readers(tape, n, wire, -1)
        write_root(tape, write, n, total, wire, x, g)
        x += root(tape, n, wire, 0)
        g += root(tape, n, wire, 1)
        for node in range(1, f + 1):
            write_or(write, x, x + 1)
            write(1, 2, 1, g - 1 if node == 1 else g + child(node))
            write(1, g + 4 * (node - 1))
            write()
            write_or(write, x + 2, g + 4 * (node - 1) + 1)
            write_or(write, x + 3, g + 4 * (node - 1) + 1)
            x += 4
        g += 4 * f
    output = number_at(tape, record(tape, 2, 0))
    write(2, leaf(tape, n, total, output, readers(tape, n, output, -1) - 1))
    write()
    write_values(tape, write, n, m)


def write_or(write: Write, a: int, b: int) -> None:
    """Write an OR."""
    write(1, 1, 1, a, 1, b)
    write()


def write_root(tape: Tape, write: Write, n: int, total: int, wire: int, x: int, g: int) -> None:
    """Write the gates of a root; its first input is x, its first gate g."""
    if wire < n:
        write_or(write, x, x + 1)
    else:
        place = record(tape, 1, wire - n)
        kind = root(tape, n, wire, 1)
        first = after(tape, after(tape, place))
        a = operand(tape, n, total, wire, first)
        if kind == 2:
            write(1, 2, 1, a, 1, operand(tape, n, total, wire, after(tape, after(tape, first))))
            write()
            write_or(write, x, g)
        else:
            write_or(write, x, x + 1)
            write(1, 2, 1, a, 1, g)
            write()
            if kind == 3:
                write_or(write, x + 2, g + 1)
            else:
                write(1, 2, 1, operand(tape, n, total, wire, after(tape, after(tape, first))))
                write(1, g)
                write()
                write_or(write, g + 1, g + 2)


def write_values(tape: Tape, write: Write, n: int, m: int) -> None:
    """Write the values of all inputs."""
    write(3)
    place = record(tape, 3, 0)
    for wire in range(n + m):
        if wire < n:
            write(tape[place], tape[place])
            place = after(tape, place)
        elif root(tape, n, wire, 1) == 2:
            write(0)
        else:
            write(1, 1)
            if root(tape, n, wire, 1) == 3:
                write(0)
        for _ in range(readers(tape, n, wire, -1)):
            write(1, 1, 0, 0)
    write()


def operand(tape: Tape, n: int, total: int, wire: int, place: int) -> int:
    """The leaf that a gate reads in place of the wire that stands in a cell."""
    read = number_at(tape, place)
    return leaf(tape, n, total, read, readers(tape, n, read, wire))


def leaf(tape: Tape, n: int, total: int, wire: int, reader: int) -> int:
    """The leaf that a wire's reader of this number takes."""
    f = readers(tape, n, wire, -1)
    return total + before(tape, n, wire + 1, 1) - 4 * f + child(f + 1 + reader)


def child(node: int) -> int:
    """Where a node other than the root is, behind the root."""
    return 4 * (node // 2 - 1) + 2 + node % 2


def root(tape: Tape, n: int, wire: int, what: int) -> int:
    """Inputs (what = 0) or gates (1) of the root of a wire."""
    if wire < n:
        return 2 - what
    return root_at(tape, record(tape, 1, wire - n), what)


def root_at(tape: Tape, place: int, what: int) -> int:
    """The same for a gate whose threshold stands in a cell."""
    if tape[after(tape, after(tape, after(tape, place)))] == END:
        return 3
    if number_at(tape, place) == 2:
        return 1 + what
    return 2 + 2 * what


def readers(tape: Tape, n: int, wire: int, end: int) -> int:
    """How many of the gates before `end` read a wire; -1: of all, with the output."""
    count = 0
    gate = n
    place = next_record(tape, 0)
    while gate != end and number_at(tape, place) == 1:
        place = after(tape, after(tape, place))
        while tape[place] != END:
            place = after(tape, place)
            count += number_at(tape, place) == wire
            place = after(tape, place)
        place += 1
        gate += 1
    if end < 0:
        count += number_at(tape, after(tape, place)) == wire
    return count


def before(tape: Tape, n: int, wire: int, what: int) -> int:
    """Inputs (what = 0) or gates (1) of what is written for the wires before this one."""
    count = min(n, wire) * (2 - what)
    gate = n
    place = next_record(tape, 0)
    while number_at(tape, place) == 1:
        place = after(tape, place)
        if gate < wire:
            count += root_at(tape, place, what)
        place = after(tape, place)
        while tape[place] != END:
            place = after(tape, place)
            count += 4 * (number_at(tape, place) < wire)
            place = after(tape, place)
        place += 1
        gate += 1
    return count + 4 * (number_at(tape, after(tape, place)) < wire)


def next_record(tape: Tape, place: int) -> int:
    """The first cell of the next record."""
    while tape[place] != END:
        place += 1
    return place + 1
