"""Calls of functions and methods: each a function of the tracer, the call and its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.functions import FUNCTIONS, MONOTONE
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import (
    Concatenate,
    Gather,
    Reshape,
    Slice,
    Stack,
    Transpose,
)
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.sum import Sum
from tcsim.networks.quantizing.quantizer import Real

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcsim.networks.importers.torch.tracing import Tracer
    from tcsim.networks.operations.operation import Operation


def moved(tracer: Tracer, operation: Operation, x: Real, sample: Any) -> Real:  # noqa: ANN401
    """An operation that only moves values; those of several scales are rounded first."""
    return tracer.quantizer.apply(operation, tracer.one_scale(x), sample=sample)


def reshaped(tracer: Tracer, x: Real, shape: Sequence[int]) -> Real:
    """Other axes behind that of the batch."""
    sample = x.sample.reshape(tuple(shape))
    if len(sample) != len(x.sample):
        raise NetworkError("a reshape must keep the first axis, that of the batch")
    if sample.shape == x.sample.shape:
        return x
    if sample.ndim == 1:
        raise NetworkError("a result has at least one axis behind that of the batch")
    return moved(tracer, Reshape(sample.shape[1:]), x, sample)


def _reshape(tracer: Tracer, node: Any, x: Real, *shape: Any) -> Real:  # noqa: ANN401
    del node
    return reshaped(tracer, x, shape[0] if len(shape) == 1 and _many(shape[0]) else shape)


def flatten(tracer: Tracer, node: Any, x: Real, start_dim: int = 0, end_dim: int = -1) -> Real:  # noqa: ANN401
    """Some axes as one."""
    del node
    shape, rank = x.sample.shape, x.sample.ndim
    first, last = start_dim % rank, end_dim % rank
    return reshaped(tracer, x, (*shape[:first], -1, *shape[last + 1 :]))


def _squeeze(tracer: Tracer, node: Any, x: Real, dim: int) -> Real:  # noqa: ANN401
    del node
    at = dim % x.sample.ndim
    keep = x.sample.shape[at] != 1
    return x if keep else reshaped(tracer, x, np.squeeze(x.sample, at).shape)


def _unsqueeze(tracer: Tracer, node: Any, x: Real, dim: int) -> Real:  # noqa: ANN401
    del node
    return reshaped(tracer, x, np.expand_dims(x.sample, dim).shape)


def _permute(tracer: Tracer, node: Any, x: Real, *order: Any) -> Real:  # noqa: ANN401
    del node
    given = order[0] if _many(order[0]) else order
    places = [int(one) % x.sample.ndim for one in given]
    if places[0] != 0:
        raise NetworkError("the first axis, that of the batch, stays where it is")
    made = Transpose([one - 1 for one in places[1:]])
    return moved(tracer, made, x, x.sample.transpose(places))


def _transpose(tracer: Tracer, node: Any, x: Real, dim0: int, dim1: int) -> Real:  # noqa: ANN401
    order = np.arange(x.sample.ndim)
    order[[dim0, dim1]] = order[[dim1, dim0]]
    return _permute(tracer, node, x, *order.tolist())


def _getitem(tracer: Tracer, node: Any, x: Any, index: Any) -> Any:  # noqa: ANN401
    del node
    if not isinstance(x, Real):
        return x[index]
    given = list(index) if isinstance(index, tuple) else [index]
    if Ellipsis in given:
        at, used = given.index(Ellipsis), sum(one is not None for one in given) - 1
        given[at : at + 1] = [slice(None)] * (x.sample.ndim - used)
    sample = x.sample[tuple(given)]
    first, *others = [one for one in given if one is not None]
    if first != slice(None):
        raise NetworkError("the first axis, that of the batch, is not indexed")
    for axis in reversed(range(len(others))):
        one = others[axis]
        if isinstance(one, int):
            operation: Any = Gather(np.array(one), axis)
        elif isinstance(one, slice):
            operation = Slice(axis, one.start, one.stop, 1 if one.step is None else one.step)
        else:
            raise NetworkError("only integers and slices index values")
        place = (slice(None),) * (axis + 1)
        if one != slice(None):
            x = moved(tracer, operation, x, x.sample[(*place, one)])
    return reshaped(tracer, x, sample.shape)


def _cat(tracer: Tracer, node: Any, values: Sequence[Real], dim: int = 0) -> Real:  # noqa: ANN401
    del node
    return _joined(tracer, values, Concatenate, np.concatenate, dim)


def _stack(tracer: Tracer, node: Any, values: Sequence[Real], dim: int = 0) -> Real:  # noqa: ANN401
    del node
    return _joined(tracer, values, Stack, np.stack, dim)


def _joined(
    tracer: Tracer,
    values: Sequence[Real],
    kind: Any,  # noqa: ANN401
    join: Callable[..., Any],
    dim: int,
) -> Real:
    """Several values as one, on one grid."""
    if not all(isinstance(one, Real) for one in values):
        raise NetworkError("constants are not joined with values")
    sample = join([one.sample for one in values], axis=dim)
    if sample.shape[0] != len(values[0].sample):
        raise NetworkError("values are not joined along the axis of the batch")
    parts = [tracer.one_scale(one) for one in values]
    if len({one.step for one in parts}) > 1:
        reach = max(float(np.abs(one.sample).max()) for one in parts)
        low = -reach if sample.min() < 0 else 0.0
        parts = [tracer.quantizer.code(one, ends=(low, reach)) for one in parts]
    axis = dim if dim < 0 else dim - 1
    return tracer.quantizer.apply(kind(axis), *parts, sample=sample)


def _mean(tracer: Tracer, node: Any, x: Real, dim: Any = 0, keepdim: bool = False) -> Real:  # noqa: ANN401, FBT001, FBT002
    total = _sum(tracer, node, x, dim, keepdim)
    count = x.sample.size // total.sample.size
    return Real(total.edge, total.scale / count, total.shift, total.sample / count)


def _sum(tracer: Tracer, node: Any, x: Real, dim: Any = 0, keepdim: bool = False) -> Real:  # noqa: ANN401, FBT001, FBT002
    del node
    axes = tuple(one % x.sample.ndim for one in (dim if _many(dim) else (dim,)))
    if 0 in axes:
        raise NetworkError("the first axis, that of the batch, is not summed: name another")
    sample = x.sample.sum(axis=axes, keepdims=keepdim)
    return moved(tracer, Sum([axis - 1 for axis in axes], keep=keepdim), x, sample)


def _argmax(tracer: Tracer, node: Any, x: Real, dim: int = -1) -> Real:  # noqa: ANN401
    del node
    if dim % x.sample.ndim != x.sample.ndim - 1:
        raise NetworkError("argmax is along the last axis")
    x = tracer.one_scale(x)
    edge = tracer.quantizer.sketch.add(Argmax(x.sample.shape[-1]), x.edge)
    return Real(
        edge, np.ones(1), np.zeros(1), x.sample.argmax(axis=-1).astype(np.float64)[..., None]
    )


def _add(tracer: Tracer, node: Any, x: Any, y: Any) -> Real:  # noqa: ANN401
    del node
    if not isinstance(x, Real):
        x, y = y, x
    x = tracer.one_scale(x)
    if isinstance(y, Real):
        return tracer.quantizer.add(x, tracer.one_scale(y))
    return tracer.quantizer.add(x, constant=_constant(x, y))


def _sub(tracer: Tracer, node: Any, x: Any, y: Any) -> Real:  # noqa: ANN401
    return _add(tracer, node, x, _negative(tracer, y) if isinstance(y, Real) else -y)


def _mul(tracer: Tracer, node: Any, x: Any, y: Any) -> Real:  # noqa: ANN401
    del node
    if not isinstance(x, Real):
        x, y = y, x
    if isinstance(y, Real):
        return tracer.quantizer.product(tracer.coded(x), tracer.coded(y))
    factor = np.asarray(y, np.float64)
    if factor.size != 1 or not np.isfinite(factor).all() or not factor.all():
        raise NetworkError("values are multiplied by values or by a number other than 0")
    number = float(factor.reshape(()))
    x = _negative(tracer, x) if number < 0 else x
    size = abs(number)
    return Real(x.edge, x.scale * size, x.shift * size, x.sample * size)


def _div(tracer: Tracer, node: Any, x: Real, y: Any) -> Real:  # noqa: ANN401
    if isinstance(y, Real):
        raise NetworkError("a division by values has no construction")
    return _mul(tracer, node, x, 1 / np.asarray(y, np.float64))


def _negative(tracer: Tracer, x: Real) -> Real:
    return moved(tracer, Combine([-1]), x, -x.sample)


def _constant(x: Real, y: Any) -> np.ndarray:  # noqa: ANN401
    """A constant without the axis of the batch."""
    values = np.asarray(y, np.float64)
    if not np.isfinite(values).all():
        raise NetworkError("a constant that is added is not finite")
    if values.ndim == x.sample.ndim:
        if len(values) != 1:
            raise NetworkError("a constant that is added is the same for every row")
        values = values[0]
    return values


def _size(tracer: Tracer, node: Any, x: Real, dim: int | None = None) -> Any:  # noqa: ANN401
    del tracer, node
    return x.sample.shape if dim is None else x.sample.shape[dim]


def _getattr(tracer: Tracer, node: Any, x: Real, name: str) -> Any:  # noqa: ANN401
    del tracer, node
    if name not in ("shape", "ndim"):
        raise NetworkError(f"the attribute {name} has no construction")
    return getattr(x.sample, name)


def _same(tracer: Tracer, node: Any, x: Real, *args: Any, **kwargs: Any) -> Real:  # noqa: ANN401
    del tracer, node, args, kwargs
    return x


def _activation(name: str) -> Callable[..., Real]:
    def call(
        tracer: Tracer,
        node: Any,  # noqa: ANN401
        x: Real,
        *,
        inplace: bool = False,
        approximate: str = "none",
    ) -> Real:
        from tcsim.networks.importers.torch.layers import bent

        del node, inplace
        function = FUNCTIONS["gelu_new" if approximate == "tanh" else name]
        return bent(tracer, x, function, name, monotone=name in MONOTONE)

    return call


CALLS: dict[str, Callable[..., Any]] = {
    **{name: _activation(name) for name in ("relu", "gelu", "silu", "tanh", "sigmoid", "softplus")},
    **dict.fromkeys(("add", "iadd", "add_"), _add),
    **dict.fromkeys(("cat", "concat"), _cat),
    **dict.fromkeys(("contiguous", "dropout", "float", "double", "clone", "detach"), _same),
    **dict.fromkeys(("mul", "imul"), _mul),
    **dict.fromkeys(("reshape", "view"), _reshape),
    **dict.fromkeys(("sub", "isub"), _sub),
    **dict.fromkeys(("truediv", "div"), _div),
    "argmax": _argmax,
    "flatten": flatten,
    "getattr": _getattr,
    "getitem": _getitem,
    "mean": _mean,
    "permute": _permute,
    "size": _size,
    "squeeze": _squeeze,
    "stack": _stack,
    "sum": _sum,
    "transpose": _transpose,
    "unsqueeze": _unsqueeze,
}
"""Calls by name."""


def _many(value: object) -> bool:
    return isinstance(value, tuple | list)
