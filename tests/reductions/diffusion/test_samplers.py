"""Schedules, fixed point, and samplers against plain Python."""

from math import isclose, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from reductions.derandomize.diffusion import Mixture, MixtureScore, majority, toy
from tcsim.errors import NetworkError
from tcsim.networks.procedures import (
    FixedPoint,
    ddpm,
    ddpm_betas,
    levels_per_step,
    sampler,
    sampler_step,
    smld,
)
from tests.reductions.diffusion.oracle import run

NUMBERS = FixedPoint(limit=9, unit=4, noise_bits=3, noise_unit=8, score_unit=8, coefficient_bits=6)
MIXTURES = (Mixture((-1.0, 1.0), (0.8, 0.2), 0.3), Mixture((-1.0, 1.0), (0.3, 0.7), 0.3))


def schedules():
    return st.one_of(
        st.lists(st.floats(0.01, 0.6), min_size=2, max_size=4).map(ddpm),
        st.integers(1, 2).map(lambda repeats: smld([1.5, 0.5], repeats, 0.4)),
    )


def test_ddpm_of_one_gaussian_ends_where_it_says() -> None:
    """Of standard Gaussian data every marginal is standard Gaussian, and r = -sigma x."""
    schedule = ddpm(ddpm_betas(300, last=0.001, power=4))
    variance = schedule.start**2
    for one in schedule.updates:
        assert isclose(one.signal**2 + one.sigma**2, 1)
        variance = (one.keep - one.pull * one.sigma) ** 2 * variance + one.spread**2
    assert isclose(variance, 1, abs_tol=0.05)
    assert isclose(schedule.left[1] ** 2, 0.001)
    assert isclose(schedule.left[0] ** 2 + schedule.left[1] ** 2, 1)


def test_ddpm_steps_are_the_posterior() -> None:
    """keep, pull and spread from x_0 = 0 data: mean and variance of x_(t-1) given x_t."""
    betas = [0.02, 0.1, 0.3]
    schedule = ddpm(betas)
    assert schedule.steps == 2
    for one, beta, before in zip(
        schedule.updates, (0.3, 0.1), (1 - 0.98 * 0.9, 1 - 0.98), strict=True
    ):
        now = 1 - (1 - before) * (1 - beta)
        assert isclose(one.sigma, sqrt(now))
        # Data at 0: score = -x / now, so the mean is x sqrt(1 - beta) before / now.
        mean = one.keep - one.pull * one.sigma / now
        assert isclose(mean, sqrt(1 - beta) * before / now)
        assert isclose(one.spread**2, beta * before / now)


def test_smld() -> None:
    schedule = smld([2.0, 1.0, 0.5], 3, step=0.5, start=4.0)
    assert schedule.steps == 9
    assert schedule.start == 4.0
    assert schedule.left == (1.0, 0.5)
    for place, one in enumerate(schedule.updates):
        level = (2.0, 1.0, 0.5)[place // 3]
        step = 0.5 * level**2
        assert isclose(one.pull * level, step / 2)  # pull * sigma multiplies the score
        assert isclose(one.spread, sqrt(step))
        assert (one.keep, one.sigma) == (1.0, level)


def test_betas() -> None:
    betas = ddpm_betas(40, 0.02, 3.0)
    assert len(betas) == 41
    assert betas[0] == 0.02
    assert all(0 < beta <= 0.5 for beta in betas)
    assert list(betas[1:]) == sorted(betas[1:])


def test_noise_table() -> None:
    table = FixedPoint(limit=5, unit=1, noise_bits=4, noise_unit=100).quantiles
    assert table.tolist() == (-table[::-1]).tolist()
    assert len(table) == 16
    assert isclose(float((table / 100.0).std()), 1, abs_tol=0.06)
    assert table[8] == 8  # the quantile of 17/32 is 0.0784


@settings(max_examples=8, deadline=None)
@given(schedules(), st.integers(0, 2**32))
def test_sampler_is_what_plain_python_computes(schedule, seed) -> None:
    score = MixtureScore(MIXTURES, schedule, NUMBERS)
    draws = np.stack([NUMBERS.draws(seed + number, schedule) for number in range(3)])
    network = sampler(score, schedule, NUMBERS, draws)
    tables = [score.rows(step) for step in range(schedule.steps)]
    expected = [
        [
            run(
                schedule,
                NUMBERS,
                one[:, 0].tolist(),
                lambda step, x, kind=kind: tables[step][kind][x + 9],
            )
            for one in draws
        ]
        for kind in (0, 1)
    ]
    assert network([[0], [1]])[..., 0].tolist() == expected
    for options in ({}, {"share": False, "fold": False}):
        circuit = tc.networks.compile(network, **options)
        found = network.decode(circuit(network.encode([[0], [1]])))
        assert found[..., 0].tolist() == expected
    cost = network.cost().numbers().total
    assert (circuit.depth, circuit.size) == (cost.depth, cost.size)
    pulled = sum(2 if NUMBERS.factors(one)[1] else 1 for one in schedule.updates)
    assert circuit.depth <= pulled
    if pulled == 2 * schedule.steps:  # no pull is rounded to 0
        assert circuit.depth == pulled


def test_levels_per_step_are_those_of_score_and_update() -> None:
    schedule = ddpm(ddpm_betas(4))
    score = MixtureScore(MIXTURES, schedule, NUMBERS)
    assert levels_per_step(sampler_step(score, schedule, NUMBERS, 2)) == 2


def test_a_seed_is_a_seed() -> None:
    model = toy(majority(3))
    draws = model.draws([5, 6])
    assert draws.shape == (2, 17, 1)
    assert (draws == model.draws([5, 6])).all()
    assert (draws[0] != draws[1]).any()
    assert 0 <= draws.min() <= draws.max() < 64


def test_refused() -> None:
    schedule = ddpm([0.1, 0.2, 0.3])
    score = MixtureScore(MIXTURES, schedule, NUMBERS)
    with pytest.raises(NetworkError, match="at least two betas"):
        ddpm([0.5])
    with pytest.raises(NetworkError, match=r"beta 2 is a number between 0 and 1, not 1\.0"):
        ddpm([0.5, 1])
    with pytest.raises(NetworkError, match="noise levels decrease"):
        smld([1.0, 2.0], 1)
    with pytest.raises(NetworkError, match="positive numbers"):
        smld([1.0, 0.0], 1)
    with pytest.raises(NetworkError, match="step and start"):
        smld([1.0], 1, step=0.0)
    with pytest.raises(NetworkError, match="last is in"):
        ddpm_betas(4, last=0.9)
    with pytest.raises(NetworkError, match="limit is a positive integer, not 0"):
        FixedPoint(limit=0, unit=4)
    with pytest.raises(NetworkError, match="at most 12 noise_bits"):
        FixedPoint(limit=4, unit=4, noise_bits=13)
    with pytest.raises(NetworkError, match="a seed is an integer of 0 or more, not -1"):
        NUMBERS.draws(-1, schedule)
    with pytest.raises(NetworkError, match="has no step 2"):
        sampler_step(score, schedule, NUMBERS, 2)
    with pytest.raises(NetworkError, match="draws have shape"):
        sampler(score, schedule, NUMBERS, np.zeros((1, 2, 1), int))
    with pytest.raises(NetworkError, match=r"draws\[0, 1, 0\] is 8, not in 0..7"):
        sampler(score, schedule, NUMBERS, [[[0], [8], [0]]])
