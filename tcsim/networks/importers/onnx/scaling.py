"""Quantized values: dequantized ones as integers with a scale, and the one rounding that ends them.

Rounding is that of onnxruntime: float32, half to even, the scales multiplied before the integer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.importers.onnx.loading import type_name
from tcsim.networks.importers.onnx.quantized_types import check_zero
from tcsim.networks.importers.onnx.scale_overflow import check_quotient, scale_product
from tcsim.networks.importers.onnx.tensors import TYPES, Integers, Scaled, type_of
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.convolution import window_sums
from tcsim.networks.operations.product import Product
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.operations.sum import Sum
from tcsim.networks.operations.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.sketch import Edge
    from tcsim.typing import Integers as Array

_MOST_BITS = 2**60
"""Values of sums of scaled values stay below."""


def scale_of(array: np.ndarray) -> np.ndarray:
    """Scales in float32.

    Raises:
        NetworkError: they are not positive and finite.
    """
    scale = np.asarray(array).astype(np.float32)
    if not scale.size or not np.isfinite(scale).all() or not (scale > 0).all():
        raise NetworkError("scales must be positive and finite")
    return scale


def zero_of(array: np.ndarray | None) -> np.ndarray:
    """Zero points as int64; 0 where they are left out."""
    return np.zeros(1, np.int64) if array is None else np.asarray(array).astype(np.int64)


def dequantize(importer: Importer, step: Step) -> Sequence[Tensor]:  # noqa: ARG001
    """DequantizeLinear: nothing is computed, the integers get a scale."""
    x = step.input(0)
    check_zero(step, 0, 2)
    scale = scale_of(step.needed(1, "the scale"))
    zero = zero_of(step.constant(2, "the zero point"))
    if scale.size != 1 or zero.size != 1:
        raise NetworkError("computed values with several scales: one is needed")
    edge = x.form if x.form is not None else x.edge
    return [Scaled(edge, scale.reshape(1), int(zero.reshape(-1)[0]))]


def quantize(importer: Importer, step: Step) -> Sequence[Tensor]:
    """QuantizeLinear: one rounding of all that came since the last."""
    x = step.input(0)
    scale = scale_of(step.needed(1, "the scale"))
    zero = step.constant(2, "the zero point")
    if scale.size != 1:
        raise NetworkError("values are quantized with several scales: one is needed")
    kind = "UINT8"
    if step.attributes.get("output_dtype"):
        kind = type_name(step.attributes["output_dtype"])
    return [requantized(importer, x, scale, zero, kind)]


def requantized(
    importer: Importer, x: Scaled, scale: np.ndarray, zero: np.ndarray | None, kind: str
) -> Integers:
    """``clip(rint(x / scale) + zero)``, the cuts found on this very function."""
    if zero is not None:
        kind = type_of(np.asarray(zero))
    if kind not in TYPES or TYPES[kind].bits > 16:
        raise NetworkError(f"values are rounded to {kind or 'no integer type'}")
    low, high = TYPES[kind]
    center = int(zero_of(zero).reshape(-1)[0])
    step = scale.reshape(-1)[0].astype(np.float32)
    code = Code(low, high)
    if _unchanged(x, step, center, x.edge.known.code, code):
        return Integers(kind, x.edge)
    if _fits(x, step, center, code):
        return Integers(kind, lambda: rounded_to(importer, x, step, center, code), x.edge)
    return Integers(kind, rounded_to(importer, x, step, center, code))


def rounded_to(
    importer: Importer,
    x: Scaled,
    step: np.floating,
    center: int,
    code: Code,
    rounding: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Edge:
    """Values in units of a step, rounded, moved and clipped to a code.

    Args:
        importer: gets the operation.
        x: what is rounded.
        step: the unit, float32.
        center: added after rounding.
        code: of the result.
        rounding: on float32; None: as onnxruntime does it, half to even, the product of the scales
            divided by the unit first.
    """

    def rounded(integers: Array) -> Array:
        units = x.over(integers, step) if rounding is None else rounding(x.real(integers) / step)
        return np.asarray(np.clip(units + center, code.lo, code.hi), np.int64)

    check_quotient(x.scale, step)
    edge = x.edge if x.edge.known.shape else importer.reshape(x.edge, (1,))
    least, most = (
        np.broadcast_to(end, x.features) for end in (edge.known.least, edge.known.largest)
    )
    name = " then ".join(x.names) or "scale"
    if x.rising:
        made = importer.add(Requantize.from_function(rounded, least, most, code, name), edge)
    else:
        made = _tabled(importer, edge, rounded, code, name)
    return importer.reshape(made, x.edge.known.shape)


def _fits(x: Scaled, step: np.float32, center: int, code: Code) -> bool:
    """Whether quantizing gives back sums that are integers of that scale, such as rows of a table.

    Then what adds them up reads the sums.
    """
    if x.edge.known.code is not None or x.functions or x.scale.size != 1:
        return False
    same = x.scale.dtype == np.float32 and x.scale.reshape(-1)[0] == step and x.zero == center
    return bool(same and code.lo <= x.edge.known.least and x.edge.known.largest <= code.hi)


def _unchanged(x: Scaled, step: np.float32, center: int, own: Code | None, code: Code) -> bool:
    """Whether quantizing gives back the integers that were there."""
    if own is None or x.functions or x.scale.size != 1:
        return False
    same = x.scale.reshape(-1)[0] == step and x.zero == center
    return bool(same and (own.lo, own.hi) == (code.lo, code.hi))


def _tabled(
    importer: Importer, edge: Edge, rounded: Callable[[Array], Array], code: Code, name: str
) -> Edge:
    """A function that also falls, of values that are rounded: a table, then its thermometer."""
    own = edge.known.code
    if own is None:
        raise NetworkError(f"{name} rises and falls: quantize what it reads")
    table = importer.thermometer(edge)
    found = rounded(np.arange(own.lo, own.hi + 1)[None])[0]
    form = importer.add(Table(found, own.lo, name), table)
    cuts = np.arange(code.lo + 1, code.hi + 1)[None]
    return importer.add(Requantize(cuts, code, name), form)


# Functions of scaled values ----------------------------------------------------------------------


def _erf(x: np.ndarray) -> np.ndarray:
    from math import erf

    return np.asarray(np.vectorize(erf, otypes=[np.float64])(x), x.dtype)


FUNCTIONS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], bool]] = {
    "Relu": (lambda x: np.maximum(x, 0), True),
    "Sigmoid": (lambda x: 1 / (1 + np.exp(-x)), True),
    "Tanh": (np.tanh, True),
    "Exp": (np.exp, True),
    "Erf": (_erf, True),
    "Floor": (np.floor, True),
    "Ceil": (np.ceil, True),
    "Round": (np.rint, True),
    "Softplus": (lambda x: np.logaddexp(x, 0), True),
    "HardSwish": (lambda x: x * np.clip(x / 6 + 0.5, 0, 1), False),
    "Gelu": (lambda x: x * (1 + _erf(x / np.sqrt(np.float32(2)))) / 2, False),
    "Swish": (lambda x: x / (1 + np.exp(-x)), False),
    "Abs": (np.abs, False),
    "Cos": (np.cos, False),
    "Sin": (np.sin, False),
    "Neg": (np.negative, False),
}
"""Functions of one number in float32, and whether they never decrease."""


def apply(importer: Importer, step: Step) -> Sequence[Tensor]:  # noqa: ARG001
    """A function of one number, kept for the rounding that follows."""
    x = step.input(0)
    function, rising = FUNCTIONS[step.operator]
    if step.operator == "Gelu" and step.attributes.get("approximate", "none") != "none":
        raise NetworkError("only the exact form of GELU")
    return [x.then(function, step.operator.lower(), rising=rising)]


def leaky(importer: Importer, step: Step) -> Sequence[Tensor]:  # noqa: ARG001
    """Functions with numbers of their own."""
    x = step.input(0)
    number = np.float32(step.attributes.get("alpha", 0.01))
    if step.operator == "HardSigmoid":
        alpha = np.float32(step.attributes.get("alpha", 0.2))
        beta = np.float32(step.attributes.get("beta", 0.5))
        return [x.then(lambda v: np.clip(v * alpha + beta, 0, 1), "hardsigmoid", rising=alpha >= 0)]
    return [x.then(lambda v: np.where(v < 0, v * number, v), "leakyrelu", rising=number >= 0)]


def clip(importer: Importer, step: Step) -> Sequence[Tensor]:  # noqa: ARG001
    """Clip between two numbers."""
    x = step.input(0)
    ends = [step.attributes.get("min"), step.attributes.get("max")]
    for i in (1, 2):
        given = step.constant(i, "an end")
        if given is not None:
            ends[i - 1] = given.reshape(-1)[0]
    low = -np.inf if ends[0] is None else np.float32(ends[0])
    high = np.inf if ends[1] is None else np.float32(ends[1])
    return [x.then(lambda v: np.minimum(np.maximum(v, low), high), "clip", rising=True)]


def add(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Add and Sub: with a constant, a function; of two values, one exact sum of both scales.

    Scales are float32, so that both are multiples of a power of 2, and the sum is one of integers.
    """
    x, y = step.input(0), step.input(1)
    sign = -1 if step.operator == "Sub" else 1
    for one, other, factor in ((x, y, sign), (y, x, 1)):
        constant = other if isinstance(other, np.ndarray) else None
        if constant is not None and isinstance(one, Scaled):
            if one is y and sign < 0:
                raise NetworkError("a constant less a value: negate the value's scale")
            return [one.plus(_aligned(constant.astype(np.float32) * factor, one))]
    for one in (x, y):
        if not isinstance(one, Scaled) or one.functions or one.scale.size != 1:
            raise NetworkError("the terms of a sum are to be quantized, with one scale each")
    (m, e), (n, f) = (_fraction(one.scale) for one in (x, y))
    low = min(e, f)
    first, second = m << e - low, (n << f - low) * sign
    form = importer.add(Combine([first, second], -first * x.zero - second * y.zero), x.edge, y.edge)
    return [Scaled(form, np.array([2.0**low], np.float64))]


