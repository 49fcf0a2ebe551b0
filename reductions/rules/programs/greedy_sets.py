"""Programs that write graphs, a record a node with its earlier neighbors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_independent_set(tape: Tape, write: Write) -> None:
    """Of a NOR circuit: the node asked about, and the nodes."""
    n = number_at(tape, record(tape, 0, 0))
    write(0, number_at(tape, record(tape, 2, 0)) + 2)
    write()
    write(1)
    write()
    write(1, 0)
    write()
    place = record(tape, 3, 0)
    for _wire in range(n):
        write(1, number_at(tape, place))
        write()
        place = after(tape, place)
    for gate in range(gates(tape)):
        write(1)
        place = after(tape, record(tape, 1, gate))
        while tape[place] != END:
            place = after(tape, place)  # behind the weight
            write(number_at(tape, place) + 2)
            place = after(tape, place)
        write()


def write_complement(tape: Tape, write: Write) -> None:
    """Of a graph: the node asked about, and the nodes, each with those that it is not joined to."""
    write(0, number_at(tape, record(tape, 0, 0)))
    write()
    for node in range(gates(tape)):
        write(1)
        place = record(tape, 1, node)
        for other in range(node):
            # The neighbors increase, and so does what is looked for.
            if tape[place] != END and number_at(tape, place) == other:
                place = after(tape, place)
            else:
                write(other)
        write()
