"""The number of ones in binary, in depth 2: one layer of thresholds, shared by all digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Condition, LinearForm, Signal
    from tcsim.typing import Bits


def count(x: Iterable[Signal]) -> list[Signal]:
    """The number of ones in binary, lowest digit first: floor(lg n) + 1 digits, depth 2.

    Args:
        x: at least one signal.
    """
    wires = bits(x, "x")
    ladder = thermometer(tc.sum(wires), len(wires))
    return [binary_digit(ladder, place) >= 1 for place in range(len(wires).bit_length())]


def thermometer(value: LinearForm, most: int) -> list[Condition]:
    """The gates ``value >= 1, .., value >= most``."""
    return [value >= k for k in range(1, most + 1)]


def binary_digit(ladder: Sequence[Condition], place: int) -> LinearForm:
    """A binary digit of a value, exactly 0 or 1, as a linear form over its thermometer.

    ``sum_k (-1)**(k+1) [value >= k 2**place]``: the digit changes at each multiple of 2**place.
    """
    step = 1 << place
    multiples = ladder[step - 1 :: step]
    return tc.sum((-1) ** k * gate for k, gate in enumerate(multiples))


def _formulas(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Dummy, Sum, floor

    from tcsim.library.formula import bit_length

    q = Dummy("q", integer=True)
    multiples = Sum(floor(n / 2**q), (q, 0, bit_length(n) - 1))
    return {
        "depth": 2,
        "size": n + bit_length(n),
        "edges": n**2 + multiples,
        "max_weight": 1,
    }


def _oracle(x: Bits, n: int) -> Mapping[str, Any]:
    return {"count": digits(x.sum(axis=1, dtype=int), n.bit_length())}


BINARY_COUNT = Construction(
    name="binary-count",
    summary="The number of ones in binary: one layer of n thresholds, then a gate for each digit",
    claim="TC0",
    source="Muroga 1959; Siu, Roychowdhury and Kailath 1995, Discrete Neural Computation",
    parameters=(Parameter("n", "number of inputs"),),
    inputs=lambda n: {"x": (n,)},
    build=lambda x, **_: {"count": count(x)},
    formulas=_formulas,
    oracle=_oracle,
    points=tuple({"n": n} for n in (*range(1, 12), 15, 16, 31, 32, 63, 64)),
    example={"n": 4},
)
