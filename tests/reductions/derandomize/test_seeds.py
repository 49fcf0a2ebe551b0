"""Searches for seeds: every vote found is right, the least is least, and what is refused is so."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reductions.derandomize import BIT, STORED, Domain, VoteDefeatedError, pose
from reductions.derandomize.margins import Margins
from reductions.derandomize.seeds import (
    compare,
    exact,
    find_seeds,
    greedy,
    guarantee,
    random_draws,
    weights,
)
from tcsim.errors import ArgumentError, LimitError, MissingExtraError, ParseError


def margins_of(table, rule="majority") -> Margins:
    """Margins of (seeds, 2**n) numbers."""
    array = np.asarray(table, np.int8)
    return Margins(array[:, None, :], rule, Domain(BIT, array.shape[1].bit_length() - 1))


def tables(rule="majority"):
    values = st.sampled_from([-1, 1] if rule == "majority" else [-1, 0, 1])
    shape = st.tuples(st.integers(1, 5), st.sampled_from([1, 2, 4, 8]))
    return shape.flatmap(lambda s: arrays.arrays(np.int8, s, elements=values)).map(
        lambda table: margins_of(table, rule)
    )


BOTH = st.sampled_from(["majority", "plurality"]).flatmap(tables)


def least(margins, most):
    """The least number of seeds, by trying all multisets; None beyond `most`."""
    for k in range(1, most + 1):
        for chosen in combinations_with_replacement(range(margins.seeds), k):
            if margins.good(list(chosen)):
                return k
    return None


@given(BOTH, st.integers(0, 3))
def test_random_and_greedy_where_the_right_answer_leads(margins, seed):
    assume(margins.gap > 0)
    for found in (random_draws(margins, draws=20, seed=seed), greedy(margins)):
        assert margins.good(list(found.chosen))
    assert greedy(margins).k <= guarantee(margins).k
    assert greedy(margins, guarantee(margins).k).k == guarantee(margins).k


@given(BOTH)
def test_the_guarantee_is_the_least_with_an_estimate_below_one(margins):
    assume(margins.gap > 0)
    k, exponent = guarantee(margins)
    means = np.exp(-exponent * margins.flat.astype(float)).mean(axis=0)
    assert (means**k).sum() < 1
    assert k == 1 or (means ** (k - 1)).sum() >= 1


@given(BOTH)
def test_weights_find_a_vote_or_prove_that_there_is_none(margins):
    try:
        found = weights(margins, rounds=3000)
    except VoteDefeatedError:
        assert least(margins, 4) is None
    else:
        assert margins.good(list(found.chosen))


@settings(max_examples=15)
@given(BOTH)
def test_exact_is_least(margins):
    expected = least(margins, 5)
    try:
        found = exact(margins)
    except VoteDefeatedError:
        assert expected is None
        return
    assert margins.good(list(found.chosen))
    assert found.k == found.least
    assert found.k == expected or (expected is None and found.k > 5)
    if found.k > 1:
        with pytest.raises(VoteDefeatedError, match="which the solver proved"):
            exact(margins, found.k - 1)


def test_exact_on_a_stored_decider():
    stored = STORED[0]
    zero = np.zeros(stored.domain.count, int)
    margins = pose(stored.decider(), zero, inputs=stored.domain.alphabet).margins()
    found = exact(margins)
    assert (found.k, found.least) == (2 * stored.wrong + 1, 5)


def test_exact_of_a_plurality():
    margins = margins_of([[0, 1], [1, 0]], "plurality")
    assert (exact(margins).k, exact(margins).least) == (2, 2)
    with pytest.raises(VoteDefeatedError, match="no vote of 1 seeds"):
        exact(margins, 1)


def test_uneven_weights_are_needed():
    """A pool whose mean fails at point 1, and of which a seed voting twice does not."""
    margins = margins_of([[-1, 1], [1, -1], [1, -1], [1, 1]])
    with pytest.raises(VoteDefeatedError, match="2 of 4 for it, 2 against it") as caught:
        greedy(margins)
    assert (caught.value.reason, caught.value.witness) == ("gap", (1,))
    assert find_seeds(margins).method == "weights"
    assert find_seeds(margins).chosen == (3,)


def test_a_pool_without_any_vote():
    margins = margins_of([[-1, 1], [1, -1]])
    with pytest.raises(VoteDefeatedError, match="however they are repeated") as caught:
        weights(margins)
    assert caught.value.reason == "pool too small"
    hopeless = margins_of([[1, 1, -1, 1], [1, -1, -1, 1]])
    for method in ("auto", "random", "greedy", "weights", "exact"):
        with pytest.raises(VoteDefeatedError, match="no seed of the pool of 2 is right") as caught:
            find_seeds(hopeless, method)
        assert (caught.value.reason, caught.value.witness) == ("no seed is right", (0, 1))


def test_a_gap_of_zero_and_a_tie():
    zero = margins_of([[0, 1], [1, 1], [-1, 1], [0, 1]], "plurality")
    with pytest.raises(VoteDefeatedError, match="the gap is 0, not positive"):
        random_draws(zero)
    three = margins_of([[-1, 1, 1, 1], [1, -1, 1, 1], [1, 1, -1, 1]])
    assert three.gap == Fraction(1, 3)
    with pytest.raises(VoteDefeatedError, match="a tie") as caught:
        greedy(three, 2)
    assert caught.value.reason == "tie"
    with pytest.raises(VoteDefeatedError, match=r"none of 5 draws of 2 seeds.*greedy") as caught:
        random_draws(three, 2, draws=5)
    assert caught.value.reason in ("tie", "outvoted")
    assert greedy(three, 3).k == greedy(three).k == exact(three).k == 3


def big() -> Margins:
    rng = np.random.default_rng(3)
    return margins_of(np.where(rng.random((60, 1024)) < 0.2, -1, 1))


@pytest.mark.parametrize("method", ["random", "greedy", "weights"])
def test_interrupted_searches_go_on(method, tmp_path, monkeypatch):
    monkeypatch.setattr("reductions.derandomize.seeds.search.INTERVAL", 0)
    margins, file = big(), tmp_path / "search.json"
    expected = find_seeds(margins, method)

    def interrupt(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_seeds(margins, method, checkpoint=file, progress=interrupt)
    assert file.exists()
    seen = []
    found = find_seeds(
        margins, method, checkpoint=file, progress=lambda done, total: seen.append(done)
    )
    assert found == expected
    assert seen[0] == 4
    assert find_seeds(margins, method, checkpoint=file).chosen == expected.chosen


def test_exact_goes_on(tmp_path):
    margins, file = margins_of(np.where(np.eye(4, dtype=bool), -1, 1)), tmp_path / "search.json"
    assert exact(margins, checkpoint=file).k == 3
    assert json.loads(file.read_text())["state"] == {"refuted": 1}
    assert exact(margins, checkpoint=file).k == 3


def test_files_of_other_searches(tmp_path):
    file = tmp_path / "search.json"
    greedy(big(), checkpoint=file)
    with pytest.raises(ArgumentError, match="another search"):
        weights(big(), checkpoint=file)
    with pytest.raises(ArgumentError, match="another search"):
        greedy(margins_of([[1, 1]]), checkpoint=file)
    text = file.read_text()
    file.write_text(text.replace('"steps": ', '"steps": 1'))
    with pytest.raises(ParseError, match="not as it was written"):
        greedy(big(), checkpoint=file)
    for broken in ("", "[]", "{}", "1", '{"sha256": 1}'):
        file.write_text(broken)
        with pytest.raises(ParseError, match=r"search\.json"):
            greedy(big(), checkpoint=file)


def test_comparison():
    rows = {row.method: row for row in compare(big(), ["random", "greedy", "weights"])}
    assert all(row.failure is None for row in rows.values())
    assert rows["greedy"].k <= guarantee(big()).k
    (failed,) = compare(margins_of([[-1]]), ["greedy"])
    assert failed.k is None
    assert "no seed" in failed.failure


def test_bad_arguments(monkeypatch):
    with pytest.raises(ArgumentError, match="method is 'best'"):
        find_seeds(big(), "best")
    for k in (0, True, 1.5):
        with pytest.raises(ArgumentError, match="k is"):
            greedy(big(), k)
    with pytest.raises(ArgumentError, match="draws is 0"):
        random_draws(big(), draws=0)
    monkeypatch.setattr("reductions.derandomize.seeds.integer_program.MOST_CELLS", 10)
    with pytest.raises(LimitError, match="too many for an exact search"):
        exact(big())


def test_a_solver_out_of_time():
    with pytest.raises(LimitError, match="undecided after 0 seconds whether 1 seeds suffice"):
        exact(big(), time_limit=0)


def test_without_the_solver(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ortools.sat.python", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'tcsim\[sat\]'"):
        exact(big())