def _fraction(scale: np.ndarray) -> tuple[int, int]:
    """A float32 as an odd integer times a power of 2."""
    mantissa, exponent = np.frexp(np.float64(scale.reshape(-1)[0]))
    whole, power = int(mantissa * 2**24), int(exponent) - 24
    while whole % 2 == 0:
        whole, power = whole // 2, power + 1
    return whole, power


def multiply(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Mul and Div by a constant; Mul of two quantized values."""
    x, y = step.input(0), step.input(1)
    if isinstance(x, np.ndarray) and step.operator == "Mul":
        x, y = y, x
    if isinstance(y, np.ndarray) and isinstance(x, Scaled):
        factor = y.astype(np.float32)
        if not np.isfinite(factor).all() or (step.operator == "Div" and not factor.all()):
            raise NetworkError("a factor that is not finite")
        factor = _aligned(factor, x)
        if step.operator == "Div":
            return [
                x.then(lambda v: v / x.grown(factor, v), "divide", bool((factor > 0).all()), factor)
            ]
        return [
            x.then(lambda v: v * x.grown(factor, v), "multiply", bool((factor >= 0).all()), factor)
        ]
    for one in (x, y):
        if not isinstance(one, Scaled) or one.functions or one.scale.size != 1:
            raise NetworkError("the factors are to be quantized, with one scale each")
    if step.operator == "Div":
        raise NetworkError("a quotient of two computed values")
    a, b = importer.coded(x.edge), importer.coded(y.edge)
    terms, factors = [importer.add(Product(), a, b)], [1]
    for edge, zero in ((a, y.zero), (b, x.zero)):
        if zero:
            terms.append(edge)
            factors.append(-zero)
    form = importer.add(Combine(factors, x.zero * y.zero), *terms)
    return [Scaled(form, scale_product(x.scale, y.scale))]


def _aligned(constant: np.ndarray, x: Scaled) -> np.ndarray:
    if constant.size == 1:
        return constant.reshape(1)
    shape = x.edge.known.shape
    if np.broadcast_shapes(constant.shape, shape) != shape:
        raise NetworkError(f"a constant of {constant.shape} makes values of {shape} more")
    return constant


# Pools -------------------------------------------------------------------------------------------


def average(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Average pooling: sums, with a scale divided by how many values there are in them."""
    x = step.input(0)
    if x.functions or x.scale.size != 1:
        raise NetworkError("what is averaged is to be quantized, with one scale")
    if step.operator == "GlobalAveragePool":
        axes: list[int] = list(range(2, len(x.shape)))
        count = int(np.prod([x.shape[axis] for axis in axes]))
        form = importer.add(Sum(axes, keep=True), x.edge)
    elif step.operator == "ReduceMean":
        given = step.attributes.get("axes")
        axes = list(given) if given is not None else step.needed(1, "the axes").ravel().tolist()
        count = int(np.prod([x.shape[axis] for axis in axes]))
        form = importer.add(Sum(axes, keep=bool(step.attributes.get("keepdims", 1))), x.edge)
    else:
        from tcsim.networks.importers.onnx.windows import geometry

        kernel = tuple(step.attributes["kernel_shape"])
        strides, dilations, pads = geometry(x.shape[2:], step.attributes, kernel)
        if any(max(pair) for pair in pads) or max(dilations) > 1:
            raise NetworkError("averages over windows with padding or dilations")
        count = int(np.prod(kernel))
        form = importer.add(window_sums(x.shape[1], kernel, strides=strides), x.edge)
    made = Scaled(form, x.scale, x.zero * count)
    share = np.float32(count)
    return [made.then(lambda v: v / share, "average", rising=True)]


def pool(importer: Importer, step: Step) -> Sequence[Tensor]:
    """MaxPool: of integers, whose order is that of what they stand for."""
    from tcsim.networks.importers.onnx.along_axes import max_pool

    x = step.input(0)
    edge = importer.coded(x.edge)
    ends = (edge.known.code.lo, edge.known.code.hi)  # type: ignore[union-attr]
    kind = next((name for name, one in TYPES.items() if (one.lo, one.hi) == ends), "INT64")
    inner = replace_input(step, Integers(kind, edge))
    (made,) = max_pool(importer, inner)
    return [replace(x, edge=made.edge)]


def replace_input(step: Step, tensor: Tensor) -> Step:
    """The same step on other values."""
    made = object.__new__(type(step))
    made.__dict__.update(step.__dict__)
    made.inputs = [tensor, *step.inputs[1:]]
    return made


def argmax(importer: Importer, step: Step) -> Sequence[Tensor]:
    """ArgMax along the last axis: the order of integers is that of what they stand for."""
    x = step.input(0)
    rank = len(x.shape)
    if x.scale.size != 1 or not x.rising or len(x.names) > len(_STRICT.intersection(x.names)):
        raise NetworkError("the values have several scales, or a function that makes some equal")
    if step.attributes.get("axis", 0) % rank != rank - 1:
        raise NetworkError("argmax along another axis than the last")
    if step.attributes.get("select_last_index"):
        raise NetworkError("argmax with the last of equal values")
    made = importer.add(Argmax(x.shape[-1]), x.edge)
    keep = step.attributes.get("keepdims", 1)
    return [Integers("INT64", made if keep else importer.reshape(made, x.shape[:-1]))]


_STRICT = frozenset(("average",))
"""Functions that keep different values different."""

HANDLERS = {
    **dict.fromkeys(FUNCTIONS, apply),
    "LeakyRelu": leaky,
    "HardSigmoid": leaky,
    "Clip": clip,
    "Add": add,
    "Sub": add,
    "Mul": multiply,
    "Div": multiply,
    "AveragePool": average,
    "GlobalAveragePool": average,
    "ReduceMean": average,
    "MaxPool": pool,
    "ArgMax": argmax,
}
