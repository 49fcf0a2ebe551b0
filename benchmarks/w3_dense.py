"""W3: a dense layer: 1024 majorities of 1024 inputs or their complements (weights 1 and -1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim as tc
from benchmarks import ours, peers
from benchmarks.harness import Bench, Row, Side, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tcsim import Circuit
    from tcsim.typing import Bits, Integers

CHUNK = 2048
"""Rows that a peer computes at a time: its sums stay in the cache for the comparison."""


@dataclass(frozen=True)
class Layer:
    """Gate j fires iff more than half of the inputs agree with its weights.

    Attributes:
        weights: 1 or -1, shape (inputs, gates).
        batch: 0/1, shape (vectors, inputs).
    """

    weights: Integers
    batch: Bits

    @classmethod
    def random(cls, size: int, vectors: int) -> Layer:
        """As many gates as inputs."""
        random = np.random.default_rng(5)
        weights = random.integers(2, size=(size, size)) * 2 - 1
        return cls(weights, random.integers(2, size=(vectors, size), dtype=np.uint8))

    @cached_property
    def thresholds(self) -> Integers:
        """An input of weight -1 agrees where it is 0."""
        limits: Integers = len(self.weights) // 2 + 1 - (self.weights < 0).sum(axis=0)
        return limits

    def circuit(self) -> Circuit:
        """The layer as a circuit."""
        inputs, gates = self.weights.shape
        builder = tc.Builder()
        x = builder.inputs("x", inputs)
        operands = np.broadcast_to(x.ids, (gates, inputs))
        builder.output("y", builder.add_gates(self.thresholds, operands, self.weights.T))
        return builder.build()

    def numpy_side(self, *, from_bytes: bool) -> Callable[[], Bits]:
        """By float32 matrix products, which are exact below 2**24; inputs float32 or bytes."""
        weights, limits = self.weights.astype(np.float32), self.thresholds.astype(np.float32)
        batch = self.batch if from_bytes else self.batch.astype(np.float32)
        result = np.empty((len(batch), len(limits)), np.bool_)

        def run() -> Bits:
            for first in range(0, len(batch), CHUNK):
                part = batch[first : first + CHUNK].astype(np.float32, copy=False)
                np.greater_equal(part @ weights, limits, out=result[first : first + CHUNK])
            return result.view(np.uint8)

        return run

    def torch_side(self) -> Callable[[], Bits]:
        """By int8 matrix products with int32 sums; the inputs are bytes in any case."""
        import torch

        torch.set_num_threads(1)
        multiply: Any = torch._int_mm  # noqa: SLF001
        weights = torch.from_numpy(self.weights.astype(np.int8))
        limits = torch.from_numpy(self.thresholds.astype(np.int32))
        batch = torch.from_numpy(self.batch.view(np.int8))
        result = torch.empty((len(batch), len(limits)), dtype=torch.bool)

        def run() -> Bits:
            for first in range(0, len(batch), CHUNK):
                sums = multiply(batch[first : first + CHUNK], weights)
                torch.ge(sums, limits, out=result[first : first + CHUNK])
            return result.numpy().view(np.uint8)

        return run


def rows(bench: Bench) -> Iterator[Row]:
    """Packed and unpacked, against NumPy and torch; two cores against one."""
    layer = Layer.random(bench.size(1024, 64), bench.size(65_536, 4_096))
    circuit, words = layer.circuit(), tc.pack(layer.batch)
    expected = layer.numpy_side(from_bytes=True)()
    assert (ours.outputs(circuit, layer.batch[:4096]) == expected[:4096]).all()
    packed = Side(ours.NAME, bench.clocked(lambda: ours.packed_outputs(circuit, words)))
    unpacked = Side(ours.NAME, bench.clocked(lambda: ours.outputs(circuit, layer.batch)))
    for name, side, from_bytes, targets in (
        ("packed", packed, False, (Target(10, 20), Target(4, 8))),
        ("bytes", unpacked, True, (Target(4, 10), Target(1.5, 4))),
    ):
        row = Row("W3", f"{name}, NumPy f32", "ratio", target=targets[0])
        run = bench.clocked(layer.numpy_side(from_bytes=from_bytes))
        yield bench.compare(row, side, Side("NumPy float32", run))
        row = Row("W3", f"{name}, torch int8", "ratio", target=targets[1])
        row.note = peers.install_hint("torch")
        if not row.note:
            assert (layer.torch_side()() == expected).all()
            bench.compare(row, side, Side("torch int8", bench.clocked(layer.torch_side())))
        yield row
    row = Row("W3", "packed, 2 cores / 1", "ratio", target=Target(1.7, 1.95), cores=2)
    if len(bench.cores) < 2:
        row.note = "needs two cores"
        yield row
        return
    two = Side("2 threads", bench.clocked(lambda: ours.packed_outputs(circuit, words, 2)))
    yield bench.compare(row, two, packed)
