"""The sum of many numbers: in depth 2 with large weights, in depth 4 with small ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.counting import binary_digit, thermometer
from tcsim.library.lookahead import carry_forms, sum_digits
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.wires import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import LinearForm, Signal
    from tcsim.typing import Bits


def add_up(numbers: Iterable[Iterable[Signal]]) -> list[Signal]:
    """The digits of the sum of m numbers of b digits, in depth 2 with weights up to 2**(b-1).

    Digit q depends on ``T_q = sum of (number mod 2**(q+1))`` alone, which is below
    ``2 m 2**q``: it is ``sum_k (-1)**(k+1) [T_q >= k 2**q]``. Digits from b on share the gates of
    digit b - 1.

    Args:
        numbers: m sequences of b binary digits each, lowest first.

    Returns:
        As many digits as the largest sum, m (2**b - 1), has.
    """
    rows = table(numbers)
    m, b = len(rows), len(rows[0])
    total: list[Signal] = []
    for q in range(b):
        low = _sum_of(row[: q + 1] for row in rows)
        ladder = [low >= k << q for k in range(1, (m * ((2 << q) - 1) >> q) + 1)]
        total.append(binary_digit(ladder, 0) >= 1)
    higher = range(1, _digits(m, b) - b + 1)
    return [*total, *(binary_digit(ladder, place) >= 1 for place in higher)]


def add_up_small(numbers: Iterable[Iterable[Signal]]) -> list[Signal]:
    """The same with weights of at most m, or 2, in depth 4: block-save addition.

    Columns are taken in blocks of L, so many that a block's sum has at most 2 L digits (L is the
    number of binary digits of m). The digits of the sums are exact linear forms over thermometers,
    at most two of them fall on one place, and `carry_forms` adds these.

    Args:
        numbers: m sequences of b binary digits each, lowest first.
    """
    rows = table(numbers)
    m, b = len(rows), len(rows[0])
    length, places = m.bit_length(), _digits(m, b)
    columns: list[LinearForm] = [tc.sum([]) for _ in range(places)]
    for first in range(0, b, length):
        width = min(length, b - first)
        most = m * ((1 << width) - 1)
        block = _sum_of(row[first : first + width] for row in rows)
        ladder = thermometer(block, most)
        for q in range(most.bit_length()):
            columns[first + q] = columns[first + q] + binary_digit(ladder, q)
    if b <= length:
        return [column >= 1 for column in columns]
    # Places of the first block's low digits get nothing else, and no carry leaves the last place.
    low, high = columns[:length], columns[length:]
    return [*(column >= 1 for column in low), *sum_digits(high, carry_forms(high)[:-1])]


def _sum_of(rows: Iterable[Sequence[Signal]]) -> LinearForm:
    return tc.sum((1 << i) * bit for row in rows for i, bit in enumerate(row))


def _digits(m: int, b: int) -> int:
    return (m * ((1 << b) - 1)).bit_length()


def _places(m: Any, b: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from tcsim.library.formula import bit_length

    return {"P": bit_length(m * (2**b - 1))}


def _large(m: Any, b: Any, P: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """P digits come out."""
    from sympy import Dummy, Sum, ceiling, floor

    q = Dummy("q", integer=True)
    ladder = 2 * m - ceiling(m / 2**q)  # gates of digit q < b
    return {
        "depth": 2,
        "size": Sum(ladder, (q, 0, b - 1)) + P,
        "edges": Sum(ladder * (m * (q + 1) + 1), (q, 0, b - 1))
        + Sum(floor(m * (2**b - 1) / 2**q), (q, b, P - 1)),
        "max_weight": 2 ** (b - 1),
    }


def _blocks(m: Any, b: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Dummy, Piecewise, Sum, floor

    from tcsim.library.formula import bit_length, symbol

    L, F, R, A, Z, k = (symbol(letter) for letter in "LFRAZk")
    q = Dummy("q", integer=True)

    def ladder(block: Any) -> Any:  # noqa: ANN401
        return Piecewise((A, block < F), (Z, block < F + 1), (0, True))

    top = R - 1 + L - k * L  # the last place, within block k
    return {
        "L": bit_length(m),  # columns of a block
        "F": floor(b / L),  # full blocks
        "R": bit_length(m * (2**b - 1)) - L,  # places at which two digits are added
        "A": m * (2**L - 1),  # thermometer of a full block
        "Z": m * (2 ** (b - F * L) - 1),  # of the last one
        "D": Sum(F * floor(A / 2**q) + floor(Z / 2**q), (q, 0, 2 * L - 1)),  # terms of all places
        "E": Sum(floor(A / 2**q), (q, 0, L - 1)),  # of the first L places
        "k": floor((L + R - 1) / L),  # the block in which the last place begins
        "T": floor(ladder(k) / 2**top) + floor(ladder(k - 1) / 2 ** (top + L)),  # its terms
    }


def _small(m: Any, b: Any, **letters: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Max, Piecewise, floor

    L, F, R, A, Z, D, E, T = (letters[letter] for letter in "LFRAZDET")
    one = b <= L  # block: its digits are those of the sum
    pairs = (R - 1) * (R - 2) / 2
    pairs_read = pairs + R * (R - 1) * (R - 2) / 3  # sum over i < j < R - 1 of 1 + 2 (j - i)
    second = Piecewise((A, F > 1), (Z, True)) + floor(A / 2**L)  # terms of place L
    columns = D - E - T  # terms of the places that generate a carry
    return {
        "depth": Piecewise((2, one), (3, R < 3), (4, True)),
        "size": F * A + Z + L + R + Piecewise((0, one), (2 * R - 3 + pairs, True)),
        "edges": F * A * m * L
        + Z * m * (b - F * L)
        + D
        + Piecewise((0, one), (2 * columns - second + pairs_read + R * (R - 1), True)),
        "max_weight": Piecewise((2 ** (b - 1), one), (Max(2, 2 ** (L - 1)), True)),
    }


def _oracle(numbers: Bits, m: int, b: int) -> Mapping[str, Any]:
    return {"sum": digits(number(numbers).sum(axis=1), len(bin(m * (2**b - 1))) - 2)}


_SHARED: dict[str, Any] = {
    "inputs": lambda m, b: {"numbers": (m, b)},
    "oracle": _oracle,
    "points": tuple(
        {"m": m, "b": b}
        for m, b in (
            *((m, b) for m in (2, 3, 4) for b in (1, 2, 3, 4)),
            *((2, 7), (3, 5), (5, 3), (7, 2), (8, 2), (8, 9), (4, 13), (16, 5)),
        )
    ),
}

ITERATED_ADDITION = Construction(
    name="iterated-addition",
    summary="The sum of m numbers of b digits in depth 2, with weights up to 2^(b-1)",
    claim="TC0",
    source="Siu and Bruck 1991; Siu, Bruck, Kailath and Hofmeister 1993",
    parameters=(
        Parameter("m", "how many numbers"),
        Parameter("b", "binary digits of each", default=8),
    ),
    build=lambda numbers, **_: {"sum": add_up(numbers)},
    formulas=_large,
    where=_places,
    example={"m": 3, "b": 2},
    **_SHARED,
)

ITERATED_ADDITION_SMALL = Construction(
    name="iterated-addition-small",
    summary="The sum of m numbers of b digits in depth 4, by block-save addition; weights up to m",
    claim="TC0",
    source="Hofmeister, Hohberg and Koehling 1991: depth 4",
    parameters=(
        Parameter("m", "how many numbers", least=2),
        Parameter("b", "binary digits of each", default=8),
    ),
    build=lambda numbers, **_: {"sum": add_up_small(numbers)},
    formulas=_small,
    where=_blocks,
    example={"m": 2, "b": 3},
    **_SHARED,
)
