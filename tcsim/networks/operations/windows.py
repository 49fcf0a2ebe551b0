"""Windows: the places that convolutions and pools read, axis by axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Windows:
    """Windows over the last axes of an array.

    Attributes:
        kernel: places of a window along each axis.
        strides: steps from one window to the next.
        padding: places outside, (before, after).
        dilations: steps from one place of a window to the next.
    """

    kernel: tuple[int, ...]
    strides: tuple[int, ...]
    padding: tuple[tuple[int, int], ...]
    dilations: tuple[int, ...]

    @classmethod
    def of(
        cls,
        kernel: Iterable[int],
        strides: int | Iterable[int] = 1,
        padding: int | Iterable[int | tuple[int, int]] = 0,
        dilations: int | Iterable[int] = 1,
    ) -> Windows:
        """Windows from one number for all axes, or one per axis.

        Raises:
            NetworkError: numbers that do not fit the kernel.
        """
        sides = tuple(kernel)
        pads: list[tuple[int, int]] = []
        for pad in [padding] * len(sides) if isinstance(padding, int) else padding:
            before, after = (pad, pad) if isinstance(pad, int) else tuple(pad)
            pads.append((before, after))
        steps, inner = (
            (one,) * len(sides) if isinstance(one, int) else tuple(one)
            for one in (strides, dilations)
        )
        for what, numbers, least in (
            ("kernel", sides, 1),
            ("strides", steps, 1),
            ("dilations", inner, 1),
            ("padding", tuple(end for pad in pads for end in pad), 0),
        ):
            count = len(sides) * (2 if what == "padding" else 1)
            if len(numbers) != count or not all(isinstance(n, int) and n >= least for n in numbers):
                raise NetworkError(
                    f"{what} of {len(sides)} axes: integers from {least}, not {numbers}"
                )
        return cls(sides, steps, tuple(pads), inner)

    @property
    def rank(self) -> int:
        """Number of axes."""
        return len(self.kernel)

    @property
    def size(self) -> int:
        """Places of a window."""
        return math.prod(self.kernel)

    def extent(self, axis: int) -> int:
        """From a window's first place to its last, both included."""
        return (self.kernel[axis] - 1) * self.dilations[axis] + 1

    def length(self, axis: int, n: Any) -> Any:  # noqa: ANN401
        """How many windows there are along an axis of `n` places, a number or a formula."""
        room = n + sum(self.padding[axis]) - self.extent(axis)
        if isinstance(room, int) or self.strides[axis] == 1:
            return room // self.strides[axis] + 1
        import sympy

        return sympy.floor(room / sympy.Integer(self.strides[axis])) + 1

    def check(self, lengths: tuple[int, ...]) -> None:
        """Refuse arrays in which no window fits.

        Raises:
            NetworkError: they are too short.
        """
        for axis, n in enumerate(lengths):
            if self.length(axis, n) < 1:
                raise NetworkError(
                    f"a window of {self.extent(axis)} does not fit into {n} places "
                    f"and a padding of {self.padding[axis]}"
                )

    def padded(self, x: np.ndarray, value: object) -> np.ndarray:
        """An array with something around its last axes."""
        widths = [(0, 0)] * (x.ndim - self.rank) + list(self.padding)
        outer = [n + sum(pair) for n, pair in zip(x.shape, widths, strict=True)]
        result = np.empty(outer, x.dtype)
        result.fill(value)
        inside = (slice(b, b + n) for n, (b, _) in zip(x.shape, widths, strict=True))
        result[tuple(inside)] = x
        return result

    def of_padded(self, x: np.ndarray) -> np.ndarray:
        """Windows of a padded array: shape ``(..., *places, *kernel)``."""
        axes = tuple(range(x.ndim - self.rank, x.ndim))
        extents = tuple(self.extent(axis) for axis in range(self.rank))
        found = np.lib.stride_tricks.sliding_window_view(x, extents, axis=axes)
        where: tuple[Any, ...] = tuple(
            slice(None, None, step) for step in (*self.strides, *self.dilations)
        )
        part: np.ndarray = found[(..., *where)]
        return part
