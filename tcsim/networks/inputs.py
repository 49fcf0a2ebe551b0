"""Inputs: the integers that an integer network reads, and how real rows become them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError, LimitError, NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.quantizing.floats import real_rows

if TYPE_CHECKING:
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Integers


_LARGEST = 2**28
"""Integers in an array of inputs: what is computed of them is held in memory."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """An array of inputs of an integer network, all with one code.

    Args:
        shape: its axes, or the number of features of a single axis. An axis may be a name, such as
            ``"n"`` for the length of a sequence: `IntegerNetwork.at` gives it a number.
        code: their range, and how they stand on wires.
        name: the wires are called after it: ``"pixel"`` gives ``"pixel[3]>=5"``.
        scale: what a step of 1 is worth, per feature, float64, of that shape; None where rows hold
            the integers themselves.
        offset: the real value of ``code.lo``, per feature, likewise.

    Raises:
        NetworkError: no feature, or a scale that is not positive.
        LimitError: more than 2**28 features.
    """

    shape: tuple[int | str, ...] | int
    code: Code
    name: str = "x"
    scale: Floats | None = None
    offset: Floats | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.code, Code):
            raise NetworkError(f"inputs stand on wires in a Code, not {self.code!r}")
        axes = (self.shape,) if isinstance(self.shape, int) else self.shape
        if not isinstance(axes, tuple) or not all(map(_is_axis, axes)):
            raise NetworkError(
                "a network reads at least one feature: a shape is a number from 1, or a tuple of "
                f"numbers and names of axes, not {self.shape!r}"
            )
        object.__setattr__(self, "shape", axes)
        count = math.prod(axis for axis in axes if isinstance(axis, int))
        if count > _LARGEST:
            raise LimitError(
                f"{self.name} of shape {axes} has {count:,} integers, more than {_LARGEST:,}: take "
                "a shorter one, or leave its axis open, by a name, and ask the cost as a formula"
            )
        if (self.scale is None) != (self.offset is None):
            raise NetworkError("inputs have both a scale and an offset, or neither")
        for values in (self.scale, self.offset):
            if values is not None and values.shape != axes:
                raise NetworkError(
                    f"{self.features} features, but a scale or offset of {values.shape}"
                )
        if self.scale is not None and not (self.scale > 0).all():
            raise NetworkError(f"scales must be positive, not {self.scale.min()}")

    @property
    def axes(self) -> tuple[int | str, ...]:
        """`shape` as a tuple."""
        assert isinstance(self.shape, tuple)  # noqa: S101 - the constructor made it one
        return self.shape

    @property
    def features(self) -> int:
        """How many integers there are.

        Raises:
            NetworkError: an axis has no number yet.
        """
        for axis in self.axes:
            if isinstance(axis, str):
                raise NetworkError(f"axis {axis!r} of {self.name} has no number: use network.at")
        return math.prod(map(int, self.axes))

    def integers(self, rows: object) -> Integers:
        """The integers that rows stand for: rounded half to even, and clipped to the range.

        Rows that hold the integers themselves must lie in the range.

        Args:
            rows: numbers, shape ``(rows, *shape)``.

        Returns:
            int64, shape ``(rows, *shape)``.

        Raises:
            ArgumentError: wrong shape or dtype, a value that is not finite, or, without a scale,
                one that is no integer in the range.
        """
        real = real_rows(rows, self.axes, "rows")
        lo, hi = self.code.lo, self.code.hi
        if self.scale is None or self.offset is None:
            wrong = (real != np.rint(real)) | (real < lo) | (real > hi)
            if wrong.any():
                where = [int(i) for i in np.argwhere(wrong)[0]]
                raise ArgumentError(
                    f"rows{where} is {real[tuple(where)]:g}, no integer in {lo}..{hi}"
                )
            return real.astype(np.int64)
        steps = np.clip(np.rint((real - self.offset) / self.scale), 0, self.code.steps)
        return steps.astype(np.int64) + lo


def _is_axis(axis: object) -> bool:
    if isinstance(axis, str):
        return axis.isidentifier()
    return isinstance(axis, int) and not isinstance(axis, bool) and axis >= 1
