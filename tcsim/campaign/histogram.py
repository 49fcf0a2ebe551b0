"""Histogram and Ones: how often the outputs code each integer, or have each number of ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.campaign.task import Extent, Task, check_count, check_list
from tcsim.errors import LimitError
from tcsim.simulate import unpack

if TYPE_CHECKING:
    from tcsim.typing import Bits, Integers, Words

MOST_VALUES = 2**20
"""Most different values in a histogram."""

_TREE_BITS, _TABLE_BITS = 8, 16
"""Up to so many bits the vectors are split by one after the other, 64 vectors at a time; up to so
many the integers are counted in a table; beyond that by sorting."""


@dataclass(frozen=True)
class Histogram(Task[dict[int, int]]):
    """How often the outputs, as the binary digits of an integer, code each one.

    The first output is the lowest digit; choose a bus with ``outputs="bus"``. The value is a
    dictionary {integer: vectors} of those that occur, in increasing order.

    Raises:
        LimitError: when there turn out to be more than `MOST_VALUES` different integers.
    """

    def map(self, words: Words, valid: Words, first: int) -> dict[int, int]:  # noqa: ARG002
        """See `Task.map`."""
        if len(words) <= _TREE_BITS:
            return _tree(list(words), valid)
        bits = unpack(words, int(np.bitwise_count(valid).sum()))
        if len(words) <= _TABLE_BITS:
            return _table(_numbers(bits))
        rows = np.packbits(bits, axis=1, bitorder="little")
        found, counts = np.unique(rows.view(f"V{rows.shape[1]}").reshape(-1), return_counts=True)
        values = [int.from_bytes(value.tobytes(), "little") for value in found]
        return _sorted(dict(zip(values, counts.tolist(), strict=True)))

    def combine(self, earlier: dict[int, int], later: dict[int, int]) -> dict[int, int]:
        """See `Task.combine`."""
        total = dict(earlier)
        for value, count in later.items():
            total[value] = total.get(value, 0) + count
        return total if len(total) == len(earlier) else _sorted(total)

    def to_json(self, partial: dict[int, int]) -> object:
        """See `Task.to_json`."""
        return [list(item) for item in partial.items()]

    def from_json(self, data: object, extent: Extent) -> dict[int, int]:
        """See `Task.from_json`."""
        vectors, most = extent.last - extent.first, self._most(extent.outputs)
        histogram = {}
        for item in check_list(data):
            value, count = check_list(item)
            number = check_count(value, most)
            histogram[number] = check_count(count, vectors)
        if len(histogram) != len(check_list(data)) or sum(histogram.values()) != vectors:
            raise ValueError(f"the histogram does not add up to {vectors} vectors")
        return _sorted(histogram)

    def _most(self, outputs: int) -> int:
        return (1 << outputs) - 1


@dataclass(frozen=True)
class Ones(Histogram):
    """How often the outputs have each number of ones: {ones: vectors}.

    Of two circuits: how many outputs differ at a time.
    """

    def map(self, words: Words, valid: Words, first: int) -> dict[int, int]:  # noqa: ARG002
        """See `Task.map`."""
        digits: list[Words] = []
        for row in words:
            carry = row
            for place, digit in enumerate(digits):
                digits[place], carry = digit ^ carry, digit & carry
            if carry.any():
                digits.append(carry)
        return _tree(digits, valid)

    def _most(self, outputs: int) -> int:
        return outputs


def _tree(digits: list[Words], valid: Words) -> dict[int, int]:
    """How often binary digits, lowest first, code each integer on the valid vectors."""
    found: dict[int, int] = {}
    split = [(0, len(digits), valid)]
    while split:
        value, place, chosen = split.pop()
        if not place:
            found[value] = int(np.bitwise_count(chosen).sum(dtype=np.int64))
            continue
        ones = chosen & digits[place - 1]
        for bit, half in ((1, ones), (0, chosen ^ ones)):
            if half.any():
                split.append((2 * value + bit, place - 1, half))
    return found


def _numbers(bits: Bits) -> Integers:
    """The integers that rows of at most 16 binary digits code."""
    packed = np.packbits(bits, axis=1, bitorder="little")
    padded: Any = np.zeros((len(bits), 2), np.uint8)
    padded[:, : packed.shape[1]] = packed
    numbers: Integers = padded.view("<u2").reshape(-1).astype(np.int64)
    return numbers


def _table(values: Integers) -> dict[int, int]:
    """How often each integer occurs, in increasing order."""
    counts = np.bincount(values)
    present = np.flatnonzero(counts)
    return dict(zip(present.tolist(), counts[present].tolist(), strict=True))


def _sorted(histogram: dict[int, int]) -> dict[int, int]:
    if len(histogram) > MOST_VALUES:
        raise LimitError(
            f"the outputs code more than {MOST_VALUES:,} different integers: take fewer outputs, "
            "such as the highest digits"
        )
    return dict(sorted(histogram.items()))
