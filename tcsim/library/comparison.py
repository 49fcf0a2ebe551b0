"""Comparison of two numbers: one gate of large weights; AC0 in depth 3; small weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.oracles import number
from tcsim.library.parameter import Parameter
from tcsim.library.small_weights import costs
from tcsim.library.wires import pair
from tcsim.transform.small_weights import small_threshold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Condition, Signal
    from tcsim.typing import Bits


def at_least(x: Iterable[Signal], y: Iterable[Signal]) -> Condition:
    """Whether x >= y: one gate, with weights up to 2**(n-1).

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    return tc.sum((1 << i) * (a - b) for i, (a, b) in enumerate(pair(x, y))) >= 0


def at_least_ac0(x: Iterable[Signal], y: Iterable[Signal]) -> Condition:
    """The same from AND and OR over literals, in depth 3.

    At the highest place at which the digits differ x has the 1, or they differ nowhere: places
    above have ``x OR NOT y``, and where all places have it, x >= y as well.
    """
    places = pair(x, y)
    above = [a | ~b for a, b in places]
    cases = [tc.all([a, ~b, *above[i + 1 :]]) for i, (a, b) in enumerate(places) if i]
    return tc.any([tc.all(above), *cases])


def at_least_small(x: Iterable[Signal], y: Iterable[Signal]) -> Signal:
    """The same with weights of at most 2**L, L the binary digits of 2 n, in depth 7.

    ``x >= y`` is ``sum 2**i (x_i + NOT y_i) >= 2**n - 1``: a gate of large weights, which
    iterated addition and a comparison with a constant replace.
    """
    places = pair(x, y)
    literals = [(bit, 1 << i) for i, (a, b) in enumerate(places) for bit in (a, ~b)]
    return small_threshold(literals, (1 << len(places)) - 1)


def _ac0(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    return {
        "depth": 3,
        "size": 2 * n + 1,
        "edges": 2 * n + n + ((n - 1) * 2 + (n - 1) * (n - 2) / 2) + n,
        "max_weight": 1,
    }


def _blocks(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import ceiling, floor

    from tcsim.library.formula import bit_length, symbol

    L, F = symbol("L"), symbol("F")
    return {
        "L": bit_length(2 * n),  # columns of a block
        "F": floor(n / L),  # full blocks
        "B": ceiling(n / L),  # blocks
        "A": 2 * (2**L - 1),  # thermometer of a full block
        "Z": 2 * (2 ** (n - F * L) - 1),  # of the last one
    }


def _small(n: Any, L: Any, F: Any, B: Any, A: Any, Z: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    size, edges = costs(
        B=B,
        ladders=F * A + Z,
        ladders_read=2 * L * F * A + 2 * (n - F * L) * Z,
        lowest=Z + Min(F, 1) * (A - Z),
        high=F,
    )
    return {"depth": 7, "size": size, "edges": edges, "max_weight": 2**L}


def _oracle(x: Bits, y: Bits, **_: int) -> Mapping[str, Any]:
    return {"at_least": number(x) >= number(y)}


_SHARED: dict[str, Any] = {
    "parameters": (Parameter("n", "binary digits of each number"),),
    "inputs": lambda n: {"x": (n,), "y": (n,)},
    "oracle": _oracle,
    "points": tuple({"n": n} for n in (*range(1, 9), 16, 33, 64)),
}

COMPARISON = Construction(
    name="comparison",
    summary="x >= y: one gate with weights up to 2^(n-1)",
    claim="TC0",
    source="One gate needs exponential weights for it: Siu and Bruck 1991",
    build=lambda x, y, **_: {"at_least": at_least(x, y)},
    formulas=lambda n: {"depth": 1, "size": 1, "edges": 2 * n, "max_weight": 2 ** (n - 1)},
    example={"n": 3},
    **_SHARED,
)

COMPARISON_AC0 = Construction(
    name="comparison-ac0",
    summary="x >= y from AND and OR in depth 3: the highest place at which the digits differ",
    claim="AC0",
    source="Chandra, Stockmeyer and Vishkin 1984",
    build=lambda x, y, **_: {"at_least": at_least_ac0(x, y)},
    formulas=_ac0,
    example={"n": 3},
    **_SHARED,
)

COMPARISON_SMALL = Construction(
    name="comparison-small",
    summary="x >= y with weights up to 4 n: a gate of large weights replaced by iterated addition",
    claim="TC0",
    source="The explicit route after Hofmeister, Hohberg and Koehling 1991; depth 2 is possible: "
    "Alon and Bruck 1994; for any gate of large weights: Goldmann, Hastad and Razborov 1992",
    build=lambda x, y, **_: {"at_least": at_least_small(x, y)},
    formulas=_small,
    where=_blocks,
    example={"n": 1},
    **_SHARED,
)
