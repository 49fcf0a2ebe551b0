"""Densities, total variation, least constants, and all numbers."""

from math import erf, log, sqrt

import numpy as np
import pytest

from reductions.derandomize import STORED
from reductions.derandomize.diffusion import Mixture, steps_needed
from reductions.derandomize.diffusion.densities import (
    EXAMPLE,
    convergence,
    grid,
    mass_near,
    output_density,
    total_variation,
)
from reductions.derandomize.diffusion.numbers import numbers, outvoted
from tcsim.errors import ArgumentError
from tcsim.networks.procedures import ddpm, ddpm_betas, smld


def gaussian(x, mean, deviation):
    return np.exp(-((x - mean) ** 2) / (2 * deviation**2)) / deviation / sqrt(2 * np.pi)


@pytest.mark.parametrize("schedule", [ddpm(ddpm_betas(12)), smld([1.0, 0.5], 3)])
def test_of_one_gaussian_the_output_is_one(schedule) -> None:
    """Its score is affine, so mean and variance follow a recursion."""
    law = Mixture((0.4,), (1.0,), 0.5)
    mean, variance = 0.0, schedule.start**2
    for one in schedule.updates:
        spread = (one.signal * 0.5) ** 2 + one.sigma**2
        slope = one.keep - one.pull * one.sigma / spread
        mean = slope * mean + one.pull * one.sigma / spread * one.signal * 0.4
        variance = slope**2 * variance + one.spread**2
    found = output_density(law, schedule)
    assert np.abs(found - gaussian(grid(), mean, sqrt(variance))).max() < 1e-5


@pytest.mark.parametrize("d", [1, 2, 3])
def test_total_variation_of_shifted_gaussians(d: int) -> None:
    """Moved by s on each axis: erf(s sqrt(d) / (2 sqrt 2))."""
    x = grid()
    found = total_variation(gaussian(x, 0, 0.5), gaussian(x, 0.2, 0.5), d)
    assert found == pytest.approx(erf(0.4 * sqrt(d) / (2 * sqrt(2))), abs=2e-4)


def test_convergence() -> None:
    found = convergence(EXAMPLE, (16, 32, 64))
    assert [one.dimensions for one in found] == [1, 2, 3]
    for one in found:
        assert list(one.distances) == sorted(one.distances, reverse=True)
        assert -1.1 < one.slope < -0.5
        assert -1.1 < one.against_logarithm < -0.8
        for steps, distance in zip(one.steps, one.distances, strict=True):
            assert distance <= one.dimensions * log(steps) ** 3 / steps  # (3) with c = 1
    for place in range(3):
        first, second, third = (one.distances[place] for one in found)
        assert first < second < third < 3 * first


def test_mass_near() -> None:
    density = gaussian(grid(), 0.0, 1.0)
    assert mass_near(density, (0.0,), 1.0) == pytest.approx(erf(1 / sqrt(2)), abs=1e-4)
    assert mass_near(density, (0.0,), 1e-6) < 1e-6


def test_every_number() -> None:
    found = numbers()
    assert len(found) >= 40
    assert [one for one in found if not one.agrees] == []


def test_one_seed_more_is_not_always_outvoted() -> None:
    """The counter can tell: with enough seeds some multisets are right everywhere."""
    assert outvoted(STORED[0], 4) < 31465


def test_least_constant() -> None:
    for c, eps in ((1.0, 0.3), (3.0, 0.5)):
        least = steps_needed.least_constant(c, eps)
        assert log(c * least) ** 3 / least == pytest.approx(eps)
        for factor, admissible in ((1.0001, True), (0.9999, False)):
            value, _ = steps_needed.worst(factor * c * least, c)
            assert (value <= eps) is admissible
    assert steps_needed.steps(1.0, 0.1, 2) == 27639
    with pytest.raises(ArgumentError, match="d = 1 is not the worst"):
        steps_needed.least_constant(1.0, 0.8)
    with pytest.raises(ArgumentError, match="positive numbers"):
        steps_needed.least_constant(1.0, 0.0)
    with pytest.raises(ArgumentError, match="d is a positive integer"):
        steps_needed.steps(1.0, 0.1, 0)


def test_refused() -> None:
    with pytest.raises(ArgumentError, match="1, 2 or 3 dimensions"):
        total_variation(np.ones(3), np.ones(3), 4)
    with pytest.raises(ArgumentError, match="at least two increasing"):
        convergence(EXAMPLE, (16, 8))
    with pytest.raises(ArgumentError, match="do not resolve"):
        output_density(EXAMPLE, ddpm([1e-6, 1e-6]))
