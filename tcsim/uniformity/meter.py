"""The meter: the largest value that each register held, the steps, and the cells read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from tcsim.errors import ArgumentError, LimitError
from tcsim.uniformity.tape import Tape, text

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_STEPS = 100_000_000
MOST_BITS = 1 << 16
"""Longest number that a register may hold before the run is stopped."""


class Reached(Exception):  # noqa: N818 - it ends a run, and is no error
    """The output is as long as was asked for."""


@dataclass
class Meter:
    """What one run uses.

    Attributes:
        names: of the registers; one program's are numbered.
        steps_limit: a run that takes more steps is stopped.
        stop: number of output symbols after which the run may end; None: it is run to its end.
        bits: length of the largest value each register held, 0 where it was never used.
        least, most: the values that are no longer than that.
        steps: assignments, operations, and rounds of loops.
        reads: cells read.
        written: symbols written.
        chunks: the output; empty where only the last symbols are wanted (`stop`).
    """

    names: tuple[str, ...]
    steps_limit: int = MOST_STEPS
    stop: int | None = None
    bits: list[int] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    steps: int = 0
    reads: int = 0
    written: int = 0
    chunks: list[str] = field(default_factory=list)
    last: str = ""

    def __post_init__(self) -> None:
        count = len(self.names)
        self.bits, self.least, self.most = [0] * count, [0] * count, [-1] * count

    @property
    def space(self) -> int:
        """Work space in bits: the sum over all registers of the longest value ever held."""
        return sum(self.bits)

    def keep(self, slot: int, value: int) -> int:
        """Put a value into a register."""
        # This runs for every operation of a program: two comparisons spare most of the rest.
        if not self.least[slot] <= value <= self.most[slot]:
            self._lengthen(slot, value.bit_length() + (value < 0) or 1)
        self.steps += 1
        if self.steps > self.steps_limit:
            self._stop()
        return value

    def _lengthen(self, slot: int, length: int) -> None:
        if length > MOST_BITS:
            raise LimitError(
                f"register {self.names[slot]} holds {length:,} bits, more than {MOST_BITS:,}: "
                f"no work space of a logspace machine"
            )
        self.bits[slot] = length
        self.most[slot] = (1 << length) - 1
        self.least[slot] = 1 - (1 << length - 1)  # the sign is a bit

    def tick(self) -> None:
        """One step."""
        self.steps += 1
        if self.steps > self.steps_limit:
            self._stop()

    def _stop(self) -> None:
        raise LimitError(
            f"the program took more than {self.steps_limit:,} steps; raise steps_limit, or "
            f"look for a loop that does not end"
        )

    def returned(self, slot: int, value: int | None) -> int:
        """What a function gives; 0 where it gives nothing."""
        return 0 if value is None else self.keep(slot, value)

    def shift(self, slot: int, value: int, by: int) -> int:
        """``value << by``, refused before it is made if it is too long."""
        if by > MOST_BITS:
            raise LimitError(f"a shift by {by:,} bits: no work space of a logspace machine")
        return self.keep(slot, value << by)

    def read(self, slot: int, tape: Tape, index: int) -> int:
        """Read a cell; the index stands in a register."""
        self.keep(slot, index)
        self.reads += 1
        if index < 0:
            self._outside(tape, index)
        try:
            symbol = tape[index]
        except IndexError:
            self._outside(tape, index)
        return self.keep(slot, int(symbol))

    def _outside(self, tape: Tape, index: int) -> NoReturn:
        raise ArgumentError(f"the program reads cell {index} of an input of {len(tape)} cells")

    def loop(self, slots: tuple[int, int, int, int], *bounds: int) -> Iterator[int]:
        """``range(*bounds)``: the counter, its copy in the variable, the end and the step count."""
        variable, counter, end, stride = slots
        start, stop, step = {1: (0, *bounds, 1), 2: (*bounds, 1), 3: bounds}[len(bounds)]
        self.keep(end, stop)
        if len(bounds) == 3:
            self.keep(stride, step)
        for value in range(start, stop, step):
            self.keep(counter, value)
            yield self.keep(variable, value)

    def write(self, slot: int, *numbers: int) -> None:
        """Append to the output; the place within the number stands in a register."""
        for number in numbers:
            self.keep(slot, number.bit_length())
        self.put(text(numbers))

    def put(self, symbols: str) -> None:
        """Append symbols."""
        self.tick()
        if self.stop is None:
            self.chunks.append(symbols)
        elif self.written + len(symbols) >= self.stop:
            self.last = symbols[self.stop - self.written - 1]
            self.written = self.stop
            raise Reached
        self.written += len(symbols)


@dataclass(frozen=True)
class Run:
    """What a run gave and used.

    Attributes:
        output: what it wrote, over `tcsim.uniformity.ALPHABET`.
        result: what the function returned, if anything.
        space: work space in bits: the sum over registers of the longest value each ever held.
        registers: {register: bits of its largest value}.
        steps: assignments, operations and rounds of loops.
        reads: cells of the input read.
    """

    output: str
    result: int | None
    space: int
    registers: dict[str, int]
    steps: int
    reads: int

    @classmethod
    def of(cls, meter: Meter, result: int | None = None) -> Run:
        """The outcome that a meter shows."""
        used = {n: b for n, b in zip(meter.names, meter.bits, strict=True) if b}
        output = "".join(meter.chunks) if meter.stop is None else meter.last
        return cls(output, result, meter.space, used, meter.steps, meter.reads)
