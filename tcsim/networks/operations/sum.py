"""Sum: of all places along some axes. No gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.axes import behind
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Integers


class Sum(Immutable):
    """The sum along some axes. Mean pooling is this, then `rescale` by one over the length.

    Args:
        axes: which; negative ones count from the last.
        keep: whether they stay, with length 1.

    Raises:
        NetworkError: no axes, or one twice.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Sum
        >>> Sum([0])(np.array([[[1, 2], [3, 4]]])).tolist()
        [[4, 6]]
    """

    __slots__ = ("axes", "keep")

    axes: tuple[int, ...]
    keep: bool

    def __init__(self, axes: Iterable[int], *, keep: bool = False) -> None:
        made = tuple(axes)
        if not made or not all(isinstance(axis, int) for axis in made):
            raise NetworkError(f"a sum is along at least one axis, each an integer, not {made}")
        self._set(axes=made, keep=bool(keep))

    def places(self, rank: int) -> tuple[int, ...]:
        """The axes among `rank`, counted from 0, in order.

        Raises:
            NetworkError: there is no such axis, or one is named twice.
        """
        found = sorted(behind(axis, rank) - 1 for axis in self.axes)
        if len(set(found)) != len(found):
            raise NetworkError(f"axes {self.axes} name one twice")
        return tuple(found)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        axes = tuple(axis + 1 for axis in self.places(x.ndim - 1))
        found: Integers = x.sum(axis=axes, keepdims=self.keep)
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact where the values are independent."""
        (x,) = operands
        axes = self.places(len(x.shape))
        lo, hi = (
            end.astype(object).sum(axis=axes, keepdims=True)
            * int(np.prod([x.shape[a] for a in axes if end.shape[a] == 1], dtype=object))
            for end in (x.lo, x.hi)
        )
        if not self.keep:
            lo, hi = (
                end.reshape([n for a, n in enumerate(end.shape) if a not in axes])
                for end in (lo, hi)
            )
        shape = tuple(
            1 if a in axes else n for a, n in enumerate(x.shape) if self.keep or a not in axes
        )
        bound = np.maximum(np.abs(x.lo.astype(object)), np.abs(x.hi.astype(object))).max()
        if int(bound) * x.size // max(1, int(np.prod(shape))) >= LIMIT:
            raise NetworkError(f"a sum along {self.axes} could reach 2**62: use fewer bits")
        return Values(shape, lo, hi)

    def __repr__(self) -> str:
        return f"<Sum: along {self.axes}>"
