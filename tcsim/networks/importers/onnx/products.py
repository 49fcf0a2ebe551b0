"""Matrix products and convolutions of integers, with their zero points and scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.along_axes import word_sum
from tcsim.networks.importers.onnx.evaluating import attributes
from tcsim.networks.importers.onnx.loading import type_name
from tcsim.networks.importers.onnx.quantized_types import check_zero
from tcsim.networks.importers.onnx.scale_overflow import scale_product
from tcsim.networks.importers.onnx.scaling import (
    HANDLERS as ELEMENTWISE,
)
from tcsim.networks.importers.onnx.scaling import (
    argmax,
    dequantize,
    quantize,
    replace_input,
    requantized,
    scale_of,
    zero_of,
)
from tcsim.networks.importers.onnx.tensors import TYPES, Integers, Scaled, type_of, whole
from tcsim.networks.importers.onnx.windows import geometry, places
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.arrangement import Concatenate, Gather, Transpose
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.constant import Constant
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.operations.sum import Sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.sketch import Edge


def parameters(
    node: Any,  # noqa: ANN401 - onnx.NodeProto
    constants: Mapping[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray, str]:
    """Scale, zero point and type of a QuantizeLinear whose scale is a constant."""
    if any(name and name not in constants for name in node.input[1:]):
        raise NetworkError(f"QuantizeLinear {node.name!r}: its scale depends on data")
    scale = constants[node.input[1]]
    given = constants[node.input[2]] if len(node.input) > 2 and node.input[2] else None
    kind = type_of(given) if given is not None else "UINT8"
    output = attributes(node).get("output_dtype")
    if given is None and output:
        kind = type_name(output)
    if kind not in TYPES:
        raise NetworkError(f"it makes {kind or 'no integers'}: integer types are read")
    zero = np.zeros(1, np.int64) if given is None else given.astype(np.int64)
    return scale_of(scale), zero, kind


# Sums of products --------------------------------------------------------------------------------


def product(
    importer: Importer, x: Edge, x_zero: int, y: Edge | np.ndarray, y_zero: np.ndarray
) -> Edge:
    """``(x - x_zero) @ (y - y_zero)`` as linear forms."""
    if isinstance(y, np.ndarray):
        if y.ndim != 2:
            raise NetworkError(f"constant factors of shape {y.shape}: only matrices are multiplied")
        weights = y.astype(np.int64) - y_zero
        return importer.add(Affine(weights, -x_zero * weights.sum(axis=0)), x)
    if y_zero.size != 1:
        raise NetworkError("a factor that is computed has several zero points")
    zero = int(y_zero.reshape(-1)[0])
    terms, factors = [importer.add(MatrixProduct(), x, y)], [1]
    if zero:
        terms.append(importer.add(Sum([-1], keep=True), x))
        factors.append(-zero)
    if x_zero:
        terms.append(importer.add(Sum([-2], keep=True), y))
        factors.append(-x_zero)
    length = x.known.shape[-1]
    return importer.add(Combine(factors, length * x_zero * zero), *terms)


def matrix_product_integer(importer: Importer, step: Step) -> Sequence[Tensor]:
    """MatMulInteger: an int32 that is a linear form to whatever reads it as one."""
    x, y = step.input(0), step.input(1)
    check_zero(step, 0, 2)
    check_zero(step, 1, 3)
    x_zero, y_zero = (zero_of(step.constant(i, "a zero point")) for i in (2, 3))
    if isinstance(x, np.ndarray) or x_zero.size != 1:
        raise NetworkError("the left factor is computed, and has one zero point")
    left = int(x_zero.reshape(-1)[0])
    if isinstance(y, np.ndarray) and y.ndim == 2:
        weights = y.astype(np.int64) - y_zero
        bias = -left * weights.sum(axis=0)
        return [word_sum(importer, "INT32", x, weights, bias)]
    other = importer.integers(y, x)
    form = product(importer, importer.word(x), left, importer.word(other), y_zero)
    return [Integers("INT32", lambda: _word_product(importer, x, left, other, y_zero), form)]


def matrix_product(importer: Importer, step: Step) -> Sequence[Tensor]:
    """MatMul of integers by a constant matrix, in the type of the integers."""
    x = step.input(0)
    weights = step.needed(1, "the right factor").astype(np.int64)
    if not isinstance(x, Integers) or weights.ndim != 2:
        raise NetworkError("integers are multiplied by a constant matrix from the right")
    bias = np.zeros(weights.shape[1], np.int64)
    return [word_sum(importer, x.kind, x, weights, bias)]


def _word_product(
    importer: Importer, x: Integers, x_zero: int, y: Integers, y_zero: np.ndarray
) -> Edge:
    """The same on wires: products of words, then their sums."""
    shifted = []
    for one, zero in ((x, x_zero), (y, int(y_zero.reshape(-1)[0]))):
        edge = importer.word(one)
        low, high = edge.known.least - zero, edge.known.largest - zero
        code = whole(low, high)
        constant = importer.add(Constant(np.array(zero), whole(min(zero, 0), max(zero, 1))), edge)
        shifted.append(_function(importer, "subtract", code, edge, constant))
    left, right = shifted
    rank = len(right.known.shape)
    order = (*range(rank - 2), rank - 1, rank - 2)
    right = importer.add(Transpose(order), right)
    n, k = left.known.shape[-2:]
    m = right.known.shape[-2]
    left = importer.reshape(left, (*left.known.shape[:-2], n, 1, k))
    right = importer.reshape(right, (*right.known.shape[:-2], 1, m, k))
    ends = [
        a * b
        for a in (left.known.least, left.known.largest)
        for b in (right.known.least, right.known.largest)
    ]
    products = _function(importer, "multiply", whole(min(ends), max(ends)), left, right)
    ones = np.ones((k, 1), np.int64)
    sums = word_sum(importer, "INT32", products, ones, np.zeros(1, np.int64)).edge
    return importer.reshape(sums, sums.known.shape[:-1])


def _function(importer: Importer, name: str, code: Any, *operands: Edge) -> Edge:  # noqa: ANN401
    from tcsim.networks.operations.word_arithmetic import WordArithmetic

    return importer.add(WordArithmetic(name, code), *operands)


def convolution(
    importer: Importer, step: Step, x: Edge, x_zero: int, weights: np.ndarray, bias: np.ndarray
) -> Edge:
    """Windows of ``x - x_zero``, 0 outside, as linear forms."""
    options = _options(step, x, weights)
    form = importer.add(Convolution(weights, bias, **options), x)
    if not x_zero:
        return form
    # What lies outside is 0 after the zero point is taken away, so that borders lose less of it.
    ones = np.ones((1, *x.known.shape), np.int64)
    lost = Convolution(weights, None, **options)(ones)[0]
    return importer.add(Combine([1], -x_zero * lost), form)


def _options(step: Step, x: Edge, weights: np.ndarray) -> dict[str, Any]:
    strides, dilations, pads = geometry(
        x.known.shape[2:], step.attributes, tuple(weights.shape[2:])
    )
    return {
        "strides": strides,
        "dilations": dilations,
        "padding": pads,
        "groups": int(step.attributes.get("group", 1)),
    }


def per_output(array: np.ndarray, rank: int) -> np.ndarray:
    """One number of each output channel, as it broadcasts against weights or results."""
    return array.reshape(-1, *(1,) * (rank - 1)) if array.size > 1 else array.reshape(-1)[:1]


def convolution_integer(importer: Importer, step: Step) -> Sequence[Tensor]:
    """ConvInteger."""
    x = step.input(0)
    check_zero(step, 0, 2)
    check_zero(step, 1, 3)
    table = step.needed(1, "the kernel").astype(np.int64)
    x_zero, w_zero = (zero_of(step.constant(i, "a zero point")) for i in (2, 3))
    if x_zero.size != 1:
        raise NetworkError("the values have several zero points")
    zero = int(x_zero.reshape(-1)[0])
    w_zero = per_output(w_zero, table.ndim)
    weights = table - w_zero.reshape(w_zero.shape if w_zero.size > 1 else ())
    edge = importer.word(x)
    form = convolution(importer, step, edge, zero, weights, np.zeros(len(weights), np.int64))
    return [Integers("INT32", lambda: _word_windows(importer, step, edge, zero, weights), form)]


def _word_windows(importer: Importer, step: Step, x: Edge, zero: int, weights: np.ndarray) -> Edge:
    """The same on wires: the values of each window side by side, then their weighted sum."""
    code, size = x.known.code, x.known.size
    assert code is not None  # noqa: S101 - a word
    kernel = {**step.attributes, "kernel_shape": weights.shape[2:]}
    numbers = np.arange(size).reshape(x.known.shape)
    windows = places(numbers, kernel, outside=size)  # (batch, channels, *space, kernel)
    space = windows.shape[2:-1]
    groups = int(step.attributes.get("group", 1))
    outside = importer.add(Constant(np.array([zero]), code), x)
    pool = importer.add(Concatenate(0), importer.reshape(x, (size,)), outside)
    found = []
    for part in range(groups):
        each = windows.shape[1] // groups
        mine = np.moveaxis(windows[:, part * each : (part + 1) * each], 1, -2)
        rows = mine.reshape(*mine.shape[:-2], -1)
        count = len(weights) // groups
        matrix = weights[part * count : (part + 1) * count].reshape(count, -1).T
        gathered = importer.add(Gather(rows, 0), pool)
        bias = -zero * matrix.sum(axis=0)
        found.append(word_sum(importer, "INT32", gathered, matrix, bias).edge)
    made = found[0] if groups == 1 else importer.add(Concatenate(-1), *found)
    rank = len(space) + 2
    return importer.add(Transpose((0, rank - 1, *range(1, rank - 1))), made)


def largest_place(importer: Importer, step: Step) -> Sequence[Tensor]:
    """ArgMax of integers."""
    x = step.input(0)
    edge = x.form if x.form is not None else x.edge
    return argmax(importer, replace_input(step, Scaled(edge, np.ones(1, np.float32))))


# Quantized ---------------------------------------------------------------------------------------


def q_matrix_product(importer: Importer, step: Step) -> Sequence[Tensor]:
    """QLinearMatMul: the product of integers, then one rounding."""
    x, y = step.input(0), step.input(3)
    check_zero(step, 0, 2)
    check_zero(step, 3, 5)
    x_scale, y_scale, z_scale = (scale_of(step.needed(i, "a scale")) for i in (1, 4, 6))
    x_zero, y_zero = (zero_of(step.constant(i, "a zero point")) for i in (2, 5))
    if isinstance(x, np.ndarray) or x_zero.size != 1:
        raise NetworkError("the left factor is computed, and has one zero point")
    right = y if isinstance(y, np.ndarray) else importer.word(y)
    left = x.edge if isinstance(right, np.ndarray) else importer.word(x)
    if x_scale.size != 1 or (y_scale.size != 1 and y_scale.ndim != 1):
        raise NetworkError("scales per row: one per column is needed")
    form = product(importer, left, int(x_zero.reshape(-1)[0]), right, y_zero)
    scale = _thin(scale_product(x_scale, y_scale))
    target = step.constant(7, "a zero point")
    return [requantized(importer, Scaled(form, scale), z_scale, target, x.kind)]


def q_convolution(importer: Importer, step: Step) -> Sequence[Tensor]:
    """QLinearConv, likewise."""
    x = step.input(0)
    check_zero(step, 0, 2)
    check_zero(step, 3, 5)
    table = step.needed(3, "the kernel").astype(np.int64)
    x_scale, w_scale, y_scale = (scale_of(step.needed(i, "a scale")) for i in (1, 4, 6))
    x_zero, w_zero = (zero_of(step.constant(i, "a zero point")) for i in (2, 5))
    bias = step.constant(8, "the bias")
    w_zero = per_output(w_zero, table.ndim)
    weights = table - (w_zero if w_zero.size > 1 else int(w_zero[0]))
    offsets = np.zeros(len(weights), np.int64) if bias is None else bias.astype(np.int64)
    form = convolution(importer, step, x.edge, int(x_zero.reshape(-1)[0]), weights, offsets)
    scale = per_output(
        _thin(scale_product(x_scale.reshape(-1)[0], w_scale.reshape(-1))), table.ndim - 1
    )
    target = step.constant(7, "a zero point")
    return [requantized(importer, Scaled(form, scale), y_scale, target, x.kind)]


def scaled_product(importer: Importer, step: Step) -> Sequence[Tensor]:
    """MatMul or Gemm of dequantized values: integers times integers, scale times scale."""
    x, y = step.input(0), step.input(1)
    if not isinstance(x, Scaled) or x.functions or x.scale.size != 1:
        raise NetworkError("the left factor is to be quantized with one scale")
    attributes_ = step.attributes
    if attributes_.get("transA"):
        raise NetworkError("a transposed left factor")
    if attributes_.get("alpha", 1.0) != 1.0 or attributes_.get("beta", 1.0) != 1.0:
        raise NetworkError("alpha and beta other than 1")
    if not isinstance(y, Scaled) or y.functions:
        raise NetworkError("the right factor is not quantized")
    constant = y.constant
    if constant is not None:
        integers = constant - _zeros(y, constant)
        scale = y.scale
        if attributes_.get("transB"):
            integers, scale = integers.T, scale.T
        form = product(importer, x.edge, x.zero, integers, np.zeros(1, np.int64))
        if scale.size not in (1, integers.shape[-1]):
            raise NetworkError("scales per row of the right factor: one per column is needed")
        scale = _thin(scale.reshape(-1))
    else:
        if attributes_.get("transB") or y.scale.size != 1:
            raise NetworkError("a computed right factor has one scale and is not transposed")
        left, right = (importer.coded(one.edge) for one in (x, y))
        form = product(importer, left, x.zero, right, np.array([y.zero]))
        scale = y.scale.reshape(-1)
    made = Scaled(form, scale_product(x.scale.reshape(-1)[0], scale))
    if len(step.inputs) > 2 and step.inputs[2] is not None:
        made = _biased(importer, made, step.inputs[2], form.known.shape[-1], 1)
    return [made]


def scaled_convolution(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Conv of dequantized values, likewise."""
    x, w = step.input(0), step.input(1)
    if not isinstance(x, Scaled) or x.functions or x.scale.size != 1:
        raise NetworkError("the values are to be quantized with one scale")
    if not isinstance(w, Scaled) or w.constant is None:
        raise NetworkError("the kernel is not quantized, or computed")
    weights = w.constant - _zeros(w, w.constant)
    if w.scale.size not in (1, len(weights)) or (w.scale.size > 1 and w.scale.shape[0] == 1):
        raise NetworkError("scales of the kernel that are not one per output")
    form = convolution(importer, step, x.edge, x.zero, weights, np.zeros(len(weights), np.int64))
    scale = _thin(scale_product(x.scale.reshape(-1)[0], w.scale.reshape(-1)))
    scale = per_output(scale, weights.ndim - 1)
    made = Scaled(form, scale)
    if len(step.inputs) > 2 and step.inputs[2] is not None:
        made = _biased(importer, made, step.inputs[2], len(weights), weights.ndim - 1)
    return [made]


