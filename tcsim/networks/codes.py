"""Code: how an integer stands on wires that are 0 or 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from tcsim.errors import ArgumentError, NetworkError

if TYPE_CHECKING:
    from tcsim.typing import Bits, Integers

Kind: TypeAlias = Literal["thermometer", "binary", "one_hot"]
"""Names of the codes."""

_LARGEST = 2**40
"""Bound of a coded value: far more than has wires, far less than int64."""

_LARGEST_BINARY = 2**61
"""Bound in binary code, where a value has few wires: ranges and their digits fit int64."""


@dataclass(frozen=True)
class Code:
    """An integer ``lo..hi`` on wires. Its value is ``lo + sum weights[k] * bit[k]`` in every kind.

    Args:
        lo: smallest value.
        hi: largest value, above `lo`.
        kind: ``"thermometer"``: bits ``[x >= lo + 1], ..., [x >= hi]``; ``"binary"``: the binary
            digits of ``x - lo``, lowest first; ``"one_hot"``: bits ``[x = lo], ..., [x = hi]``.

    Raises:
        NetworkError: the range is empty or too wide, or the kind is unknown.

    Example:
        >>> from tcsim.networks import Code
        >>> Code(-1, 2).encode([-1, 0, 2]).tolist()
        [[0, 0, 0], [1, 0, 0], [1, 1, 1]]
        >>> Code(-1, 2, "binary").encode([-1, 0, 2]).tolist()
        [[0, 0], [1, 0], [1, 1]]
    """

    lo: int
    hi: int
    kind: Kind = "thermometer"

    def __post_init__(self) -> None:
        most = _LARGEST_BINARY if self.kind == "binary" else _LARGEST
        for value in (self.lo, self.hi):
            if not isinstance(value, int) or isinstance(value, bool) or abs(value) > most:
                raise NetworkError(
                    f"a code's lo and hi are integers within +-2**{most.bit_length() - 1}, "
                    f"not {value!r}"
                )
        if self.lo >= self.hi:
            raise NetworkError(f"a code needs lo < hi, not {self.lo}..{self.hi}")
        if self.kind not in get_args(Kind):
            raise NetworkError(f"a code is thermometer, binary or one_hot, not {self.kind!r}")

    @property
    def steps(self) -> int:
        """``hi - lo``: how often the value can go up by one."""
        return self.hi - self.lo

    @property
    def wires(self) -> int:
        """Number of wires."""
        if self.kind == "binary":
            return self.steps.bit_length()
        return self.steps + (self.kind == "one_hot")

    @property
    def weights(self) -> Integers:
        """What each bit adds to the value: int64, shape (wires,)."""
        if self.kind == "thermometer":
            return np.ones(self.wires, np.int64)
        counts = np.arange(self.wires, dtype=np.int64)
        return 1 << counts if self.kind == "binary" else counts

    def names(self, value: str) -> list[str]:
        """Names of the wires of the value called `value`, such as ``"pixel[3]>=5"``."""
        if self.kind == "thermometer":
            return [f"{value}>={self.lo + 1 + k}" for k in range(self.wires)]
        if self.kind == "binary":
            return [f"{value}.bit{k}" for k in range(self.wires)]
        return [f"{value}={self.lo + k}" for k in range(self.wires)]

    def encode(self, values: object) -> Bits:
        """The bits of integers.

        Args:
            values: integers in lo..hi, any shape.

        Returns:
            uint8: one more axis, of the wires.

        Raises:
            ArgumentError: a value is no integer or out of range.
        """
        above: Integers = integers_within(values, self.lo, self.hi, "values")[..., None] - self.lo
        counts = np.arange(self.wires, dtype=np.int64)
        if self.kind == "thermometer":
            ones = above > counts
        elif self.kind == "binary":
            ones = above >> counts & 1 == 1
        else:
            ones = above == counts
        bits: Bits = ones.astype(np.uint8)
        return bits

    def decode(self, bits: object) -> Integers:
        """The integers that bits stand for.

        Args:
            bits: 0/1 values, any shape; the last axis holds the wires.

        Returns:
            int64, of that shape without the last axis.

        Raises:
            ArgumentError: wrong number of wires, or bits that are no word of this code.
        """
        words = np.asarray(bits)
        if words.ndim == 0 or words.shape[-1] != self.wires or words.dtype.kind not in "bui":
            raise ArgumentError(
                f"bits must be 0/1 integers of shape (..., {self.wires}), "
                f"not {words.dtype} of shape {words.shape}"
            )
        values: Integers = self.lo + words.astype(np.int64) @ self.weights
        inside = np.clip(values, self.lo, self.hi)
        wrong = (self.encode(inside) != words).any(axis=-1)
        if wrong.any():
            where = tuple(int(i) for i in np.argwhere(wrong)[0])
            raise ArgumentError(
                f"bits{list(where)} = {_short(words[where].tolist())} is no {self.kind} word "
                f"of {self.lo}..{self.hi}"
            )
        return values


def integers_within(values: object, lo: int, hi: int, what: str) -> Integers:
    """Integers of any shape as int64.

    Args:
        values: an array or nested sequence of integers; bool counts as 0 and 1.
        lo: smallest allowed value.
        hi: largest allowed value.
        what: the argument's name, for the error.

    Raises:
        ArgumentError: a value is no integer or out of range; its place is named.
    """
    try:
        array = np.asarray(values)
    except (ValueError, OverflowError) as error:
        raise ArgumentError(f"{what} must be an array of integers: {error}") from None
    if array.size == 0:
        return np.zeros(array.shape, np.int64)
    if array.dtype.kind not in "bui":
        raise ArgumentError(f"{what} must be integers, not {array.dtype}")
    outside = (array < lo) | (array > hi)
    if outside.any():
        where = np.argwhere(outside)[0]
        found = array[tuple(where)]
        raise ArgumentError(f"{what}{[int(i) for i in where]} is {found}, not in {lo}..{hi}")
    return array.astype(np.int64)


def _short(bits: list[int]) -> str:
    text = "".join(map(str, bits))
    return text if len(text) <= 40 else f"{text[:37]}..."
