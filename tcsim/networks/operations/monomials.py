"""Monomials: what a product of several coded integers needs of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.values import Values


def check_factors(factors: Mapping[str, Values]) -> None:
    """Refuse factors that are no sum of literals alone.

    A code whose range holds 0 is a weighted sum of its wires, some of them complemented, without a
    constant: a product of k such factors is a sum of ANDs of exactly k literals each.

    Raises:
        NetworkError: a factor is a linear form, or its range does not hold 0.
    """
    for name, values in factors.items():
        code = values.code
        if code is None:
            raise NetworkError(f"{name} must stand on wires: round it with Requantize first")
        if not code.lo <= 0 <= code.hi:
            raise NetworkError(
                f"the range {code.lo}..{code.hi} of {name} must hold 0: widen its code"
            )
