"""A whole Mamba block against plain Python, at nine levels, fused seven."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Code, RMSNorm, SelectiveScan, Sketch, Table
from tcsim.networks.blocks.mamba import MambaBlock
from tests.networks.operations.sequences import assert_circuit_is_the_network, rows_of

WIDTH, CHANNELS, STATES, TAPS = 2, 2, 2, 2
STREAM, INSIDE, STEP = Code(-2, 1), Code(-1, 2), Code(0, 2)
EPS = Fraction(1, 4)
SILU = [0, 0, 1, 3]  # of -1, 0, 1, 2: x * sigmoid(x), rounded, in halves
SCAN = SelectiveScan([[[1, 2], [1, 3]], [[2, 3], [1, 2]]], [[[4, 2, 0], [4, 1, 0]]] * 2)


def block(seed: int) -> MambaBlock:
    random = np.random.default_rng(seed)

    def matrix(*shape: int) -> np.ndarray:
        return random.integers(-3, 4, shape)

    return MambaBlock(
        norm=RMSNorm(INSIDE, gamma=Fraction(3, 2), eps=EPS),
        read=(matrix(WIDTH, CHANNELS), 2),
        gate=(matrix(WIDTH, CHANNELS), 2),
        kernel=(matrix(CHANNELS, TAPS), 2),
        delta=(matrix(CHANNELS, CHANNELS), matrix(CHANNELS)),
        unit=0.4,
        one_delta=1,
        step=STEP,
        b=(matrix(CHANNELS, STATES), 3),
        c=(matrix(CHANNELS, STATES), 3),
        scan=SCAN,
        skip=matrix(CHANNELS),
        scanned=7,
        silu=Table(SILU, lo=-1),
        write=(matrix(CHANNELS, WIDTH), 5),
        stream=5,
        code=INSIDE,
    )


def quotient(total: int, divisor: int, code: Code) -> int:
    return min(max(math.floor(Fraction(total, divisor) + Fraction(1, 2)), code.lo), code.hi)


def rms(row: list[int]) -> list[int]:
    """Floor of 3/2 x / sqrt(mean square + 1/4) + 1/2, by comparing squares of fractions."""
    mean = Fraction(sum(v * v for v in row), len(row)) + EPS
    found = []
    for value in row:
        best = INSIDE.lo
        for level in range(INSIDE.lo + 1, INSIDE.hi + 1):
            left, right = Fraction(3, 2) * value, Fraction(2 * level - 1, 2)
            # left / sqrt(mean) >= right
            if left * abs(left) >= right * abs(right) * mean:
                best = level
        found.append(best)
    return found


def plain(made: MambaBlock, rows: list[list[int]]) -> list[list[int]]:
    def project(vector: list[int], projection, code: Code) -> list[int]:
        weights, divisor = projection
        return [
            quotient(sum(v * int(w) for v, w in zip(vector, column, strict=True)), divisor, code)
            for column in weights.T
        ]

    silu = {value: SILU[value - INSIDE.lo] for value in range(INSIDE.lo, INSIDE.hi + 1)}
    normal = [rms(row) for row in rows]
    read = [project(row, made.read, INSIDE) for row in normal]
    gate = [project(row, made.gate, INSIDE) for row in normal]
    kernel, divisor = made.kernel
    active, delta, b, c = [], [], [], []
    for t in range(len(rows)):
        mixed = []
        for channel in range(CHANNELS):
            total = sum(
                int(kernel[channel, tap]) * read[t + tap - TAPS + 1][channel]
                for tap in range(TAPS)
                if t + tap - TAPS + 1 >= 0
            )
            mixed.append(silu[quotient(total, divisor, INSIDE)])
        active.append(mixed)
        weights, bias = made.delta
        sums = [
            sum(v * int(w) for v, w in zip(mixed, column, strict=True)) + int(offset)
            for column, offset in zip(weights.T, bias, strict=True)
        ]
        delta.append([min(math.floor(math.log1p(math.exp(0.4 * s)) + 0.5), STEP.hi) for s in sums])
        b.append(project(mixed, made.b, INSIDE))
        c.append(project(mixed, made.c, INSIDE))
    found = []
    for t, row in enumerate(rows):
        gated = []
        for channel in range(CHANNELS):
            total = int(made.skip[channel]) * active[t][channel]
            for s in range(t + 1):
                passed = sum(delta[r][channel] for r in range(s + 1, t + 1))
                for j in range(STATES):
                    cuts = SCAN.cuts[channel, j].tolist()
                    weight = int(SCAN.table[channel, j, sum(passed >= cut for cut in cuts)])
                    total += weight * c[t][j] * b[s][j] * active[s][channel]
            gated.append(quotient(total, made.scanned, INSIDE) * silu[gate[t][channel]])
        weights, divisor = made.write
        found.append(
            [
                quotient(
                    sum(v * int(w) for v, w in zip(gated, column, strict=True)) + made.stream * old,
                    divisor,
                    STREAM,
                )
                for column, old in zip(weights.T, row, strict=True)
            ]
        )
    return found


def network(made: MambaBlock, length: int, *, fused: bool = False, blocks: int = 1):
    sketch = Sketch()
    x = sketch.input("x", (length, WIDTH), STREAM)
    for number in range(blocks):
        with sketch.scope(f"block{number + 1}"):
            x = made.add(sketch, x, fused=fused)
    return sketch.network(x)


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_against_plain_python(length: int, fused: bool) -> None:
    seen = set()
    for seed in range(4):
        made = block(seed)
        full = network(made, length, fused=fused)
        rows = rows_of(full, 60)[0]
        found = full(rows)
        assert found.tolist() == [plain(made, row.tolist()) for row in rows]
        seen.update(found.ravel().tolist())
    assert len(seen) == 4
    assert assert_circuit_is_the_network(full, 60, share=not fused, fold=not fused) > 3


@pytest.mark.parametrize(("fused", "depth"), [(False, 9), (True, 7)])
def test_depth(fused: bool, depth: int) -> None:
    for length in (2, 3, 5):
        full = network(block(0), length, fused=fused)
        total = full.cost().numbers().total
        assert total.depth == depth
        found = tc.networks.compile(full, share=False, fold=False).measures
        assert (found.depth, found.size) == (depth, total.size)
        assert (0, *total.levels) == found.levels
        assert total.edges >= found.edges
    two = network(block(0), 3, fused=fused, blocks=2)
    assert two.cost().numbers().total.depth == 2 * depth


def test_bad_input() -> None:
    made = block(0)
    fields = {name: getattr(made, name) for name in made.__dataclass_fields__}
    with pytest.raises(NetworkError, match="thermometer code around 0"):
        MambaBlock(**{**fields, "code": Code(1, 3)})
    sketch = Sketch()
    doubled = sketch.add(tc.networks.Combine([2]), sketch.input("x", (2, WIDTH), STREAM))
    with pytest.raises(NetworkError, match="on wires"):
        made.add(sketch, doubled)
