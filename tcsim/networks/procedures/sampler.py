"""Samplers in fixed point: diffusion with fixed seeds as one integer network, bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import integers_within
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.table import Table
from tcsim.networks.procedures.diffusion import diffusion
from tcsim.networks.sketch import Sketch
from tcsim.networks.tables.rescaling import rescale

if TYPE_CHECKING:
    from tcsim.networks.inputs import Inputs
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.procedures.fixed_point import FixedPoint
    from tcsim.networks.procedures.schedule import Schedule
    from tcsim.networks.sketch import Edge


class Score(Protocol):
    """What a sampler follows: any operations of integer networks."""

    @property
    def dimensions(self) -> int:
        """d, the length of a state."""

    @property
    def condition(self) -> Inputs:
        """What it reads beside the state, the same at every step; of any shape."""

    def edge(self, sketch: Sketch, state: Edge, condition: Edge, step: int) -> Edge:
        """The score times the noise level, at step 0, 1, ..., of a state of shape (seeds, d).

        Returns:
            Integers over ``score_unit``, of the shape of the state: a linear form or coded.
        """


def sampler_step(
    score: Score, schedule: Schedule, numbers: FixedPoint, step: int, seeds: int = 1
) -> IntegerNetwork:
    """One step, ``round((A x + B r + C z) / 2**coefficient_bits)``, for some seeds at once.

    The update merges into the last linear layer of the score, so a step has the depth of the score
    and one level more.

    Args:
        score: what is followed.
        schedule: whose update is made.
        numbers: units and ranges; they name every rounding.
        step: which update, from 0.
        seeds: how many states stand side by side.

    Returns:
        A network that reads ``state`` and ``noise``, shape (seeds, d), and the condition, and gives
        the next state.

    Raises:
        NetworkError: there is no such step, or the score's integers have another shape.
    """
    if not 0 <= step < schedule.steps:
        raise NetworkError(f"a schedule of {schedule.steps} steps has no step {step!r}")
    shape = (seeds, score.dimensions)
    sketch = Sketch()
    state = sketch.input("state", shape, numbers.state)
    noise = sketch.input("noise", shape, numbers.noise)
    beside = score.condition
    condition = sketch.input(beside.name, beside.axes, beside.code)
    with sketch.scope("score"):
        found = score.edge(sketch, state, condition, step)
    if found.known.shape != shape:
        raise NetworkError(f"a score of shape {found.known.shape} for states of shape {shape}")
    with sketch.scope("update"):
        z = sketch.add(Table(numbers.quantiles, name="Gaussian quantile"), noise)
        terms = zip(numbers.factors(schedule.updates[step]), (state, found, z), strict=True)
        kept = [(factor, edge) for factor, edge in terms if factor]
        total = sketch.add(Combine([factor for factor, _ in kept]), *(edge for _, edge in kept))
        whole = 2**numbers.coefficient_bits
        new = sketch.add(rescale(1, whole, numbers.state, rounding="half_up", name="update"), total)
    return sketch.network(new)


def sampler(score: Score, schedule: Schedule, numbers: FixedPoint, draws: object) -> IntegerNetwork:
    """A sampler with fixed seeds: a network, and so a circuit, whose only input is the condition.

    Its depth is that of one step times the number of steps, whatever the number of seeds: they
    stand side by side along the first axis.

    Args:
        score: what is followed.
        schedule: how many steps, and which.
        numbers: units and ranges.
        draws: see `FixedPoint.draws`; integers, shape (seeds, steps + 1, d).

    Returns:
        A network that reads the condition and gives the last states, shape (seeds, d).

    Raises:
        NetworkError: draws of another shape or out of range.
    """
    given = np.asarray(draws)
    expected = (schedule.steps + 1, score.dimensions)
    if given.ndim != 3 or given.shape[1:] != expected or not len(given):
        raise NetworkError(
            f"draws have shape (seeds, steps + 1, d) = (any, {expected[0]}, {expected[1]}), "
            f"not {given.shape}"
        )
    try:
        fixed = integers_within(given, numbers.noise.lo, numbers.noise.hi, "draws")
    except ValueError as error:
        raise NetworkError(str(error)) from None
    steps = [
        sampler_step(score, schedule, numbers, step, len(fixed)) for step in range(schedule.steps)
    ]
    noises = [{"noise": fixed[:, step + 1]} for step in range(schedule.steps)]
    return diffusion(steps, numbers.first(schedule, fixed[:, 0]), noises)
