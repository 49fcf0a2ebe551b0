"""Attention and norms."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tcsim.networks import (
    ExpTable,
    GroupNorm,
    HardAttention,
    LayerNorm,
    RMSNorm,
    Softmax,
    SoftmaxAttention,
    SoftmaxAverage,
    SoftmaxProduct,
)
from tcsim.strategies.growth import ANY, ROUNDED, STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.operations.normalization import Normalization
    from tcsim.networks.operations.softmax_average import Maximum
    from tcsim.networks.tables.rounding import Rounding
    from tcsim.strategies.growth import Growth, Value

ROUNDINGS: tuple[Rounding, ...] = ("floor", "half_up")
SCALES: tuple[Fraction | int, ...] = (1, 2, Fraction(1, 2), Fraction(5, 3))


def exp_table(growth: Growth) -> ExpTable:
    """Of one step or two, with a tail or not."""
    steps = growth.integer(1, 2)
    cuts = sorted({growth.integer(0, 4) for _ in range(steps)})
    drops = [growth.integer(1, 3) for _ in cuts]
    return ExpTable(cuts, drops, growth.integer(0, 2))


def attention(kind: type[SoftmaxAttention]) -> Callable[[Growth], Value]:
    """Softmax or average-hard; several heads, groups, batches; causal and masked."""

    def make(growth: Growth) -> Value:
        groups, per_group = growth.integer(1, 2), growth.integer(1, 2)
        n, m, width, outputs = growth.shape(4)
        heads = groups * per_group
        front = growth.pick([(), growth.shape(1)])
        q = growth.take((*front, heads, n, width), ANY)
        k = growth.take((*front, groups, m, width), ANY)
        v = growth.take((*front, groups, m, outputs), ANY)
        causal = m >= n and growth.chance()
        mask = None
        if growth.chance():
            mask = growth.array((heads, n, m), (0, 1)).astype(bool)
            mask[..., 0] = True
        options: dict[str, Any] = {
            "rounding": growth.pick(ROUNDINGS),
            "causal": causal,
            "mask": mask,
            "scale": growth.pick(SCALES),
        }
        code = growth.code(ROUNDED)
        if kind is HardAttention:
            return growth.add(HardAttention(code, **options), q, k, v)
        return growth.add(SoftmaxAttention(exp_table(growth), code, **options), q, k, v)

    return make


def softmax(growth: Growth) -> Value:
    """Of scores along the last axis."""
    found = [one for one in growth.values if one.shape and one.shape[-1] > 1]
    x = growth.pick(found) if found else growth.take((growth.length(2),))
    return growth.add(_softmax(growth, growth.code(ROUNDED)), x)


def _softmax(growth: Growth, code: Any) -> Softmax:  # noqa: ANN401
    return Softmax(
        exp_table(growth), code, scale=growth.pick(SCALES), rounding=growth.pick(ROUNDINGS)
    )


def softmax_product(growth: Growth) -> Value:
    """Of scores and values."""
    from tcsim.networks import Code

    n, m, outputs = growth.length(), growth.length(2), growth.length()
    front = growth.shape(growth.integer(0, 1))
    x = growth.take((*front, n, m))
    v = growth.take((*front, m, outputs), ANY)
    code = Code(0, growth.integer(*growth.limits.steps), growth.pick(ROUNDED))
    return growth.add(SoftmaxProduct(_softmax(growth, code)), x, v)


WAYS: tuple[tuple[Maximum, bool], ...] = (
    ("pairs", False),
    ("or", False),
    ("or", True),
    ("pairs", True),
)


def softmax_average(growth: Growth) -> Value:
    """Of scores and values, the maximum found in each way."""
    groups, per_group = growth.integer(1, 2), growth.integer(1, 2)
    n, m, outputs = growth.length(), growth.length(2), growth.length()
    way, fused = growth.pick(WAYS)
    scores = growth.take((groups * per_group, n, m), STEPS if way == "or" else None)
    v = growth.take((groups, m, outputs), ANY)
    operation = SoftmaxAverage(
        exp_table(growth),
        growth.code(ROUNDED),
        rounding=growth.pick(ROUNDINGS),
        scale=growth.pick(SCALES),
        maximum=way,
        fused=fused,
    )
    return growth.add(operation, scores, v)


def norm(kind: type[Normalization]) -> Callable[[Growth], Value]:
    """Along the last axis, of any code."""

    def make(growth: Growth) -> Value:
        x = growth.coded(growth.any(1), ANY)
        return growth.add(kind(**_scaling(growth, x.shape[-1])), x)

    return make


def group_norm(growth: Growth) -> Value:
    """Of channels, with positions behind them or not."""
    positions = growth.integer(0, 2)
    x = growth.coded(growth.any(positions + 1), ANY)
    channels = x.shape[-positions - 1]
    groups = growth.pick([g for g in range(1, channels + 1) if channels % g == 0])
    return growth.add(GroupNorm(groups, **_scaling(growth, channels), positions=positions), x)


def _scaling(growth: Growth, features: int) -> dict[str, Any]:
    """The arguments that all norms have."""
    return {
        "code": growth.code(ROUNDED),
        "gamma": growth.pick([1, _fractions(growth, features)]),
        "beta": growth.pick([0, _fractions(growth, features)]),
        "eps": growth.pick([Fraction(1, 2), Fraction(1, 10), 3]),
        "rounding": growth.pick(ROUNDINGS),
    }


def _fractions(growth: Growth, count: int) -> list[Fraction]:
    numbers = growth.array((count,)).tolist()
    return [Fraction(number, growth.integer(1, 3)) for number in numbers]


MAKERS = {
    RMSNorm: norm(RMSNorm),
    LayerNorm: norm(LayerNorm),
    GroupNorm: group_norm,
    Softmax: softmax,
    SoftmaxProduct: softmax_product,
    SoftmaxAverage: softmax_average,
    HardAttention: attention(HardAttention),
    SoftmaxAttention: attention(SoftmaxAttention),
}
