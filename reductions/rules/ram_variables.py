"""Where the variables of a word-RAM's Boolean program are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reductions.problems.word_ram import Configuration, WordRam


@dataclass(frozen=True)
class Variables:
    """The configuration first, then what a round computes with.

    Args:
        length: number of instructions.
        registers: how many.
        cells: of memory.
        bits: of a word.
        address: bits of an address.
    """

    length: int
    registers: int
    cells: int
    bits: int
    address: int

    @classmethod
    def of(cls, machine: WordRam) -> Variables:
        """Those of a machine."""
        sizes = (machine.registers, len(machine.memory), machine.bits, machine.address)
        return cls(len(machine.program), *sizes)

    def next(self, place: int) -> int:
        """Whether an instruction is next, or (`length`) the machine has halted."""
        return place

    def register(self, r: int, b: int) -> int:
        """A bit of a register."""
        return self.length + 1 + r * self.bits + b

    def word(self, r: int) -> range:
        """All bits of a register, the lowest first."""
        return range(self.register(r, 0), self.register(r + 1, 0))

    def cell(self, cell: int, b: int) -> int:
        """A bit of the memory."""
        return self.register(self.registers, 0) + cell * self.bits + b

    @property
    def zero(self) -> int:
        """Always 0; the first variable behind the configuration."""
        return self.cell(self.cells, 0)

    def later(self, place: int) -> int:
        """Whether an instruction is next after this round."""
        return self.zero + 1 + place

    def selected(self, cell: int) -> int:
        """Whether a cell is read or written."""
        return self.later(self.length + 1) + cell

    def inverted(self, j: int) -> int:
        """The complement of a bit of the address."""
        return self.selected(self.cells) + j

    @property
    def idle(self) -> int:
        """Whether the instruction is not next."""
        return self.inverted(self.address)

    @property
    def carry(self) -> int:
        """Of an addition."""
        return self.idle + 1

    @property
    def both(self) -> int:
        """For results in between, as are the next three."""
        return self.idle + 2

    @property
    def one(self) -> int:
        """Also the answer behind the loop."""
        return self.idle + 3

    @property
    def kept(self) -> int:
        """What is left of a bit that is not changed."""
        return self.idle + 4

    @property
    def made(self) -> int:
        """What a bit that is changed becomes."""
        return self.idle + 5

    @property
    def count(self) -> int:
        """Of all variables."""
        return self.idle + 6

    def of_configuration(self, found: Configuration) -> list[int]:
        """The variables of a configuration: those before `zero`."""
        place, words = found
        return [int(other == place) for other in range(self.length + 1)] + [
            word >> b & 1 for word in words for b in range(self.bits)
        ]
