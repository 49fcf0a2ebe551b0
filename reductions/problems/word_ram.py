"""Word-RAMs: does a program on words of w bits reach an accept within T steps? T counts as size.

A machine has registers and 2^a cells of memory, all words of w bits, and runs a list of
instructions from the first one on:

========== ==============================================================
set r c    register r becomes the constant c
add r s    register r becomes r + s modulo 2^w
nand r s   register r becomes NOT (r AND s), bit by bit
load r s   register r becomes the cell whose address is the low a bits of s
store r s  that cell becomes r
jump r t   go to instruction t if register r is 0
accept     stay here for ever
========== ==============================================================

Registers are 0 at first, the memory is the input. Behind the last instruction the machine halts and
does not accept.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reductions.codec import integer, shown
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator


SET, ADD, NAND, LOAD, STORE, JUMP, ACCEPT = OPERATIONS = (
    "set", "add", "nand", "load", "store", "jump", "accept",
)  # fmt: skip

MOST_BITS, MOST_CELLS, MOST_STEPS = 64, 1 << 16, 1_000_000

Instruction = tuple[str, int, int]
"""An operation and two numbers; those that it does not need are 0."""

History = tuple[int, ...]
"""The number of the instruction that is next: before the first step, and after each."""


@dataclass(frozen=True)
class WordRam:
    """A program with its memory, and a number of steps.

    Args:
        bits: w, of a word.
        registers: how many.
        program: at least one instruction.
        memory: 2^a words, with a at most w.
        steps: T, at least 1.

    Raises:
        ArgumentError: an argument is none of these, an instruction names what is not there, or an
            addition or NAND is of a register with itself.
    """

    bits: int
    registers: int
    program: tuple[Instruction, ...]
    memory: tuple[int, ...]
    steps: int

    def __post_init__(self) -> None:
        integer(self.bits, "bits", 1, MOST_BITS)
        integer(self.registers, "registers", 1, MOST_CELLS)
        integer(self.steps, "steps", 1, MOST_STEPS)
        cells = len(self.memory)
        if cells not in {1 << a for a in range(self.bits + 1)} or cells > MOST_CELLS:
            raise ArgumentError(
                f"memory must be 1, 2, 4, ... words, at most 2^bits and {MOST_CELLS}, not {cells}"
            )
        for cell, word in enumerate(self.memory):
            integer(word, f"memory[{cell}]", 0, (1 << self.bits) - 1)
        if not self.program:
            raise ArgumentError("program must have an instruction")
        for place, row in enumerate(self.program):
            self._require(row, f"program[{place}]")

    def _require(self, row: Instruction, where: str) -> None:
        if not isinstance(row, tuple) or len(row) != 3 or row[0] not in OPERATIONS:
            names = ", ".join(OPERATIONS)
            raise ArgumentError(f"{where} must be one of {names}, and two numbers: {shown(row)}")
        operation, a, b = row
        most = {SET: (1 << self.bits) - 1, JUMP: len(self.program), ACCEPT: 0}
        register = 0 if operation == ACCEPT else self.registers - 1
        integer(a, f"{where}: the register", 0, register)
        integer(b, f"{where}: the second number", 0, most.get(operation, self.registers - 1))
        if operation in {ADD, NAND} and a == b:
            raise ArgumentError(f"{where}: {operation} needs two registers")

    @property
    def address(self) -> int:
        """Bits of an address."""
        return len(self.memory).bit_length() - 1


def history(instance: WordRam) -> History:
    """The plain simulator."""
    registers, memory = [0] * instance.registers, list(instance.memory)
    place, mask = 0, (1 << instance.bits) - 1
    found = [0]
    for _ in range(instance.steps):
        if place < len(instance.program):
            operation, r, s = instance.program[place]
            place += 1
            if operation == SET:
                registers[r] = s
            elif operation == ADD:
                registers[r] = registers[r] + registers[s] & mask
            elif operation == NAND:
                registers[r] = ~(registers[r] & registers[s]) & mask
            elif operation == LOAD:
                registers[r] = memory[registers[s] % len(memory)]
            elif operation == STORE:
                memory[registers[s] % len(memory)] = registers[r]
            elif operation == JUMP:
                place = s if registers[r] == 0 else place
            else:
                place -= 1
        found.append(place)
    return tuple(found)


def accepts(instance: WordRam, place: int) -> bool:
    """Whether an instruction is an accept."""
    return place < len(instance.program) and instance.program[place][0] == ACCEPT


def decide(instance: WordRam) -> bool:
    """Whether it is at an accept after T steps."""
    return accepts(instance, history(instance)[-1])


Configuration = tuple[int, tuple[int, ...]]
"""The next instruction; all registers and then all cells."""


def after(instance: WordRam, before: Configuration) -> Configuration:
    """What follows a configuration in one step."""
    place, words = before
    if place == len(instance.program) or accepts(instance, place):
        return before
    operation, r, s = instance.program[place]
    if operation == JUMP:
        return (place + 1 if words[r] else s), words
    limit, cells = 1 << instance.bits, len(instance.memory)
    target, value = r, s
    if operation in {LOAD, STORE}:
        cell = instance.registers + words[s] % cells
        target, value = (r, words[cell]) if operation == LOAD else (cell, words[r])
    elif operation == ADD:
        value = (words[r] + words[s]) % limit
    elif operation == NAND:
        value = limit - 1 - (words[r] & words[s])
    return place + 1, (*words[:target], value, *words[target + 1 :])


def by_configurations(instance: WordRam) -> History | None:
    """From one configuration to the next."""
    now: Configuration = (0, (*[0] * instance.registers, *instance.memory))
    found = [0]
    for _ in range(instance.steps):
        now = after(instance, now)
        found.append(now[0])
    return tuple(found) if accepts(instance, now[0]) else None


def verify(instance: WordRam, found: History) -> bool:
    """Whether each instruction follows from the one before it, and the last is an accept."""
    if not isinstance(found, tuple) or len(found) != instance.steps + 1 or found[0] != 0:
        return False
    now: Configuration = (0, (*[0] * instance.registers, *instance.memory))
    for _, place in pairwise(found):
        now = after(instance, now)
        if now[0] != place:
            return False
    return accepts(instance, found[-1])


def every_history(instance: WordRam) -> Iterator[History]:
    """The one history, if it accepts."""
    if decide(instance):
        yield history(instance)


def sizes(instance: WordRam) -> dict[str, int]:
    """The size fields."""
    operations = [row[0] for row in instance.program]
    return {
        "bits": instance.bits,
        "registers": instance.registers,
        "cells": len(instance.memory),
        "address": instance.address,
        "time": instance.steps,
        **{f"{name}s": operations.count(name) for name in OPERATIONS},
        "ones": sum(c.bit_count() for name, _, c in instance.program if name == SET),
    }
