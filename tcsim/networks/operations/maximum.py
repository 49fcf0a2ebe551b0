"""Maximum and Minimum: of several arrays, or along axes. One level over thermometers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.axes import behind
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.networks.codes import Code
    from tcsim.typing import Integers


class Maximum(Immutable):
    """The largest of several arrays, place by place, or along axes of one.

    Step k of a maximum is the OR of the steps k of its operands: thermometers of one code in, a
    gate a step.

    Args:
        axes: of one operand, along which the largest is taken; they go. None: of several operands,
            which broadcast as in NumPy.

    Raises:
        NetworkError: no axes.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Maximum
        >>> Maximum()(np.array([[3, 1]]), np.array([[2, 2]])).tolist()
        [[3, 2]]
        >>> Maximum([0])(np.array([[3, 1]])).tolist()
        [3]
    """

    __slots__ = ("axes",)

    axes: tuple[int, ...] | None
    larger = True

    def __init__(self, axes: Iterable[int] | None = None) -> None:
        made = None if axes is None else tuple(axes)
        if made is not None and (not made or not all(isinstance(axis, int) for axis in made)):
            raise NetworkError(f"axes are integers, at least one, not {made}")
        self._set(axes=made)

    def places(self, rank: int) -> tuple[int, ...]:
        """The axes among `rank`, counted from 0, in order.

        Raises:
            NetworkError: there is no such axis, or one is named twice.
        """
        found = sorted({behind(axis, rank) - 1 for axis in self.axes or ()})
        if len(found) != len(self.axes or ()):
            raise NetworkError(f"axes {self.axes} name one twice")
        return tuple(found)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        choose = np.maximum if self.larger else np.minimum
        if self.axes is None:
            rank = max(x.ndim for x in operands)
            found = operands[0].reshape(_behind_rows(operands[0], rank))
            for x in operands[1:]:
                found = choose(found, x.reshape(_behind_rows(x, rank)))
            return found
        (x,) = operands
        made: Integers = choose.reduce(x, axis=tuple(axis + 1 for axis in self.places(x.ndim - 1)))
        return made

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact where the operands are independent."""
        code = thermometer_of(operands, type(self).__name__)
        if self.axes is not None:
            if len(operands) != 1:
                raise NetworkError(f"along axes, one operand, not {len(operands)}")
            self.places(len(operands[0].shape))
        else:
            try:
                np.broadcast_shapes(*(x.shape for x in operands))
            except ValueError:
                shapes = " and ".join(str(x.shape) for x in operands)
                raise NetworkError(f"{shapes} do not broadcast") from None
        lo, hi = (self(*(x.full()[end][None] for x in operands))[0] for end in (0, 1))
        return Values(lo.shape, lo, hi, code)

    def __repr__(self) -> str:
        where = "" if self.axes is None else f": along {self.axes}"
        return f"<{type(self).__name__}{where}>"


class Minimum(Maximum):
    """The least of several arrays, or along axes; see `Maximum`. Its gates are ANDs."""

    __slots__ = ()

    larger = False


def thermometer_of(operands: tuple[Values, ...], what: str) -> Code:
    """The one thermometer code of all operands.

    Raises:
        NetworkError: they have none, or not all the same.
    """
    codes = {x.code for x in operands}
    (code, *others) = codes
    if code is None or others or code.kind != "thermometer":
        found = " and ".join("a linear form" if one is None else repr(one) for one in codes)
        raise NetworkError(
            f"{what} reads thermometers of one code, not {found}: put Requantize (of linear forms "
            "and of other ranges) or Recode in front"
        )
    return code


def _behind_rows(x: Integers, rank: int) -> tuple[int, ...]:
    return (len(x), *(1,) * (rank - x.ndim), *x.shape[1:])
