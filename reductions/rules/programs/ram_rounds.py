"""Word-RAMs to Boolean programs as a program: instruction after instruction, bit after bit.

Variables are numbered as in `reductions.rules.ram_variables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import END, after, gates, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

SET, ADD, NAND, LOAD, STORE, JUMP, ACCEPT = 0, 1, 2, 3, 4, 5, 6


def write_rounds(tape: Tape, write: Write) -> None:  # noqa: C901 - one case an instruction
    """Write the loop, the OR over all accepts, and the values before."""
    place = record(tape, 0, 0)
    bits = number_at(tape, place)
    place = after(tape, place)
    registers = number_at(tape, place)
    place = after(tape, place)
    address = number_at(tape, place)
    time = number_at(tape, after(tape, place))
    length = gates(tape)
    memory = length + 1 + registers * bits
    zero = memory + (bits << address)
    idle = zero + 2 + length + (1 << address) + address
    write(0, idle + 6)
    write()
    write(2, time)
    write()
    for step in range(length + 1):
        write_copy(write, zero + 1 + step, zero)
    write_or(write, zero + 1 + length, zero + 1 + length, length)
    for step in range(length):
        place = record(tape, 1, step)
        operation = number_at(tape, place)
        place = after(tape, place)
        r = number_at(tape, place)
        s = number_at(tape, after(tape, place))
        x = length + 1 + r * bits
        y = length + 1 + s * bits
        go = step
        write_not(write, idle, go)
        if operation == SET:
            for b in range(bits):
                if s >> b & 1:
                    write_or(write, x + b, x + b, go)
                else:
                    write_and(write, x + b, x + b, idle)
        elif operation == ADD:
            write_addition(write, bits, go, idle, x, y, zero)
        elif operation == NAND:
            for b in range(bits):
                write_and(write, idle + 2, x + b, y + b)
                write_not(write, idle + 3, idle + 2)
                write_change(write, idle, go, x + b)
        elif LOAD <= operation <= STORE:
            write_selection(write, address, go, idle, y)
            write_access(write, bits, address, operation, idle, x, memory)
        elif operation == JUMP:
            write_copy(write, idle + 3, x)
            for b in range(1, bits):
                write_or(write, idle + 3, idle + 3, x + b)
            write_not(write, idle + 2, idle + 3)
            write_and(write, idle + 5, go, idle + 2)
            write_or(write, zero + 1 + s, zero + 1 + s, idle + 5)
            write_and(write, idle + 4, go, idle + 3)
            go = idle + 4
        onward = zero + 1 + step + (operation != ACCEPT)
        write_or(write, onward, onward, go)
    for step in range(length + 1):
        write_copy(write, step, zero + 1 + step)
    write(3, time, 1)
    write()
    write_copy(write, idle + 3, zero)
    for step in range(length):
        if number_at(tape, record(tape, 1, step)) == ACCEPT:
            write_or(write, idle + 3, idle + 3, step)
    write(4, idle + 3)
    write()
    write(5, 1)
    for _variable in range(memory - 1):
        write(0)
    place = record(tape, 2, 0)
    while tape[place] != END:
        word = number_at(tape, place)
        for b in range(bits):
            write(word >> b & 1)
        place = after(tape, place)
    for _variable in range(idle + 6 - zero):
        write(0)
    write()


def write_addition(write: Write, bits: int, go: int, idle: int, x: int, y: int, zero: int) -> None:
    """A word becomes its sum with another."""
    carry, both, one, kept, made = idle + 1, idle + 2, idle + 3, idle + 4, idle + 5
    write_copy(write, carry, zero)
    for b in range(bits):
        write_and(write, both, x + b, y + b)
        write_or(write, one, x + b, y + b)
        write_not(write, kept, both)
        write_and(write, one, one, kept)
        write_and(write, made, one, carry)
        write_or(write, one, one, carry)
        write_not(write, kept, made)
        write_and(write, one, one, kept)
        write_or(write, carry, both, made)
        write_change(write, idle, go, x + b)


def write_change(write: Write, idle: int, go: int, bit: int) -> None:
    """A bit becomes the result, if the instruction is next."""
    write_and(write, idle + 4, idle, bit)
    write_and(write, idle + 5, go, idle + 3)
    write_or(write, bit, idle + 4, idle + 5)


def write_selection(write: Write, address: int, go: int, idle: int, y: int) -> None:
    """A variable for each cell, from the bits of an address."""
    inverted = idle - address
    selected = inverted - (1 << address)
    for j in range(address):
        write_not(write, inverted + j, y + j)
    for cell in range(1 << address):
        write_copy(write, selected + cell, go)
        for j in range(address):
            digit = y + j if cell >> j & 1 else inverted + j
            write_and(write, selected + cell, selected + cell, digit)


def write_access(
    write: Write, bits: int, address: int, operation: int, idle: int, x: int, memory: int
) -> None:
    """Read the cell that is selected, or write it."""
    selected = idle - address - (1 << address)
    if operation == LOAD:
        for b in range(bits):
            write_and(write, x + b, x + b, idle)
    for cell in range(1 << address):
        if operation == STORE:
            write_not(write, idle + 4, selected + cell)
        for b in range(bits):
            y = memory + cell * bits + b
            if operation == LOAD:
                write_and(write, idle + 5, selected + cell, y)
                write_or(write, x + b, x + b, idle + 5)
            else:
                write_and(write, idle + 5, selected + cell, x + b)
                write_and(write, y, y, idle + 4)
                write_or(write, y, y, idle + 5)


def write_copy(write: Write, target: int, a: int) -> None:
    """Write ``target := a``."""
    write(1, target, 1, 1, a)
    write()


def write_not(write: Write, target: int, a: int) -> None:
    """Write ``target := NOT a``."""
    write(1, target, 0, -1, a)
    write()


def write_and(write: Write, target: int, a: int, b: int) -> None:
    """Write ``target := a AND b``."""
    write(1, target, 2, 1, min(a, b), 1, max(a, b))
    write()


def write_or(write: Write, target: int, a: int, b: int) -> None:
    """Write ``target := a OR b``."""
    write(1, target, 1, 1, min(a, b), 1, max(a, b))
    write()
