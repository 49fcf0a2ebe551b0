"""Majority: one gate. Also as a program of the register machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def describe(tape: Tape, write: Write) -> None:
    """Write the circuit: more than half of the inputs are 1."""
    n = len(tape)
    write(0, n)
    write()
    write(1, n // 2 + 1)
    for i in range(n):
        write(1, i)
    write()
    write(2, n)
    write()


def inputs(n: int) -> int:
    """How many inputs there are."""
    return n


def gate(n: int, g: int) -> int:
    """Whether there is a gate g."""
    return g == 0 and n >= 0


def threshold(n: int, g: int) -> int:
    """The threshold of gate g."""
    return n // 2 + 1 + 0 * g


def operand(n: int, g: int, p: int) -> int:
    """The wire that operand p of gate g is; -1 if there is none."""
    return p if g == 0 and 0 <= p < n else -1


def weight(n: int, g: int, p: int, h: int) -> int:
    """The weight with which operand p of gate g is wire h; 0 if it is another."""
    return h >= 0 and h == operand(n, g, p)


def output(n: int, k: int, h: int) -> int:
    """Whether output k is wire h."""
    return k == 0 and h == n


def number(register: str, label: str) -> str:
    """Instructions that write a register's value in binary, highest digit first, and a comma.

    The highest power of two is found by halving; each digit is the parity of the value halved so
    many times.
    """
    return f"""
    set digit 0
    copy rest {register}
    halve rest
    {label}_count: set zero 0
    less zero rest {label}_more
    jump {label}_digit
    {label}_more: inc digit
    halve rest
    jump {label}_count
    {label}_digit: copy rest {register}
    set times 0
    {label}_halve: less times digit {label}_again
    jump {label}_parity
    {label}_again: halve rest
    inc times
    jump {label}_halve
    {label}_parity: copy even rest
    halve even
    double even
    less even rest {label}_one
    emit 0
    jump {label}_next
    {label}_one: emit 1
    {label}_next: set zero 0
    less zero digit {label}_lower
    jump {label}_end
    {label}_lower: dec digit
    jump {label}_digit
    {label}_end: emit comma
    """


MACHINE = f"""
    # n is the number of ones on the input
    set two 2
    count: read symbol n
    less symbol two longer
    jump counted
    longer: inc n
    jump count

    counted: emit 0          # 0 n ;
    emit comma
    {number("n", "inputs")}
    emit semicolon

    emit 1                   # 1 n/2+1, then 1 i for each input i
    emit comma
    copy half n
    halve half
    inc half
    {number("half", "threshold")}
    set i 0
    operand: less i n more
    jump done
    more: emit 1
    emit comma
    {number("i", "wire")}
    inc i
    jump operand
    done: emit semicolon

    emit 1                   # 2 n ;
    emit 0
    emit comma
    {number("n", "output")}
    emit semicolon
    halt
"""
"""`describe` for the register machine."""
