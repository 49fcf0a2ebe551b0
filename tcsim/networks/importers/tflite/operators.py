"""What each operator of a .tflite file is in integers, after the reference kernels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.tflite.arithmetic import multiply, multiply_once, quantize_multiplier
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.arrangement import Reshape, Transpose
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.operations.maximum_pool import MaximumPool
from tcsim.networks.operations.sum import Sum
from tcsim.networks.operations.table import Table

if TYPE_CHECKING:
    from tcsim.networks.importers.tflite.model import Call
    from tcsim.networks.importers.tflite.writing import Writer
    from tcsim.networks.sketch import Edge
    from tcsim.typing import Integers

_FIRST, _LAST = (0, 3, 1, 2), (0, 2, 3, 1)
"""Channels first, and last again."""

_WIDEST = 2**12
"""Places of a window along an axis."""

_LARGEST = 2**16
"""Places of a window."""

_SAME = 0
"""Padding that keeps the number of places; the other kind is none."""

_HEADROOM = 20
"""Binary digits behind the point of the operands of ADD."""


def convolution(writer: Writer, call: Call, *, depthwise: bool = False) -> Edge:
    """CONV_2D and DEPTHWISE_CONV_2D."""
    source, weight, *bias = call.inputs
    options = call.options
    kernel = _weights(writer, weight)
    # OHWI, and 1HWO of the depthwise kind, to channels first.
    kernel = kernel.transpose(3, 0, 1, 2) if depthwise else kernel.transpose(0, 3, 1, 2)
    sizes = writer.edge(source).known.shape
    groups = sizes[3] // kernel.shape[1]
    strides = (options.StrideH(), options.StrideW())
    dilations = (options.DilationHFactor(), options.DilationWFactor())
    padding = _padding(options.Padding(), sizes[1:3], kernel.shape[2:], strides, dilations)
    made = Convolution(
        kernel,
        _bias(writer, bias, len(kernel)),
        strides=strides,
        padding=padding,
        dilations=dilations,
        groups=groups,
    )
    x = writer.sketch.add(Transpose(_FIRST), writer.centered(source))
    sums = writer.sketch.add(made, x)
    found = _requantized(writer, call, sums, source, weight, (len(kernel), 1, 1))
    return writer.sketch.add(Transpose(_LAST), found)


def depthwise(writer: Writer, call: Call) -> Edge:
    """DEPTHWISE_CONV_2D: an output for each channel, or several."""
    return convolution(writer, call, depthwise=True)


def fully_connected(writer: Writer, call: Call) -> Edge:
    """FULLY_CONNECTED: weights (outputs, inputs)."""
    source, weight, *bias = call.inputs
    if call.options.WeightsFormat() != 0:
        raise NetworkError("shuffled weights have no construction")
    table = _weights(writer, weight).T
    x = writer.centered(source)
    if not call.options.KeepNumDims() and len(x.known.shape) != 2:
        x = writer.sketch.add(Reshape((-1, len(table))), x)
    sums = writer.sketch.add(Affine(table, _bias(writer, bias, table.shape[1])), x)
    return _requantized(writer, call, sums, source, weight, (table.shape[1],))


def add(writer: Writer, call: Call, sign: int = 1) -> Edge:
    """ADD and SUB: each operand brought to a common scale, rounded, and their sum once more."""
    out = writer.tensor(call.outputs[0])
    twice = 2 * max(writer.tensor(number).scale for number in call.inputs)
    edges, factors, constant = [], [], np.zeros(1, np.int64)
    for number, factor in zip(call.inputs, (1, sign), strict=True):
        made = writer.tensor(number)
        fixed = quantize_multiplier(made.scale / twice)
        code = writer.code(number)

        def scaled(x: Integers, zero: int = made.zero, by: tuple[int, int] = fixed) -> Integers:
            return multiply((x - zero) << _HEADROOM, *by)

        if number in writer.edges:
            edges.append(writer.sketch.add(Table.from_function(scaled, code), writer.edge(number)))
            factors.append(factor)
        else:
            constant = constant + factor * scaled(writer.constant(number))
    total = writer.sketch.add(Combine(factors, constant), *edges)
    last = quantize_multiplier(twice / ((1 << _HEADROOM) * out.scale))
    return writer.rounded(
        call, total, lambda x: multiply(x, *last), (), call.options.FusedActivationFunction()
    )


def subtract(writer: Writer, call: Call) -> Edge:
    """SUB."""
    return add(writer, call, -1)


def maximum_pool(writer: Writer, call: Call) -> Edge:
    """MAX_POOL_2D."""
    options, (source,) = call.options, call.inputs
    kernel, strides, padding = _pool(writer, call)
    _same_grid(writer, call)
    x = writer.sketch.add(Transpose(_FIRST), writer.edge(source))
    found = writer.sketch.add(MaximumPool(kernel, strides=strides, padding=padding), x)
    found = writer.sketch.add(Transpose(_LAST), found)
    return _activated(writer, call, found, options.FusedActivationFunction())


def average_pool(writer: Writer, call: Call) -> Edge:
    """AVERAGE_POOL_2D: of what lies inside, halves rounded away from zero."""
    options, (source,) = call.options, call.inputs
    kernel, strides, padding = _pool(writer, call)
    _same_grid(writer, call)
    shape = writer.edge(source).known.shape
    ones = np.ones((shape[3], 1, *kernel), np.int64)
    window = Convolution(ones, strides=strides, padding=padding, groups=shape[3])
    x = writer.sketch.add(Transpose(_FIRST), writer.edge(source))
    sums = writer.sketch.add(window, x)
    inside = window(np.ones((1, 1, shape[3], *shape[1:3]), np.int64))[0, 0, :1]
    if (inside == inside.max()).all():
        inside = inside[:1, :1, :1]  # one table for all places
    zero = writer.tensor(call.outputs[0]).zero

    def average(total: Integers) -> Integers:
        count = inside[..., None]
        half = np.where(total > 0, count // 2, -(count // 2))
        raised = total + half
        found: Integers = np.sign(raised) * (np.abs(raised) // count) - zero
        return found

    found = writer.rounded(call, sums, average, inside.shape, options.FusedActivationFunction())
    return writer.sketch.add(Transpose(_LAST), found)


def mean(writer: Writer, call: Call) -> Edge:
    """MEAN: the count goes into the multiplier."""
    source, axes = call.inputs
    edge = writer.edge(source)
    rank = len(edge.known.shape)
    named = writer.constant(axes).ravel().tolist()
    if not all(-rank <= one < rank for one in named):
        raise NetworkError(f"axes {named} of values of {rank} axes")
    places = sorted({one % rank for one in named})
    count = int(np.prod([edge.known.shape[axis] for axis in places]))
    made, out = writer.tensor(source), writer.tensor(call.outputs[0])
    multiplier, shift = quantize_multiplier(made.scale / out.scale)
    up = min(count.bit_length() - 1, 32, 31 + shift)
    fixed = ((multiplier << up) // count, shift - up)
    total = writer.sketch.add(
        Sum(places, keep=bool(call.options.KeepDims())), writer.centered(source)
    )
    return writer.rounded(call, total, lambda x: multiply(x, *fixed))


def rescaled(writer: Writer, call: Call, activation: int = 0) -> Edge:
    """QUANTIZE from integers to integers, RELU and RELU6: another grid."""
    (source,) = call.inputs
    made, out = writer.tensor(source), writer.tensor(call.outputs[0])
    writer.code(source)
    fixed = quantize_multiplier(made.scale / out.scale)
    x = writer.centered(source)
    return writer.rounded(call, x, lambda sums: multiply(sums, *fixed), (), activation)


def relu(writer: Writer, call: Call) -> Edge:
    """RELU."""
    return rescaled(writer, call, 1)


def relu6(writer: Writer, call: Call) -> Edge:
    """RELU6."""
    return rescaled(writer, call, 3)


def logistic(writer: Writer, call: Call) -> Edge:
    """LOGISTIC: the table that TensorFlow Lite makes, in single precision."""
    return _tabulated(writer, call, lambda x: np.float32(1) / (np.float32(1) + np.exp(-x)))


def tanh(writer: Writer, call: Call) -> Edge:
    """TANH, likewise."""
    return _tabulated(writer, call, np.tanh)


def _tabulated(writer: Writer, call: Call, function: Any) -> Edge:  # noqa: ANN401
    (source,) = call.inputs
    made, out = writer.tensor(source), writer.tensor(call.outputs[0])
    writer.code(source)

    def looked_up(x: Integers) -> Integers:
        with np.errstate(all="ignore"):  # where exp(-x) is infinite the result is 0
            inverse = np.float32(1) / np.float32(out.scale)
            real = np.float32(made.scale) * (x - made.zero).astype(np.float32)
            bent = function(real) * inverse
        if not np.isfinite(bent).all() or np.abs(bent).max() >= 2.0**31:
            raise NetworkError(f"scales {made.scale} and {out.scale} leave single precision")
        steps = np.copysign(np.floor(np.abs(bent) + np.float32(0.5)), bent)
        found: Integers = steps.astype(np.int64)
        return found

    return writer.rounded(call, writer.edge(source), looked_up)


def _requantized(  # a sum of products on the output's grid, channel by channel
    writer: Writer, call: Call, sums: Edge, source: int, weight: int, places: tuple[int, ...]
) -> Edge:
    read, scales = writer.tensor(source).scale, writer.tensor(weight).scales
    out = writer.tensor(call.outputs[0]).scale
    products = [read * one for one in scales]
    fixed = [quantize_multiplier(one / out) for one in products]
    if len(fixed) not in (1, max(places)):
        raise NetworkError(f"{len(fixed)} scales for {max(places)} channels")
    channels = places if len(fixed) > 1 else (1,) * len(places)
    multiplier, shift = (np.array(one).reshape(*channels, 1) for one in zip(*fixed, strict=True))

    by = multiply_once if call.name == "FULLY_CONNECTED" else multiply

    def requantized(x: Integers) -> Integers:
        return by(x, multiplier, shift)

    activation = call.options.FusedActivationFunction()
    return writer.rounded(call, sums, requantized, channels, activation)


def _activated(writer: Writer, call: Call, x: Edge, activation: int) -> Edge:
    """A fused activation of values that are on the output's grid already."""
    if activation == 0:
        return x
    zero = writer.tensor(call.outputs[0]).zero
    return writer.rounded(call, x, lambda values: values - zero, (), activation)


