"""Arguments that several measures take: sets of inputs, seeds, circuits to be sampled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.random import Generator


def input_numbers(inputs: Iterable[int], n: int, what: str) -> list[int]:
    """A set of inputs in increasing order.

    Args:
        inputs: their numbers.
        n: how many inputs there are.
        what: what they are, for the error.

    Raises:
        ArgumentError: what is no set of numbers of inputs.
    """
    chosen = list(inputs) if isinstance(inputs, Iterable) else [inputs]
    numbers = all(isinstance(i, int | np.integer) and not isinstance(i, bool) for i in chosen)
    if not isinstance(inputs, Iterable) or not numbers:
        raise ArgumentError(f"{what} are given by their numbers, such as [0, 2], not {inputs!r}")
    if not all(0 <= i < n for i in chosen):
        raise ArgumentError(f"{what} lie in 0..{n - 1}, not {sorted(map(int, chosen))}")
    return sorted({int(i) for i in chosen})


def generator(seed: int) -> Generator:
    """Random numbers of a seed.

    Raises:
        ArgumentError: a seed that is no integer >= 0.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ArgumentError(f"seed must be an integer of at least 0, not {seed!r}")
    return np.random.default_rng(int(seed))


def require_circuit(function: object) -> None:
    """Only circuits are sampled.

    Raises:
        ArgumentError: it is none.
    """
    if not isinstance(function, Circuit):
        raise ArgumentError(
            f"random vectors are for circuits, not {type(function).__name__}: "
            "of a truth table take the exact measure"
        )
