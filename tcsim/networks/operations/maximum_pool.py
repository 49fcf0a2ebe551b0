"""MaximumPool: the largest in each window. One level over thermometers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.maximum import thermometer_of
from tcsim.networks.operations.windows import Windows
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Integers


class MaximumPool(Immutable):
    """The largest of the values in each window over the last axes; what lies outside never wins.

    Args:
        kernel: places of a window along each of the last axes.
        strides: steps of the window, one number or one per axis.
        padding: places outside: one number, or one per axis, or (before, after) per axis.
        dilations: steps inside the window, one number or one per axis.

    Raises:
        NetworkError: numbers that do not fit, or a padding by which a window could lie outside.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import MaximumPool
        >>> MaximumPool([2], strides=2)(np.array([[1, 3, 2, 0]])).tolist()
        [[3, 2]]
    """

    __slots__ = ("windows",)

    windows: Windows

    def __init__(
        self,
        kernel: Iterable[int],
        *,
        strides: int | Iterable[int] = 1,
        padding: int | Iterable[int | tuple[int, int]] = 0,
        dilations: int | Iterable[int] = 1,
    ) -> None:
        windows = Windows.of(kernel, strides, padding, dilations)
        if not windows.kernel:
            raise NetworkError("a window has at least one axis")
        self._set(windows=windows)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        windows = self.windows
        outside = np.iinfo(np.int64).min
        patches = windows.of_padded(windows.padded(x, outside))
        found: Integers = patches.max(axis=tuple(range(-windows.rank, 0)))
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact where the values are independent."""
        (x,) = operands
        code = thermometer_of(operands, "a pool of maxima")
        rank = self.windows.rank
        if len(x.shape) < rank:
            raise NetworkError(f"windows over {rank} axes, but values of shape {x.shape}")
        self.windows.check(x.shape[-rank:])
        lo, hi = (self(end[None])[0] for end in x.full())
        if lo.min(initial=code.lo) < code.lo:
            raise NetworkError(f"{self!r}: a window lies outside altogether, in the padding")
        return Values(lo.shape, lo, hi, code)

    def __repr__(self) -> str:
        return f"<MaximumPool: kernel {' x '.join(map(str, self.windows.kernel))}>"
