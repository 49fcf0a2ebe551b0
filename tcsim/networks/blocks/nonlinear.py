"""Nonlinear: named functions of integers, as the operation that costs least for each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.operations.tabulate import Tabulate
from tcsim.networks.tables.activations import ACTIVATIONS, ALIASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.tables.activations import Floats
    from tcsim.networks.values import Values
    from tcsim.typing import Integers


def gelu(z: Floats) -> Floats:
    """``z * Phi(z)`` with the distribution function of the normal distribution, not its tanh."""
    found: Floats = z * 0.5 * (1.0 + np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2.0)))
    return found


def silu(z: Floats) -> Floats:
    """``z * sigmoid(z)``, also called swish."""
    return z * ACTIVATIONS["logistic"].function(z)


_ANY: dict[str, Callable[[Floats], Floats]] = {"gelu": gelu, "silu": silu, "swish": silu}
"""Functions that fall somewhere."""


def activate(
    name: str, x: Values, scale: object, code: Code, unit: float = 1.0
) -> Requantize | Tabulate:
    """A rounded activation: ``clip(rint(f(x * scale) / unit))``, computed in float64.

    Functions that never decrease (``relu``, ``sigmoid``, ``tanh``, ``step``, ``identity``) become
    `Requantize`: one level. ``gelu`` and ``silu`` become `Tabulate`: two levels, or one with its
    `code` taken away, where a linear form will do.

    Args:
        name: the function.
        x: what is known of the integers that it is applied to.
        scale: what a step of x is worth: positive, one number or one per feature.
        code: of the result: range and wires; halves are rounded to even.
        unit: what a step of the result is worth.

    Raises:
        NetworkError: an unknown function, or scales that are not positive and finite.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, activate
        >>> from tcsim.networks.values import Values
        >>> x = Values((1,), np.array(-40), np.array(40))
        >>> swish = activate("silu", x, 0.1, Code(-3, 40), 0.1)
        >>> swish(np.array([[-40], [-10], [10], [40]])).ravel().tolist()
        [-1, -3, 7, 39]
    """
    factors = np.asarray(scale, np.float64)
    if not (np.isfinite(factors).all() and (factors > 0).all() and 0 < unit < math.inf):
        raise NetworkError(f"scales are positive numbers, not {scale!r} and {unit!r}")
    known = ALIASES.get(name, name)
    if known not in ACTIVATIONS and name not in _ANY:
        raise NetworkError(
            f"unknown activation {name!r}; known are {', '.join([*ACTIVATIONS, *ALIASES, *_ANY])}"
        )
    function = _ANY[name] if name in _ANY else ACTIVATIONS[known].function

    def rounded(values: Integers) -> Integers:
        real = function(values * factors[..., None]) / unit
        return np.clip(np.rint(real), code.lo, code.hi).astype(np.int64)

    features = np.broadcast_shapes(x.lo.shape, factors.shape)
    lo, hi = np.broadcast_to(x.lo, features), np.broadcast_to(x.hi, features)
    if name in _ANY:
        return Tabulate.from_function(rounded, lo, hi, code, name)
    return Requantize.from_function(rounded, lo, hi, code, name)


def step(threshold: int = 0) -> Requantize:
    """``[x >= threshold]``: one gate."""
    return Requantize([[threshold]], Code(0, 1), "step")


def sign() -> Requantize:
    """-1, 0 or 1: two gates."""
    return Requantize([[0, 1]], Code(-1, 1), "sign")


def clip(code: Code) -> Requantize:
    """The value itself, clipped to the range of a code; with ``lo = 0`` it is a clipped ReLU."""
    return Requantize(np.arange(code.lo + 1, code.hi + 1)[None], code, "clip")
