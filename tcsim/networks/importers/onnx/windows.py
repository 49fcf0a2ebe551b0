"""Windows: which places of an array each window of a pooling or a convolution covers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.typing import Integers


_LARGEST = 2**28
"""Places that all windows together cover."""


def geometry(
    space: tuple[int, ...], attributes: Mapping[str, Any], kernel: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...], list[tuple[int, int]]]:
    """Strides, dilations and (before, after) pads of windows over some axes.

    Args:
        space: lengths of the axes.
        attributes: those of ONNX: strides, dilations, pads, auto_pad, ceil_mode.
        kernel: lengths of the window.

    Raises:
        NetworkError: lengths that do not fit each other.
    """
    rank = len(kernel)
    strides = tuple(attributes.get("strides") or (1,) * rank)
    dilations = tuple(attributes.get("dilations") or (1,) * rank)
    if not len(space) == len(strides) == len(dilations) == rank or min(strides + dilations) < 1:
        raise NetworkError(f"a window of {kernel}, strides {strides} over axes of {space}")
    reach = [d * (k - 1) + 1 for d, k in zip(dilations, kernel, strict=True)]
    auto = attributes.get("auto_pad", "NOTSET")
    if auto in ("SAME_UPPER", "SAME_LOWER"):
        pads = []
        for n, k, s in zip(space, reach, strides, strict=True):
            total = max(0, (math.ceil(n / s) - 1) * s + k - n)
            half = total // 2
            pads.append((half, total - half) if auto == "SAME_UPPER" else (total - half, half))
        return strides, dilations, pads
    ends = list(attributes.get("pads") or (0,) * 2 * rank) if auto == "NOTSET" else [0] * 2 * rank
    pads = list(zip(ends[:rank], ends[rank:], strict=True))
    if attributes.get("ceil_mode"):
        longer = []
        for n, k, s, (before, after) in zip(space, reach, strides, pads, strict=True):
            count = math.ceil((n + before + after - k) / s) + 1
            if (count - 1) * s >= n + before:  # it would start in the padding behind
                count -= 1
            longer.append((before, max(after, (count - 1) * s + k - n - before)))
        pads = longer
    return strides, dilations, pads


def places(numbers: Integers, attributes: Mapping[str, Any], outside: int) -> Integers:
    """The numbers that each window covers, along a new last axis.

    Args:
        numbers: one of each place, shape ``(batch, channels, *space)``.
        attributes: those of ONNX, with kernel_shape.
        outside: the number of what is beyond the ends.
    """
    kernel = tuple(attributes["kernel_shape"])
    strides, dilations, pads = geometry(numbers.shape[2:], attributes, kernel)
    ends = [(max(0, a), max(0, b)) for a, b in pads]
    reach = [d * (k - 1) + 1 for d, k in zip(dilations, kernel, strict=True)]
    axes = tuple(range(2, numbers.ndim))
    room = [n + a + b for n, (a, b) in zip(numbers.shape[2:], ends, strict=True)]
    if any(k > n for k, n in zip(reach, room, strict=True)):
        raise NetworkError(f"a window of {kernel} over axes of {numbers.shape[2:]}")
    counts = [(n - k) // max(1, s) + 1 for n, k, s in zip(room, reach, strides, strict=True)]
    covered = math.prod((*numbers.shape[:2], *counts, *kernel))
    if max(covered, math.prod(room)) > _LARGEST:
        raise NetworkError(
            f"windows of {kernel} over axes of {numbers.shape[2:]}, padded to {tuple(room)}, cover "
            f"{covered:,} places, more than {_LARGEST:,}"
        )
    padded = np.pad(numbers, [(0, 0), (0, 0), *ends], constant_values=outside)
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axes)
    steps = (slice(None), slice(None), *(slice(None, None, s) for s in strides))
    inner = tuple(slice(None, None, d) for d in dilations)
    found = windows[(*steps, *inner)]
    return found.reshape(*found.shape[: numbers.ndim], -1)
