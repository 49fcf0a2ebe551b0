"""Addition with small weights in depth 3: disjoint carries, which a linear form can add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tcsim.expressions as tc
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.wires import pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Condition, LinearForm, Signal
    from tcsim.typing import Bits


def add_small(x: Iterable[Signal], y: Iterable[Signal]) -> list[Signal]:
    """The n + 1 digits of x + y, in depth 3 with weights up to 2.

    Args:
        x: n binary digits, lowest first.
        y: as many.
    """
    columns = [a + b for a, b in pair(x, y)]
    carries = carry_forms(columns)
    return [*sum_digits(columns, carries), carries[-1] >= 1]


def carry_forms(columns: Sequence[LinearForm]) -> list[LinearForm]:
    """The carries out of columns of a sum, each an exact linear form over gates of two levels.

    Column i generates a carry if it is 2 and passes one on if it is 1. The last column at or below
    j that is not 1 decides the carry out of j, so of the gates "i generates, and all of
    i+1 .. j are 1" at most one fires: their sum is the carry, where an OR would cost a level.

    Args:
        columns: linear forms with values 0, 1, 2, lowest first.
    """
    generate = [column >= 2 for column in columns]
    positive = [column >= 1 for column in columns]
    carries = []
    for j in range(len(columns)):
        reasons: list[Condition] = []
        passed = tc.sum([])  # the number of columns i+1 .. j that are 1
        for i in range(j, -1, -1):
            reasons.append(generate[i] + passed >= j - i + 1 if i < j else generate[j])
            passed = passed + positive[i] - generate[i]
        carries.append(tc.sum(reasons))
    return carries


def sum_digits(columns: Sequence[LinearForm], carries: Sequence[LinearForm]) -> list[Signal]:
    """The digits of a sum: ``column_j + carry_j - 2 carry_(j+1) >= 1``.

    Args:
        columns: linear forms with values 0, 1, 2, lowest first.
        carries: out of each column; where the last one is missing it is known to be 0.
    """
    into, out = [tc.sum([]), *carries], [*carries, tc.sum([])]
    return [c + into[j] - 2 * out[j] >= 1 for j, c in enumerate(columns)]


def _formulas(n: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    pairs = n * (n - 1) / 2
    reading = pairs + (n**3 - n) / 3  # sum over i < j of 1 + 2 (j - i)
    return {
        "depth": 1 + Min(n, 2),
        "size": (2 * n - 1) + pairs + n + 1,
        "edges": (4 * n - 2) + reading + (2 * n + n**2) + n,
        "max_weight": 2,
    }


def _oracle(x: Bits, y: Bits, n: int) -> Mapping[str, Any]:
    return {"sum": digits(number(x) + number(y), n + 1)}


ADDITION_SMALL = Construction(
    name="addition-small",
    summary="x + y with weights up to 2 in depth 3: carries of which at most one reason fires",
    claim="TC0",
    source="After Hofmeister, Hohberg and Koehling 1991; smaller than the AC0 form by a third",
    parameters=(Parameter("n", "binary digits of each number"),),
    inputs=lambda n: {"x": (n,), "y": (n,)},
    build=lambda x, y, **_: {"sum": add_small(x, y)},
    formulas=_formulas,
    oracle=_oracle,
    points=tuple({"n": n} for n in (*range(1, 9), 16, 24)),
    example={"n": 2},
)
