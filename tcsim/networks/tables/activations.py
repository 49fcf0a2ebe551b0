"""Activations: functions of one real number that never decrease, and the values they can take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]
    """Real numbers, float64."""


@dataclass(frozen=True)
class Activation:
    """One activation.

    Attributes:
        name: what `activation` knows it by.
        function: the function, elementwise on float64; it never decreases.
        bounds: the least and the largest value; None stands for what calibration data show.
        two_valued: whether 0 and 1 are its only values.
    """

    name: str
    function: Callable[[Floats], Floats]
    bounds: tuple[float | None, float | None]
    two_valued: bool = False


def _identity(z: Floats) -> Floats:
    return z


def _relu(z: Floats) -> Floats:
    return np.maximum(z, 0.0)


def _step(z: Floats) -> Floats:
    return (z >= 0).astype(np.float64)


def _logistic(z: Floats) -> Floats:
    return 0.5 * (1.0 + np.tanh(0.5 * z))  # exp(-z) would overflow


def _tanh(z: Floats) -> Floats:
    return np.tanh(z)


_ALL = (
    Activation("identity", _identity, (None, None)),
    Activation("relu", _relu, (0.0, None)),
    Activation("step", _step, (0.0, 1.0), two_valued=True),
    Activation("logistic", _logistic, (0.0, 1.0)),
    Activation("tanh", _tanh, (-1.0, 1.0)),
)
ACTIVATIONS = {one.name: one for one in _ALL}
"""The activations by name."""

ALIASES = {"linear": "identity", "sigmoid": "logistic"}
"""Other names in use."""


def activation(name: object, where: str) -> Activation:
    """An activation by its name.

    Args:
        name: a key of `ACTIVATIONS` or `ALIASES`.
        where: the layer, for the error.

    Raises:
        NetworkError: there is none of that name.
    """
    if isinstance(name, str) and ALIASES.get(name, name) in ACTIVATIONS:
        return ACTIVATIONS[ALIASES.get(name, name)]
    raise NetworkError(
        f"{where}: unknown activation {name!r}; known are {', '.join([*ACTIVATIONS, *ALIASES])}"
    )
