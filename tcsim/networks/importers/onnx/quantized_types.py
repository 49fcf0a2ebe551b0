"""Types that the standard asks of quantized operands; the checker of ONNX does not look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.tensors import Integers, type_of

if TYPE_CHECKING:
    from tcsim.networks.importers.onnx.graph import Step
    from tcsim.networks.importers.onnx.tensors import Tensor

_WIDEST = 32
"""Bits of a type that has no zero point other than 0."""


def check_zero(step: Step, values: int, zero: int) -> None:
    """Values are integers, and their zero point is of their type; 0 where that has 32 bits.

    Args:
        step: the node.
        values: number of the input that is quantized.
        zero: number of its zero point.

    Raises:
        NetworkError: they are not.
    """
    name = step.node.input[values]
    given = step.input(values)
    kind = _kind(given)
    if isinstance(given, np.ndarray) and not kind:
        raise NetworkError(f"{name!r} is of type {given.dtype}: quantized values are integers")
    point = step.constant(zero, "the zero point")
    if point is None or not kind:
        return
    if type_of(point) != kind:
        raise NetworkError(
            f"the zero point {step.node.input[zero]!r} is of type {point.dtype}, and {name!r} of "
            f"{kind.lower()}: they must be of one type"
        )
    if step.operator == "DequantizeLinear" and kind == f"INT{_WIDEST}" and np.any(point):
        raise NetworkError(
            f"the zero point {step.node.input[zero]!r} of int32 values must be 0, not "
            f"{point.reshape(-1)[np.flatnonzero(point)[0]]}"
        )


def _kind(tensor: Tensor) -> str:
    """The integer type of a tensor; empty where it has none."""
    if isinstance(tensor, Integers):
        return tensor.kind
    return type_of(tensor) if isinstance(tensor, np.ndarray) else ""
