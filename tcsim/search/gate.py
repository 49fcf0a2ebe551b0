"""One threshold gate for a function, and the certificate that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.analysis import truth_values
from tcsim.builder import Builder
from tcsim.expressions import dot

if TYPE_CHECKING:
    from tcsim.analysis.table import Function
    from tcsim.circuit import Circuit

Point = tuple[int, ...]
"""An input vector of 0/1 values."""


@dataclass(frozen=True)
class ThresholdGate:
    """A gate that computes the function: it is 1 iff ``sum weights[i] * x_i >= threshold``."""

    weights: tuple[int, ...]
    threshold: int

    def circuit(self) -> Circuit:
        """The circuit of this one gate, with inputs ``x[0]``, .. and the output ``y``."""
        b = Builder(share=False, fold=False)
        x = b.inputs("x", len(self.weights))
        terms = [(w, wire) for w, wire in zip(self.weights, x, strict=True) if w]
        b.output("y", dot([w for w, _ in terms], [wire for _, wire in terms]) >= self.threshold)
        return b.build()


@dataclass(frozen=True)
class Refutation:
    """Points that no threshold gate can tell apart: as many, and with the same sum.

    Attributes:
        ones: points, repeated as often as they count, where the function is 1.
        zeros: as many points where it is 0.
    """

    ones: tuple[Point, ...]
    zeros: tuple[Point, ...]

    def holds(self, function: Function, output: int | str = 0) -> bool:
        """Check it: the values, the numbers and the sums."""
        values = truth_values(function, output)
        n = len(values).bit_length() - 1
        if not self.ones or len(self.ones) != len(self.zeros):
            return False
        if any(len(point) != n or not {*point} <= {0, 1} for point in self.ones + self.zeros):
            return False
        right = all(
            values[sum(bit << i for i, bit in enumerate(point))] == bit
            for points, bit in ((self.ones, 1), (self.zeros, 0))
            for point in points
        )
        sums = [
            [sum(column) for column in zip(*side, strict=True)] for side in (self.ones, self.zeros)
        ]
        return right and sums[0] == sums[1]
