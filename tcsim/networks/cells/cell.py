"""Cell: one step of a recurrent network, and the parts that cells are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.tables.activations import activation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.codes import Code
    from tcsim.networks.sketch import Edge, Sketch
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Integers

State: TypeAlias = "tuple[Edge, ...]"
"""What one step hands to the next; the first edge is what the next layer reads."""

Matrices: TypeAlias = "tuple[Integers, Integers, Integers]"
"""W, U and b of a gate."""

_REACH = 2**40
"""Cuts of activations are looked for within this distance of 0; what they reach is clipped."""


class Cell(Protocol):
    """One step of a recurrent network."""

    @property
    def hidden(self) -> int:
        """Number of hidden values."""

    @property
    def codes(self) -> tuple[Code, ...]:
        """The range of each array of the state, and how it stands on wires.

        Empty where one of them is a linear form.
        """

    def step(self, sketch: Sketch, x: Edge, state: State | None) -> State:
        """The state after one position.

        Args:
            sketch: where the operations go.
            x: the position's features, shape (..., inputs), coded or not.
            state: what the step before made; None for zeros.
        """

    def read(self, sketch: Sketch, state: State) -> Edge:
        """The hidden values of a state on wires, shape (..., hidden)."""


def rounded_activation(name: str, unit: float, one: int, code: Code) -> Requantize:
    """`rounded_function` of a function in `tcsim.networks.tables.activations`."""
    return rounded_function(activation(name, "the cell").function, unit, one, code, name)


def rounded_function(
    function: Callable[[Floats], Floats], unit: float, one: int, code: Code, name: str = ""
) -> Requantize:
    """``one * f(unit * sum)``, rounded half up and clipped to a code.

    Args:
        function: f, of float64 arrays; it never decreases.
        unit: real value of 1 in the sum, positive.
        one: the integer that stands for 1.
        code: the range.
        name: of f; for people.

    Raises:
        NetworkError: a unit that is not positive, or a function that decreases.
    """
    if not (np.isfinite(unit) and unit > 0):
        raise NetworkError(f"the unit of a sum is a positive number, not {unit!r}")

    def rounded(sums: Integers) -> Integers:
        values = np.floor(one * function(sums.astype(np.float64) * np.float64(unit)) + 0.5)
        return np.clip(values, code.lo, code.hi).astype(np.int64)

    reach = np.array([_REACH])
    return Requantize.from_function(rounded, -reach, reach, code, name)


def rounded_quotient(divisor: int, code: Code, factor: int = 1) -> Requantize:
    """``factor * sum / divisor``, rounded half up and clipped to a code, exactly."""
    values = range(code.lo + 1, code.hi + 1)
    cuts = [-(-(2 * value - 1) * divisor // (2 * factor)) for value in values]
    return Requantize(np.array([cuts]), code)


def matrices_of(
    x_weights: object, h_weights: object, bias: object, gates: int
) -> tuple[int, list[Matrices]]:
    """The number of hidden values, and W, U and b of each gate, which stand side by side.

    Raises:
        NetworkError: no integers, or shapes that do not fit each other.
    """
    w = _parts(x_weights, "x_weights", gates, 2)
    u, b = _parts(h_weights, "h_weights", gates, 2), _parts(bias, "bias", gates, 1)
    hidden = int(w[0].shape[1])
    if u[0].shape != (hidden, hidden) or b[0].shape != (hidden,):
        raise NetworkError(
            f"{hidden} hidden values need weights of {(hidden, hidden)} and a bias of ({hidden},) "
            f"per gate, not {u[0].shape} and {b[0].shape}"
        )
    return hidden, list(zip(w, u, b, strict=True))


def _parts(values: object, what: str, count: int, rank: int) -> list[Integers]:
    """An integer array cut into equal parts along its last axis.

    Raises:
        NetworkError: no integers of so many axes, or a length that `count` does not divide.
    """
    try:
        array = np.asarray(values)
    except (ValueError, OverflowError) as error:
        raise NetworkError(f"{what} must be an array of integers: {error}") from None
    if array.dtype.kind not in "iu" or array.ndim != rank or not array.size:
        raise NetworkError(
            f"{what} must be integers with {rank} axes, not {array.dtype} {array.shape}"
        )
    if array.shape[-1] % count:
        raise NetworkError(f"{what} of {array.shape} have no {count} equal parts")
    return np.split(array.astype(np.int64), count, axis=-1)


def weighted(sketch: Sketch, weights: Integers, bias: Integers, x: Edge) -> Edge:
    """``x @ weights + bias``."""
    return sketch.add(Affine(weights, bias), x)


def weighted_sum(
    sketch: Sketch, x: Edge, h: Edge | None, *matrices: Integers, factor: int = 1
) -> Edge:
    """``factor * (x @ W + b) + h @ U``, for the matrices W, U, b; no h stands for zeros."""
    w, u, b = matrices
    read = weighted(sketch, w, b, x)
    if h is None:
        return read if factor == 1 else sketch.add(Combine([factor]), read)
    return sketch.add(Combine([factor, 1]), read, weighted(sketch, u, np.zeros_like(b), h))
