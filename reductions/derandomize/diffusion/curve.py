"""How often a vote of k random seeds is wrong, against k: exactly, and by both bounds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.odds import odds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reductions.derandomize.margins import Margins
    from tcsim.typing import Integers


@dataclass(frozen=True)
class VoteError:
    """The error of a vote of k seeds that are drawn at random from a pool.

    Attributes:
        k: how many vote.
        worst: probability that the plurality is wrong, or tied, on the worst input: exact.
        mistakes: number of inputs on which it is wrong, on average: exact. Below 1, some k seeds
            are right everywhere.
        majority: ``exp(-2 k (1/2 - p)**2)``, Hoeffding's bound for the error p of the pool; 1 if p
            is not below 1/2.
        plurality: ``(M - 1) exp(-k eps**2 / 2)``, for the gap eps.
    """

    k: int
    worst: float
    mistakes: float
    majority: float
    plurality: float


def shares(margins: Margins) -> tuple[Integers, Integers]:
    """How the pool votes: the kinds of inputs, and how many inputs are of each.

    Returns:
        int64, shape (kinds, M): seeds for the right token, then for each other one; int64, shape
        (kinds,).
    """
    table = margins.table
    wrong = (table < 0).sum(axis=0).T.astype(np.int64)
    right = margins.seeds - wrong.sum(axis=1, keepdims=True)
    votes = np.concatenate((right, np.sort(wrong, axis=1)), axis=1)
    kinds, many = np.unique(votes, axis=0, return_counts=True)
    return kinds, many


def vote_errors(margins: Margins, ks: Iterable[int]) -> list[VoteError]:
    """The curve of a plurality.

    Args:
        margins: of a plurality.
        ks: numbers of seeds.
    """
    kinds, many = shares(margins)
    tokens, pool = kinds.shape[1], margins.seeds
    p, gap = float(margins.error), max(0.0, float(margins.gap))
    found = []
    for k in ks:
        wrong = [
            1 - odds([Fraction(int(one), pool) for one in votes], k).plurality for votes in kinds
        ]
        mistakes = sum(one * int(count) for one, count in zip(wrong, many, strict=True))
        majority = exp(-2 * k * (0.5 - p) ** 2) if p < 0.5 else 1.0
        plurality = (tokens - 1) * exp(-k * gap**2 / 2)
        found.append(VoteError(k, float(max(wrong)), float(mistakes), majority, plurality))
    return found
