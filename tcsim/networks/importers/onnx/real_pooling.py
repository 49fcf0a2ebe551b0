"""Averages and largest values of windows and axes, of real numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.lazy import Lazy, lazy_input, simple, thermometer
from tcsim.networks.importers.onnx.windows import geometry
from tcsim.networks.operations.convolution import window_sums
from tcsim.networks.operations.maximum_pool import MaximumPool
from tcsim.networks.operations.sum import Sum
from tcsim.networks.quantizing.quantizer import Real

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor


def average(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Averages: sums with a smaller scale."""
    x = simple(importer, lazy_input(step, 0))
    shape = x.edge.known.shape
    if step.operator == "AveragePool":
        kernel = tuple(step.attributes["kernel_shape"])
        strides, dilations, pads = geometry(shape[2:], step.attributes, kernel)
        if max(dilations) > 1:
            raise NetworkError("averages over windows with dilations")
        made: Any = window_sums(shape[1], kernel, strides=strides, padding=pads)
        ones = np.ones((shape[1], 1, *kernel))
        sample = made._apply(x.sample, ones)  # noqa: SLF001 - its sums of real numbers
        count: Any = int(np.prod(kernel))
        if not step.attributes.get("count_include_pad", 0):
            count = made(np.ones((1, *shape), np.int64))[0].astype(np.float64)
    else:
        given = step.attributes.get("axes")
        if step.operator == "GlobalAveragePool":
            given = range(2, len(shape))
        elif given is None:
            given = step.needed(1, "the axes").ravel().tolist()
        axes = [axis % len(shape) for axis in given]
        keep = step.operator == "GlobalAveragePool" or bool(step.attributes.get("keepdims", 1))
        made = Sum(axes, keep=keep)
        count = int(np.prod([shape[axis] for axis in axes]))
        sample = x.sample.sum(axis=tuple(axis + 1 for axis in axes), keepdims=keep)
    edge = importer.add(made, x.edge)
    return [Lazy(Real(edge, x.scale / count, x.shift, sample / count))]


def max_pool(importer: Importer, step: Step) -> Sequence[Tensor]:
    """MaxPool."""
    x = thermometer(importer, lazy_input(step, 0))
    kernel = tuple(step.attributes["kernel_shape"])
    strides, dilations, pads = geometry(x.edge.known.shape[2:], step.attributes, kernel)
    made = MaximumPool(kernel, strides=strides, dilations=dilations, padding=pads)
    space = len(kernel)
    ends = [(0, 0)] * (x.sample.ndim - space) + [(max(0, a), max(0, b)) for a, b in pads]
    padded = np.pad(x.sample, ends, constant_values=-np.inf)
    reach = [d * (k - 1) + 1 for d, k in zip(dilations, kernel, strict=True)]
    axes = tuple(range(x.sample.ndim - space, x.sample.ndim))
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axes)
    steps = (*(slice(None),) * (x.sample.ndim - space), *(slice(None, None, s) for s in strides))
    inner = tuple(slice(None, None, d) for d in dilations)
    sample = windows[(*steps, *inner)].max(axis=tuple(range(-space, 0)))
    return [Lazy(importer.quantizer.apply(made, x, sample=sample))]


HANDLERS = {
    "AveragePool": average,
    "GlobalAveragePool": average,
    "ReduceMean": average,
    "MaxPool": max_pool,
}
