"""Parity in three forms: two levels, two levels with skip wires, and one bit after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.parameter import Parameter
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Condition, Signal
    from tcsim.typing import Bits


def parity(x: Iterable[Signal]) -> Condition:
    """An odd number of wires is 1: depth 2, n + 1 gates, weights 1 and -1.

    ``s mod 2 = [s >= 1] - [s >= 2] + [s >= 3] - ..``.
    """
    count = tc.sum(wires := bits(x, "x"))
    return tc.sum((-1) ** (k + 1) * (count >= k) for k in range(1, len(wires) + 1)) >= 1


def parity_skip(x: Iterable[Signal]) -> Condition:
    """The same in floor(n/2) + 1 gates: the last one reads the wires as well.

    ``s mod 2 = s - 2 sum_k [s >= 2 k]``.
    """
    count = tc.sum(wires := bits(x, "x"))
    return count - 2 * tc.sum(count >= k for k in range(2, len(wires) + 1, 2)) >= 1


def parity_bits(x: Iterable[Signal]) -> Condition:
    """The same in floor(lg n) + 1 gates and as many levels: the binary digits of s, highest first.

    Each digit is read off what the higher ones leave of s.
    """
    wires = bits(x, "x")
    rest, digit = tc.sum(wires), tc.sum(wires) >= 1
    for place in reversed(range(len(wires).bit_length())):
        digit = rest >= 1 << place
        rest = rest - (1 << place) * digit
    return digit


def _wide(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    return {"depth": 2, "size": n + 1, "edges": n**2 + n, "max_weight": 1}


def _skip(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min, floor

    half = floor(n / 2)
    return {
        "depth": 1 + Min(half, 1),
        "size": half + 1,
        "edges": half * n + n + half,
        "max_weight": 1 + Min(half, 1),
    }


def _bits(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from tcsim.library.formula import bit_length

    gates = bit_length(n)
    return {
        "depth": gates,
        "size": gates,
        "edges": gates * n + gates * (gates - 1) / 2,
        "max_weight": 2 ** (gates - 1),
    }


def _odd(x: Bits, **_: int) -> Mapping[str, Any]:
    return {"odd": x.sum(axis=1) % 2}


_SHARED: dict[str, Any] = {
    "parameters": (Parameter("n", "number of inputs"),),
    "inputs": lambda n: {"x": (n,)},
    "oracle": _odd,
    "points": tuple({"n": n} for n in (*range(1, 12), 16, 33, 64)),
    "example": {"n": 4},
}

PARITY = Construction(
    name="parity",
    summary="An odd number of ones among n inputs, in depth 2",
    claim="TC0",
    source="Muroga 1959, as a symmetric function",
    build=lambda x, **_: {"odd": parity(x)},
    formulas=_wide,
    **_SHARED,
)

PARITY_SKIP = Construction(
    name="parity-skip",
    summary="Parity in depth 2 with half the gates: the last one reads the inputs as well",
    claim="TC0",
    source="Minnick 1961; see Wegener 1991 on circuits with and without skip wires",
    build=lambda x, **_: {"odd": parity_skip(x)},
    formulas=_skip,
    **_SHARED,
)

PARITY_BITS = Construction(
    name="parity-bits",
    summary="Parity by the binary digits of the number of ones, one after another",
    claim="TC1",
    source="Kautz 1961; the number of gates is optimal: Wegener 1991, The complexity of the parity "
    "function in unbounded fan-in, unbounded depth circuits",
    build=lambda x, **_: {"odd": parity_bits(x)},
    formulas=_bits,
    **_SHARED,
)
