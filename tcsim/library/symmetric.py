"""Symmetric functions in depth 2: a threshold gate where the value changes, and their sum."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim.expressions as tc
from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Condition, LinearForm, Signal


def symmetric(values: Sequence[int], x: Iterable[Signal]) -> Condition:
    """The function whose value is ``values[s]`` where s of the wires are 1.

    Depth 2 by the identity ``f(s) = f(0) + sum_k (f(k) - f(k-1)) [s >= k]``: a gate for each k at
    which f changes, and one that adds them up with weights 1 and -1.

    Args:
        values: 0/1, one more than there are wires.
        x: signals.

    Raises:
        ArgumentError: the number of values does not fit, or one is neither 0 nor 1.
    """
    wires = bits(x, "x")
    if len(values) != len(wires) + 1 or not set(values) <= {0, 1}:
        raise ArgumentError(
            f"values must be {len(wires) + 1} zeros and ones for {len(wires)} wires, "
            f"not {list(values)}"
        )
    return steps(values, tc.sum(wires)) >= 1


def steps(values: Sequence[int], count: LinearForm) -> LinearForm:
    """``values[count]`` as a linear form over the gates ``[count >= k]`` where the value changes.

    Args:
        values: integers; `count` takes the values 0 .. len(values) - 1.
        count: a linear form.
    """
    changes = ((k, values[k] - values[k - 1]) for k in range(1, len(values)))
    return tc.sum([values[0], *(change * (count >= k) for k, change in changes if change)])


def _inputs(values: Sequence[int]) -> Mapping[str, tuple[int]]:
    if not values:
        raise ArgumentError("values must not be empty: the first is the value at 0 ones")
    return {"x": (len(values) - 1,)}


def _quantities(values: Sequence[int]) -> Mapping[str, int]:
    changes = sum(a != b for a, b in pairwise(values))
    return {"n": len(values) - 1, "c": changes}


def _formulas(n: Any, c: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    return {"depth": 1 + Min(c, 1), "size": c + 1, "edges": c * n + c, "max_weight": Min(c, 1)}


def _all_functions(n: int) -> list[dict[str, Any]]:
    return [{"values": tuple(f >> s & 1 for s in range(n + 1))} for f in range(2 ** (n + 1))]


SYMMETRIC = Construction(
    name="symmetric",
    summary="Any function of the number of ones: a gate where it changes, then one that adds up",
    claim="TC0",
    source="Muroga 1959; Hofmeister, Hohberg and Koehling 1991",
    parameters=(Parameter("values", "the function at 0, 1, .., n ones", 0, 1, kind="integers"),),
    inputs=_inputs,
    build=lambda x, values: {"f": symmetric(values, x)},
    formulas=_formulas,
    oracle=lambda x, values: {"f": np.array(values)[x.sum(axis=1, dtype=int)]},
    points=(*_all_functions(1), *_all_functions(3), *_all_functions(4)),
    example={"values": (0, 1, 1, 0, 1)},
    quantities=_quantities,
    meanings={"n": "number of inputs", "c": "numbers of ones at which the value changes"},
)