def _same_grid(writer: Writer, call: Call) -> None:
    grids = {
        (writer.tensor(number).scale, writer.tensor(number).zero, writer.code(number))
        for number in (*call.inputs, *call.outputs)
    }
    if len(grids) > 1:
        raise NetworkError("its operands and its result have different scales")


def _weights(writer: Writer, number: int) -> Integers:
    made = writer.tensor(number)
    if made.type not in ("int8", "uint8") or not made.scales:
        raise NetworkError(f"weights {made.name!r} are {made.type}, not int8 or uint8 with scales")
    if any(made.zeros) and len(made.scales) > 1:
        raise NetworkError(f"weights {made.name!r} of several channels have zero points")
    return writer.constant(number) - made.zero


def _bias(writer: Writer, numbers: list[int], outputs: int) -> Integers:
    if not numbers or numbers[0] < 0:
        return np.zeros(outputs, np.int64)
    found = writer.constant(numbers[0])
    if writer.tensor(numbers[0]).type != "int32" or found.shape != (outputs,):
        raise NetworkError(f"a bias of shape {found.shape} is not int32 of {outputs} channels")
    return found


def _pool(
    writer: Writer, call: Call
) -> tuple[tuple[int, int], tuple[int, int], list[tuple[int, int]]]:
    options = call.options
    kernel = (options.FilterHeight(), options.FilterWidth())
    strides = (options.StrideH(), options.StrideW())
    sizes = writer.edge(call.inputs[0]).known.shape[1:3]
    return kernel, strides, _padding(options.Padding(), sizes, kernel, strides, (1, 1))


