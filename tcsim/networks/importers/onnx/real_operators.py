"""Operators on real numbers, each written with the quantizer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.lazy import (
    Lazy,
    Scores,
    coded,
    lazy_input,
    resolved,
    simple,
)
from tcsim.networks.importers.onnx.movement import MOVING
from tcsim.networks.importers.onnx.real_movement import move
from tcsim.networks.importers.onnx.real_pooling import HANDLERS as POOLING
from tcsim.networks.importers.onnx.scaling import FUNCTIONS
from tcsim.networks.importers.onnx.windows import geometry
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Transpose
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.quantizing.quantizer import Real
from tcsim.networks.quantizing.softmax import softmax as rounded_softmax

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor

_AXIS_IS_LAST = 13
"""The version from which on a softmax is along the last axis unless it says otherwise."""

_HIDDEN = -1e3
"""What is added to scores that a query does not see is below this."""


def product(importer: Importer, step: Step) -> Sequence[Tensor]:
    """MatMul and Gemm: with weights; or of two computed values, as attention has them."""
    x, y = step.input(0), step.input(1)
    options = step.attributes
    if isinstance(x, Scores):
        return [_attention(importer, x, y)]
    if isinstance(x, np.ndarray) or options.get("transA"):
        raise NetworkError("the left factor is to be computed, not transposed")
    if not isinstance(y, np.ndarray):
        if isinstance(y, Scores) or step.operator == "Gemm":
            raise NetworkError("the right factor is computed")
        scored = {"Softmax", "Mul", "Div", "Add"}.intersection(
            importer.readers[step.node.output[0]]
        )
        return [Scores(x, y) if scored else matrix_of_two(importer, x, y)]
    weights = np.asarray(y, np.float64)
    if weights.ndim != 2:
        raise NetworkError(f"weights of shape {weights.shape}: a matrix is needed")
    weights = (weights.T if options.get("transB") else weights) * options.get("alpha", 1.0)
    bias = step.constant(2, "the bias")
    offset = None
    if bias is not None:
        whole = np.asarray(bias, np.float64) * options.get("beta", 1.0)
        offset = np.broadcast_to(whole, (1, weights.shape[1])).reshape(-1)
    inner = _last_axis(importer, x)
    return [Lazy(importer.quantizer.linear(inner, weights, offset, one_scale=_one(importer, step)))]


def convolution(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Conv."""
    x = coded(importer, lazy_input(step, 0))
    weights = np.asarray(step.needed(1, "the kernel"), np.float64)
    bias = step.constant(2, "the bias")
    strides, dilations, pads = geometry(
        x.edge.known.shape[2:], step.attributes, tuple(weights.shape[2:])
    )
    made = importer.quantizer.convolution(
        x,
        weights,
        bias,
        one_scale=_one(importer, step),
        strides=strides,
        dilations=dilations,
        padding=pads,
        groups=int(step.attributes.get("group", 1)),
    )
    return [Lazy(made)]


def batch_norm(importer: Importer, step: Step) -> Sequence[Tensor]:
    """BatchNormalization as it is after training: a factor and an offset per channel."""
    names = ("scale", "offset", "mean", "variance")
    gamma, beta, mean, variance = (
        np.asarray(step.needed(i, name), np.float64) for i, name in enumerate(names, 1)
    )
    factor = gamma / np.sqrt(variance + step.attributes.get("epsilon", 1e-5))
    x = resolved(importer, lazy_input(step, 0))
    shape = (-1, *(1,) * (len(x.edge.known.shape) - 2))
    return [_affine(importer, x, factor.reshape(shape), (beta - mean * factor).reshape(shape))]


def _affine(importer: Importer, x: Real, factor: np.ndarray, offset: np.ndarray) -> Lazy:
    """``x * factor + offset`` per channel: other scales, and a sign where a factor is negative."""
    if not factor.all():
        raise NetworkError("a factor of 0 leaves nothing of a channel")
    sample = x.sample * factor + offset
    edge = x.edge
    if (factor < 0).any():
        signs = np.sign(np.broadcast_to(factor, edge.known.shape[1:])).astype(np.int64)
        signs = signs.reshape(len(signs), -1)[:, 0]
        space = len(edge.known.shape) - 2
        if space < 1:
            raise NetworkError("negative factors on values without places")
        kernel = signs.reshape(-1, *(1,) * (space + 1))
        edge = importer.add(Convolution(kernel, groups=len(signs)), edge)
    scale = x.scale * np.abs(factor)
    return Lazy(Real(edge, scale, x.shift * factor + offset, sample))


def function(importer: Importer, step: Step) -> Sequence[Tensor]:  # noqa: ARG001
    """A function of one number."""
    name = step.operator
    if name == "Gelu" and step.attributes.get("approximate", "none") == "tanh":
        return [lazy_input(step, 0).then(_gelu_tanh, "gelu", rising=False)]
    made, rising = _with_numbers(step) or FUNCTIONS[name]
    return [lazy_input(step, 0).then(made, name.lower(), rising=rising)]


