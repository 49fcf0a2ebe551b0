"""A weighted threshold gate as one strict majority: repeated wires, complements and constants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim.expressions as tc
from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.majority import padding
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Condition, Signal
    from tcsim.typing import Bits


def weighted_threshold(weights: Sequence[int], t: int, x: Iterable[Signal]) -> Condition:
    """``sum weights[i] * x[i] >= t`` as one strict majority.

    A wire of negative weight is complemented, which adds its absolute weight to t; a wire of weight
    w stands w times; then as many constants as `padding` says. Of total absolute weight W the
    majority has at most 2 W + 1 operands.

    Args:
        weights: integers of any size, one for each wire; a wire of weight 0 is left out.
        t: any integer; the gate is constant where the sum always, or never, reaches it.
        x: signals.

    Raises:
        ArgumentError: there are not as many weights as wires.
    """
    wires = bits(x, "x")
    total, limit = over_literals(weights, t, len(wires))
    literals = [
        abs(weight) * (wire if weight > 0 else ~wire).linear()
        for weight, wire in zip(weights, wires, strict=True)
        if weight
    ]
    ones, zeros = padding(limit, total)
    return tc.sum([*literals, ones]) >= (total + ones + zeros) // 2 + 1


def over_literals(weights: Sequence[int], t: int, wires: int) -> tuple[int, int]:
    """Total weight W, and the threshold over literals of positive weight, within 0 .. W + 1.

    Raises:
        ArgumentError: there are not as many weights as wires.
    """
    if len(weights) != wires:
        raise ArgumentError(f"{len(weights)} weights for {wires} wires: give one for each")
    total = sum(map(abs, weights))
    limit = t + sum(-weight for weight in weights if weight < 0)
    return total, min(max(limit, 0), total + 1)


def _quantities(weights: Sequence[int], t: int) -> Mapping[str, int]:
    sizes = [abs(weight) for weight in weights if weight]
    total, limit = over_literals(weights, t, len(weights))
    least, most = min(sizes, default=0), max(sizes, default=0)
    return {"n": len(sizes), "W": total, "w_min": least, "w_max": most, "k": limit}


def _formulas(n: Any, W: Any, w_min: Any, w_max: Any, k: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Abs, Min, Or, Piecewise

    pad = Min(Abs(2 * k - 1 - W), Abs(2 * k - 2 - W))
    constant, simple = Or(k < 1, k > W), Or(k <= w_min, k > W - w_min)
    return {
        "depth": 1,
        "size": 1,
        "edges": n,
        "max_weight": w_max,
        "majority.max_fan_in": Piecewise((0, constant), (n, simple), (W + pad, True)),
    }


def _oracle(x: Bits, weights: Sequence[int], t: int) -> Mapping[str, Any]:
    total = x.astype(object) @ np.array([*weights, 0], dtype=object)[:-1]
    return {"fires": np.asarray(total >= t)}


_WEIGHTS = ((3, -1, 2, 1), (1, 1, 1), (-2, 5, 0, -3, 1), (-4,), (7, 7, -7, 7, 2), (0, 0))

WEIGHTED_THRESHOLD = Construction(
    name="weighted-threshold",
    summary="Any integer weights as one strict MAJ: repeated wires, complements, constants",
    claim="TC0",
    source="Muroga 1971, Threshold Logic and its Applications",
    parameters=(
        Parameter("weights", "weights of the inputs", None, kind="integers"),
        Parameter("t", "threshold", None),
    ),
    inputs=lambda weights, **_: {"x": (len(weights),)},
    build=lambda x, weights, t: {"fires": weighted_threshold(weights, t, x)},
    formulas=_formulas,
    oracle=_oracle,
    points=(
        *(
            {"weights": weights, "t": t}
            for weights in _WEIGHTS
            for t in range(-sum(map(abs, weights)) - 1, sum(map(abs, weights)) + 2, 2)
        ),
        {"weights": (2**70, -(3**50), 5**30, 1), "t": 2**69},
    ),
    example={"weights": (3, -1, 2), "t": 2},
    quantities=_quantities,
    meanings={
        "n": "weights other than 0",
        "W": "sum of their absolute values",
        "w_min": "the smallest of these",
        "w_max": "the largest",
        "k": "threshold over the literals, t and the absolute negative weights, within 0 .. W + 1",
    },
)
