"""Layers without attention or recurrence: functions of the tracer, call, layer and operands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.functions import FUNCTIONS, MONOTONE
from tcsim.networks.importers.torch import calls
from tcsim.networks.operations.maximum_pool import MaximumPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.importers.torch.tracing import Tracer
    from tcsim.networks.quantizing.quantizer import Real
    from tcsim.networks.tables.activations import Floats

_NORMS = ("BatchNorm1d", "BatchNorm2d")
_ROUNDING = {
    *("ReLU", "ReLU6", "GELU", "SiLU", "Tanh", "Sigmoid", "Hardtanh", "LeakyReLU", "Softplus"),
    *("relu", "gelu", "silu", "tanh", "sigmoid", "softplus", "output"),
}
"""What rounds its operand anyway, so that its channels may have scales of their own."""


def array(values: Any) -> Floats:  # noqa: ANN401
    """A tensor in NumPy, float64."""
    found: Floats = np.asarray(values.detach(), np.float64)
    return found


def one_scale(tracer: Tracer, node: Any) -> bool:  # noqa: ANN401
    """Whether what reads a call's result may add or move its channels."""
    rounding = _ROUNDING if tracer.rounds_outputs else _ROUNDING - {"output"}
    return not set(tracer.users(node)) <= rounding | set(_NORMS)


