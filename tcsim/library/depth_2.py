"""Comparison and addition in depth 2 with small weights: sums of parities over a small-bias sample.

The sign of x - y is that of ``sum_i (x_i - y_i) [x and y agree above place i]``. The bracket may be
replaced by its estimate, the mean of ``(-1)**<s, x xor y>`` over a sample of vectors s: 1 where the
digits agree, and close to 0 where they do not if the sample has small bias. What is summed up then
are parities, each a sum of threshold gates; so one more gate of small weights takes the sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.small_bias import field_degree, prefixes
from tcsim.library.wires import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tcsim.expressions import Condition, LinearForm, Signal
    from tcsim.typing import Bits

MOST_DIGITS = 16
"""The comparison of 16 digits has 325,529 gates of 5,135,496 operands; it grows like n**7."""


def at_least_depth_2(x: Iterable[Signal], y: Iterable[Signal]) -> Condition:
    """Whether x >= y, in depth 2 with weights of at most n**4.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    return _sign(pair(x, y)) >= 0


def add_depth_2(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The n + 1 digits of x + y, in depth 2 with weights of at most n**4.

    The carry into place j is [x > 2**j - 1 - y] on the digits below j. To take its exclusive or
    with two more digits is to put these into every parity.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    places = pair(x, y)
    crossed = [(a, ~b) for a, b in places]
    total: list[Signal] = [
        _sign(crossed[:j], place) + _parity(place) >= 1 for j, place in enumerate(places)
    ]
    return [*total, _sign(crossed) >= 1]


def _sign(places: Sequence[tuple[Signal, Signal]], others: Sequence[Signal] = ()) -> LinearForm:
    """A form over parities whose sign is that of x - y, times -1 for each of `others` that is 1."""
    terms = []
    for i, (a, b) in enumerate(places):
        for chosen, times in prefixes(len(places), len(places) - 1 - i):
            above = [bit for j in chosen for bit in places[i + 1 + j]]
            terms.append(times * (_parity([a, *above, *others]) - _parity([b, *above, *others])))
    return tc.sum(terms)


def _parity(wires: Sequence[Signal]) -> LinearForm:
    """The parity of wires as a sum of gates; of one wire, the wire."""
    if len(wires) == 1:
        return wires[0].linear()
    count = tc.sum(wires)
    return tc.sum((-1) ** (k + 1) * (count >= k) for k in range(1, len(wires) + 1))


def _lengths(n: int, others: int) -> Iterator[int]:
    """Numbers of wires of the parities in `_sign`."""
    for k in range(n):
        for chosen, _ in prefixes(n, k):
            yield from [2 * len(chosen) + 1 + others] * 2


def _compared(n: int) -> Mapping[str, int]:
    gates = [length for length in _lengths(n, 0) if length > 1]
    return {"n": n, "m": field_degree(n), "G": sum(gates), "E": sum(g * g for g in gates)}


def _added(n: int) -> Mapping[str, int]:
    gates = [length for j in range(1, n) for length in _lengths(j, 2)] + [2] * n
    top = [length for length in _lengths(n, 0) if length > 1]
    total = [*gates, *top]
    return {"n": n, "m": field_degree(n), "G": sum(total), "E": sum(g * g for g in total)}


def _comparison(n: Any, m: Any, G: Any, E: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    return {
        "depth": Min(n, 2),
        "size": G + 1,
        "edges": E + G + 2 * n,
        "max_weight": 4**m,
    }


def _addition(n: Any, m: Any, G: Any, E: Any) -> Mapping[str, Any]:  # noqa: ANN401
    return {"depth": 2, "size": G + n + 1, "edges": E + G + 2 * n, "max_weight": 4**m}


def _at_least(x: Bits, y: Bits, **_: int) -> Mapping[str, Any]:
    return {"at_least": number(x) >= number(y)}


def _sum(x: Bits, y: Bits, n: int) -> Mapping[str, Any]:
    return {"sum": digits(number(x) + number(y), n + 1)}


_SHARED: dict[str, Any] = {
    "claim": "TC0",
    "source": "Alon and Bruck 1994, Explicit constructions of depth-2 majority circuits for "
    "comparison and addition; the sample: Alon, Goldreich, Hastad and Peralta 1992",
    "parameters": (Parameter("n", "binary digits of each number", most=MOST_DIGITS),),
    "inputs": lambda n: {"x": (n,), "y": (n,)},
    "example": {"n": 2},
    "meanings": {
        "m": "degree of the field: the binary digits of (n - 1)(n - 2) / 2; 1 at n = 2",
        "G": "lengths of the parities of more than one wire, added up: their gates",
        "E": "the squares of these lengths, added up",
    },
}

COMPARISON_DEPTH_2 = Construction(
    name="comparison-depth-2",
    summary="x >= y in depth 2 with weights up to n^4: the sign of a sum of parities",
    build=lambda x, y, **_: {"at_least": at_least_depth_2(x, y)},
    formulas=_comparison,
    oracle=_at_least,
    points=tuple({"n": n} for n in range(1, 9)),
    quantities=_compared,
    **_SHARED,
)

ADDITION_DEPTH_2 = Construction(
    name="addition-depth-2",
    summary="x + y in depth 2 with weights up to n^4: each digit the sign of a sum of parities",
    build=lambda x, y, **_: {"sum": add_depth_2(x, y)},
    formulas=_addition,
    oracle=_sum,
    points=tuple({"n": n} for n in range(1, 7)),
    quantities=_added,
    **_SHARED,
)
