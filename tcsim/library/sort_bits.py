"""Sorting bits in depth 1: one threshold for each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.expressions import Condition, Signal


def sort_bits(x: Iterable[Signal]) -> list[Condition]:
    """Zeros first: place i is ``[at least n - i wires are 1]``. Depth 1.

    Args:
        x: n signals.
    """
    wires = bits(x, "x")
    return [tc.sum(wires) >= len(wires) - i for i in range(len(wires))]


SORT_BITS = Construction(
    name="sort-bits",
    summary="n bits in order, zeros first: one threshold for each place",
    claim="TC0",
    source="Textbook; also called unary counting",
    parameters=(Parameter("n", "number of inputs"),),
    inputs=lambda n: {"x": (n,)},
    build=lambda x, **_: {"sorted": sort_bits(x)},
    formulas=lambda n: {"depth": 1, "size": n, "edges": n**2, "max_weight": 1},
    oracle=lambda x, **_: {"sorted": np.sort(x, axis=1)},
    points=tuple({"n": n} for n in (*range(1, 13), 33, 64)),
    example={"n": 4},
)
