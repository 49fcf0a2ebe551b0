"""Explicit deterministic Markov decision processes: the best sum of rewards in T steps.

With states as rows and columns, rewards are a matrix, -inf where no action leads; its T-th power
over (max, +) holds the best sums. The stochastic case is P-complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.controls.control import Control

if TYPE_CHECKING:
    from random import Random

    from numpy.typing import NDArray

Process = tuple["NDArray[np.float64]", int]
"""Rewards (integers, or -inf), shape (states, states), and T."""


def backward_induction(process: Process) -> tuple[float, ...]:
    """The value of each state, with one more step to go each time."""
    rewards, steps = process
    values = np.zeros(len(rewards))
    for _ in range(steps):
        values = (rewards + values).max(axis=1)
    return tuple(values.tolist())


def matrix_powers(process: Process) -> tuple[tuple[float, ...], int]:
    """Repeated squaring; the values are the row maxima of the T-th power."""
    rewards, steps = process
    n = len(rewards)
    power = np.where(np.eye(n, dtype=bool), 0.0, -np.inf)
    square, rounds = rewards, 0
    for k in range(steps.bit_length()):
        if steps >> k & 1:
            power = _product(power, square)
            rounds += 1
        square = _product(square, square)
        rounds += 1
    return tuple(power.max(axis=1).tolist()), rounds


def _product(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((a[:, :, None] + b[None]).max(axis=1))


def _draw(random: Random, n: int) -> Process:
    size = random.randint(1, 6)
    rewards = [
        [random.randint(-9, 9) if random.random() < 0.5 else -np.inf for _ in range(size)]
        for _ in range(size)
    ]
    return np.array(rewards), random.randint(0, n)


DETERMINISTIC_MDP = Control(
    name="deterministic MDP",
    question="What is the best sum of rewards in T steps from each state of an explicit process?",
    complexity="NC2: powers of a matrix over (max, +)",
    in_nc=True,
    assumption="Serial only if actions have random outcomes: then it is P-complete.",
    reference="Papadimitriou and Tsitsiklis 1987, The complexity of Markov decision processes",
    draw=_draw,
    serial=backward_induction,
    parallel=matrix_powers,
    rounds=lambda n: 2 * n.bit_length(),
)