def _with_numbers(step: Step) -> tuple[Callable[[np.ndarray], np.ndarray], bool] | None:
    options = step.attributes
    match step.operator:
        case "LeakyRelu":
            slope = options.get("alpha", 0.01)
            return (lambda v: np.where(v < 0, v * slope, v)), slope >= 0
        case "Elu":
            alpha = options.get("alpha", 1.0)
            return (lambda v: np.where(v < 0, alpha * np.expm1(np.minimum(v, 0)), v)), alpha >= 0
        case "HardSigmoid":
            a, b = options.get("alpha", 0.2), options.get("beta", 0.5)
            return (lambda v: np.clip(v * a + b, 0, 1)), a >= 0
        case "Clip":
            ends: list[Any] = [options.get("min", -np.inf), options.get("max", np.inf)]
            for i in (1, 2):
                given = step.constant(i, "an end")
                if given is not None:
                    ends[i - 1] = float(given.reshape(-1)[0])
            return (lambda v: np.minimum(np.maximum(v, ends[0]), ends[1])), True
        case "Sqrt":
            return (lambda v: np.sqrt(np.maximum(v, 0))), True
        case "Pow":
            power = float(step.needed(1, "the exponent").reshape(-1)[0])
            return (lambda v: np.power(v, power)), False
        case _:
            return None


def _gelu_tanh(v: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * v * (1 + np.tanh(np.sqrt(2 / np.pi) * (v + 0.044715 * v**3))))


_PAIRS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Mul": lambda a, b: a * b,
    "Div": lambda a, b: a / b,
}


