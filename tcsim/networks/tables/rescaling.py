"""Rescaling: products with a fraction, rounded in a named way, as the cuts of a Requantize."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.values import LIMIT

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.typing import Integers

Rounding: TypeAlias = Literal[
    "floor", "ceil", "truncate", "half_up", "half_down", "half_even", "half_away"
]
"""How a fraction becomes an integer: toward minus or plus infinity or zero; or to the nearest, with
halves going up, down, to the even neighbor (IEEE 754, ONNX, NumPy) or away from zero (C)."""


def rescale(
    numerator: object,
    denominator: object,
    code: Code,
    *,
    rounding: Rounding = "half_even",
    zero_point: int = 0,
    name: str = "rescale",
) -> Requantize:
    """``clip(round(x * numerator / denominator) + zero_point)``, exact in integers.

    A fixed-point multiplier m with a shift by s bits is ``rescale(m, 2**s, ...)``; the mean of n
    values is their `Sum`, then ``rescale(1, n, ...)``.

    Args:
        numerator: positive integers of any size: one, or one per feature, shape ``(*features,)``,
            which broadcast against the last axes of the values.
        denominator: likewise.
        code: the output's range, to which it is clipped, and how it stands on wires.
        rounding: see `Rounding`.
        zero_point: added after rounding, before clipping.
        name: what the function is called; for people.

    Raises:
        NetworkError: factors that are no positive integers, or an unknown rounding.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, rescale
        >>> halves = np.array([[-3], [-1], [1], [3], [5]])
        >>> rescale(1, 2, Code(-2, 3))(halves).ravel().tolist()
        [-2, 0, 0, 2, 2]
        >>> rescale(1, 2, Code(-2, 3), rounding="half_up")(halves).ravel().tolist()
        [-1, 0, 1, 2, 3]
    """
    if rounding not in get_args(Rounding):
        raise NetworkError(f"rounding is one of {', '.join(get_args(Rounding))}, not {rounding!r}")
    top, bottom = _positive(numerator, "numerator"), _positive(denominator, "denominator")
    try:
        top, bottom = np.broadcast_arrays(top, bottom)
    except ValueError:
        raise NetworkError(f"{top.shape} numerators, {bottom.shape} denominators") from None
    targets = [code.lo + 1 + step - zero_point for step in range(code.steps)]
    shape = top.shape or (1,)
    cuts = [
        [_least(target, a, b, rounding) for target in targets]
        for a, b in zip(top.reshape(-1).tolist(), bottom.reshape(-1).tolist(), strict=True)
    ]
    return Requantize(np.array(cuts, np.int64).reshape(*shape, code.steps), code, name)


def _least(target: int, a: int, b: int, rounding: Rounding) -> int:
    """The least x for which ``x * a / b`` is rounded to at least `target`."""
    if rounding == "floor" or (rounding == "truncate" and target > 0):
        doubled, reached = 2 * target, True
    elif rounding in ("ceil", "truncate"):
        doubled, reached = 2 * target - 2, False
    else:
        # Exactly target - 1/2 is a tie of target and target - 1.
        doubled = 2 * target - 1
        reached = {
            "half_up": True,
            "half_down": False,
            "half_even": target % 2 == 0,
            "half_away": target > 0,
        }[rounding]
    # 2 a x >= doubled * b, or > where the bound itself is rounded down.
    bound = doubled * b
    found = -(-bound // (2 * a)) if reached else bound // (2 * a) + 1
    return max(-LIMIT, min(LIMIT, found))  # no value is beyond


def _positive(values: object, what: str) -> Integers:
    try:
        array = np.array(values, dtype=object)
    except ValueError as error:
        raise NetworkError(f"{what}: {error}") from None
    for value in array.reshape(-1).tolist():
        if not isinstance(value, int | np.integer) or isinstance(value, bool) or value < 1:
            raise NetworkError(
                f"a {what} is a positive integer, not {value!r}; negate weights for a negative one"
            )
    exact: Integers = np.array([int(v) for v in array.reshape(-1).tolist()], object).reshape(
        array.shape
    )
    return exact
