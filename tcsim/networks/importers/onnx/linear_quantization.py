"""QuantizeLinear and DequantizeLinear in NumPy: what happens outside of a network."""

from __future__ import annotations

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.tensors import TYPES, type_of


def quantize_linear(
    x: object,
    scale: object,
    zero: object = None,
    *,
    axis: int = 1,
    block_size: int = 0,
    kind: str = "UINT8",
) -> np.ndarray:
    """``clip(rint(x / scale) + zero)``, half to even, in the floating point of x.

    Args:
        x: real numbers.
        scale: one, one per place of `axis`, or one per block of it.
        zero: zero points, likewise; their type is that of the result.
        axis: along which scales differ.
        block_size: values of a block, 0 where there are none.
        kind: the type of the result, where no zero point says it.

    Returns:
        int64, of the shape of x.

    Raises:
        NetworkError: no integer type, or shapes that do not fit.
    """
    values, steps = np.asarray(x), np.asarray(scale)
    if zero is not None:
        kind = type_of(np.asarray(zero))
    if kind not in TYPES:
        raise NetworkError("the result is of no integer type")
    low, high = TYPES[kind]
    centers = np.zeros((), np.int64) if zero is None else np.asarray(zero).astype(np.int64)
    with np.errstate(all="ignore"):
        units = np.rint(values / _spread(steps, values.shape, axis, block_size))
    moved = units + _spread(centers, values.shape, axis, block_size)
    return np.asarray(np.clip(moved, low, high).astype(np.int64))


def dequantize_linear(
    x: object, scale: object, zero: object = None, *, axis: int = 1, block_size: int = 0
) -> np.ndarray:
    """``(x - zero) * scale``, in the floating point of the scale.

    Args:
        x: integers.
        scale: as in `quantize_linear`.
        zero: likewise.
        axis: likewise.
        block_size: likewise.

    Raises:
        NetworkError: no integers, or shapes that do not fit.
    """
    values, steps = np.asarray(x), np.asarray(scale)
    if not type_of(values):
        raise NetworkError("the values are of no integer type")
    centers = np.zeros((), np.int64) if zero is None else np.asarray(zero).astype(np.int64)
    moved = values.astype(np.int64) - _spread(centers, values.shape, axis, block_size)
    return np.asarray(moved.astype(steps.dtype) * _spread(steps, values.shape, axis, block_size))


def _spread(array: np.ndarray, shape: tuple[int, ...], axis: int, block_size: int) -> np.ndarray:
    """One number, one for each place of an axis, or one for each block of it."""
    if array.size == 1:
        return array.reshape(())
    if not -len(shape) <= axis < len(shape):
        raise NetworkError(f"there is no axis {axis} among {len(shape)}")
    if block_size:
        found = np.repeat(array, block_size, axis=axis)
        if found.shape != shape:
            raise NetworkError(f"blocks of {block_size} do not fit {shape}")
        return found
    if array.ndim != 1 or array.size != shape[axis]:
        raise NetworkError(f"{array.size} scales for an axis of length {shape[axis]}")
    spread = [1] * len(shape)
    spread[axis] = -1
    return array.reshape(spread)
