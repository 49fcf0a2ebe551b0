"""Functions of one real number that models name, for tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.trained.layers import gelu, relu, sigmoid, silu, softplus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcsim.networks.tables.activations import Floats


def gelu_tanh(x: Floats) -> Floats:
    """GELU with its approximation by tanh."""
    bent: Floats = 0.5 * x * (1.0 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return bent


def tanh(x: Floats) -> Floats:
    """``tanh(x)``."""
    return np.tanh(x)


FUNCTIONS: Mapping[str, Callable[[Floats], Floats]] = MappingProxyType(
    {
        "gelu": gelu,
        "gelu_new": gelu_tanh,
        "gelu_pytorch_tanh": gelu_tanh,
        "relu": relu,
        "sigmoid": sigmoid,
        "silu": silu,
        "softplus": softplus,
        "swish": silu,
        "tanh": tanh,
    }
)
"""The functions by the names that they have in models."""

MONOTONE = frozenset({"relu", "sigmoid", "softplus", "tanh"})
"""Those that never decrease."""
