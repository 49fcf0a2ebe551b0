"""Powers with any exponent, in depth 4 and polynomial size: by their remainders modulo primes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.library.chinese_remainders import reconstruct, remainder
from tcsim.library.construction import Construction
from tcsim.library.number_theory import largest_power, moduli
from tcsim.library.powering import POWERING
from tcsim.library.remainder_costs import MEANINGS, below, digit_gates, largest_weight, residue_sum
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.expressions import Signal


def power_by_remainders(x: Iterable[Signal], k: int) -> list[Signal]:
    """The digits of x**k, in depth 4 and in polynomial size in n and k.

    The remainders of x**k are functions of those of x: one level less than a product of numbers.

    Args:
        x: n binary digits, lowest first.
        k: at least 1.

    Raises:
        ArgumentError: there is no digit, or k < 1.
    """
    wires = bits(x, "x")
    if not wires or k < 1:
        raise ArgumentError(f"a power needs a digit and an exponent of at least 1, not {k}")
    most = largest_power(len(wires), k)
    remainders = [remainder(wires, p, lambda value: value**k) for p in moduli(most)]
    return reconstruct(remainders, range(most.bit_length()))


def _quantities(n: int, k: int) -> Mapping[str, int]:
    most = largest_power(n, k)
    primes = moduli(most)
    tables = {p: [s**k % p for s in range(residue_sum(n, p) + 1)] for p in primes}
    weights = [2**i % p for p in primes for i in range(n)]
    return {
        "n": n,
        "k": k,
        "J": len(primes),
        "S": sum(residue_sum(n, p) for p in primes),
        "W": max(*weights, largest_weight(tables, below(range(most.bit_length())))),
    }


def _digits(n: Any, k: Any, J: Any, **_: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from tcsim.library.formula import bit_length, symbol

    P = symbol("P")
    return {"P": bit_length((2**n - 1) ** k), "G": digit_gates(J, 0, P)}


def _formulas(n: Any, J: Any, S: Any, W: Any, P: Any, G: Any, **_: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min

    return {
        "depth": 3 + Min(J - 1, 1),
        "size": S + (J - 1) + G + P,
        "edges": n * S + (J - 1) * S + G * (S + J),
        "max_weight": W,
    }


POWERING_REMAINDERS = Construction(
    name="powering-remainders",
    summary="x^k in depth 4, in polynomial size in n and k: by Chinese remainders",
    claim="TC0",
    source="After Beame, Cook and Hoover 1986; depth 3 with small weights is possible: Siu and "
    "Roychowdhury 1994",
    parameters=POWERING.parameters,
    inputs=POWERING.inputs,
    build=lambda x, k, **_: {"power": power_by_remainders(x, k)},
    formulas=_formulas,
    where=_digits,
    quantities=_quantities,
    oracle=POWERING.oracle,
    points=(
        *({"n": n, "k": k} for n in (1, 2, 3, 4) for k in (1, 2, 3, 5)),
        *({"n": 7, "k": 2}, {"n": 5, "k": 6}, {"n": 10, "k": 3}, {"n": 17, "k": 1}),
    ),
    example={"n": 2, "k": 1},
    meanings=MEANINGS,
)
