"""Matrices of delays in (max,+) algebra: sums are maxima, products are sums, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy.checking import LARGEST, integer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.hierarchy.cycles import CycleMean
    from tcsim.hierarchy.powers import Powers
    from tcsim.typing import Integers

NO_PATH = -(1 << 62)
"""Stands for minus infinity. Two of them fit into int64, and every sum that holds one lies below
`_FINITE`, every sum of two delays above it."""

_FINITE = -(1 << 61)


class Delays:
    """A matrix over the integers and "no path" (minus infinity), immutable, equal by content.

    Entry [i, j] is the longest path from j to i: ``(A @ B)[i, j] = max_k A[i, k] + B[k, j]``, and
    ``A | B`` is the entrywise maximum (Baccelli, Cohen, Olsder, Quadrat, *Synchronization and
    Linearity*, 1992, chapter 3).

    Args:
        rows: rows of equal length, integers of at most 2**60 in absolute value, or None for "no
            path".
        columns: number of columns; needed only where there are no rows.

    Raises:
        ArgumentError: the rows differ in length or hold something else.

    Example:
        >>> step = Delays([[4, 3], [3, 2]])
        >>> step @ step
        Delays([[8, 7], [7, 6]])
        >>> (step**100)[0, 1], step.cycle_mean()
        (399, CycleMean(value=Fraction(4, 1), cycle=(0,)))
    """

    __slots__ = ("_data",)

    _data: Integers

    def __init__(self, rows: Iterable[Iterable[int | None]], columns: int | None = None) -> None:
        try:
            listed = [list(row) for row in rows]
        except TypeError:
            raise ArgumentError(f"rows must be a sequence of rows, not {rows!r}") from None
        width = columns if columns is not None else len(listed[0]) if listed else 0
        width = integer("columns", width, 0)
        for i, row in enumerate(listed):
            if len(row) != width:
                raise ArgumentError(f"row {i} has {len(row)} entries, not {width}")
        data = [
            [
                NO_PATH if entry is None else integer(f"the delay [{i}, {j}]", entry)
                for j, entry in enumerate(row)
            ]
            for i, row in enumerate(listed)
        ]
        self._freeze(np.array(data, np.int64).reshape(len(listed), width))

    @classmethod
    def from_array(cls, data: Integers) -> Delays:
        """A matrix from an int64 array in which values below -2**61 stand for "no path".

        Raises:
            LimitError: a delay is beyond 2**60.
        """
        matrix = cls.__new__(cls)
        data = np.where(data < _FINITE, NO_PATH, data)
        if (np.abs(data[data != NO_PATH]) > LARGEST).any():
            raise LimitError("a delay grew beyond 2**60: take fewer repetitions")
        matrix._freeze(data)  # noqa: SLF001 - its own
        return matrix

    @classmethod
    def identity(cls, size: int) -> Delays:
        """Delay 0 from each place to itself, and no other path."""
        size = integer("size", size, 0)
        return cls.from_array(np.where(np.eye(size, dtype=bool), 0, NO_PATH))

    def _freeze(self, data: Integers) -> None:
        data.flags.writeable = False
        object.__setattr__(self, "_data", data)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Delays are immutable: {name} cannot be set")

    @property
    def data(self) -> Integers:
        """The entries, int64, read-only; -2**62 is "no path"."""
        return self._data

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        rows, columns = self._data.shape
        return rows, columns

    def __getitem__(self, place: tuple[int, int]) -> int | None:
        rows, columns = self.shape
        if not isinstance(place, tuple) or len(place) != 2:
            raise ArgumentError(f"an entry has a row and a column, not {place!r}")
        i = integer("the row", place[0], 0)
        j = integer("the column", place[1], 0)
        if i >= rows or j >= columns:
            raise ArgumentError(f"there is no entry [{i}, {j}] in {rows} rows, {columns} columns")
        value = int(self._data[i, j])
        return None if value == NO_PATH else value

    def rows(self) -> list[list[int | None]]:
        """The entries as lists; None is "no path"."""
        return [[None if v == NO_PATH else v for v in row] for row in self._data.tolist()]

    def __matmul__(self, other: Delays) -> Delays:
        if not isinstance(other, Delays):
            return NotImplemented
        if self.shape[1] != other.shape[0]:
            raise ArgumentError(
                f"{self.shape[1]} columns times {other.shape[0]} rows: they must be equally many"
            )
        best = np.full((self.shape[0], other.shape[1]), NO_PATH, np.int64)
        for k in range(self.shape[1]):
            np.maximum(best, self._data[:, k, None] + other._data[k, None, :], out=best)
        return Delays.from_array(best)

    def __or__(self, other: Delays) -> Delays:
        if not isinstance(other, Delays):
            return NotImplemented
        if self.shape != other.shape:
            raise ArgumentError(f"the shapes {self.shape} and {other.shape} differ")
        return Delays.from_array(np.maximum(self._data, other._data))

    def __pow__(self, exponent: int) -> Delays:
        self.require_square()
        left = integer("the exponent", exponent, 0)
        result, square = Delays.identity(self.shape[0]), self
        while left:
            if left & 1:
                result = result @ square
            left >>= 1
            if left:
                square = square @ square
        return result

    def apply(self, arrival: Sequence[int | None]) -> tuple[int | None, ...]:
        """When each row is ready if each column arrives as given: ``max_j D[i, j] + arrival[j]``.

        Raises:
            ArgumentError: there is not one arrival a column, or one is no integer and not None.
        """
        if len(arrival) != self.shape[1]:
            raise ArgumentError(f"{len(arrival)} arrivals for {self.shape[1]} columns")
        column = [NO_PATH if a is None else integer("an arrival", a) for a in arrival]
        ready = (self._data + np.array(column, np.int64)).max(axis=1, initial=NO_PATH)
        if ready.max(initial=0) > LARGEST:
            raise LimitError("an arrival grew beyond 2**60: take fewer repetitions")
        return tuple(None if level < _FINITE else level for level in ready.tolist())

    def closure(self) -> Delays:
        """The longest paths of any length, 0 included: I | A | A^2 | ...

        Raises:
            ArgumentError: there is none, because a cycle has a positive delay.
        """
        self.require_square()
        mean = self.cycle_mean()
        if mean is not None and mean.value > 0:
            raise ArgumentError(
                f"the cycle {mean.cycle} has the positive mean delay {mean.value}: paths have no "
                "longest length (take a power for a number of rounds)"
            )
        return (self | Delays.identity(self.shape[0])) ** max(self.shape[0] - 1, 0)

    def cycle_mean(self) -> CycleMean | None:
        """The largest mean delay of a cycle, with a cycle that has it; None without cycles.

        See `tcsim.hierarchy.cycles.cycle_mean`.
        """
        from tcsim.hierarchy.cycles import cycle_mean

        return cycle_mean(self)

    def powers(self) -> Powers:
        """All powers at once: exact below some exponent, a formula from there on."""
        from tcsim.hierarchy.powers import Powers

        return Powers(self)

    def require_square(self) -> None:
        """Refuse a matrix that has no powers.

        Raises:
            ArgumentError: the matrix is not square.
        """
        rows, columns = self.shape
        if rows != columns:
            raise ArgumentError(f"a square matrix is needed, not {rows} rows, {columns} columns")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Delays):
            return NotImplemented
        return self.shape == other.shape and bool((self._data == other._data).all())

    def __hash__(self) -> int:
        return hash((self.shape, self._data.tobytes()))

    def __repr__(self) -> str:
        columns = f", columns={self.shape[1]}" if not self.shape[0] and self.shape[1] else ""
        return f"Delays({self.rows()}{columns})"

    def __reduce__(self) -> tuple[object, ...]:
        return Delays, (self.rows(), self.shape[1])
