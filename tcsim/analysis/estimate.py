"""Means of samples, with an interval that holds at a stated confidence."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tcsim.errors import ArgumentError


@dataclass(frozen=True)
class Estimate:
    """An estimated mean.

    Attributes:
        value: the mean of the samples.
        low: the mean of all lies in [low, high] with the stated confidence.
        high: see low.
        samples: how many there were.
        confidence: at least this is the probability that the interval holds the true value: of
            each estimate by itself.
        seed: of the random vectors.
    """

    value: float
    low: float
    high: float
    samples: int
    confidence: float
    seed: int = 0


def hoeffding(
    mean: float, low: float, high: float, samples: int, confidence: float, seed: int
) -> Estimate:
    """The interval for the mean of independent samples that lie in [low, high].

    Source: W. Hoeffding, "Probability inequalities for sums of bounded random variables", JASA
    58(301), 1963, theorem 2: ``P(|mean - expected| >= t) <= 2 exp(-2 N t^2 / (high - low)^2)``.

    Args:
        mean: of the samples.
        low: the least possible value.
        high: the largest.
        samples: how many.
        confidence: between 0 and 1.
        seed: of the random vectors.
    """
    t = (high - low) * half_width(samples, confidence)
    return Estimate(mean, max(low, mean - t), min(high, mean + t), samples, confidence, seed)


def half_width(samples: int, confidence: float) -> float:
    """Half the width of Hoeffding's interval for samples in [0, 1].

    Raises:
        ArgumentError: no samples, or a confidence that is none.
    """
    if isinstance(samples, bool) or not isinstance(samples, int) or samples < 1:
        raise ArgumentError(f"samples must be a positive integer, not {samples!r}")
    if not isinstance(confidence, float) or not 0 < confidence < 1:
        raise ArgumentError(f"confidence lies between 0 and 1, not {confidence!r}")
    return math.sqrt(math.log(2 / (1 - confidence)) / (2 * samples))
