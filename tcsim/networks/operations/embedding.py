"""Embedding: a row of a table for each number of a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.table import integer_table
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class Embedding(Immutable):
    """``rows[x - lo]`` along a new last axis.

    One-hot and thermometer numbers: linear forms, no gate. Binary numbers: the AND of their digits
    for every token, one level, and linear forms over those.

    Args:
        rows: integers, shape (tokens, width).
        lo: the number of the first token.

    Raises:
        NetworkError: rows that are no such array, or fewer than two.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Embedding
        >>> Embedding([[1, 2], [3, 4], [5, 6]])(np.array([[2, 0]])).tolist()
        [[[5, 6], [1, 2]]]
    """

    __slots__ = ("lo", "rows")

    rows: Integers
    lo: int

    def __init__(self, rows: object, lo: int = 0) -> None:
        table = integer_table(rows, "rows of an embedding")
        if table.ndim != 2 or len(table) < 2:
            raise NetworkError(
                f"an embedding is of at least two tokens, (tokens, width), not {table.shape}"
            )
        self._set(rows=table, lo=int(lo))

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        found: Integers = self.rows[x - self.lo]
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact for each value by itself."""
        (x,) = operands
        hi = self.lo + len(self.rows) - 1
        if x.code is None or (x.code.lo, x.code.hi) != (self.lo, hi):
            found = "a linear form" if x.code is None else f"values of {x.code.lo}..{x.code.hi}"
            raise NetworkError(f"an embedding of tokens {self.lo}..{hi} reads a code, not {found}")
        ends = np.stack([x.lo.reshape(-1), x.hi.reshape(-1)], axis=1) - self.lo
        kinds, which = np.unique(ends, axis=0, return_inverse=True)
        low, high = (
            np.stack([reach(self.rows[a : b + 1], axis=0) for a, b in kinds.tolist()])
            for reach in (np.min, np.max)
        )
        width = self.rows.shape[1]
        shape = (*x.lo.shape, width)
        where = which.reshape(-1)
        return Values((*x.shape, width), low[where].reshape(shape), high[where].reshape(shape))

    @property
    def largest(self) -> int:
        """Largest absolute entry."""
        return int(np.abs(self.rows).max())

    @property
    def largest_step(self) -> int:
        """Largest absolute difference of neighboring tokens."""
        return int(np.abs(np.diff(self.rows.astype(object), axis=0)).max())

    def terms(self, values: Values) -> int:
        """About how many terms its stored forms have."""
        return values.size * len(self.rows)

    def __repr__(self) -> str:
        return f"<Embedding: {self.rows.shape[0]} tokens to {self.rows.shape[1]} values>"
