"""Sums, convolutions, roundings and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.networks import (
    Affine,
    Code,
    Combine,
    Convolution,
    Embedding,
    Recode,
    Requantize,
    Sum,
    Table,
    Tabulate,
)
from tcsim.networks.operations.constant import Constant
from tcsim.networks.operations.indicators import Indicators
from tcsim.strategies.growth import ANY, ROUNDED, TABLED

if TYPE_CHECKING:
    from tcsim.strategies.growth import Growth, Value


def affine(growth: Growth) -> Value:
    """Along the last axis."""
    x = growth.any(1)
    outputs = growth.length()
    weights = growth.array((x.shape[-1], outputs))
    return growth.add(Affine(weights, growth.array((outputs,))), x)


def combine(growth: Growth) -> Value:
    """One to three values; the others broadcast against the first."""
    x = growth.any()
    others = [growth.take(broadcastable(growth, x.shape)) for _ in range(growth.integer(0, 2))]
    factors = [growth.pick([1, -1, 2, -3]) for _ in (x, *others)]
    constant = growth.array(broadcastable(growth, x.shape))
    return growth.add(Combine(factors, constant), x, *others)


def broadcastable(growth: Growth, shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape that broadcasts to another."""
    cut = growth.pick([0, 0, *range(len(shape) + 1)])
    return tuple(1 if growth.integer(0, 3) == 3 else axis for axis in shape[cut:])


def convolution(growth: Growth) -> Value:
    """Of one or two axes."""
    rank = growth.pick([1, 2])
    x = growth.any(rank + 1)
    channels, space = x.shape[-rank - 1], x.shape[-rank:]
    groups = growth.pick([g for g in range(1, channels + 1) if channels % g == 0])
    options = window(growth, space)
    outputs = groups * growth.integer(1, 2)
    kernel = options.pop("kernel")
    weights = growth.array((outputs, channels // groups, *kernel))
    bias = growth.pick([None, growth.array((outputs,))])
    return growth.add(Convolution(weights, bias, groups=groups, **options), x)


def window(growth: Growth, space: tuple[int, ...]) -> dict[str, list[Any]]:
    """Windows of which one fits at least."""
    made: dict[str, list[Any]] = {"kernel": [], "strides": [], "padding": [], "dilations": []}
    for axis in space:
        before, after = growth.integer(0, 1), growth.integer(0, 1)
        kernel = growth.integer(1, min(3, axis + before + after))
        most = (axis + before + after - 1) // (kernel - 1) if kernel > 1 else 1
        made["kernel"].append(kernel)
        made["strides"].append(growth.integer(1, 2))
        made["padding"].append((before, after))
        made["dilations"].append(growth.integer(1, min(2, most)))
    return made


def requantize(growth: Growth) -> Value:
    """To a new code."""
    x = growth.any(1)
    return growth.add(growth.requantize(x, growth.code(ROUNDED)), x)


def recode(growth: Growth) -> Value:
    """To another kind of code, or the same."""
    x = growth.coded(growth.any(), ANY)
    return growth.add(Recode(Code(x.code.lo, x.code.hi, growth.pick(ANY))), x)


def table(growth: Growth) -> Value:
    """One for all features, for each of the last axis, or for each."""
    x = growth.coded(growth.any(), TABLED)
    features = growth.pick([(), x.shape[-1:], x.shape])
    return growth.add(Table(growth.array((*features, x.code.steps + 1)), x.code.lo), x)


def tabulate(growth: Growth) -> Value:
    """Of a linear form or not, to one or not."""
    x = growth.any()
    features = growth.pick([(), x.shape[-1:], x.shape])
    changes = growth.integer(1, 3)
    low, high = x.values.least, x.values.largest
    cuts = growth.rising((*features, changes), low - 1, high + 2)
    code = growth.pick([None, growth.code(ANY)])
    ends = None if code is None else (code.lo, code.hi)
    return growth.add(Tabulate(cuts, growth.array((*features, changes + 1), ends), code), x)


def total(growth: Growth) -> Value:
    """Along one axis or several."""
    x = growth.any(1)
    rank = len(x.shape)
    axes = [axis for axis in range(rank) if growth.chance()] or [growth.integer(-rank, -1)]
    return growth.add(Sum(axes, keep=growth.chance()), x)


def constant(growth: Growth) -> Value:
    """Of any shape."""
    code = growth.code(ANY)
    made = growth.array(growth.shape(growth.integer(0, 3)), (code.lo, code.hi))
    return growth.add(Constant(made, code), growth.any())


def embedding(growth: Growth) -> Value:
    """Of tokens in any code."""
    x = growth.coded(growth.any(), ANY)
    rows = growth.array((x.code.steps + 1, growth.length()))
    return growth.add(Embedding(rows, x.code.lo), x)


def indicators(growth: Growth) -> Value:
    """Of class numbers."""
    steps = growth.integer(*growth.limits.steps)
    rank = growth.integer(0, 1)
    x = growth.take((*growth.shape(rank), 1), code=Code(0, steps, "one_hot"))
    return growth.add(Indicators(steps + 1), x)


MAKERS = {
    Requantize: requantize,
    Affine: affine,
    Combine: combine,
    Sum: total,
    Table: table,
    Recode: recode,
    Tabulate: tabulate,
    Convolution: convolution,
    Constant: constant,
    Embedding: embedding,
    Indicators: indicators,
}
