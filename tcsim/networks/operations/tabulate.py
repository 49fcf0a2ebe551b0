"""Tabulate: any function of one integer, told apart by the values at which it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.table import check_features, integer_table
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.codes import Code
    from tcsim.typing import Integers

_MOST = 2**26
"""Values of a function, over all features, at which it is looked at."""


class Tabulate(Immutable):
    """``values[k]`` where k of a feature's cuts are reached: ``cuts[k - 1] <= x < cuts[k]``.

    Unlike `Requantize` the values may fall as well as rise: GELU and SiLU straight on a sum. With
    the cuts as gates the result is a linear form, ``values[0] + sum_k (values[k] - values[k - 1])
    [x >= cuts[k - 1]]``: one level. With a code, each of its wires is a gate over those: two.

    Args:
        cuts: integers, shape ``(*features, changes)``, never decreasing along the last axis; the
            others broadcast against the last axes of the operand.
        values: integers, shape ``(*features, changes + 1)``.
        code: how results stand on wires; None: they are linear forms.
        name: what the function is called; for people.

    Raises:
        NetworkError: cuts that decrease, shapes that do not fit, values out of the code.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Tabulate
        >>> bump = Tabulate([0, 5], [0, 3, 1])
        >>> bump(np.array([[-1], [0], [4], [5]])).ravel().tolist()
        [0, 3, 3, 1]
    """

    __slots__ = ("code", "cuts", "name", "values")

    cuts: Integers
    values: Integers
    code: Code | None
    name: str

    def __init__(
        self, cuts: object, values: object, code: Code | None = None, name: str = ""
    ) -> None:
        steps, results = integer_table(cuts, "cuts"), integer_table(values, "values")
        if results.shape != (*steps.shape[:-1], steps.shape[-1] + 1):
            raise NetworkError(
                f"cuts of shape {steps.shape} have one value fewer than {results.shape}"
            )
        if (np.diff(steps, axis=-1) < 0).any():
            raise NetworkError("cuts never decrease along the last axis")
        if code is not None and (results.min() < code.lo or results.max() > code.hi):
            raise NetworkError(
                f"values {results.min()}..{results.max()} leave the code {code.lo}..{code.hi}"
            )
        self._set(cuts=steps, values=results, code=code, name=name)

    @classmethod
    def from_function(
        cls,
        function: Callable[[Integers], Integers],
        lo: object,
        hi: object,
        code: Code | None = None,
        name: str = "",
    ) -> Tabulate:
        """The cuts of any function, which is looked at everywhere.

        Args:
            function: maps int64, shape ``(*features, k)``, to integers of that shape; row j are
                values of feature j. Floats that are whole numbers are taken too.
            lo: least value of each feature, shape ``(*features,)``, such as `Values.lo`.
            hi: largest value of each feature, likewise.
            code: how results stand on wires; None: they are linear forms.
            name: what the function is called; for people.

        Raises:
            NetworkError: results that are no integers, or more than 2**26 values to look at.

        Example:
            >>> from tcsim.networks import Tabulate
            >>> square = Tabulate.from_function(lambda x: x * x // 4, -4, 3)
            >>> square.cuts.tolist(), square.values.tolist()
            ([-3, -2, -1, 2, 3], [4, 2, 1, 0, 1, 2])
        """
        first, last = np.broadcast_arrays(np.asarray(lo, np.int64), np.asarray(hi, np.int64))
        span = int((last - first).max()) + 1
        if span * first.size > _MOST:
            raise NetworkError(
                f"{first.size} features of up to {span:,} values each: put Requantize in front, "
                "or find the cuts piece by piece"
            )
        x = np.minimum(first[..., None] + np.arange(span), last[..., None])
        found = np.asarray(function(x))
        if found.shape != x.shape or not (found == np.rint(found)).all():
            raise NetworkError(f"the function {name} must map {x.shape} to whole numbers")
        found = found.astype(np.int64)
        changes = np.diff(found, axis=-1) != 0
        most = max(1, int(changes.sum(axis=-1).max()))
        # Features of fewer changes are filled up with cuts that are never reached.
        order = np.argsort(~changes, axis=-1, kind="stable")[..., :most]
        if order.shape[-1] == 0:
            order = np.zeros((*first.shape, 1), np.int64)
            real = np.zeros(order.shape, bool)
        else:
            real = np.take_along_axis(changes, order, -1)
        after = np.minimum(order + 1, span - 1)
        cuts = np.where(real, np.take_along_axis(x, after, -1), last[..., None] + 1)
        inner = np.where(real, np.take_along_axis(found, after, -1), found[..., -1:])
        return cls(cuts, np.concatenate((found[..., :1], inner), axis=-1), code, name)

    def with_code(self, code: Code) -> Tabulate:
        """The same function with another code."""
        return Tabulate(self.cuts, self.values, code, self.name)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        reached = (x[..., None] >= self.cuts).sum(axis=-1)
        rows = np.broadcast_to(self.values, (*x.shape, self.values.shape[-1]))
        found: Integers = np.take_along_axis(rows, reached[..., None], axis=-1)[..., 0]
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact for each value by itself."""
        (x,) = operands
        check_features(self.cuts.shape[:-1], x.shape, "cuts")
        first, last = ((end[..., None] >= self.cuts).sum(axis=-1) for end in (x.lo, x.hi))
        number = np.arange(self.values.shape[-1])
        inside = (first[..., None] <= number) & (number <= last[..., None])
        # Of equal cuts only the last value is ever taken.
        cuts = np.concatenate((self.cuts, np.full((*self.cuts.shape[:-1], 1), LIMIT)), axis=-1)
        below = np.concatenate((np.full((*self.cuts.shape[:-1], 1), -LIMIT), self.cuts), axis=-1)
        inside = inside & (cuts > below)
        low = np.where(inside, self.values, LIMIT).min(axis=-1)
        high = np.where(inside, self.values, -LIMIT).max(axis=-1)
        return Values(x.shape, low, high, self.code)

    def __repr__(self) -> str:
        name = f" {self.name}" if self.name else ""
        ends = "" if self.code is None else f" to {self.code.lo}..{self.code.hi}, {self.code.kind}"
        return f"<Tabulate{name}: {self.cuts.shape[-1]} changes{ends}>"
