"""What every operation of an integer network can say about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tcsim.networks.cost import Cost, Operands, Quantities
    from tcsim.typing import Integers

LIMIT = 2**62
"""Magnitude that no value of a network reaches: sums, differences and thresholds fit int64."""


class Operation(Protocol):
    """A function of integer rows with exactly one meaning."""

    def __call__(self, x: Integers) -> Integers:
        """The outputs for int64 rows of shape (rows, features)."""

    def range(self, lo: Integers, hi: Integers) -> tuple[Integers, Integers]:
        """Least and largest output per feature, for inputs in lo..hi; both int64, (features,).

        Raises:
            NetworkError: as many features as the operation does not take, or an output that could
                reach `LIMIT`.
        """

    def cost(self, operands: Operands, symbols: Quantities) -> tuple[Operands, Cost | None]:
        """What it reads and adds as a circuit, built without sharing and folding.

        Args:
            operands: what the forms that it reads stand on.
            symbols: makes the symbols of the formulas.

        Returns:
            What the forms that it makes stand on, and the gates that it needs, if any.
        """
