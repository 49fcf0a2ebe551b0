"""Functions that stand for a layer, parts of values, and the softmax at the end of a classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.torch.calls import moved
from tcsim.networks.importers.torch.layers import (
    array,
    average_pool,
    maximum_pool,
    one_scale,
)
from tcsim.networks.operations.arrangement import Slice
from tcsim.networks.quantizing.quantizer import Real
from tcsim.networks.quantizing.softmax import softmax

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcsim.networks.importers.torch.tracing import Tracer


def _layer(name: str, made: Callable[..., Real]) -> Callable[..., Real]:
    """A function with the arguments of a layer's constructor."""

    def call(tracer: Tracer, node: Any, x: Real, *args: Any, **kwargs: Any) -> Real:  # noqa: ANN401
        from torch import nn

        return made(tracer, node, getattr(nn, name)(*args, **kwargs), x)

    return call


def _linear(tracer: Tracer, node: Any, x: Real, weight: Any, bias: Any = None) -> Real:  # noqa: ANN401
    """``x @ weight.T + bias``, of constants."""
    offset = None if bias is None else array(bias)
    return tracer.quantizer.linear(x, array(weight).T, offset, one_scale=one_scale(tracer, node))


def _split(
    tracer: Tracer,
    node: Any,  # noqa: ANN401
    x: Real,
    size: int | Sequence[int],
    dim: int = 0,
) -> tuple[Real, ...]:
    """Parts of a size, or of several."""
    del node
    axis = dim % x.sample.ndim
    if axis == 0:
        raise NetworkError("the axis of the batch is not split")
    whole = x.sample.shape[axis]
    ends = [*range(size, whole, size), whole] if isinstance(size, int) else np.cumsum(size).tolist()
    found = []
    for start, stop in zip([0, *ends[:-1]], ends, strict=True):
        sample = np.take(x.sample, range(start, stop), axis)
        found.append(moved(tracer, Slice(axis - 1, start, stop), x, sample))
    return tuple(found)


def _chunk(tracer: Tracer, node: Any, x: Real, chunks: int, dim: int = 0) -> tuple[Real, ...]:  # noqa: ANN401
    """As many parts of equal size."""
    return _split(tracer, node, x, -(-x.sample.shape[dim] // chunks), dim)


def _softmax(tracer: Tracer, node: Any, x: Real, dim: int = -1, **_: Any) -> Real:  # noqa: ANN401
    """Nothing before the choice of the largest, which stays the same; else rounded by itself."""
    if dim is None or dim % x.sample.ndim != x.sample.ndim - 1:
        raise NetworkError("a softmax along another axis than the last")
    log = "log" in tracer.name(node).lower()
    one = tracer.one_scale(x)
    if not tracer.rounds_outputs and set(tracer.users(node)) == {"output"}:
        shares = np.exp(x.sample - x.sample.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return Real(one.edge, one.scale, one.shift, np.log(shares) if log else shares)
    if log:
        raise NetworkError("the logarithm of a softmax has a construction only with classify=True")
    return softmax(tracer.quantizer, one)


def _softmax_layer(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    return _softmax(tracer, node, x, layer.dim)


CALLS: dict[str, Callable[..., Any]] = {
    **{f"max_pool{n}d": _layer(f"MaxPool{n}d", maximum_pool) for n in (1, 2)},
    **{f"avg_pool{n}d": _layer(f"AvgPool{n}d", average_pool) for n in (1, 2)},
    **{f"adaptive_avg_pool{n}d": _layer(f"AdaptiveAvgPool{n}d", average_pool) for n in (1, 2)},
    **dict.fromkeys(("softmax", "log_softmax"), _softmax),
    "chunk": _chunk,
    "linear": _linear,
    "split": _split,
}
"""Calls by name."""

LAYERS = dict.fromkeys(("Softmax", "LogSoftmax"), _softmax_layer)
"""Layers by type."""
