"""The networks that ship with the package, with the real data that they are measured on."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tcsim.errors import NetworkError
from tcsim.networks import BUILTIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.quantizing.floats import FloatNetwork


@dataclass(frozen=True, eq=False)
class BuiltIn:
    """A trained network and real data.

    Attributes:
        name: its name in `tcsim.networks.BUILTIN`.
        description: one line: what it is, what it was trained on.
        float_network: the trained weights.
        calibration: training rows to choose scales with, shape (rows, inputs).
        rows: rows held out from training, shape (rows, inputs).
        labels: their right labels, shape (rows,).
        options: the arguments of `tcsim.networks.quantize` that suit it.
    """

    name: str
    description: str
    float_network: FloatNetwork
    calibration: np.ndarray
    rows: np.ndarray
    labels: np.ndarray
    options: Mapping[str, Any] = field(default_factory=dict)

    def quantize(self, **options: Any) -> IntegerNetwork:  # noqa: ANN401
        """The integer network, with its own options unless others are given."""
        from tcsim.networks.quantizing.feed_forward import quantize

        return quantize(self.float_network, self.calibration, **{**self.options, **options})


def builtin(name: str) -> BuiltIn:
    """Load a network that ships with the package.

    Args:
        name: a key of `tcsim.networks.BUILTIN`.

    Raises:
        NetworkError: there is none of that name.

    Example:
        >>> import tcsim as tc
        >>> tc.networks.builtin("digits").float_network
        <FloatNetwork: 64 -> 32 -> 10 classes; relu, identity>
    """
    if name not in BUILTIN:
        raise NetworkError(f"no built-in network {name!r}; there are: {', '.join(BUILTIN)}")
    module, _, function = BUILTIN[name].partition(":")
    made: BuiltIn = getattr(import_module(module), function)()
    return made
