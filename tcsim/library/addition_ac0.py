"""Addition in AC0: AND and OR of literals in depth 3, by carry look-ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.wires import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.typing import Bits


def add_ac0(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The n + 1 digits of x + y from AND and OR gates over literals, in depth 3.

    With g = x AND y and p = x OR y, the carry into place j is the OR over i < j of
    ``g_i AND p_(i+1) AND .. AND p_(j-1)``, and its complement an OR of ANDs likewise: the last
    place below j at which the digits are equal has zeros, or there is none that has ones. A digit
    of the sum is "one of x, y and no carry, or both or none and a carry", an OR of ANDs of g and p.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    places = pair(x, y)
    both = [tc.all(place) for place in places]
    some = [tc.any(place) for place in places]
    total: list[Signal] = [some[0] & ~both[0]]
    for j in range(1, len(places)):
        cases = [[some[j], ~both[j], *no_carry] for no_carry in _absent(both, some, j)]
        for carry in _present(both, some, j):
            cases += [[both[j], *carry], [~some[j], *carry]]
        total.append(tc.any([tc.all(case) for case in cases]))
    top = [reason[0] if len(reason) == 1 else tc.all(reason) for reason in _present(both, some)]
    return [*total, tc.any(top)]


def _present(both: list[Any], some: list[Any], j: int | None = None) -> list[list[Signal]]:
    """The ways in which there is a carry into place j: ANDs, of which at least one holds."""
    end = len(both) if j is None else j
    return [[both[i], *some[i + 1 : end]] for i in range(end)]


def _absent(both: list[Any], some: list[Any], j: int) -> list[list[Signal]]:
    """The ways in which there is none."""
    neither = [~g for g in both[:j]]
    return [neither, *([~some[i], *neither[i + 1 :]] for i in range(1, j))]


def _formulas(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    first, second = n * (n - 1) / 2, n * (n - 1) * (2 * n - 1) / 6  # sums of j, j**2 for j < n
    digit_edges = (3 * second + 17 * first) / 2
    return {
        "depth": 1 + Min(n, 2),
        "size": 4 * n + 3 * first,
        "edges": 4 * n + 2 + digit_edges + (n * (n + 1) / 2 - 1) + n,
        "max_weight": 1,
    }


def _oracle(x: Bits, y: Bits, n: int) -> Mapping[str, Any]:
    return {"sum": digits(number(x) + number(y), n + 1)}


ADDITION_AC0 = Construction(
    name="addition-ac0",
    summary="x + y from AND and OR in depth 3: carry look-ahead, each digit an OR of ANDs",
    claim="AC0",
    source="Carry look-ahead; Chandra, Fortune and Lipton 1985; Vollmer 1999",
    parameters=(Parameter("n", "binary digits of each number"),),
    inputs=lambda n: {"x": (n,), "y": (n,)},
    build=lambda x, y, **_: {"sum": add_ac0(x, y)},
    formulas=_formulas,
    oracle=_oracle,
    points=tuple({"n": n} for n in (*range(1, 9), 16, 24)),
    example={"n": 2},
)
