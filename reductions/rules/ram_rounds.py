"""One step of a word-RAM as assignments of a Boolean program."""

from __future__ import annotations

from reductions.problems.boolean_program import Assign
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.problems.word_ram import ACCEPT, ADD, JUMP, LOAD, NAND, SET, STORE, WordRam
from reductions.provenance import NONE
from reductions.rules.ram_variables import Variables


class Round:
    """The assignments of one step, in order.

    Attributes:
        code: they.
        origin: of each the instruction that it belongs to, or `NONE`.

    Args:
        machine: any number of steps.
    """

    def __init__(self, machine: WordRam) -> None:
        self.machine, self.at = machine, Variables.of(machine)
        self.code: list[Assign] = []
        self.origin: list[int] = []
        self.place = NONE
        at, length = self.at, len(machine.program)
        for place in range(length + 1):
            self.put(BUFFER, at.later(place), at.zero)
        self.put(OR, at.later(length), at.later(length), at.next(length))
        for place, row in enumerate(machine.program):
            self.place = place
            self.instruction(*row)
        self.place = NONE
        for place in range(length + 1):
            self.put(BUFFER, at.next(place), at.later(place))

    def put(self, kind: int, target: int, *reads: int) -> None:
        """Append an assignment, which belongs to the instruction `place`."""
        self.code.append(Assign(kind, target, tuple(sorted(reads))))
        self.origin.append(self.place)

    def instruction(self, operation: str, r: int, s: int) -> None:
        """What it does if it is next, and which is next after it."""
        at = self.at
        go, onward = at.next(self.place), self.place + 1
        self.put(NOT, at.idle, go)
        if operation == SET:
            self.set(r, s)
        elif operation == ADD:
            self.add(r, s)
        elif operation == NAND:
            self.nand(r, s)
        elif operation == LOAD:
            self.load(r, s)
        elif operation == STORE:
            self.store(r, s)
        elif operation == JUMP:
            go = self.jump(r, s)
        elif operation == ACCEPT:
            onward = self.place
        self.put(OR, at.later(onward), at.later(onward), go)

    def change(self, bit: int, new: int) -> None:
        """A bit becomes another variable, if the instruction is next."""
        at = self.at
        self.put(AND, at.kept, at.idle, bit)
        self.put(AND, at.made, at.next(self.place), new)
        self.put(OR, bit, at.kept, at.made)

    def set(self, r: int, constant: int) -> None:
        """A register becomes a constant."""
        for b, bit in enumerate(self.at.word(r)):
            if constant >> b & 1:
                self.put(OR, bit, bit, self.at.next(self.place))
            else:
                self.put(AND, bit, bit, self.at.idle)

    def add(self, r: int, s: int) -> None:
        """The sum, from the lowest bit up; an exclusive OR is (x OR y) AND NOT (x AND y)."""
        at = self.at
        self.put(BUFFER, at.carry, at.zero)
        for x, y in zip(at.word(r), at.word(s), strict=True):
            self.put(AND, at.both, x, y)
            self.put(OR, at.one, x, y)
            self.put(NOT, at.kept, at.both)
            self.put(AND, at.one, at.one, at.kept)
            self.put(AND, at.made, at.one, at.carry)
            self.put(OR, at.one, at.one, at.carry)
            self.put(NOT, at.kept, at.made)
            self.put(AND, at.one, at.one, at.kept)
            self.put(OR, at.carry, at.both, at.made)
            self.change(x, at.one)

    def nand(self, r: int, s: int) -> None:
        """Bit by bit."""
        at = self.at
        for x, y in zip(at.word(r), at.word(s), strict=True):
            self.put(AND, at.both, x, y)
            self.put(NOT, at.one, at.both)
            self.change(x, at.one)

    def select(self, s: int) -> None:
        """A variable for each cell: whether the instruction is next and s is its address."""
        at = self.at
        for j in range(self.machine.address):
            self.put(NOT, at.inverted(j), at.register(s, j))
        for cell in range(len(self.machine.memory)):
            self.put(BUFFER, at.selected(cell), at.next(self.place))
            for j in range(self.machine.address):
                digit = at.register(s, j) if cell >> j & 1 else at.inverted(j)
                self.put(AND, at.selected(cell), at.selected(cell), digit)

    def load(self, r: int, s: int) -> None:
        """The register becomes 0, and then the OR over all cells, of which one is selected."""
        at = self.at
        self.select(s)
        for bit in at.word(r):
            self.put(AND, bit, bit, at.idle)
        for cell in range(len(self.machine.memory)):
            for b, bit in enumerate(at.word(r)):
                self.put(AND, at.made, at.selected(cell), at.cell(cell, b))
                self.put(OR, bit, bit, at.made)

    def store(self, r: int, s: int) -> None:
        """The cell that is selected becomes the register."""
        at = self.at
        self.select(s)
        for cell in range(len(self.machine.memory)):
            self.put(NOT, at.kept, at.selected(cell))
            for b, bit in enumerate(at.word(r)):
                self.put(AND, at.made, at.selected(cell), bit)
                self.put(AND, at.cell(cell, b), at.cell(cell, b), at.kept)
                self.put(OR, at.cell(cell, b), at.cell(cell, b), at.made)

    def jump(self, r: int, target: int) -> int:
        """The target is next if the register is 0; whether the next instruction is, is returned."""
        at = self.at
        first, *rest = at.word(r)
        self.put(BUFFER, at.one, first)
        for bit in rest:
            self.put(OR, at.one, at.one, bit)
        self.put(NOT, at.both, at.one)
        self.put(AND, at.made, at.next(self.place), at.both)
        self.put(OR, at.later(target), at.later(target), at.made)
        self.put(AND, at.kept, at.next(self.place), at.one)
        return at.kept
