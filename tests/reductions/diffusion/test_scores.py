"""Score sources: mixtures, TC0 conditions, automata."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from reductions.derandomize.diffusion import (
    AutomatonScore,
    LanguageModel,
    Mixture,
    MixtureScore,
    Regions,
    addition_bit,
    automaton_sampler,
    majority,
    parity,
    threshold,
    toy,
)
from tcsim.errors import ArgumentError
from tcsim.networks.procedures import FixedPoint, ddpm, levels_per_step, sampler_step, smld
from tests.reductions.diffusion.oracle import row_after


def words(n: int) -> np.ndarray:
    return np.array(list(product((0, 1), repeat=n)))


@pytest.mark.parametrize("n", [1, 2, 5, 6])
def test_majority_and_parity(n: int) -> None:
    x = words(n)
    assert majority(n)(x)[:, 0].tolist() == (2 * x.sum(1) > n).astype(int).tolist()
    assert parity(n)(x)[:, 0].tolist() == (x.sum(1) % 2).tolist()
    assert tc.networks.compile(majority(n)).depth <= 1
    assert tc.networks.compile(parity(n), share=False, fold=False).depth == (1 if n == 1 else 2)


def test_threshold() -> None:
    x = words(3)
    expected = (x @ np.array([3, -2, 1]) >= 2).astype(int)
    assert threshold([3, -2, 1], 2)(x)[:, 0].tolist() == expected.tolist()


@pytest.mark.parametrize("digits", [1, 2, 3])
def test_addition_bits(digits: int) -> None:
    x = words(2 * digits)
    place = 2 ** np.arange(digits)
    total = x[:, :digits] @ place + x[:, digits:] @ place
    for bit in range(digits + 1):
        found = addition_bit(digits, bit)
        assert found(x)[:, 0].tolist() == (total >> bit & 1).tolist()
        assert tc.networks.compile(found).depth <= 2


@given(st.floats(0.05, 0.95), st.floats(0.2, 1), st.floats(0.1, 1), st.floats(-2, 2))
def test_scores_are_derivatives(weight: float, signal: float, sigma: float, x: float) -> None:
    law = Mixture((-1.0, 0.5), (weight, 1 - weight), 0.2)
    at, step = np.array([x - 1e-5, x + 1e-5]), 2e-5
    logs = np.log(law.density(at, signal, sigma))
    assert law.score(np.array([x]), signal, sigma)[0] == pytest.approx(
        (logs[1] - logs[0]) / step, rel=1e-4, abs=1e-4
    )


def test_densities_have_mass_one_and_the_law_s_moments() -> None:
    law = Mixture((-1.0, 0.5), (0.4, 0.6), 0.2)
    x = np.linspace(-8, 8, 4001)
    p = law.density(x, 0.8, 0.5)
    dx = x[1] - x[0]
    assert p.sum() * dx == pytest.approx(1)
    assert (x * p).sum() * dx == pytest.approx(0.8 * -0.1)
    square = 0.4 * 1.0 + 0.6 * 0.25 + 0.04  # of the centers, and the width's
    assert (x**2 * p).sum() * dx == pytest.approx(0.64 * square + 0.25)
    assert law.first_moment >= (np.abs(x) * law.density(x)).sum() * dx


def test_score_tables_are_rounded_to_the_nearest() -> None:
    numbers = FixedPoint(limit=6, unit=3, score_unit=16)
    schedule = smld([1.0, 0.5], 1)
    mixtures = (Mixture((-1.0, 1.0), (0.5, 0.5), 0.1), Mixture((0.0,), (1.0,), 0.3))
    score = MixtureScore(mixtures, schedule, numbers)
    for step, sigma in ((0, 1.0), (1, 0.5)):
        for law, row in zip(mixtures, score.rows(step), strict=True):
            for state, found in zip(range(-6, 7), row, strict=True):
                exact = 16 * sigma * law.score(np.array([state / 3]), 1.0, sigma)[0]
                assert abs(found - exact) <= 0.5


@pytest.mark.parametrize("rule", [30, 110, 184])
def test_automata(rule: int) -> None:
    rows = words(5)
    network = automaton_sampler(5, 3, rule, seed=7)
    found = (network(rows)[:, 0] > 0).astype(int)
    assert found.tolist() == [row_after(row, rule, 3) for row in rows.tolist()]
    circuit = tc.networks.compile(network, share=False, fold=False)
    assert circuit.depth == network.cost().numbers().total.depth == 1 + 2 * 3
    assert (network.decode(circuit(network.encode(rows))) == network(rows)).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 255), st.integers(1, 6), st.integers(0, 99))
def test_automata_whatever_the_noise(rule: int, rows: int, seed: int) -> None:
    x = words(4)
    found = (automaton_sampler(4, rows, rule, seed)(x)[:, 0] > 0).astype(int)
    assert found.tolist() == [row_after(row, rule, rows) for row in x.tolist()]


def test_depth_of_an_automaton_grows_by_two_a_row() -> None:
    depths = [automaton_sampler(3, rows).cost().numbers().total.depth for rows in (1, 2, 5, 9)]
    assert depths == [3, 5, 11, 19]


def test_toys_say_what_they_were_made_to_say() -> None:
    """The vote of 41 seeds is right on every prefix, for each TC0 function; T does not grow."""
    for condition in (majority(5), parity(5), threshold([2, 1, 1, 3, 1], 4), addition_bit(2, 1)):
        model = toy(condition)
        x = words(model.length)
        draws = model.draws(range(41))
        assert model.network(draws)(x).tolist() == condition(x)[:, 0].tolist()
        assert model.schedule.steps == 16
        step = sampler_step(model.score, model.schedule, model.numbers, 0)
        assert levels_per_step(step) == 2


def test_toys_err_about_as_often_as_the_data() -> None:
    model = toy(majority(1), right=0.75)
    said = model.tokens([[0], [1]], model.draws(range(2000)))
    assert (said != [[0], [1]]).mean(axis=1) == pytest.approx([0.25, 0.25], abs=0.05)


def test_annealed_langevin_finds_the_right_half() -> None:
    model = toy(majority(3), right=0.9, schedule=smld([1.0, 0.5, 0.25, 0.12], 8))
    said = model.tokens(words(3), model.draws(range(400)))
    right = majority(3)(words(3))
    assert (said == right).mean() > 0.65


def test_regions() -> None:
    regions = Regions((-4, 0, 5), (2, 0, 1, 2), margin=2)
    for state in range(-9, 10):
        token = 2 if state < -4 else 0 if state < 0 else 1 if state < 5 else 2
        assert regions.decode(state) == token
        near = {int(regions.decode(one)) for one in (state - 1, state, state + 1)}
        assert regions.safe(state) == (len(near) == 1)
        assert regions.table(-9, 9)[:, state + 9].tolist() == np.eye(3)[token].tolist()


def test_refused() -> None:
    numbers = FixedPoint(limit=6, unit=3)
    schedule = ddpm([0.1, 0.2])
    law = Mixture((0.0,), (1.0,), 0.1)
    with pytest.raises(ArgumentError, match="cuts are increasing"):
        Regions((1, 1), (0, 1, 0), 1)
    with pytest.raises(ArgumentError, match="2 cuts make 3 intervals"):
        Regions((0, 1), (0, 1), 1)
    with pytest.raises(ArgumentError, match="every token"):
        Regions((0,), (0, 2), 1)
    with pytest.raises(ArgumentError, match="a margin of at most 2 fits"):
        Regions((0, 4), (0, 1, 0), 3)
    with pytest.raises(ArgumentError, match="positive integer"):
        Regions((0,), (0, 1), 0)
    with pytest.raises(ArgumentError, match="of sum 1"):
        Mixture((0.0, 1.0), (0.5, 0.6), 0.1)
    with pytest.raises(ArgumentError, match="2 centers, but 1 weights"):
        Mixture((0.0, 1.0), (1.0,), 0.1)
    with pytest.raises(ArgumentError, match="have no density"):
        Mixture((0.0,), (1.0,), 0.0).density(np.zeros(1))
    with pytest.raises(ArgumentError, match="at least 2"):
        MixtureScore((law,), schedule, numbers)
    with pytest.raises(ArgumentError, match="n is a positive integer, not 0"):
        majority(0)
    with pytest.raises(ArgumentError, match="no digit 4"):
        addition_bit(3, 4)
    with pytest.raises(ArgumentError, match="at least one weight"):
        threshold([], 0)
    with pytest.raises(ArgumentError, match=r"0\.\.255, not 256"):
        automaton_sampler(3, 1, 256)
    with pytest.raises(ArgumentError, match="not 0 times"):
        automaton_sampler(3, 0)
    with pytest.raises(ArgumentError, match="same unit"):
        AutomatonScore(3, 110, numbers)
    score = MixtureScore((law, law), schedule, numbers)
    with pytest.raises(ArgumentError, match="leave the states"):
        LanguageModel(majority(2), score, schedule, numbers, Regions((9,), (0, 1), 1))
    three = MixtureScore((law, law, law), schedule, numbers)
    with pytest.raises(ArgumentError, match="but the score reads"):
        LanguageModel(majority(2), three, schedule, numbers, Regions((0,), (0, 1), 1))
    with pytest.raises(ArgumentError, match="pool of seeds is empty"):
        toy(majority(2)).draws([])
