"""Overhead: formulas, bounds, substitution."""

from __future__ import annotations

import pytest
import sympy

from reductions import Overhead, at_most
from tcsim.errors import ArgumentError

DOUBLE = Overhead.of(("n",), lambda n: {"m": 2 * n, "k": at_most(n + 1)})


def test_formulas_at_sizes():
    assert DOUBLE.at({"n": 7}) == {"m": 14, "k": 8}
    assert str(DOUBLE) == "m = 2*n\nk <= n + 1"


def test_composition_substitutes():
    second = Overhead.of(("m", "k"), lambda m, k: {"z": m**2 + 3, "y": sympy.floor(k / 2) + m})
    both = DOUBLE.then(second)
    assert both.at({"n": 5}) == {"z": 103, "y": 13}
    assert both.bounds["z"].exact
    assert not both.bounds["y"].exact


def test_names_are_substituted_at_once():
    swap = Overhead.of(("a", "b"), lambda a, b: {"a": b, "b": a})
    assert swap.then(swap).at({"a": 1, "b": 2}) == {"a": 1, "b": 2}
    weighted = Overhead.of(("a", "b"), lambda a, b: {"z": a + 2 * b})
    assert swap.then(weighted).at({"a": 10, "b": 1}) == {"z": 21}


def test_a_bound_cannot_go_through_what_falls():
    falling = Overhead.of(("m", "k"), lambda m, k: {"z": m - k})
    with pytest.raises(ArgumentError, match="may fall"):
        DOUBLE.then(falling)


def test_an_exact_size_can():
    falling = Overhead.of(("m", "k"), lambda m, k: {"z": 5 - m})
    assert DOUBLE.then(falling).at({"n": 2}) == {"z": 1}


def test_unknown_symbols():
    with pytest.raises(ArgumentError, match="size fields of the source are n"):
        Overhead.of(("n",), lambda n: {"m": sympy.Symbol("q")})
    with pytest.raises(ArgumentError, match="nothing is known of x"):
        DOUBLE.then(Overhead.of(("x",), lambda x: {"z": x}))
