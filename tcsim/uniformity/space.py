"""Work space against the length of the input: is it O(log N)?"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.uniformity.meter import MOST_STEPS
from tcsim.uniformity.tape import Unary, tape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tcsim.typing import Progress
    from tcsim.uniformity.program import Machine

LENGTHS = (16, 32, 64, 128, 256)
"""Lengths that are measured unless others are asked for."""
REACH = 4
"""The largest input is at least so many times as long as the longest that the line is fitted to."""


@dataclass(frozen=True)
class SpacePoint:
    """One run.

    Attributes:
        length: N, cells of the input.
        space: work space in bits.
        steps: of the machine.
    """

    length: int
    space: int
    steps: int


@dataclass(frozen=True)
class SpaceCurve:
    """Work space at several lengths, and the line over lg N that bounds the shorter ones.

    Attributes:
        name: of the machine.
        points: by increasing length.
        slope: bits per lg N.
        offset: bits; ``space <= slope * lg N + offset`` at all lengths up to `fitted`.
        fitted: the longest input that the line was fitted to.
        slack: bits by which rounding may exceed the line further on: one a register.
    """

    name: str
    points: tuple[SpacePoint, ...]
    slope: float
    offset: float
    fitted: int
    slack: int

    def bound(self, length: int) -> float:
        """What the line allows, in bits."""
        return self.slope * log2(max(length, 2)) + self.offset + self.slack

    @property
    def excess(self) -> SpacePoint | None:
        """The first longer input at which the line is exceeded."""
        return next((p for p in self.points if p.space > self.bound(p.length)), None)

    @property
    def is_logarithmic(self) -> bool:
        """Whether the line holds at every longer input measured: consistent with O(log N)."""
        return self.excess is None

    def __str__(self) -> str:
        first, last = self.points[0], self.points[-1]
        constant = self.offset + self.slack
        sign = "-" if constant < 0 else "+"
        line = f"{self.slope:.3g} lg N {sign} {abs(constant):.3g}"
        seen = f"{first.space} bits at N = {first.length}, {last.space} at N = {last.length}"
        measured = f"{self.name}: {seen}"
        if self.excess is None:
            return f"{measured}; at most {line} at every N measured: consistent with O(log N) space"
        return (
            f"{measured}; fitted to N <= {self.fitted} it is {line}, but {self.excess.space} > "
            f"{self.bound(self.excess.length):.0f} at N = {self.excess.length}: not O(log N) space"
        )


def space_curve(
    machine: Machine,
    inputs: Iterable[object] = LENGTHS,
    *,
    make: Callable[..., object] = Unary,
    steps_limit: int = MOST_STEPS,
    progress: Progress | None = None,
) -> SpaceCurve:
    """Measure a machine on inputs of growing length, and fit a line over lg N to the shorter ones.

    Args:
        machine: takes one input.
        inputs: what `make` makes inputs of; by default n = 16, 32, ..., 256, for the inputs 1^n.
        make: a tape, or what `tape_of` makes one of.
        steps_limit: a run that takes more is stopped.
        progress: called as ``progress(done, total)``.

    Raises:
        ArgumentError: there are too few lengths: three that the line is fitted to, and one at least
            four times as long as those.
    """
    chosen = list(inputs)
    points = []
    for done, one in enumerate(chosen):
        if progress is not None:
            progress(done, len(chosen))
        tape = tape_of(make(one))  # type: ignore[arg-type]
        run = machine.run(tape, steps_limit=steps_limit)
        points.append((SpacePoint(len(tape), run.space, run.steps), len(run.registers)))
    if progress is not None:
        progress(len(chosen), len(chosen))
    points.sort(key=lambda pair: pair[0].length)
    measured = [point for point, _ in points]
    near = [p for p in measured if p.length * REACH <= measured[-1].length]
    if len({p.length for p in near}) < 3:
        raise ArgumentError(
            f"too few inputs: three lengths to fit a line to, and one {REACH} times as long; got "
            f"{[p.length for p in measured]}"
        )
    slope, offset = _line_above(near)
    registers = max(count for _, count in points)
    return SpaceCurve(machine.name, tuple(measured), slope, offset, near[-1].length, registers)


def _line_above(points: list[SpacePoint]) -> tuple[float, float]:
    """Least squares over lg N, lifted until no point is above."""
    x, y = [log2(max(p.length, 2)) for p in points], [p.space for p in points]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((u - mean_x) ** 2 for u in x)
    slope = max(0.0, sum((u - mean_x) * (v - mean_y) for u, v in zip(x, y, strict=True)) / spread)
    return slope, max(v - slope * u for u, v in zip(x, y, strict=True))
