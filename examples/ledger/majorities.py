"""The checks of the ledger ``majorities.toml``."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from proofs_check import Outcome, check
from proofs_check.methods import equal, every, holds_on

if TYPE_CHECKING:
    from collections.abc import Sequence


def majority(bits: Sequence[int]) -> int:
    return int(2 * sum(bits) > len(bits))


def _self_dual(bits: Sequence[int]) -> bool:
    return majority([1 - bit for bit in bits]) == 1 - majority(bits)


@check("exhaustive", repairs={"odd n alone": {"step": 2}})
def self_dual_for_all(*, step: int = 1) -> Outcome:
    """Majority is self-dual, for every n."""
    cases = (bits for n in range(1, 10, step) for bits in product((0, 1), repeat=n))
    return every(cases, _self_dual, "majority is self-dual", "n to 9, all inputs")


@check("exhaustive", flips={"even n": {"first": 2}})
def self_dual_for_odd(*, first: int = 1) -> Outcome:
    """Majority is self-dual for odd n."""
    cases = (bits for n in range(first, 12, 2) for bits in product((0, 1), repeat=n))
    return every(cases, _self_dual, "majority is self-dual", "odd n to 11, all inputs")


@check("property", flips={"antitone": {"up": 0}})
def monotone(*, up: int = 1) -> Outcome:
    """One more 1 never lowers a majority."""
    from hypothesis import strategies as st

    def holds(bits: list[int]) -> bool:
        return all(
            majority(bits) <= majority([*bits[:i], up, *bits[i + 1 :]]) for i in range(len(bits))
        )

    return holds_on(st.lists(st.integers(0, 1), max_size=40), holds, "it does not fall")


@check("symbolic", flips={"p^3 once": {"cubes": 1}})
def odds_of_three(*, cubes: int = 2) -> Outcome:
    """The majority of three bits is 1 with probability 3p^2 - 2p^3."""
    from sympy import symbols

    p = symbols("p", positive=True)
    return equal(p**3 + 3 * p**2 * (1 - p), 3 * p**2 - cubes * p**3, "the probability")