def linear(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """A weighted sum, not rounded."""
    weights, bias = _folded(tracer, node, layer)
    return tracer.quantizer.linear(x, weights.T, bias, one_scale=one_scale(tracer, node))


def convolution(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """Likewise, over windows."""
    if layer.padding_mode != "zeros":
        raise NetworkError(f"padding with {layer.padding_mode} has no construction, only zeros")
    weights, bias = _folded(tracer, node, layer)
    return tracer.quantizer.convolution(
        tracer.one_scale(x),
        weights,
        bias,
        one_scale=one_scale(tracer, node),
        strides=layer.stride,
        padding=_padding(layer),
        dilations=layer.dilation,
        groups=layer.groups,
    )


def _padding(layer: Any) -> Any:  # noqa: ANN401
    if layer.padding == "valid":
        return 0
    if layer.padding == "same":
        spans = [d * (k - 1) for d, k in zip(layer.dilation, layer.kernel_size, strict=True)]
        return tuple((span // 2, span - span // 2) for span in spans)
    return tuple((one, one) for one in layer.padding)


def _folded(tracer: Tracer, node: Any, layer: Any) -> tuple[Floats, Floats]:  # noqa: ANN401
    """Weights and bias, with those of a batch norm that alone reads the result."""
    weights = array(layer.weight)
    bias = array(layer.bias) if layer.bias is not None else np.zeros(len(weights))
    users = list(node.users)
    if len(users) == 1 and tracer.name(users[0]) in _NORMS:
        factor, offset = _batch(tracer.module.get_submodule(users[0].target))
        weights = weights * factor.reshape(-1, *(1,) * (weights.ndim - 1))
        bias = bias * factor + offset
    return weights, bias


def batch_norm(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """Nothing where the layer before has it; else a factor and an offset for each channel."""
    (source, *_) = node.args
    alone = source.op == "call_module" and len(source.users) == 1
    if alone and tracer.name(source) in _FOLDING:
        return x
    factor, offset = _batch(layer)
    axes = len(x.edge.known.shape) - 1
    kernel = factor.reshape(-1, 1, *(1,) * axes)
    if not axes:
        diagonal = np.diag(factor)
        return tracer.quantizer.linear(x, diagonal, offset, one_scale=one_scale(tracer, node))
    return tracer.quantizer.convolution(
        tracer.one_scale(x),
        kernel,
        offset,
        one_scale=one_scale(tracer, node),
        groups=len(factor),
    )


def _batch(layer: Any) -> tuple[Floats, Floats]:  # noqa: ANN401
    """What a batch norm multiplies each channel by, and adds."""
    if layer.running_mean is None:
        raise NetworkError("a batch norm without running statistics depends on the batch")
    variance = array(layer.running_var) + layer.eps
    if not (variance > 0).all():
        raise NetworkError(f"a variance and eps add up to {variance.min()}: more than 0 is needed")
    factor = 1 / np.sqrt(variance)
    offset = -array(layer.running_mean) * factor
    if layer.affine:
        factor, offset = (array(layer.weight) * one for one in (factor, offset))
        offset = offset + array(layer.bias)
    return factor, offset


def norm(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """LayerNorm or RMSNorm along the last axis."""
    del node
    width = x.edge.known.shape[-1]
    if tuple(layer.normalized_shape) != (width,):
        raise NetworkError(f"only the last axis is normalized, not {tuple(layer.normalized_shape)}")
    centered = type(layer).__name__ == "LayerNorm"
    gamma = array(layer.weight) if layer.weight is not None else 1.0
    beta = getattr(layer, "bias", None)
    eps = layer.eps if layer.eps is not None else np.finfo(np.float64).eps
    return tracer.quantizer.norm(
        tracer.coded(x), gamma, array(beta) if beta is not None else 0.0, eps=eps, centered=centered
    )


def embedding(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """Rows of a table for tokens, which are an input."""
    del node
    if layer.max_norm is not None:
        raise NetworkError("max_norm changes the weights as they are read")
    return tracer.quantizer.embedding(x, array(layer.weight))


def maximum_pool(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """The largest of each window."""
    import torch

    if layer.ceil_mode or layer.return_indices:
        raise NetworkError("ceil_mode and return_indices have no construction")
    axes = len(x.edge.known.shape) - 1
    size, strides, padding, dilations = (
        tuple(one) if isinstance(one, tuple | list) else (one,) * axes
        for one in (layer.kernel_size, layer.stride, layer.padding, layer.dilation)
    )
    x = tracer.coded(x)
    del node
    pool = MaximumPool(
        size, strides=strides, padding=tuple((one, one) for one in padding), dilations=dilations
    )
    return tracer.quantizer.apply(pool, x, sample=array(layer(torch.from_numpy(x.sample))))


def average_pool(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """The average of each window, not rounded."""
    del node
    name = type(layer).__name__
    channels, *axes = x.edge.known.shape
    if name.startswith("Adaptive"):
        sizes = layer.output_size if isinstance(layer.output_size, tuple) else (layer.output_size,)
        if any(one not in (1, None) for one in sizes) or None in sizes:
            raise NetworkError("only an adaptive pool to one place has a construction")
        kernel, strides, padding = tuple(axes), tuple(axes), (0,) * len(axes)
    else:
        if layer.ceil_mode or not layer.count_include_pad:
            raise NetworkError("ceil_mode and count_include_pad=False have no construction")
        kernel, strides, padding = (
            tuple(one) if isinstance(one, tuple | list) else (one,) * len(axes)
            for one in (layer.kernel_size, layer.stride, layer.padding)
        )
    over = getattr(layer, "divisor_override", None) or int(np.prod(kernel))
    weights = np.full((channels, 1, *kernel), 1 / over)
    return tracer.quantizer.convolution(
        tracer.one_scale(x),
        weights,
        one_scale=True,
        strides=strides,
        padding=tuple((one, one) for one in padding),
        groups=channels,
    )


def flatten(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """All axes but that of the batch as one."""
    return calls.flatten(tracer, node, x, layer.start_dim, layer.end_dim)


def activation(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """A function of one number: rounded after it if it never decreases, else before."""
    del node
    function, monotone, name = _function(layer)
    return bent(tracer, x, function, name, monotone=monotone)


def bent(
    tracer: Tracer, x: Real, function: Callable[[Floats], Floats], name: str, *, monotone: bool
) -> Real:
    """See `activation`."""
    if monotone:
        return tracer.quantizer.code(x, function, name=name)
    return tracer.quantizer.table(tracer.coded(x), function)


def _function(layer: Any) -> tuple[Callable[[Floats], Floats], bool, str]:  # noqa: ANN401
    kind = type(layer).__name__
    if kind == "GELU" and layer.approximate == "tanh":
        return FUNCTIONS["gelu_new"], False, "gelu"
    if kind in ("Hardtanh", "ReLU6"):
        low, high = float(layer.min_val), float(layer.max_val)
        return lambda z: np.clip(z, low, high), True, "clip"
    if kind == "LeakyReLU":
        slope = float(layer.negative_slope)
        return lambda z: np.where(z > 0, z, slope * z), slope >= 0, "leaky relu"
    if kind == "Softplus" and (layer.beta, layer.threshold) != (1, 20):
        raise NetworkError("only the default beta and threshold have a construction")
    name = kind.lower()
    return FUNCTIONS[name], name in MONOTONE, name


def same(tracer: Tracer, node: Any, layer: Any, x: Real) -> Real:  # noqa: ANN401
    """Nothing, as dropout is after training."""
    del tracer, node, layer
    return x


_FOLDING = ("Linear", "Conv1d", "Conv2d")

LAYERS = {
    **dict.fromkeys(
        ("GELU", "Hardtanh", "LeakyReLU", "ReLU", "ReLU6", "SiLU", "Sigmoid", "Softplus", "Tanh"),
        activation,
    ),
    **dict.fromkeys(("Dropout", "Dropout1d", "Dropout2d", "Identity"), same),
    **dict.fromkeys(_NORMS, batch_norm),
    **dict.fromkeys(
        ("AvgPool1d", "AvgPool2d", "AdaptiveAvgPool1d", "AdaptiveAvgPool2d"), average_pool
    ),
    **dict.fromkeys(("MaxPool1d", "MaxPool2d"), maximum_pool),
    **dict.fromkeys(("Conv1d", "Conv2d"), convolution),
    **dict.fromkeys(("LayerNorm", "RMSNorm"), norm),
    "Embedding": embedding,
    "Flatten": flatten,
    "Linear": linear,
}
"""Layers by type."""
