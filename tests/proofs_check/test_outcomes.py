"""Outcomes carry evidence, and the methods find proofs and counterexamples."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st
from sympy import symbols

from proofs_check import Kind, Outcome, check, exhausted
from proofs_check.checks import perform
from proofs_check.methods import equal, every, holds_on, positive_on
from tcsim.errors import ArgumentError


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (Kind.SYMBOLIC, {}),
        (Kind.EXHAUSTIVE, {"range": "n to 3"}),
        (Kind.EXHAUSTIVE, {"range": "none", "count": 0}),
        (Kind.CASES, {"property": "p", "seed": 0, "count": 0}),
        (Kind.CASES, {"property": "p", "count": 3}),
        (Kind.INTERVAL, {"range": "all"}),
        (Kind.REFUTED, {}),
        (Kind.ERROR, {}),
        (Kind.REFUTED, {"counterexample": object()}),
    ],
)
def test_no_outcome_without_its_evidence(kind, evidence):
    with pytest.raises(ArgumentError):
        Outcome(kind, "says", evidence)


def test_round_trip():
    one = exhausted("a", "n to 3", 4, ratio=Fraction(1, 3), sets={3, 1}, bytes=b"\1")
    assert one.evidence["ratio"] == "1/3"
    assert one.evidence["sets"] == [1, 3]
    assert Outcome.from_dict(one.to_dict()) == one
    assert str(one) == "proved exhaustively (n to 3: 4 cases): a"
    assert one.positive


def test_exhaustion():
    assert every(range(5), lambda n: n < 5, "n < 5", "n to 4").evidence["count"] == 5
    found = every(range(9), lambda n: n < 5, "n < 5", "n to 8", show=lambda n: {"n": n})
    assert found.kind is Kind.REFUTED
    assert found.evidence["counterexample"] == {"n": 5}
    with pytest.raises(ArgumentError, match="no case"):
        every([], bool, "nothing", "none")


def test_cases_are_the_same_ones_and_shrink():
    seen: list[list[int]] = [[], []]
    for run in seen:
        holds_on(st.integers(), lambda n, run=run: run.append(n) or True, "any", count=30)
    assert seen[0] == seen[1]
    found = holds_on(st.lists(st.integers()), lambda ns: sum(ns) < 100, "small", count=300)
    assert found.evidence["counterexample"] == [100]
    with pytest.raises(ZeroDivisionError):
        holds_on(st.integers(), lambda n: bool(1 // 0), "raises")


def test_identities():
    x, y = symbols("x y", positive=True)
    assert equal((x - y) * (x + y), x**2 - y**2, "a").kind is Kind.SYMBOLIC
    found = equal((x - y) * (x + y), x**2 + y**2, "a")
    assert found.kind is Kind.REFUTED
    at = {name: Fraction(value) for name, value in found.evidence["counterexample"].items()}
    assert at["y"] != 0


def test_intervals():
    third = Fraction(1, 3)
    assert positive_on(lambda x: x - x * x, third, 2 * third, "x > x^2").kind is Kind.INTERVAL
    assert positive_on(lambda x: x - x * x, third, Fraction(2), "x > x^2").kind is Kind.REFUTED
    with pytest.raises(ValueError, match="undecided"):
        positive_on(lambda x: (3 * x - 1) ** 2, Fraction(0), Fraction(1), "square", most_boxes=99)


def test_sat():
    pytest.importorskip("pysat", reason="needs python-sat: pip install 'tcsim[sat]'")
    from proofs_check.claims.classes import two_adders_agree

    found = two_adders_agree()
    assert found.kind is Kind.SYMBOLIC
    assert found.evidence["certificate"].startswith("DRAT proof of ")
    assert len(found.evidence["sha256"]) == 64


def test_a_check_must_be_able_to_fail():
    with pytest.raises(ArgumentError, match="flips"):
        check("exhaustive")
    with pytest.raises(ArgumentError):
        check("magic", flips={"a": {}})  # type: ignore[arg-type]


def test_what_is_raised_or_returned_is_no_pass():
    from proofs_check.checks import checks_of

    @check("exhaustive", flips={"a": {}})
    def raises():
        return 1 // 0

    @check("exhaustive", flips={"a": {}})
    def silent():
        return True

    from types import SimpleNamespace

    module = SimpleNamespace(__name__=__name__, raises=raises, silent=silent)
    for one in checks_of(module, __name__):
        outcome = perform(one)
        assert outcome.kind is Kind.ERROR
        assert not outcome.positive
