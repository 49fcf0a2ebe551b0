"""Schedules of samplers: how much of the state, of the score and of the noise each step takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, log, sqrt
from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.procedures.looped import check_count

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Update:
    """One step of a sampler: ``x <- keep * x + pull * r + spread * z``.

    Here ``r = sigma * score(x)``, the score times the level of the noise, is what a denoising
    network predicts with the opposite sign, and z is standard Gaussian.

    Attributes:
        keep: factor of the state.
        pull: factor of r.
        spread: factor of the noise; 0 in a last step without noise.
        signal: the state before the step is ``signal * x_0 + sigma * noise``.
        sigma: see `signal`.
    """

    keep: float
    pull: float
    spread: float
    signal: float
    sigma: float


@dataclass(frozen=True)
class Schedule:
    """The updates of a sampler, in the order in which it makes them.

    Attributes:
        name: ``"ddpm"`` or ``"smld"``.
        updates: one per step.
        start: standard deviation of the first state, which is Gaussian around 0.
        left: (signal, sigma) of the marginal that the last state approaches: the law of the data,
            slightly noised where the schedule stops early.
    """

    name: str
    updates: tuple[Update, ...]
    start: float
    left: tuple[float, float]

    @property
    def steps(self) -> int:
        """T, how many steps it takes."""
        return len(self.updates)


def ddpm(betas: Iterable[float]) -> Schedule:
    """Denoising diffusion (Ho et al., 2020) by the variances of its forward steps.

    The forward process is ``x_t = sqrt(1 - beta_t) x_(t-1) + sqrt(beta_t) z``. The sampler goes
    from t = T to t = 2 with the variance of the posterior, and so ends at the first noised law,
    whose density exists whatever the data are (early stopping; Li and Yan, 2024).

    Args:
        betas: beta_1, ..., beta_T, each above 0 and below 1; at least two. There are T - 1 updates.

    Raises:
        NetworkError: fewer, or other numbers.

    Example:
        >>> from tcsim.networks.procedures import ddpm
        >>> schedule = ddpm([0.01, 0.1, 0.5])
        >>> schedule.steps, round(schedule.left[1] ** 2, 12)
        (2, 0.01)
    """
    given = [float(beta) for beta in betas]
    if len(given) < 2:
        raise NetworkError(f"a DDPM has at least two betas, not {len(given)}")
    for number, beta in enumerate(given, 1):
        if not 0 < beta < 1:
            raise NetworkError(f"beta {number} is a number between 0 and 1, not {beta}")
    products = [1.0]
    for beta in given:
        products.append(products[-1] * (1 - beta))
    updates = []
    for t in range(len(given), 1, -1):
        beta, now, before = given[t - 1], products[t], products[t - 1]
        sigma = sqrt(1 - now)
        root = sqrt(1 - beta)
        spread = sqrt(beta * (1 - before) / (1 - now))
        updates.append(Update(1 / root, beta / (root * sigma), spread, sqrt(now), sigma))
    return Schedule("ddpm", tuple(updates), 1.0, (sqrt(products[1]), sqrt(given[0])))


def ddpm_betas(steps: int, last: float = 0.01, power: float = 5.0) -> tuple[float, ...]:
    """Betas that rise geometrically and then stay: the shape that Li and Yan (2024) analyze.

    ``beta_1 = last`` and ``beta_(t+1) = r min(last (1 + r)^t, 1)`` with ``r = power ln(T) / T``,
    cut at 1/2 so that few steps are a schedule too.

    Args:
        steps: updates, T - 1 of them for T betas, at least 1.
        last: the variance of the noise that is left, between 0 and 1/2.
        power: their constant c_1.

    Raises:
        NetworkError: no such numbers.
    """
    check_count(steps, "steps")
    if not 0 < last <= 0.5 or not isfinite(power) or power <= 0:
        raise NetworkError(f"last is in (0, 1/2] and power positive, not {last} and {power}")
    count = steps + 1
    rate = power * log(count) / count
    later = [min(rate * min(last * (1 + rate) ** t, 1.0), 0.5) for t in range(1, count)]
    return (last, *later)


def smld(
    levels: Iterable[float], repeats: int, step: float = 0.5, *, start: float | None = None
) -> Schedule:
    """Score matching with Langevin dynamics (Song and Ermon, 2019), annealed over noise levels.

    At each level sigma, `repeats` times: ``x <- x + (a / 2) score(x) + sqrt(a) z`` with
    ``a = step * sigma ** 2``.

    Args:
        levels: standard deviations of the noise, decreasing, positive.
        repeats: steps at each level.
        step: the step size in units of the level's variance, positive.
        start: standard deviation of the first state; None: the first level.

    Raises:
        NetworkError: levels that do not decrease, or other numbers.

    Example:
        >>> from tcsim.networks.procedures import smld
        >>> [round(one.pull, 3) for one in smld([2.0, 1.0], 2, step=0.5).updates]
        [0.5, 0.5, 0.25, 0.25]
    """
    given = [float(level) for level in levels]
    check_count(repeats, "repeats")
    if not given or any(not isfinite(level) or level <= 0 for level in given):
        raise NetworkError(f"noise levels are positive numbers, not {given}")
    if any(after >= before for before, after in pairwise(given)):
        raise NetworkError(f"noise levels decrease, not as {given} do")
    first = given[0] if start is None else float(start)
    if not (isfinite(step) and step > 0 and isfinite(first) and first > 0):
        raise NetworkError(f"step and start are positive numbers, not {step} and {start}")
    updates = [
        Update(1.0, step * level / 2, sqrt(step) * level, 1.0, level)
        for level in given
        for _ in range(repeats)
    ]
    return Schedule("smld", tuple(updates), first, (1.0, given[-1]))
