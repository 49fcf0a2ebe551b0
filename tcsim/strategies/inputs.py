"""Strategies for what goes into circuits: batches of input vectors, weights of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Bits

_EDGES = sorted(
    (
        sign * (2**bits + off)
        for sign in (1, -1)
        for bits in (31, 53, 62, 63, 64)
        for off in (-1, 0, 1)
    ),
    key=abs,
)
"""Where machine integers, floats and their sums end."""


def batches(
    circuit: Circuit, *, min_vectors: int = 0, max_vectors: int = 8
) -> st.SearchStrategy[Bits]:
    """Batches of input vectors for a circuit.

    Args:
        circuit: what they are for.
        min_vectors: fewest vectors.
        max_vectors: most vectors.

    Returns:
        A strategy of uint8 arrays of 0/1, shape (vectors, inputs).

    Raises:
        ArgumentError: the bounds do not lie in order.
    """
    if not 0 <= min_vectors <= max_vectors:
        raise ArgumentError(f"batches of {min_vectors} to {max_vectors} vectors do not exist")
    inputs = circuit.n_inputs
    rows = st.lists(st.integers(0, 2**inputs - 1), min_size=min_vectors, max_size=max_vectors)

    def array(numbers: list[int]) -> Bits:
        bits = [[number >> i & 1 for i in range(inputs)] for number in numbers]
        return np.array(bits, np.uint8).reshape(len(numbers), inputs)

    return rows.map(array)


def any_integers(low: int = -(2**600), high: int = 2**600) -> st.SearchStrategy[int]:
    """Python integers, around the ends of int64 and far beyond them too.

    Args:
        low: the least.
        high: the greatest.
    """
    edges = [edge for edge in _EDGES if low <= edge <= high]
    within = st.integers(low, high)
    return within | st.sampled_from(edges) if edges else within
