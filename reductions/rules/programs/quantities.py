"""Word problems to arithmetic CVP and back as programs; a product is passed over twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

NUMBER, PRODUCT = 0, 3
"""Operations, as numbered in `reductions.problems.dependency_graph`; gates have one number less."""


def write_gates(tape: Tape, write: Write) -> None:
    """Write the circuit: a record of each quantity holds its operation and what it is of."""
    count = gates(tape)
    first = numbers(tape, count)
    write(0, number_at(tape, record(tape, 0, 0)), first)
    write()
    made = 0
    for quantity in range(count):
        place = record(tape, 1, quantity)
        operation = number_at(tape, place)
        last = -1
        for part in range(0 if operation == NUMBER else 2):
            place = after(tape, record(tape, 1, quantity))
            while tape[place] != END:
                wire = image(tape, number_at(tape, place))
                turn = 1 if operation == PRODUCT and wire < first else 0
                if turn == part:
                    if last >= 0:
                        write(1, operation - 1, last, wire)
                        write()
                        last = first + made
                        made += 1
                    else:
                        last = wire
                place = after(tape, place)
    place = record(tape, 2, 0)
    write(2, image(tape, number_at(tape, place)), number_at(tape, after(tape, place)))
    write()
    write(3)
    for quantity in range(count):
        place = record(tape, 1, quantity)
        if number_at(tape, place) == NUMBER:
            write(number_at(tape, after(tape, place)))
    write()


def numbers(tape: Tape, end: int) -> int:
    """How many of the quantities before one are numbers."""
    found = 0
    for quantity in range(end):
        found += number_at(tape, record(tape, 1, quantity)) == NUMBER
    return found


def image(tape: Tape, quantity: int) -> int:
    """The wire of a quantity: numbers first, then r - 1 gates for each operation on r others."""
    if number_at(tape, record(tape, 1, quantity)) == NUMBER:
        return numbers(tape, quantity)
    wire = numbers(tape, gates(tape)) - 1
    for other in range(quantity + 1):
        place = record(tape, 1, other)
        if number_at(tape, place) != NUMBER:
            place = after(tape, after(tape, place))
            while tape[place] != END:
                wire += 1
                place = after(tape, place)
    return wire


def write_quantities(tape: Tape, write: Write) -> None:
    """The other way round: of a circuit over a ring, write a quantity for each wire."""
    modulus = number_at(tape, record(tape, 0, 0))
    write(0, 2 if modulus == 0 else modulus)
    write()
    place = record(tape, 3, 0)
    while tape[place] != END:
        write(1, NUMBER, number_at(tape, place))
        write()
        place = after(tape, place)
    for gate in range(gates(tape)):
        place = record(tape, 1, gate)
        write(1, number_at(tape, place) + 1)
        place = after(tape, place)
        write(number_at(tape, place), number_at(tape, after(tape, place)))
        write()
    place = record(tape, 2, 0)
    write(2, number_at(tape, place), number_at(tape, after(tape, place)))
    write()
