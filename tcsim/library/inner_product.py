"""Inner product modulo 2 in depth 3: AND gates, then their parity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.parity import parity_skip
from tcsim.library.wires import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Condition, Signal
    from tcsim.typing import Bits


def inner_product(x: Iterable[Signal], y: Iterable[Signal]) -> Condition:
    """Whether an odd number of places are 1 in both x and y: depth 3, weights 1 and -2.

    Args:
        x: n signals.
        y: as many.
    """
    return parity_skip([a & b for a, b in pair(x, y)])


def _formulas(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min, floor

    half = floor(n / 2)  # the number of ANDs that are 1 is at least 2, 4, ..
    return {
        "depth": 2 + Min(half, 1),
        "size": n + half + 1,
        "edges": 2 * n + half * n + (n + half),
        "max_weight": 1 + Min(half, 1),
    }


def _oracle(x: Bits, y: Bits, **_: int) -> Mapping[str, Any]:
    return {"odd": np.einsum("vi,vi->v", x.astype(int), y.astype(int)) % 2}


INNER_PRODUCT = Construction(
    name="inner-product",
    summary="Inner product modulo 2: an AND for each place, then their parity",
    claim="TC0",
    source="Not in depth 2 with small weights and polynomial size: Hajnal, Maass, Pudlak, Szegedy "
    "and Turan 1993",
    parameters=(Parameter("n", "length of the vectors"),),
    inputs=lambda n: {"x": (n,), "y": (n,)},
    build=lambda x, y, **_: {"odd": inner_product(x, y)},
    formulas=_formulas,
    oracle=_oracle,
    points=tuple({"n": n} for n in (*range(1, 9), 16, 33, 64)),
    example={"n": 3},
)
