"""Rules between ordered, unordered and layered circuits as programs: copies, and the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, copy, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_copies(tape: Tape, write: Write) -> None:
    """Write one layer after the other, each in one pass over the gates."""
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, n + m)
    write()
    for t in range(m):
        below = t * (n + m)
        for wire in range(n):
            write(1, 1, 1, below + wire)
            write()
        place = record(tape, 1, 0)
        for gate in range(m):
            write(1)
            if gate > 0:
                place = after(tape, place + 1)
            write(number_at(tape, place))
            place = after(tape, place)
            while tape[place] != END:
                write(number_at(tape, place))
                place = after(tape, place)
                write(below + number_at(tape, place))
                place = after(tape, place)
            write()
    write(2, m * (n + m) + number_at(tape, record(tape, 2, 0)))
    write()
    write(3)
    place = record(tape, 3, 0)
    for _wire in range(n):
        write(number_at(tape, place))
        place = after(tape, place)
    for _gate in range(m):
        write(0)
    write()


def write_reverse(tape: Tape, write: Write) -> None:
    """Write the gates from the last to the first; two operands trade places where they are gates.

    Operands increase: the images of gates stand behind inputs, in reverse.
    """
    n = number_at(tape, record(tape, 0, 0))
    m = gates(tape)
    write(0, n)
    write()
    for gate in range(m):
        place = record(tape, 1, m - 1 - gate)
        write(1, number_at(tape, place))
        place = after(tape, place)
        weight = number_at(tape, place)
        place = after(tape, place)
        a = image(n, m, number_at(tape, place))
        place = after(tape, place)
        if tape[place] == END:
            write(weight, a)
        else:
            b = image(n, m, number_at(tape, after(tape, place)))
            write(weight, min(a, b), weight, max(a, b))
        write()
    write(2, image(n, m, number_at(tape, record(tape, 2, 0))))
    write()
    write(3)
    copy(tape, write, record(tape, 3, 0))


def image(n: int, m: int, wire: int) -> int:
    """Where a wire is in the circuit of gates in reverse."""
    return wire if wire < n else 2 * n + m - 1 - wire
