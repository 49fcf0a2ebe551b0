"""Inputs: the integers that an integer network reads, and how real rows become them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.floats import real_rows

if TYPE_CHECKING:
    from tcsim.networks.activations import Floats
    from tcsim.networks.codes import Code
    from tcsim.typing import Integers


@dataclass(frozen=True, eq=False)
class Inputs:
    """The inputs of an integer network, all with one code.

    Attributes:
        features: how many there are.
        code: their range, and how they stand on wires.
        name: the wires are called after it: ``"pixel"`` gives ``"pixel[3]>=5"``.
        scale: what a step of 1 is worth, per feature, float64, shape (features,); None where rows
            hold the integers themselves.
        offset: the real value of ``code.lo``, per feature, likewise.

    Raises:
        NetworkError: no feature, or a scale that is not positive.
    """

    features: int
    code: Code
    name: str = "x"
    scale: Floats | None = None
    offset: Floats | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.features, int) or self.features < 1:
            raise NetworkError(f"a network reads at least one feature, not {self.features!r}")
        if (self.scale is None) != (self.offset is None):
            raise NetworkError("inputs have both a scale and an offset, or neither")
        for values in (self.scale, self.offset):
            if values is not None and values.shape != (self.features,):
                raise NetworkError(
                    f"{self.features} features, but a scale or offset of {values.shape}"
                )
        if self.scale is not None and not (self.scale > 0).all():
            raise NetworkError(f"scales must be positive, not {self.scale.min()}")

    def integers(self, rows: object) -> Integers:
        """The integers that rows stand for: rounded half to even, and clipped to the range.

        Rows that hold the integers themselves must lie in the range.

        Args:
            rows: numbers, shape (rows, features).

        Returns:
            int64, shape (rows, features).

        Raises:
            ArgumentError: wrong shape or dtype, a value that is not finite, or, without a scale,
                one that is no integer in the range.
        """
        real = real_rows(rows, self.features, "rows")
        lo, hi = self.code.lo, self.code.hi
        if self.scale is None or self.offset is None:
            wrong = (real != np.rint(real)) | (real < lo) | (real > hi)
            if wrong.any():
                row, feature = (int(i) for i in np.argwhere(wrong)[0])
                raise ArgumentError(
                    f"rows[{row}, {feature}] is {real[row, feature]:g}, no integer in {lo}..{hi}"
                )
            return real.astype(np.int64)
        steps = np.clip(np.rint((real - self.offset) / self.scale), 0, self.code.steps)
        return steps.astype(np.int64) + lo
