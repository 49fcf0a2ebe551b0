"""Exact scores of mixtures of tokens: Gaussians around the tokens' places, noised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks import Code, Combine, Product, Table
from tcsim.networks.inputs import Inputs

if TYPE_CHECKING:
    from tcsim.networks.procedures import FixedPoint, Schedule
    from tcsim.networks.sketch import Edge, Sketch
    from tcsim.networks.tables.activations import Floats


@dataclass(frozen=True)
class Mixture:
    """A law on the line: Gaussians of one width around centers.

    Attributes:
        centers: where they are.
        weights: their probabilities, nonnegative, of sum 1.
        width: their standard deviation; 0 makes them atoms.

    Raises:
        ArgumentError: weights that do not fit or sum to 1, or a negative width.
    """

    centers: tuple[float, ...]
    weights: tuple[float, ...]
    width: float

    def __post_init__(self) -> None:
        if len(self.weights) != len(self.centers) or not self.centers:
            raise ArgumentError(f"{len(self.centers)} centers, but {len(self.weights)} weights")
        if min(self.weights) < 0 or abs(sum(self.weights) - 1) > 1e-9 or not self.width >= 0:
            raise ArgumentError(f"weights {self.weights} of sum 1 and a width of 0 or more")

    @property
    def first_moment(self) -> float:
        """A bound of the mean of abs(x), which Theorem F.1 wants to be at most 1."""
        mean = sum(w * abs(c) for w, c in zip(self.weights, self.centers, strict=True))
        return float(mean + self.width * (2 / np.pi) ** 0.5)

    def density(self, x: Floats, signal: float = 1.0, sigma: float = 0.0) -> Floats:
        """The density of ``signal * x_0 + sigma * noise``, for x of any shape."""
        found: Floats = self._parts(x, signal, sigma)[0].sum(axis=0)
        return found

    def score(self, x: Floats, signal: float = 1.0, sigma: float = 0.0) -> Floats:
        """The derivative of the logarithm of `density`."""
        _, distance, variance, logs = self._logs(x, signal, sigma)
        share = np.exp(logs - logs.max(axis=0))
        found: Floats = -(share * distance).sum(axis=0) / share.sum(axis=0) / variance
        return found

    def _parts(self, x: Floats, signal: float, sigma: float) -> tuple[Floats, Floats]:
        _, distance, variance, logs = self._logs(x, signal, sigma)
        return np.exp(logs) / np.sqrt(2 * np.pi * variance), distance

    def _logs(self, x: Floats, signal: float, sigma: float) -> tuple[Floats, Floats, float, Floats]:
        variance = (signal * self.width) ** 2 + sigma**2
        if variance == 0:
            raise ArgumentError("atoms without noise have no density: give a width or sigma")
        at = np.asarray(x, np.float64)
        kept = [(c, w) for c, w in zip(self.centers, self.weights, strict=True) if w]
        tail = (1,) * at.ndim
        centers = np.array([c for c, _ in kept]).reshape(-1, *tail)
        distance = at - signal * centers
        logs = np.log(np.array([w for _, w in kept])).reshape(-1, *tail) - distance**2 / (
            2 * variance
        )
        return at, distance, variance, logs


@dataclass(frozen=True)
class MixtureScore:
    """The exact score of one of several mixtures, chosen by a class: a table for each step.

    The one rounding is that of its values to ``1 / score_unit``: half to even.

    Attributes:
        mixtures: one for each class.
        schedule: whose noise levels the tables are for.
        numbers: units and ranges.

    Raises:
        ArgumentError: fewer than two mixtures.
    """

    mixtures: tuple[Mixture, ...]
    schedule: Schedule
    numbers: FixedPoint

    def __post_init__(self) -> None:
        if len(self.mixtures) < 2:
            raise ArgumentError(f"a class chooses among at least 2, not {len(self.mixtures)}")

    @property
    def dimensions(self) -> int:
        """See `tcsim.networks.procedures.Score`."""
        return 1

    @property
    def condition(self) -> Inputs:
        """The number of the class."""
        return Inputs(1, Code(0, len(self.mixtures) - 1), "class")

    def rows(self, step: int) -> list[list[int]]:
        """For each class the integers of sigma * score at every state, lowest first."""
        update, state = self.schedule.updates[step], self.numbers.state
        x = np.arange(state.lo, state.hi + 1) / self.numbers.unit
        scale = self.numbers.score_unit * update.sigma
        return [
            np.rint(scale * one.score(x, update.signal, update.sigma)).astype(np.int64).tolist()
            for one in self.mixtures
        ]

    def edge(self, sketch: Sketch, state: Edge, condition: Edge, step: int) -> Edge:
        """See `tcsim.networks.procedures.Score`: the ANDs of state and class, one level."""
        lo, rows = self.numbers.state.lo, np.array(self.rows(step))
        found = [sketch.add(Table(rows[0], lo, "score"), state)]
        for number in range(1, len(rows)):
            chosen = [int(place == number) for place in range(len(rows))]
            more = Product(Table(rows[number] - rows[0], lo, "score"), Table(chosen))
            found.append(sketch.add(more, state, condition))
        return sketch.add(Combine([1] * len(found)), *found)
