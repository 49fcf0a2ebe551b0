"""Numbers of seeds, against enumeration; the counterexamples to the printed formula."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb, exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions.derandomize import STORED, ErrorSets, bounds, make_margins, odds, pose
from tcsim.errors import ArgumentError, LimitError

ERRORS = st.fractions(0, Fraction(2, 5), max_denominator=12)


@pytest.mark.parametrize(
    ("stored", "printed", "needed", "tuples"),
    [(STORED[0], 3, 18, 4060), (STORED[1], 6, 61, 54264)],
    ids=["28 seeds", "16 seeds"],
)
def test_the_printed_formula_fails_on_stored_deciders(stored, printed, needed, tuples):
    """Every tuple of as many seeds as the paper's formula gives is strictly outvoted somewhere."""
    assert bounds.paper(stored.tokens, stored.error).k == printed
    assert bounds.corrected(stored.tokens, stored.length, stored.error).k == needed
    wrong = stored.table().astype(np.int8)
    assert (wrong.sum(axis=0).max(), len(wrong)) == (stored.wrong, stored.seeds)
    outvoted = checked = 0
    for chosen in combinations_with_replacement(range(stored.seeds), printed):
        checked += 1
        outvoted += 2 * int(wrong[list(chosen)].sum(axis=0).max()) > printed
    assert (checked, outvoted) == (tuples, tuples)


def test_stored_deciders_measure_as_stated():
    for stored in STORED:
        answers = np.zeros(stored.domain.count, int)
        posed = pose(stored.decider(), answers, inputs=stored.domain.alphabet)
        margins = make_margins(posed.decider, posed.answers, posed.domain)
        assert margins.error == stored.error
        assert margins.gap == 1 - 2 * stored.error


def test_formulas_by_hand():
    assert float(bounds.paper(3, "1/14").formula) == pytest.approx(2.9907, abs=1e-4)
    assert float(bounds.paper(2, "0.25").formula) == pytest.approx(5.545, abs=1e-3)
    assert float(bounds.corrected(3, 6, "1/14").formula) == pytest.approx(17.944, abs=1e-3)
    assert float(bounds.corrected(2, 11, "1/4").formula) == pytest.approx(60.997, abs=1e-3)
    assert bounds.corrected(3, 6, "1/14", up_to=True).k == bounds.corrected(3, 7, "1/14").k
    expected = 2 * (10 * log(3) + log(2)) / 0.25**2
    assert float(bounds.plurality(3, 10, "1/4").formula) == pytest.approx(expected)
    moved = bounds.plurality(3, 10, "1/4", moved=True)
    assert float(moved.formula) == pytest.approx(8 * (10 * log(3) + log(2)) / 0.25**2)
    assert not bounds.paper(3, "1/14").sound
    assert bounds.corrected(3, 6, "1/14").sound


@given(st.integers(1, 12), ERRORS.filter(bool))
def test_plurality_of_two_is_majority(length, error):
    majority = bounds.corrected(2, length, error)
    assert majority.formula.equals(bounds.plurality(2, length, 1 - 2 * error).formula)
    assert majority.k == bounds.plurality(2, length, 1 - 2 * error).k  # never an integer


@given(st.integers(1, 7), ERRORS)
def test_tail_by_enumeration(k, error):
    expected = Fraction(0)
    for wrong in product([0, 1], repeat=k):
        if 2 * sum(wrong) >= k:
            expected += error ** sum(wrong) * (1 - error) ** (k - sum(wrong))
    assert bounds.tail(k, error) == expected
    assert float(expected) <= exp(-2 * k * (0.5 - float(error)) ** 2)  # Hoeffding


@given(st.integers(1, 4), st.integers(0, 8), ERRORS)
def test_exact_is_the_least_odd_number(tokens, length, error):
    found = bounds.exact(tokens, length, error)
    inputs = tokens**length
    assert found.k % 2
    assert inputs * bounds.tail(found.k, error) < 1
    assert found.k <= 2 or inputs * bounds.tail(found.k - 2, error) >= 1
    assert found.k <= bounds.corrected(tokens, length, error).k + 1


@given(st.integers(2, 4), st.integers(1, 8), ERRORS.filter(bool))
def test_necessary_error_sets_exist(tokens, length, error):
    found = bounds.necessary(tokens, length, error)
    w = found.k // 2
    if w:
        seeds = -(-w * error.denominator // error.numerator)
        assert comb(seeds, w) <= tokens**length
        assert Fraction(w, seeds) <= error
    more = -(-(w + 1) * error.denominator // error.numerator)
    assert comb(more, w + 1) > tokens**length


def test_odds_of_three_tokens():
    found = odds(["0.4", "0.3", "0.3"], 401)
    assert float(found.majority) == pytest.approx(2.578e-5, rel=1e-3)
    assert float(found.plurality) == pytest.approx(0.98361, rel=1e-4)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4).filter(sum), st.integers(1, 5))
def test_odds_by_enumeration(weights, k):
    chances = [Fraction(w, sum(weights)) for w in weights]
    majority = plurality = Fraction(0)
    for said in product(range(len(chances)), repeat=k):
        chance = Fraction(1)
        for token in said:
            chance *= chances[token]
        counts = [said.count(token) for token in range(len(chances))]
        majority += chance * (2 * counts[0] > k)
        plurality += chance * (counts[0] > max(counts[1:], default=-1))
    assert odds(chances, k) == (majority, plurality)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: bounds.corrected(2, 3, "1/2"), "error is 1/2"),
        (lambda: bounds.corrected(2, 3, 0.25), "write an exact number"),
        (lambda: bounds.corrected(2, 3, "a"), "no number"),
        (lambda: bounds.corrected(0, 3, "1/4"), "tokens is 0"),
        (lambda: bounds.corrected(2, -1, "1/4"), "length is -1"),
        (lambda: bounds.plurality(3, 3, 0), "gap is 0"),
        (lambda: bounds.plurality(3, 3, 2), "gap is 2"),
        (lambda: bounds.tail(0, 0), "k is 0, not"),
        (lambda: odds([], 3), "probabilities  do not add up"),
        (lambda: odds(["1/2"], 3), "do not add up"),
        (lambda: odds([1], 0), "k is 0, not a positive"),
        (lambda: ErrorSets(2, 3, 16, 4), "more than the 8 inputs"),
        (lambda: ErrorSets(2, 3, 3, 4), "wrong is 4"),
    ],
)
def test_bad_numbers(call, word):
    with pytest.raises(ArgumentError, match=word):
        call()


def test_odds_that_take_too_long():
    with pytest.raises(LimitError, match="too long"):
        odds(["0.4", "0.3", "0.3"], 10**6)