def _biased(importer: Importer, x: Scaled, bias: Tensor, count: int, rank: int) -> Scaled:
    """A bias of the sum's own scale is added to integers; another one to what they stand for."""
    scale = x.scale.reshape(-1)
    if isinstance(bias, Scaled) and bias.constant is not None:
        own = bias.scale.reshape(-1)
        if np.array_equal(np.broadcast_to(own, count), np.broadcast_to(scale, count)):
            integers = bias.constant - _zeros(bias, bias.constant)
            added = np.broadcast_to(integers.reshape(-1), count).reshape(-1, *(1,) * (rank - 1))
            return Scaled(importer.add(Combine([1], added), x.edge), x.scale)
        real = ((bias.constant - _zeros(bias, bias.constant)) * bias.scale).astype(np.float32)
    elif isinstance(bias, np.ndarray):
        real = bias.astype(np.float32)
    else:
        raise NetworkError("a bias that is computed: add it with Add")
    return x.plus(real.reshape(-1, *(1,) * (rank - 1)) if real.size > 1 else real.reshape(1))


def _zeros(x: Scaled, constant: np.ndarray) -> np.ndarray:
    zero = np.asarray(x.zeros if x.zeros is not None else x.zero, np.int64)
    return np.broadcast_to(zero, constant.shape)


def _thin(scale: np.ndarray) -> np.ndarray:
    """One scale where all are the same."""
    flat = np.asarray(scale, np.float32).reshape(-1)
    return flat[:1] if (flat == flat[0]).all() else flat


INTEGERS = {
    "MatMul": matrix_product,
    "MatMulInteger": matrix_product_integer,
    "ConvInteger": convolution_integer,
    "QLinearMatMul": q_matrix_product,
    "QLinearConv": q_convolution,
    "DequantizeLinear": dequantize,
    "ArgMax": largest_place,
}
SCALED = {
    **ELEMENTWISE,
    "MatMul": scaled_product,
    "Gemm": scaled_product,
    "Conv": scaled_convolution,
    "QuantizeLinear": quantize,
}
