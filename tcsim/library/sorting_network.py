"""Majority without negation and of fan-in 2: all thresholds by a sorting network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tcsim.expressions import Signal


def sort_by_network(x: Iterable[Signal]) -> list[Signal]:
    """The wires sorted, ones first: output k - 1 is whether at least k of them are 1.

    A comparator puts the OR of two wires before their AND.

    Args:
        x: any number of signals.
    """
    wires = bits(x, "x")
    for a, b in comparators(len(wires)):
        wires[a], wires[b] = wires[a] | wires[b], wires[a] & wires[b]
    return wires


def majority_by_network(x: Iterable[Signal]) -> Signal:
    """More than half of the wires: the middle one of them, sorted."""
    wires = bits(x, "x")
    if not wires:
        raise ArgumentError("x must have at least one wire")
    return sort_by_network(wires)[len(wires) // 2]


def comparators(n: int) -> Iterator[tuple[int, int]]:
    """Batcher's odd-even merge sort of n wires: which pairs are compared, in order.

    Knuth, The Art of Computer Programming 3, section 5.2.2, Algorithm M.
    """
    top = 1 << max(n - 1, 0).bit_length() >> 1
    p = top
    while p:
        q, r, d = top, 0, p
        while True:
            yield from ((i, i + d) for i in range(n - d) if i & p == r)
            if q == p:
                break
            d, q, r = q - p, q >> 1, p
        p >>= 1


def _formulas(k: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    gates = (k**2 - k + 4) * 2**k / 2 - 2
    return {"depth": k * (k + 1) / 2, "size": gates, "edges": 2 * gates, "max_weight": Min(k, 1)}


SORTING_NETWORK = Construction(
    name="sorting-network",
    summary="All thresholds of n = 2^k inputs, by a monotone network of fan-in 2 that sorts them",
    claim="NC2",
    source="Batcher 1968, Sorting networks and their applications; depth O(lg n) is possible: "
    "Ajtai, Komlos and Szemeredi 1983, and for majority alone Valiant 1984",
    parameters=(Parameter("k", "n = 2^k inputs", least=0),),
    inputs=lambda k: {"x": (2**k,)},
    build=lambda x, **_: {"sorted": sort_by_network(x)},
    formulas=_formulas,
    oracle=lambda x, **_: {"sorted": -np.sort(-x.astype(int), axis=1)},
    points=tuple({"k": k} for k in range(8)),
    example={"k": 2},
)
