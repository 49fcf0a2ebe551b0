"""Densities of a sampler with the exact score, integrated numerically: no sampling error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.diffusion.mixture import Mixture
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.networks.procedures import Schedule
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Progress

REACH = 6.0
"""Densities are kept on -6..6."""

POINTS = 1201
"""Points of the grid of one axis."""

EXAMPLE = Mixture((-1.0, 0.5), (0.4, 0.6), 0.2)
"""Two Gaussians; the mean of \\|x\\| is at most 1, as the theorem wants it."""


def grid(points: int = POINTS) -> Floats:
    """The points at which densities are kept."""
    return np.linspace(-REACH, REACH, points)


def output_density(mixture: Mixture, schedule: Schedule, points: int = POINTS) -> Floats:
    """The density of the last state where the score is exact and the states are real numbers.

    Every step maps a density p to ``y -> integral p(x) N(y; keep x + pull sigma score(x), spread)
    dx``, by the trapezoidal rule, which converges faster than any power for such integrands.

    Args:
        mixture: the law of the data.
        schedule: the sampler; each step has noise.
        points: of the grid.

    Returns:
        float64, shape (points,).

    Raises:
        ArgumentError: a step without noise, or with less than the grid can resolve.
    """
    x = grid(points)
    spacing = x[1] - x[0]
    density = np.exp(-(x**2) / (2 * schedule.start**2))
    density /= density.sum() * spacing
    for number, one in enumerate(schedule.updates, 1):
        if one.spread < 1.2 * spacing:
            raise ArgumentError(
                f"step {number} has a noise of {one.spread:.3g}, which {points} points on "
                f"-{REACH:g}..{REACH:g} do not resolve: use more points, or fewer steps"
            )
        moved = one.keep * x + one.pull * one.sigma * mixture.score(x, one.signal, one.sigma)
        kernel = np.exp(-((x[:, None] - moved) ** 2) / (2 * one.spread**2))
        density = kernel @ density * (spacing / (np.sqrt(2 * np.pi) * one.spread))
    return density


def total_variation(p: Floats, q: Floats, dimensions: int, points: int = POINTS) -> float:
    """Total variation of two product laws on d axes, whose factors have these densities.

    Half the integral of the absolute difference on the grid of all axes. In three dimensions every
    fifth point is taken.

    Args:
        p: density of a factor, shape (points,).
        q: likewise.
        dimensions: d, from 1 to 3.
        points: of the grid of `p` and `q`.

    Raises:
        ArgumentError: another d.
    """
    if dimensions not in (1, 2, 3):
        raise ArgumentError(f"densities are integrated in 1, 2 or 3 dimensions, not {dimensions!r}")
    every = 5 if dimensions == 3 else 1
    spacing = 2 * REACH / (points - 1) * every
    p, q = (one[::every] for one in (p, q))
    inner_p, inner_q = np.ones(()), np.ones(())
    for _ in range(dimensions - 1):
        inner_p, inner_q = np.multiply.outer(inner_p, p), np.multiply.outer(inner_q, q)
    total = sum(float(np.abs(a * inner_p - b * inner_q).sum()) for a, b in zip(p, q, strict=True))
    return total / 2 * spacing**dimensions


@dataclass(frozen=True)
class Convergence:
    """Total variation against the number of steps.

    Attributes:
        dimensions: d.
        steps: numbers of steps T.
        distances: total variation from the noised law of the data, one for each T.
    """

    dimensions: int
    steps: tuple[int, ...]
    distances: tuple[float, ...]

    @property
    def slope(self) -> float:
        """Of ln TV against ln T, by least squares; O(d/T) up to logarithms is about -1."""
        return float(np.polyfit(np.log(self.steps), np.log(self.distances), 1)[0])

    @property
    def against_logarithm(self) -> float:
        """Of ln TV against ln(T / ln T): the schedule's steps have the length ln(T) / T."""
        lengths = np.log(np.array(self.steps) / np.log(self.steps))
        return float(np.polyfit(lengths, np.log(self.distances), 1)[0])


def convergence(
    mixture: Mixture,
    steps: tuple[int, ...] = (16, 32, 64, 128),
    dimensions: tuple[int, ...] = (1, 2, 3),
    *,
    last: float = 0.01,
    power: float = 5.0,
    progress: Progress | None = None,
) -> tuple[Convergence, ...]:
    """Total variation between sampler and first noised law, in products of a mixture.

    Coordinates are independent, so that a density on d axes is a product of densities on one, for
    data and sampler alike; the distance is integrated on the grid of all d axes.

    Args:
        mixture: the law of each coordinate.
        steps: numbers of steps T, increasing, at least two.
        dimensions: numbers of axes d.
        last: variance of the noise of the first noised law.
        power: see `tcsim.networks.procedures.ddpm_betas`.
        progress: called as ``progress(done, total)``, in densities.

    Raises:
        ArgumentError: fewer than two numbers of steps, or d beyond 3.
    """
    from tcsim.networks.procedures import ddpm, ddpm_betas

    if len(steps) < 2 or list(steps) != sorted(set(steps)):
        raise ArgumentError(f"steps are at least two increasing numbers, not {steps}")
    pairs = []
    for number, count in enumerate(steps, 1):
        schedule = ddpm(ddpm_betas(count, last, power))
        signal, sigma = schedule.left
        pairs.append((output_density(mixture, schedule), mixture.density(grid(), signal, sigma)))
        if progress is not None:
            progress(number, len(steps))
    return tuple(
        Convergence(d, tuple(steps), tuple(total_variation(p, q, d) for p, q in pairs))
        for d in dimensions
    )


def mass_near(density: Floats, centers: tuple[float, ...], distance: float) -> float:
    """Probability of lying within a distance of the nearest center, by linear interpolation.

    The total variation from atoms at these centers is at least 1 minus this, for every distance: so
    it is 1 for any law with a density, however many steps made it.
    """
    x = grid(len(density))
    below = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2 * (x[1] - x[0]))))
    ends = [np.interp([c - distance, c + distance], x, below) for c in centers]
    return float(sum(high - low for low, high in ends))
