"""All powers of a delay matrix: where they become linear, proven, and by how much they grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import LimitError
from tcsim.hierarchy.cycles import cyclicity
from tcsim.hierarchy.delays import NO_PATH, Delays
from tcsim.hierarchy.sequences import UltimatelyLinear

if TYPE_CHECKING:
    from tcsim.typing import Integers

WINDOW_LIMIT = 50_000_000
"""Most entries of the matrices of one period that are held at once (8 bytes each)."""


class Powers:
    """The powers A^0, A^1, ... of a square matrix, as a formula from the exponent `start` on.

    From `start` on, every entry grows by the same amount every `period` exponents. The amount may
    depend on the entry and on the residue of the exponent, where the matrix has several strongly
    connected components. `start` is not guessed from a stretch that looks linear: it is the least
    exponent with a certificate, which also holds at all larger ones. Let d[t] = A^(t+c) - A^t. The
    certificate at t is: d[u+c] = d[u], both without and with paths in the same places, and among
    the k that attain ``max_k A[i, k] + A^u[k, j]`` one has the largest ``d[u][k, j]`` of all k with
    a path, for all i, j and u = t, ..., t + c - 1. Such a k attains the maximum c exponents later
    again, and its lead grows, so the next d is the same as c exponents before: for ever.

    Args:
        matrix: a square matrix.

    Raises:
        ArgumentError: the matrix is not square.
        LimitError: one period would not fit into memory, or delays beyond 2**60 come first.

    Attributes:
        matrix: A.
        period: c.
        start: the least exponent with a certificate.

    Example:
        >>> powers = Delays([[None, 5], [2, None]]).powers()
        >>> powers.start, powers.period
        (0, 2)
        >>> powers.entry(0, 1).formula()
        Piecewise((-oo, Eq(Mod(T, 2), 0)), (7*T/2 + 3/2, True))
        >>> (powers[10**6] == powers.matrix**10**6, powers[7][0, 1])
        (True, 26)
    """

    matrix: Delays
    period: int
    start: int

    def __init__(self, matrix: Delays) -> None:
        self.matrix = matrix
        self.period = cyclicity(matrix)
        room = (2 * self.period + 1) * max(matrix.data.size, 1)
        if room > WINDOW_LIMIT:
            raise LimitError(
                f"the powers repeat every {self.period:,} exponents only, {room:,} entries: "
                "take single powers"
            )
        high = 0
        while not self._certified(high):
            high = max(1, 2 * high)
        low = high // 2  # without a certificate, or 0
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._certified(middle) else (middle, high)
        self.start = high
        window = self._window(high)
        self._base = [power.data for power in window[: self.period]]
        self._increments = [_difference(*pair) for pair in zip(*_halves(window), strict=True)]

    def __getitem__(self, exponent: int) -> Delays:
        """One power.

        Raises:
            ArgumentError: the exponent is not an integer >= 0.
            LimitError: a delay is beyond 2**60.
        """
        return self.matrix**exponent

    def entry(self, i: int, j: int) -> UltimatelyLinear:
        """Entry [i, j] of A^T as a sequence in T.

        Raises:
            ArgumentError: there is no such entry.
        """
        self.matrix[i, j]  # raises for a place outside
        window = [int(base[i, j]) for base in self._base]
        sequence = UltimatelyLinear(
            self.start,
            self.period,
            tuple(None if value == NO_PATH else value for value in window),
            tuple(int(increment[i, j]) for increment in self._increments[: self.period]),
            lambda T: self[T][i, j],
        )
        return sequence.reduced()

    def _window(self, start: int) -> list[Delays]:
        """A^start, ..., A^(start + 2c)."""
        powers = [self.matrix**start]
        for _ in range(2 * self.period):
            powers.append(self.matrix @ powers[-1])
        return powers

    def _certified(self, start: int) -> bool:
        window = self._window(start)
        first, second = _halves(window)
        for one, two in zip(first, second, strict=True):
            if ((one.data == NO_PATH) != (two.data == NO_PATH)).any():
                return False
        increments = [_difference(*pair) for pair in zip(first, second, strict=True)]
        if (increments[0] != increments[-1]).any():
            return False
        pairs = zip(window, increments[:-1], strict=False)
        return all(self._led(power.data, increment) for power, increment in pairs)

    def _led(self, power: Integers, increment: Integers) -> bool:
        """Whether each maximum of A @ power is attained where the increment is largest."""
        best = np.full(power.shape, NO_PATH, np.int64)
        leader, fastest = best.copy(), best.copy()
        for k in range(len(power)):
            column = self.matrix.data[:, k, None]
            path = (column != NO_PATH) & (power[k, None, :] != NO_PATH)
            value = np.where(path, column + power[k, None, :], NO_PATH)
            rate = np.where(path, increment[k, None, :], NO_PATH)
            leader = np.where(
                value > best, rate, np.where(value == best, np.maximum(leader, rate), leader)
            )
            np.maximum(best, value, out=best)
            np.maximum(fastest, rate, out=fastest)
        return bool((leader == fastest).all())


def _halves(window: list[Delays]) -> tuple[list[Delays], list[Delays]]:
    """The first c + 1 and the last c + 1 of 2c + 1 powers."""
    middle = len(window) // 2
    return window[: middle + 1], window[middle:]


def _difference(one: Delays, two: Delays) -> Integers:
    """How much each entry grows from one to two; 0 where there is no path."""
    path = (one.data != NO_PATH) & (two.data != NO_PATH)
    return np.where(path, two.data - one.data, 0)
