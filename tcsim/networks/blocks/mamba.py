"""A Mamba block of integers: norm, convolution, selective scan, gate and residual addition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.cells.cell import rounded_function, rounded_quotient
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.arrangement import Transpose
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.operations.fused_product import FusedProduct
from tcsim.networks.operations.product import Product
from tcsim.networks.operations.selective_scan import SelectiveScan

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.networks.operations.rms_norm import RMSNorm
    from tcsim.networks.operations.table import Table
    from tcsim.networks.sketch import Edge, Sketch
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Integers


@dataclass(frozen=True, eq=False)
class MambaBlock:
    """The integers of a Mamba block (Gu and Dao, 2023) of width d, C channels and S states.

    ``A / m``, a matrix and a divisor, stands for a sum divided by m, rounded half up and clipped to
    `code`; delta is ``round(softplus(sum * unit) * one_delta)``, clipped to `step`.

    Attributes:
        norm: in front; its code is that of the projections' input.
        read: integers (d, C), to the convolution, and its divisor.
        gate: integers (d, C), to the gate, and its divisor.
        kernel: integers (C, taps), causal, one per channel, and their divisor.
        delta: integers (C, C) and (C,), weights and bias of delta.
        unit: real value of 1 in delta's sum.
        one_delta: the integer that stands for 1 in delta.
        step: range of delta, from 0, thermometer or binary.
        b: integers (C, S), and their divisor.
        c: integers (C, S), and their divisor.
        scan: the tables of the decays.
        skip: integers (C,), what of the convolution's output is added to the scan's.
        scanned: the divisor of that sum.
        silu: a table of `code`, for the convolution's output and for the gate; 0 at 0.
        write: integers (C, d), back to the stream, and its divisor.
        stream: the factor of the stream in that last sum.
        code: range of all rounded values inside, with 0 in it, in thermometer code.
    """

    norm: RMSNorm
    read: tuple[Integers, int]
    gate: tuple[Integers, int]
    kernel: tuple[Integers, int]
    delta: tuple[Integers, Integers]
    unit: float
    one_delta: int
    step: Code
    b: tuple[Integers, int]
    c: tuple[Integers, int]
    scan: SelectiveScan
    skip: Integers
    scanned: int
    silu: Table
    write: tuple[Integers, int]
    stream: int
    code: Code

    def __post_init__(self) -> None:
        if self.code.kind != "thermometer" or not self.code.lo <= 0 <= self.code.hi:
            raise NetworkError(f"values inside are in thermometer code around 0, not {self.code}")

    def add(self, sketch: Sketch, x: Edge, *, fused: bool = False) -> Edge:
        """The block, on a stream of shape (positions, d) in thermometer code.

        Levels: norm 1, projection 1, convolution 1, delta, B and C 1, scan 3, gate 1, projection
        and residual addition 1: **9** for two positions or more. Fused, the scan compares in its
        ANDs, and its result is rounded in the gate's: **7**.

        Returns:
            The new stream, rounded to the code of the old one.
        """
        code = x.known.code
        if code is None:
            raise NetworkError("the stream must stand on wires: round it with Requantize first")
        with sketch.scope("norm"):
            normal = sketch.add(self.norm, x)
        with sketch.scope("in"):
            read = self._rounded(sketch, self.read, normal)
            gate = self._rounded(sketch, self.gate, normal)
        with sketch.scope("convolution"):
            mixed = self._convolved(sketch, read)
            active = sketch.add(self.silu, mixed)
        with sketch.scope("select"):
            delta = self._delta(sketch, active)
            b = self._rounded(sketch, self.b, active)
            c = self._rounded(sketch, self.c, active)
        with sketch.scope("scan"):
            y = sketch.add(self._scan(fused=fused), delta, b, c, mixed)
            skipped = sketch.add(Affine(np.diag(self.skip), np.zeros_like(self.skip)), active)
            total = sketch.add(Combine([1, 1]), y, skipped)
            to_code = rounded_quotient(self.scanned, self.code)
            if not fused:
                total = sketch.add(to_code, total)
        with sketch.scope("gate"):
            times = FusedProduct(to_code, None, self.silu) if fused else Product(None, self.silu)
            gated = sketch.add(times, total, gate)
        with sketch.scope("out"):
            weights, divisor = self.write
            written = sketch.add(Affine(weights, np.zeros(weights.shape[1], np.int64)), gated)
            both = sketch.add(Combine([1, self.stream]), written, x)
            return sketch.add(rounded_quotient(divisor, code), both)

    def _rounded(self, sketch: Sketch, projection: tuple[Integers, int], x: Edge) -> Edge:
        weights, divisor = projection
        sums = sketch.add(Affine(weights, np.zeros(weights.shape[1], np.int64)), x)
        return sketch.add(rounded_quotient(divisor, self.code), sums)

    def _convolved(self, sketch: Sketch, x: Edge) -> Edge:
        kernel, divisor = self.kernel
        channels, taps = kernel.shape
        causal = Convolution(kernel[:, None, :], padding=[(taps - 1, 0)], groups=channels)
        sums = sketch.add(causal, sketch.add(Transpose((1, 0)), x))
        return sketch.add(rounded_quotient(divisor, self.code), sketch.add(Transpose((1, 0)), sums))

    def _delta(self, sketch: Sketch, x: Edge) -> Edge:
        rounds = rounded_function(_softplus, self.unit, self.one_delta, self.step, "softplus")
        return sketch.add(rounds, sketch.add(Affine(*self.delta), x))

    def _scan(self, *, fused: bool) -> SelectiveScan:
        scan = self.scan
        return SelectiveScan(
            scan.cuts, scan.table, times_delta=scan.times_delta, read=self.silu, fused=fused
        )


def _softplus(x: Floats) -> Floats:
    return np.logaddexp(0.0, x)