def pair(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Sums, products and quotients of two: with a constant, of one value twice, of two values."""
    x, y = step.input(0), step.input(1)
    both = _PAIRS[step.operator]
    if isinstance(x, Scores) or isinstance(y, Scores):
        return [_scored(step.operator, x, y)]
    if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
        return [_with_constant(importer, step, x, y)]
    same = x.beside(y, both, step.operator.lower())
    if same is not None:
        return [same]
    if step.operator in ("Add", "Sub"):
        a, b = simple(importer, x), simple(importer, y)
        if step.operator == "Sub":
            b = _negative(importer, b)
        return [Lazy(importer.quantizer.add(a, b))]
    if step.operator == "Div":
        raise NetworkError("a quotient of two computed values")
    return [Lazy(importer.quantizer.product(coded(importer, x), coded(importer, y)))]


def _negative(importer: Importer, x: Real) -> Real:
    return Real(importer.add(Combine([-1]), x.edge), x.scale, -x.shift, -x.sample)


def _with_constant(importer: Importer, step: Step, x: Tensor, y: Tensor) -> Lazy:
    left = isinstance(x, np.ndarray)
    lazy: Lazy = y if left else x
    constant = np.asarray(x if left else y, np.float64)
    both = _PAIRS[step.operator]
    if constant.size == 1:
        number = float(constant.reshape(()))
        if left:
            rising = step.operator == "Add" or (step.operator == "Mul" and number >= 0)
            return lazy.then(
                lambda v: both(np.asarray(number), v), step.operator.lower(), rising=rising
            )
        rising = step.operator in ("Add", "Sub") or number >= 0
        return lazy.then(
            lambda v: both(v, np.asarray(number)), step.operator.lower(), rising=rising
        )
    real = resolved(importer, lazy)
    shape = real.edge.known.shape
    if np.broadcast_shapes(constant.shape, shape) != shape or (
        left and step.operator in ("Sub", "Div")
    ):
        raise NetworkError(f"a constant of shape {constant.shape} with values of {shape}")
    if step.operator in ("Mul", "Div"):
        factor = constant if step.operator == "Mul" else 1 / constant
        return _affine(importer, real, factor, np.zeros_like(factor))
    offset = constant if step.operator == "Add" else -constant
    if real.scale.size == 1 and not np.any(real.shift):
        return Lazy(importer.quantizer.add(real, constant=offset))
    return Lazy(Real(real.edge, real.scale, real.shift + offset, real.sample + offset))


def _scored(operator: str, x: Tensor, y: Tensor) -> Scores:
    if isinstance(y, Scores) and operator in ("Add", "Mul"):
        x, y = y, x
    if not isinstance(x, Scores) or not isinstance(y, np.ndarray) or x.normal:
        raise NetworkError("scores of attention with other computed values")
    if operator in ("Mul", "Div") and y.size == 1:
        number = float(y.reshape(()))
        return replace(x, factor=x.factor * (number if operator == "Mul" else 1 / number))
    if operator == "Add":
        if ((y != 0) & (y > _HIDDEN)).any():
            raise NetworkError("a bias of scores that does not just hide keys")
        seen = np.broadcast_to(y == 0, x.shape)
        return replace(x, mask=seen if x.mask is None else seen & x.mask)
    raise NetworkError(f"{operator} of scores of attention")


def softmax(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Of attention; left out in front of ArgMax, for the order stays; or rounded by itself."""
    x = step.input(0)
    if isinstance(x, Scores):
        if step.attributes.get("axis", -1) % len(x.shape) != len(x.shape) - 1:
            raise NetworkError("a softmax along another axis than the last")
        return [replace(x, normal=True)]
    readers = set(importer.readers.get(step.node.output[0], ()))
    if readers == {"ArgMax"}:
        importer.notes["a softmax in front of ArgMax is left out: the order stays"] = None
        return [x]
    values = simple(importer, lazy_input(step, 0))
    last = len(values.edge.known.shape) - 1
    if step.attributes.get("axis", -1 if step.opset >= _AXIS_IS_LAST else 1) % (last + 1) != last:
        raise NetworkError("a softmax along another axis than the last")
    return [Lazy(rounded_softmax(importer.quantizer, values))]


def _attention(importer: Importer, scores: Scores, v: Tensor) -> Lazy:
    if not scores.normal:
        raise NetworkError("a product of scores that no softmax was taken of")
    if not isinstance(v, Lazy):
        raise NetworkError("the values of attention are constant")
    q, k, values = (coded(importer, one) for one in (scores.q, scores.k, v))
    rank = len(k.edge.known.shape)
    order = (*range(rank - 2), rank - 1, rank - 2)
    sample = np.swapaxes(k.sample, -1, -2)
    keys = Real(importer.add(Transpose(order), k.edge), k.scale, k.shift, sample)
    width = q.edge.known.shape[-1]
    factor = scores.factor * np.sqrt(width)
    if factor <= 0:
        raise NetworkError("scores with a negative factor")
    queries = Real(q.edge, q.scale * factor, q.shift, q.sample * factor)
    causal = scores.causal
    mask = None if causal else scores.mask
    return Lazy(importer.quantizer.attention(queries, keys, values, causal=causal, mask=mask))


def norm(importer: Importer, step: Step) -> Sequence[Tensor]:
    """LayerNormalization and RMSNormalization along the last axis."""
    x = coded(importer, lazy_input(step, 0))
    rank = len(x.edge.known.shape)
    if step.attributes.get("axis", -1) % rank != rank - 1:
        raise NetworkError("a norm along several axes")
    gamma = np.asarray(step.needed(1, "the scale"), np.float64)
    beta = step.constant(2, "the offset")
    eps = float(step.attributes.get("epsilon", 1e-5))
    offset = 0.0 if beta is None else np.asarray(beta, np.float64)
    centered = step.operator == "LayerNormalization"
    return [Lazy(importer.quantizer.norm(x, gamma, offset, eps=eps, centered=centered))]


def argmax(importer: Importer, step: Step) -> Sequence[Tensor]:
    """ArgMax along the last axis."""
    x = simple(importer, lazy_input(step, 0))
    shape = x.edge.known.shape
    if step.attributes.get("axis", 0) % len(shape) != len(shape) - 1:
        raise NetworkError("argmax along another axis than the last")
    made = importer.add(Argmax(shape[-1]), x.edge)
    sample = np.argmax(x.sample, axis=-1, keepdims=True).astype(np.float64)
    if not step.attributes.get("keepdims", 1):
        made = importer.reshape(made, shape[:-1])
        sample = sample[..., 0]
    return [Lazy(Real(made, np.ones(1), np.zeros(1), sample))]


def matrix_of_two(importer: Importer, x: Lazy, y: Lazy) -> Lazy:
    """A product of two computed matrices."""
    a, b = coded(importer, x), coded(importer, y)
    edge = importer.add(MatrixProduct(), a.edge, b.edge)
    return Lazy(Real(edge, np.full(1, a.step * b.step), np.zeros(1), a.sample @ b.sample))


def _last_axis(importer: Importer, x: Lazy) -> Real:
    """Values whose scales differ along the last axis at most, rounded if they are sums."""
    if isinstance(x, Scores):
        return simple(importer, x)
    real = resolved(importer, x)
    return importer.quantizer.code(real) if real.edge.known.code is None else real


def _one(importer: Importer, step: Step) -> bool:
    """Whether the channels of a sum are to have one scale, as what compares or adds them needs."""
    readers = importer.readers.get(step.node.output[0], ())
    return any(
        one in ("ArgMax", "Softmax", "Add", "Concat", "Reshape", "Flatten") for one in readers
    )


HANDLERS = {
    **dict.fromkeys(MOVING, move),
    **dict.fromkeys(FUNCTIONS, function),
    **dict.fromkeys(("LeakyRelu", "Elu", "HardSigmoid", "Clip", "Sqrt", "Pow"), function),
    **dict.fromkeys(_PAIRS, pair),
    "MatMul": product,
    "Gemm": product,
    "Conv": convolution,
    "BatchNormalization": batch_norm,
    "Softmax": softmax,
    "LayerNormalization": norm,
    "RMSNormalization": norm,
    **POOLING,
    "ArgMax": argmax,
}
for _name in ("Trilu", "Pad", "ScatterND", "ScatterElements"):
    HANDLERS.pop(_name)
