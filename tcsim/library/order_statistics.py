"""Maximum, median and the k largest of m numbers: some positions in sorted order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.sorting import sort_numbers
from tcsim.library.wires import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal
    from tcsim.typing import Bits


def maximum(numbers: Iterable[Iterable[Signal]]) -> list[Signal]:
    """The largest number, in depth 3.

    Args:
        numbers: sequences of as many binary digits each.
    """
    rows = table(numbers)
    return sort_numbers(rows, [len(rows) - 1])[0]


def median(numbers: Iterable[Iterable[Signal]]) -> list[Signal]:
    """The median, in depth 3: of an even number of numbers the lower one.

    Args:
        numbers: sequences of as many binary digits each.
    """
    rows = table(numbers)
    return sort_numbers(rows, [(len(rows) - 1) // 2])[0]


def largest(k: int, numbers: Iterable[Iterable[Signal]]) -> list[list[Signal]]:
    """The k largest numbers, the largest first, in depth 3.

    Args:
        k: 1 .. m.
        numbers: m sequences of as many binary digits each.

    Raises:
        ArgumentError: k is out of range.
    """
    rows = table(numbers)
    if not 1 <= k <= len(rows):
        raise ArgumentError(f"k must be 1 .. {len(rows)}, the number of numbers, not {k}")
    return sort_numbers(rows, range(len(rows) - 1, len(rows) - 1 - k, -1))


def _formulas(m: Any, b: Any, cuts: Any, reads: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Of the comparisons, of a gate for each digit at each cut, and of one output number.

    Args:
        m: how many numbers.
        b: digits of each.
        cuts: ranks at which the numbers are cut.
        reads: operands of a digit of the output.
    """
    from sympy import Max

    return {
        "depth": 3,
        "size": m * (m - 1) / 2 + cuts * m * b + b,
        "edges": m * (m - 1) * b + cuts * m**2 * b + reads * b,
        "max_weight": Max(2 ** (b - 1), m - 1),
    }


def _median(m: Any, b: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    return _formulas(m, b, Min(m - 1, 2), 2 * m)  # of two numbers: the digits themselves, one cut


def _largest(m: Any, b: Any, k: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    cuts = Min(k, m - 1)
    one = _formulas(m, b, cuts, m)
    return {
        **one,
        "size": one["size"] + (k - 1) * b,
        "edges": one["edges"] + (k - 1) * 2 * m * b,
    }


def _check(m: int, b: int, k: int) -> Mapping[str, tuple[int, int]]:
    if k > m:
        raise ArgumentError(f"k must be 1 .. {m}, the number of numbers, not {k}")
    return {"numbers": (m, b)}


def _sorted(numbers: Bits) -> Any:  # noqa: ANN401
    return np.sort(number(numbers), axis=1)


_COUNT = Parameter("m", "how many numbers", least=2)
_DIGITS = Parameter("b", "binary digits of each", default=4)
_SOURCE = "As sorting"
_POINTS = ((2, 1), (2, 4), (3, 1), (3, 2), (3, 4), (4, 3), (5, 2), (8, 1), (7, 5), (9, 12))

MAXIMUM = Construction(
    name="maximum",
    summary="The largest of m numbers of b digits in depth 3: all pairs are compared",
    claim="TC0",
    source=_SOURCE,
    parameters=(_COUNT, _DIGITS),
    inputs=lambda m, b: {"numbers": (m, b)},
    build=lambda numbers, **_: {"maximum": maximum(numbers)},
    formulas=lambda m, b: _formulas(m, b, 1, m),
    oracle=lambda numbers, b, **_: {"maximum": digits(_sorted(numbers)[:, -1], b)},
    points=tuple({"m": m, "b": b} for m, b in _POINTS),
    example={"m": 3, "b": 2},
)

MEDIAN = Construction(
    name="median",
    summary="The median of m numbers of b digits in depth 3; of an even number the lower one",
    claim="TC0",
    source=_SOURCE,
    parameters=(_COUNT, _DIGITS),
    inputs=lambda m, b: {"numbers": (m, b)},
    build=lambda numbers, **_: {"median": median(numbers)},
    formulas=_median,
    oracle=lambda numbers, m, b: {"median": digits(_sorted(numbers)[:, (m - 1) // 2], b)},
    points=tuple({"m": m, "b": b} for m, b in _POINTS),
    example={"m": 3, "b": 2},
)

LARGEST = Construction(
    name="top-k",
    summary="The k largest of m numbers of b digits in depth 3, the largest first",
    claim="TC0",
    source=_SOURCE,
    parameters=(_COUNT, _DIGITS, Parameter("k", "how many of them", default=2)),
    inputs=_check,
    build=lambda numbers, k, **_: {"largest": largest(k, numbers)},
    formulas=_largest,
    oracle=lambda numbers, b, k, **_: {"largest": digits(_sorted(numbers)[:, ::-1][:, :k], b)},
    points=tuple({"m": m, "b": b, "k": k} for m, b in _POINTS for k in {1, 2, m // 2, m} if k),
    example={"m": 3, "b": 2, "k": 2},
)