def _padding(
    kind: int,
    sizes: tuple[int, ...],
    kernel: tuple[int, ...],
    strides: tuple[int, int],
    dilations: tuple[int, int],
) -> list[tuple[int, int]]:
    """SAME pads as little as gives ``ceil(size / stride)`` places, more at the end."""
    if min(kernel) > 0 and math.prod(kernel) > _LARGEST:
        raise NetworkError(f"a window of {kernel} has more than {_LARGEST:,} places")
    found = []
    for size, sides, stride, dilation in zip(sizes, kernel, strides, dilations, strict=True):
        if stride < 1:
            raise NetworkError(f"a stride is at least 1, not {stride}")
        span = (sides - 1) * dilation + 1
        if span > _WIDEST:
            raise NetworkError(f"a window of {span} places is wider than {_WIDEST}")
        total = max(0, (-(-size // stride) - 1) * stride + span - size)
        found.append((total // 2, total - total // 2) if kind == _SAME else (0, 0))
    return found


OPERATORS = {
    "ADD": add,
    "AVERAGE_POOL_2D": average_pool,
    "CONV_2D": convolution,
    "DEPTHWISE_CONV_2D": depthwise,
    "FULLY_CONNECTED": fully_connected,
    "LOGISTIC": logistic,
    "MAX_POOL_2D": maximum_pool,
    "MEAN": mean,
    "QUANTIZE": rescaled,
    "RELU": relu,
    "RELU6": relu6,
    "SUB": subtract,
    "TANH": tanh,
}
"""Operators that compute, by name."""
