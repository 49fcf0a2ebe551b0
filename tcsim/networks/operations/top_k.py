"""TopK and Rank: the places of the largest values; and Largest: those values themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.maximum import thermometer_of
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers

Ties: TypeAlias = Literal["first", "last"]
"""Which of equal values comes first in the order: that of the lowest place, or of the highest."""


class Rank(Immutable):
    """How many values along the last axis come before each one, from the largest; k at most.

    Two levels: a comparison for each pair of places, then k thresholds over those of each place.

    Args:
        places: how many values there are, at least 2.
        k: where counting ends: ranks 0 to k - 1 are told apart; ``places - 1`` unless said.
        ties: which of equal values comes first.

    Raises:
        NetworkError: numbers out of range, or an unknown rule.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Rank
        >>> Rank(4)(np.array([[5, 9, 5, 1]])).tolist()
        [[1, 0, 2, 3]]
    """

    __slots__ = ("code", "k", "places", "ties")

    places: int
    k: int
    ties: Ties
    code: Code

    def __init__(self, places: int, k: int | None = None, ties: Ties = "first") -> None:
        if not isinstance(places, int) or places < 2:
            raise NetworkError(f"an order is of at least 2 values, not {places!r}")
        count = self._count(places, k)
        if ties not in get_args(Ties):
            raise NetworkError(f"ties are broken for the 'first' or the 'last', not {ties!r}")
        self._set(places=places, k=count, ties=ties, code=self._code(places, count))

    @staticmethod
    def _count(places: int, k: int | None) -> int:
        count = places - 1 if k is None else k
        if not isinstance(count, int) or not 1 <= count < places:
            raise NetworkError(f"ranks are told apart up to 1..{places - 1} of them, not {k!r}")
        return count

    @staticmethod
    def _code(places: int, k: int) -> Code:  # noqa: ARG004 - TopK needs them
        return Code(0, k)

    def with_code(self, code: Code) -> Rank:  # noqa: ARG002 - its gates make one code
        """Itself: `Recode` behind it gives another."""
        return self

    def order(self, x: Integers) -> Integers:
        """The places from the largest value to the least, int64, of the shape of `x`."""
        if self.ties == "first":
            found: Integers = np.argsort(-x, axis=-1, kind="stable")
            return found
        reverse: Integers = np.argsort(-x[..., ::-1], axis=-1, kind="stable")
        places: Integers = x.shape[-1] - 1 - reverse
        return places

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        ranks = np.argsort(self.order(x), axis=-1)
        return np.minimum(ranks, self.k)

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; a bound."""
        (x,) = operands
        self.check(x)
        return Values.coded(x.shape, self.code)

    def check(self, x: Values) -> None:
        """Refuse another number of values.

        Raises:
            NetworkError: there are not as many as `places`.
        """
        if not x.shape or x.shape[-1] != self.places:
            found = x.shape[-1] if x.shape else "no"
            raise NetworkError(f"an order of {self.places} values, but there are {found}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.k} of {self.places}, ties to the {self.ties}>"


class TopK(Rank):
    """The places of the k largest values along the last axis, the largest first, in one-hot code.

    Three levels: comparisons, k ranks of each place, and ``[rank = r]`` for each place and r.

    Args:
        places: how many values there are, at least 2.
        k: how many are wanted; all unless said.
        ties: which of equal values comes first.

    Raises:
        NetworkError: numbers out of range, or an unknown rule.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import TopK
        >>> TopK(4, 2)(np.array([[5, 9, 5, 1]])).tolist()
        [[1, 0]]
    """

    __slots__ = ()

    @staticmethod
    def _count(places: int, k: int | None) -> int:
        count = places if k is None else k
        if not isinstance(count, int) or not 1 <= count <= places:
            raise NetworkError(f"of {places} values the largest 1..{places}, not {k!r}")
        return count

    @staticmethod
    def _code(places: int, k: int) -> Code:  # noqa: ARG004 - Rank needs it
        return Code(0, places - 1, "one_hot")

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        return self.order(x)[..., : self.k]

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; a bound."""
        (x,) = operands
        self.check(x)
        return Values.coded((*x.shape[:-1], self.k), self.code)


class Largest(Immutable):
    """The k largest values along the last axis, the largest first, of values in thermometer code.

    One level: step t of the r-th largest is ``[at least r of the steps t are on]``. With all of
    them it sorts.

    Args:
        k: how many.

    Raises:
        NetworkError: fewer than 1.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Largest
        >>> Largest(2)(np.array([[5, 9, 5, 1]])).tolist()
        [[9, 5]]
    """

    __slots__ = ("k",)

    k: int

    def __init__(self, k: int) -> None:
        if not isinstance(k, int) or k < 1:
            raise NetworkError(f"at least one largest value, not {k!r}")
        self._set(k=k)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        found: Integers = np.sort(x, axis=-1)[..., ::-1][..., : self.k]
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact where the values are independent."""
        (x,) = operands
        code = thermometer_of(operands, "Largest")
        if not x.shape or x.shape[-1] < self.k:
            raise NetworkError(f"the largest {self.k} of values of shape {x.shape}")
        lo, hi = (self(end[None])[0] for end in x.full())
        return Values(lo.shape, lo, hi, code)

    def __repr__(self) -> str:
        return f"<Largest: {self.k}>"
