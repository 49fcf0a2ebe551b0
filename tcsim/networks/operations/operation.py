"""What every operation of an integer network can say about itself.

An operation is a meaning alone. How it becomes gates is in `tcsim.networks.circuits`, what those
gates cost, as formulas, in `tcsim.networks.costs`: a file each, of the same name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tcsim.networks.values import Values
    from tcsim.typing import Integers


class Operation(Protocol):
    """A function of arrays of integers with exactly one meaning."""

    def infer(self, *operands: Values) -> Values:
        """Shape, range and code of the result.

        Raises:
            NetworkError: operands that the operation does not take, or a result that could reach
                `LIMIT`.
        """

    def __call__(self, *operands: Integers) -> Integers:
        """The result for int64 operands of shape ``(rows, *shape)``."""
