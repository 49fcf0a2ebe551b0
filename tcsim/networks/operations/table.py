"""Table: any function of one coded value, as a linear form. No gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.codes import Code
    from tcsim.typing import Integers


class Table(Immutable):
    """``rows[x - lo]``: an integer for every value of a code.

    Any function f of a value is linear in the wires of its thermometer,
    ``f(lo) + sum_k (f(k) - f(k - 1)) [x >= k]``, and of its one-hot code. So activations of rounded
    values, exponentials, squares and changes of scale cost nothing in front of a linear form.

    Args:
        rows: integers, shape ``(*features, hi - lo + 1)``: what lo, lo + 1, ..., hi are mapped to;
            the other axes broadcast against the last axes of the values.
        lo: the value that the first entry is for.
        name: what the function is called; for people.

    Raises:
        NetworkError: rows that are no integers within 2**62, or of fewer than two values.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Table
        >>> square = Table([4, 1, 0, 1], lo=-2)
        >>> square(np.array([[-2], [1]])).ravel().tolist()
        [4, 1]
    """

    __slots__ = ("lo", "name", "rows")

    rows: Integers
    lo: int
    name: str

    def __init__(self, rows: object, lo: int = 0, name: str = "") -> None:
        self._set(rows=integer_table(rows, "rows of a table"), lo=int(lo), name=name)
        if self.rows.shape[-1] < 2:
            raise NetworkError(f"a table is of at least two values, not {self.rows.shape[-1]}")

    @classmethod
    def from_function(
        cls, function: Callable[[Integers], Integers], code: Code, name: str = ""
    ) -> Table:
        """The table of a function.

        Args:
            function: maps the int64 values lo..hi of the code, shape (hi - lo + 1,), to integers of
                shape ``(*features, hi - lo + 1)``; floats that are whole numbers are taken too.
            code: the range of its argument.
            name: what it is called; for people.

        Raises:
            NetworkError: results of another shape, or that are no integers.

        Example:
            >>> from tcsim.networks import Code, Table
            >>> Table.from_function(lambda x: x * x, Code(-2, 1)).rows.tolist()
            [4, 1, 0, 1]
        """
        found = np.asarray(function(np.arange(code.lo, code.hi + 1, dtype=np.int64)))
        if found.dtype.kind == "f":
            if not (np.isfinite(found).all() and (found == np.rint(found)).all()):
                raise NetworkError(f"the function {name or 'of a table'} gives no whole numbers")
            if np.abs(found).max(initial=0) >= LIMIT:
                raise NetworkError(f"the function {name or 'of a table'} reaches 2**62")
            found = found.astype(np.int64)
        if not found.shape or found.shape[-1] != code.steps + 1:
            raise NetworkError(
                f"the function maps {code.steps + 1} values to an array of {found.shape}"
            )
        return cls(found, code.lo, name)

    @property
    def hi(self) -> int:
        """The value that the last entry is for."""
        return self.lo + int(self.rows.shape[-1]) - 1

    @property
    def largest_step(self) -> int:
        """Largest absolute difference of neighboring entries."""
        return int(np.abs(np.diff(self.rows.astype(object), axis=-1)).max())

    @property
    def largest(self) -> int:
        """Largest absolute entry."""
        return int(np.abs(self.rows).max())

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        features = self.rows.shape[:-1]
        at = [np.arange(length) for length in features]
        grid = np.ix_(*at) if at else ()
        places = np.broadcast_arrays(x - self.lo, *(one * np.ones_like(x[:1]) for one in grid))
        found: Integers = self.rows[(*places[1:], places[0])]
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact for each value by itself."""
        (x,) = operands
        code = x.code
        if code is None or code.kind == "binary":
            raise NetworkError(
                "a table reads values in thermometer or one-hot code, not "
                f"{'a linear form: put Requantize' if code is None else 'binary: put Recode'} "
                "in front"
            )
        if (code.lo, code.hi) != (self.lo, self.hi):
            raise NetworkError(
                f"a table of {self.lo}..{self.hi} for values of {code.lo}..{code.hi}"
            )
        check_features(self.rows.shape[:-1], x.shape, "a table")
        values = np.arange(self.lo, self.hi + 1)
        inside = (x.lo[..., None] <= values) & (values <= x.hi[..., None])
        low = np.where(inside, self.rows, LIMIT).min(axis=-1)
        high = np.where(inside, self.rows, -LIMIT).max(axis=-1)
        return Values(x.shape, low, high)

    def terms(self, values: Values) -> int:
        """About how many terms its stored forms have."""
        return values.size * int(self.rows.shape[-1])

    def __repr__(self) -> str:
        name = f" {self.name}" if self.name else ""
        features = " x ".join(map(str, self.rows.shape[:-1])) or "all"
        return f"<Table{name}: {features} from {self.lo}..{self.hi}>"


def integer_table(values: object, what: str) -> Integers:
    """An array of integers with at least one axis, none of them as large as 2**62."""
    try:
        array = np.asarray(values)
    except (ValueError, OverflowError) as error:
        raise NetworkError(f"{what} must be integers: {error}") from None
    if array.ndim == 0 or not array.size or array.dtype.kind not in "iu":
        raise NetworkError(f"{what} must be integers, not {array.dtype} of shape {array.shape}")
    if int(array.max()) >= LIMIT or int(array.min()) <= -LIMIT:
        raise NetworkError(f"{what} hold {array.max()} or {array.min()}, beyond 2**62")
    exact: Integers = array.astype(np.int64)
    return exact


def check_features(features: tuple[int, ...], shape: tuple[int, ...], what: str) -> None:
    """Refuse rows for features that do not broadcast into the last axes of values."""
    rank = len(features)
    if rank > len(shape) or any(
        mine not in (1, axis)
        for mine, axis in zip(features, shape[len(shape) - rank :], strict=True)
    ):
        raise NetworkError(f"{what} for features of {features}, but the values are of {shape}")
