"""Fixed point: the integers that stand for state, score and noise of a sampler."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code

if TYPE_CHECKING:
    from tcsim.networks.procedures.schedule import Schedule, Update
    from tcsim.typing import Integers


@dataclass(frozen=True)
class FixedPoint:
    """Units and ranges: each is a rounding, and these are all that a sampler makes.

    - *state grid*: x is ``X / unit`` for an integer X of ``-limit..limit``; a step rounds to the
      nearest, halves up, and what lies beyond is clipped;
    - *noise table*: a draw is one of ``2**noise_bits`` equally likely numbers u, and stands for the
      Gaussian quantile of ``(u + 1/2) / 2**noise_bits`` rounded to ``1 / noise_unit``;
    - *coefficients*: keep, pull and spread are fractions of ``2**coefficient_bits``, rounded to the
      nearest; the sum that they make is exact;
    - *score*: r is an integer over ``score_unit``; what is rounded to it is the score's affair.

    Raises:
        NetworkError: numbers that are not positive integers, or too many bits.
    """

    limit: int
    unit: int
    noise_bits: int = 6
    noise_unit: int = 64
    score_unit: int = 64
    coefficient_bits: int = 12

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise NetworkError(f"{name} is a positive integer, not {value!r}")
        if self.noise_bits > 12 or self.coefficient_bits > 24 or self.limit > 4096:
            raise NetworkError(
                "at most 12 noise_bits, 24 coefficient_bits and a limit of 4096, not "
                f"{self.noise_bits}, {self.coefficient_bits} and {self.limit}"
            )

    @property
    def state(self) -> Code:
        """How a state stands on wires: a thermometer, so that any function of it is linear."""
        return Code(-self.limit, self.limit)

    @property
    def noise(self) -> Code:
        """The code of a draw."""
        return Code(0, 2**self.noise_bits - 1)

    @property
    def quantiles(self) -> Integers:
        """The noise table, int64, shape ``(2**noise_bits,)``: never decreasing, odd around 0."""
        count = 2**self.noise_bits
        upper = [
            int(self.noise_unit * NormalDist().inv_cdf((u + 0.5) / count) + 0.5)
            for u in range(count // 2, count)
        ]
        return np.array([*(-one for one in reversed(upper)), *upper], np.int64)

    def factors(self, update: Update) -> tuple[int, int, int]:
        """keep, pull and spread over ``2**coefficient_bits``, for integers in their units."""
        whole = 2**self.coefficient_bits
        return (
            round(whole * update.keep),
            round(whole * update.pull * self.unit / self.score_unit),
            round(whole * update.spread * self.unit / self.noise_unit),
        )

    def first(self, schedule: Schedule, draws: Integers) -> Integers:
        """The first state of draws: the noise table scaled, rounded and clipped."""
        whole = 2**self.coefficient_bits
        scale = round(whole * schedule.start * self.unit / self.noise_unit)
        scaled = (2 * scale * self.quantiles[draws] + whole) // (2 * whole)
        found: Integers = np.clip(scaled, -self.limit, self.limit)
        return found

    def draws(self, seed: int, schedule: Schedule, dimensions: int = 1) -> Integers:
        """The draws of a seed: one for the first state and one for each step.

        Returns:
            int64, shape (steps + 1, dimensions), each of ``0..2**noise_bits - 1``.

        Raises:
            NetworkError: a seed that is no integer of 0 or more.
        """
        if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
            raise NetworkError(f"a seed is an integer of 0 or more, not {seed!r}")
        shape = (schedule.steps + 1, dimensions)
        return np.random.default_rng(seed).integers(0, 2**self.noise_bits, shape)
