"""`tcsim.testing.assert_family`: what it accepts, and what it says."""

from __future__ import annotations

import pytest

from tcsim.errors import ArgumentError
from tcsim.testing import assert_family
from tests.family import families


def test_what_holds():
    assert_family(families.parity, depth="O(1)", size="O(n**2)", edges="n**2 + n")
    assert_family(families.FAMILY, n="4..64")
    assert_family(families.tree, claim="TC1", depth="ceil(lg(n))", n="4..64:1")
    assert_family(families.chain, depth="O(n)", n=[4, 8, 12, 50])


def test_a_growth_that_does_not_hold():
    with pytest.raises(AssertionError) as caught:
        assert_family(families.tree, depth="O(1)", size="n - 1", n="4..64")
    assert str(caught.value).splitlines() == [
        "depth = O(1) is contradicted: measured is lg(n), which is not O(1)",
        "",
        " n  depth",
        " 4      2",
        " 8      3",
        "16      4",
        "32      5",
        "64      6",
    ]


def test_a_formula_and_a_claim_that_do_not_hold():
    with pytest.raises(AssertionError) as caught:
        assert_family(families.WRONG, claim="AC0", n="4..64")
    message = str(caught.value)
    assert "size = n is contradicted: at n = 4 the formula gives 4, the circuit has 5" in message
    assert "AC0 is contradicted: depth 2 for every n measured" in message
    assert "n  size  depth" in message


def test_too_few_points_do_not_pass():
    with pytest.raises(AssertionError, match="inconclusive: too few n"):
        assert_family(families.dnf, size="O(n)", n=[4])
    with pytest.raises(AssertionError, match="TC0 is inconclusive"):
        assert_family(families.parity, claim="TC0", n=[4, 5])


def test_bad_use():
    with pytest.raises(ArgumentError, match="nothing is declared"):
        assert_family(families.parity)
    with pytest.raises(ArgumentError, match="no measure 'deep'"):
        assert_family(families.parity, deep="O(1)")
    with pytest.raises(ArgumentError, match="build must be a function"):
        assert_family(7, depth=2)
