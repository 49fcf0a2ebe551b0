"""W5: the compiled network `digits`: integer pixels in, labels out, the whole call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import tcsim as tc
from benchmarks import ours
from benchmarks.harness import Bench, Row, Side, Target
from tcsim.networks import Affine, Argmax, Requantize

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from tcsim.networks import IntegerNetwork
    from tcsim.typing import Integers

    Floats = npt.NDArray[np.float32]

CHUNK = 8192
"""Rows that the peer computes at a time: its values stay in the cache."""


class FloatDigits:
    """The same integer network by float32 matrix products, as one would write it for speed.

    Sums stay below 2**24, where float32 is exact. The 15 cuts of a hidden value lie evenly enough
    for one multiplication and rounding; that it gives the same is checked on every possible sum.
    """

    def __init__(self, network: IntegerNetwork) -> None:
        first, relu, second, argmax = network.operations
        assert isinstance(first, Affine)
        assert isinstance(relu, Requantize)
        assert isinstance(second, Affine)
        assert isinstance(argmax, Argmax)
        lines = [
            _line(cuts, lo, hi) for cuts, lo, hi in zip(relu.cuts, *network.ranges[1], strict=True)
        ]
        scale, offset = np.array(lines).T
        self.top = np.float32(relu.code.hi)
        self.weights1 = first.weights.astype(np.float32)
        self.scale = scale.astype(np.float32)
        self.offset = (offset + scale * first.bias).astype(np.float32)
        self.weights2 = second.weights.astype(np.float32)
        self.bias2 = second.bias.astype(np.float32)
        for j, (lo, hi) in enumerate(zip(*network.ranges[1], strict=True)):
            sums = np.arange(lo, hi + 1) - first.bias[j]
            levels = self._levels(sums.astype(np.float32)[:, None], slice(j, j + 1))[:, 0]
            expected = np.searchsorted(relu.cuts[j], sums + first.bias[j], side="right")
            assert (levels == expected).all(), f"hidden value {j}"

    def __call__(self, rows: npt.NDArray[np.uint8]) -> Integers:
        """Labels, shape (rows,)."""
        labels = np.empty(len(rows), np.int64)
        for start in range(0, len(rows), CHUNK):
            sums = rows[start : start + CHUNK].astype(np.float32) @ self.weights1
            values = self._levels(sums, slice(None)) @ self.weights2
            values += self.bias2
            values.argmax(axis=1, out=labels[start : start + CHUNK])
        return labels

    def _levels(self, sums: Floats, columns: slice) -> Floats:
        sums *= self.scale[columns]
        sums += self.offset[columns]
        np.clip(sums, 0, self.top, out=sums)
        return np.floor(sums, out=sums)


def _line(cuts: Integers, lo: int, hi: int) -> tuple[float, float]:
    """Scale and offset: ``floor(scale * sum + offset)`` cuts are reached; rounding has room."""
    number = np.flatnonzero((cuts > lo) & (cuts <= hi))
    if not len(number):
        return 0.0, float((cuts <= lo).sum())
    best = (-1.0, 0.0, 0.0)
    reached, half = cuts[number].astype(np.float64), number + 0.5
    for step in np.linspace(max((reached - 1) / half), min(reached / half), 99)[1:-1]:
        least = max(number + 1 - reached / step)
        most = min(number + 1 - (reached - 1) / step)
        best = max(best, (most - least, 1 / step, (least + most) / 2))
    return best[1], best[2]


def rows(bench: Bench) -> Iterator[Row]:
    """Against a float32 implementation of the same network; and each part alone."""
    shipped = tc.networks.builtin("digits")
    network = shipped.quantize()
    count = bench.size(65_536, 2_048)
    real = network.inputs.integers(shipped.rows)
    pixels = np.resize(real, (count, real.shape[1])).astype(np.uint8)
    circuit, peer = tc.networks.compile(network), FloatDigits(network)
    expected = network(pixels)
    assert (ours.labels(network, circuit, pixels) == expected).all()
    assert (peer(pixels) == expected).all()
    yield bench.compare(
        Row("W5", f"{count:,} rows, NumPy f32", "ratio", target=Target(0.5, 1.2)),
        Side(ours.NAME, bench.clocked(lambda: ours.labels(network, circuit, pixels))),
        Side("NumPy float32", bench.clocked(lambda: peer(pixels))),
    )
    for part, job in ours.parts_of_labels(network, circuit, pixels).items():
        row = Row("W5", f"{part} alone", "seconds")
        yield bench.alone(row, Side(ours.NAME, bench.clocked(job)))
