"""W4: a weighted layer: 256 sums of 784 4-bit inputs, each compared with 15 thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim as tc
from benchmarks import ours, peers
from benchmarks.harness import Bench, Row, Side, Target
from tcsim.networks import Affine, Code, Inputs, IntegerNetwork, Requantize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tcsim.typing import Bits, Integers

NUMPY_CHUNK, TORCH_CHUNK = 512, 2048
"""Rows that a peer computes at a time: its sums stay in the cache for the comparisons."""
LEVELS = 15


@dataclass(frozen=True)
class Layer:
    """Integers in 0..15 to integers in 0..15: how many of its 15 thresholds a sum has reached.

    Attributes:
        weights: shape (inputs, sums).
        cuts: the thresholds, increasing, shape (sums, 15).
        batch: uint8 in 0..15, shape (vectors, inputs).
    """

    weights: Integers
    cuts: Integers
    batch: Bits

    @classmethod
    def random(cls, inputs: int, sums: int, vectors: int, weight_bits: int) -> Layer:
        """Thresholds are quantiles of the sums, at random: no formula replaces comparisons."""
        random = np.random.default_rng(6)
        largest = 2 ** (weight_bits - 1) - 1
        weights = random.integers(-largest, largest + 1, size=(inputs, sums))
        batch = random.integers(LEVELS + 1, size=(vectors, inputs), dtype=np.uint8)
        sample = batch[:2048].astype(np.float64) @ weights
        shares = np.sort(random.uniform(0.02, 0.98, size=LEVELS))
        cuts = np.quantile(sample, shares, axis=0).T.astype(np.int64)
        return cls(weights, cuts, batch)

    def network(self, *, thermometer: bool) -> IntegerNetwork:
        """The same as an integer network; outputs in thermometer code, a gate a threshold."""
        code = Code(0, LEVELS, "thermometer" if thermometer else "binary")
        bias = np.zeros(len(self.cuts), np.int64)
        requantize = Requantize(self.cuts, Code(0, LEVELS))
        return IntegerNetwork(
            Inputs(len(self.weights), code), [Affine(self.weights, bias), requantize]
        )

    def numpy_side(self) -> Callable[[], Bits]:
        """By float32 matrix products, exact below 2**24, from float32 inputs to uint8 levels."""
        weights = self.weights.astype(np.float32)
        cuts = np.ascontiguousarray(self.cuts.T, np.float32)
        batch = self.batch.astype(np.float32)
        result = np.empty((len(batch), len(self.cuts)), np.uint8)

        def run() -> Bits:
            for first in range(0, len(batch), NUMPY_CHUNK):
                sums = batch[first : first + NUMPY_CHUNK] @ weights
                levels = result[first : first + NUMPY_CHUNK]
                np.greater_equal(sums, cuts[0], out=levels.view(np.bool_))
                for cut in cuts[1:]:
                    levels += (sums >= cut).view(np.uint8)
            return result

        return run

    def torch_side(self) -> Callable[[], Bits]:
        """By int8 matrix products with int32 sums, from int8 inputs to uint8 levels."""
        import torch

        torch.set_num_threads(1)
        multiply: Any = torch._int_mm  # noqa: SLF001
        weights = torch.from_numpy(self.weights.astype(np.int8))
        cuts = torch.from_numpy(np.ascontiguousarray(self.cuts.T, np.int32))
        batch = torch.from_numpy(self.batch.view(np.int8))
        result = torch.empty((len(batch), len(self.cuts)), dtype=torch.uint8)

        def run() -> Bits:
            for first in range(0, len(batch), TORCH_CHUNK):
                sums = multiply(batch[first : first + TORCH_CHUNK], weights)
                levels = result[first : first + TORCH_CHUNK]
                torch.ge(sums, cuts[0], out=levels.view(torch.bool))
                for cut in cuts[1:]:
                    levels += torch.ge(sums, cut).view(torch.uint8)
            return result.numpy()

        return run


def rows(bench: Bench) -> Iterator[Row]:
    """4-bit and 8-bit weights, binary and thermometer inputs, NumPy and torch."""
    sizes = bench.size(784, 32), bench.size(256, 16), bench.size(65_536, 1_024)
    for bits in (4, 8):
        layer = Layer.random(*sizes, bits)
        for thermometer in (False, True):
            code = "thermo." if thermometer else "binary"
            yield from _rows(bench, layer, f"{bits}-bit {code}", thermometer=thermometer)


def _rows(bench: Bench, layer: Layer, name: str, *, thermometer: bool) -> Iterator[Row]:
    network = layer.network(thermometer=thermometer)
    circuit = tc.networks.compile(network)
    words = np.concatenate(
        [tc.pack(network.encode(part)) for part in np.split(layer.batch, 16)], axis=1
    )
    expected = layer.numpy_side()()
    part = tc.unpack(ours.packed_outputs(circuit, words[:, :16]), 1024)
    assert (network.decode(part) == expected[:1024]).all()
    side = Side(ours.NAME, bench.clocked(lambda: ours.packed_outputs(circuit, words)))
    row = Row("W4", f"{name}, NumPy f32", "ratio", target=Target(1, 3))
    yield bench.compare(row, side, Side("NumPy float32", bench.clocked(layer.numpy_side())))
    row = Row("W4", f"{name}, torch int8", "ratio", target=Target(0.4, 1.2))
    row.note = peers.install_hint("torch")
    if not row.note:
        assert (layer.torch_side()() == expected).all()
        bench.compare(row, side, Side("torch int8", bench.clocked(layer.torch_side())))
    yield row
