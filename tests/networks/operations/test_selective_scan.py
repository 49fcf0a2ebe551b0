"""SelectiveScan: decays multiplied as one table of a sum; two levels for any length."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Code, Requantize, SelectiveScan, Table
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
    rows_of,
)


def plain(operation: SelectiveScan, delta, b, c, x) -> list[list[int]]:
    """The definition for one sequence, with nothing but Python integers."""
    channels, states = len(x[0]), len(b[0])
    found = [[0] * channels for _ in x]
    for t in range(len(x)):
        for channel in range(channels):
            row = channel if len(operation.cuts) > 1 else 0
            for s in range(t + 1):
                passed = sum(delta[r][channel] for r in range(s + 1, t + 1))
                for j in range(states):
                    cuts = operation.cuts[row, j].tolist()
                    weight = operation.table[row, j].tolist()[sum(passed >= cut for cut in cuts)]
                    scale = delta[s][channel] if operation.times_delta else 1
                    found[t][channel] += weight * c[t][j] * b[s][j] * scale * x[s][channel]
    return found


def network(operation, length: int, channels: int, codes, batch=(), cuts=(-20, -3, 0, 4, 50)):
    """The scan and a requantization: an output on wires."""
    states = operation.cuts.shape[1]
    widths = [channels, states, states, channels]
    sources = [((*batch, length, w), code) for w, code in zip(widths, codes, strict=True)]
    after = Requantize([list(cuts)], Code(0, len(cuts)))
    return alone(operation, *sources, extra=[after])


@st.composite
def scans(draw) -> tuple[SelectiveScan, int]:
    channels, states = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    rows = draw(st.sampled_from([1, channels]))
    steps = draw(st.integers(1, 3))

    def entries(count: int, number, order=list):
        lists = st.lists(number, min_size=count, max_size=count).map(order)
        return [[draw(lists) for _ in range(states)] for _ in range(rows)]

    table = np.array(entries(steps + 1, st.integers(-4, 9)))
    if draw(st.booleans()):
        table[..., -1] = 0
    cuts = entries(steps, st.integers(1, 6), sorted)
    scaled, fused = draw(st.booleans()), draw(st.booleans())
    return SelectiveScan(cuts, table, times_delta=scaled, fused=fused), channels


@st.composite
def factor_codes(draw) -> list[Code]:
    kinds = st.sampled_from(["thermometer", "binary", "one_hot"])
    found = [Code(0, draw(st.integers(1, 3)), draw(kinds))]
    for _ in range(3):
        lo = draw(st.integers(-2, 0))
        found.append(Code(lo, draw(st.integers(max(lo + 1, 0), 2)), draw(kinds)))
    return found


@given(scan=scans(), length=st.integers(1, 4), seed=st.integers(0, 999))
def test_meaning(scan, length: int, seed: int) -> None:
    operation, channels = scan
    states = operation.cuts.shape[1]
    random = np.random.default_rng(seed)
    delta = random.integers(0, 4, (3, length, channels))
    x = random.integers(-3, 4, (3, length, channels))
    b, c = (random.integers(-3, 4, (3, length, states)) for _ in range(2))
    expected = [plain(operation, *(v[i].tolist() for v in (delta, b, c, x))) for i in range(3)]
    assert operation(delta, b, c, x).tolist() == expected


@settings(max_examples=25)
@given(
    scan=scans(),
    codes=factor_codes(),
    length=st.integers(1, 3),
    share=st.booleans(),
    fold=st.booleans(),
)
def test_circuit(scan, codes, length: int, share: bool, fold: bool) -> None:
    operation, channels = scan
    made = network(operation, length, channels, codes)
    assert_circuit_is_the_network(made, 60, share=share, fold=fold)


@settings(max_examples=25)
@given(
    scan=scans(), codes=factor_codes(), length=st.integers(1, 4), batch=st.sampled_from([(), (2,)])
)
def test_cost(scan, codes, length: int, batch) -> None:
    operation, channels = scan
    made = network(operation, length, channels, codes, batch)
    circuit = assert_cost_is_the_circuit(made)
    assert circuit.depth == (2 if length == 1 or operation.fused else 3)


@pytest.mark.parametrize("fused", [False, True])
def test_exhaustive(fused: bool) -> None:
    operation = SelectiveScan([[[1, 2]]], [[[3, 1, 0]]], fused=fused)
    codes = [Code(0, 1), Code(-1, 0), Code(0, 1), Code(-1, 1, "binary")]
    made = network(operation, 2, 1, codes, cuts=(-3, -2, -1, 0, 1, 2, 3))
    assert assert_circuit_is_the_network(made, 600) > 5


KINDS = [Code(-2, 1, "binary"), Code(-1, 2, "thermometer")]


@pytest.mark.parametrize("code", KINDS, ids=["binary", "thermometer"])
@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("length", [1, 2, 3, 4, 6, 8])
def test_three_levels_and_the_count_of_gates(code: Code, length: int, fused: bool) -> None:
    """n(n-1)/2 S E (1+m) + n S m + n N gates: 400 at n = 4, S = 2, E = 3, m = 2^3."""
    states, steps, out = 2, 3, 3
    cuts, table = [[[1, 2, 4], [1, 3, 5]]], [[[7, 4, 2, 0], [7, 5, 1, 0]]]
    operation = SelectiveScan(cuts, table, fused=fused)
    delta = Code(0, 3, code.kind)
    made = network(operation, length, 1, [delta, code, code, code], cuts=(-9, 0, 9))
    circuit = tc.networks.compile(made, share=False, fold=False)
    m = {"binary": 2**3, "thermometer": 3**3}[code.kind]
    pairs = length * (length - 1) // 2
    each = m if fused else 1 + m
    assert circuit.size == pairs * states * steps * each + length * states * m + length * out
    assert circuit.depth == (2 if length == 1 or fused else 3)
    if length == 4 and not fused:
        assert circuit.size == {"binary": 400, "thermometer": 1236}[code.kind]
    if length <= 4:
        assert assert_circuit_is_the_network(made, 300) > 2**length


def test_a_named_length() -> None:
    operation = SelectiveScan([[[1, 2]]], [[[3, 1, 1]]])
    code = Code(-1, 2)
    sources = [(("n", 1), one) for one in (Code(0, 2), code, code, code)]
    named = alone(operation, *sources, extra=[Requantize([[0, 3]], Code(0, 2))])
    for length in (2, 5):
        assert_named_axis_is_its_number(named, n=length)


def test_levels_that_differ() -> None:
    """Operands that are rounded first, each by another number of levels."""
    code = Code(0, 2)
    binary = Code(-1, 1, "binary")
    for late, fused in itertools.product(range(4), (False, True)):
        sketch = tc.networks.Sketch()
        edges = [sketch.input(f"x{i}", (3, 1), code if i == 0 else binary) for i in range(4)]
        cut = Requantize([[1, 2]] if late == 0 else [[0, 1]], code if late == 0 else binary)
        edges[late] = sketch.add(cut, edges[late])
        scan = sketch.add(SelectiveScan([[[1, 3]]], [[[2, 1, 0]]], fused=fused), *edges)
        made = sketch.network(sketch.add(Requantize([[0, 1]], Code(0, 2)), scan))
        assert_cost_is_the_circuit(made)
        assert_circuit_is_the_network(made)


@given(rates=st.lists(st.floats(0.01, 3), min_size=1, max_size=3), one=st.integers(1, 20))
def test_exponential_table(rates: list[float], one: int) -> None:
    operation = SelectiveScan.exponential([rates], one)
    for p in range(int(operation.cuts.max()) + 2):
        for j, rate in enumerate(rates):
            exact = one * math.exp(-rate * p)
            reached = int((operation.cuts[0, j] <= p).sum())
            if abs(exact % 1 - 0.5) > 1e-9:
                assert operation.table[0, j, reached] == math.floor(exact + 0.5)
    assert not operation.tail


@pytest.mark.parametrize(
    ("cuts", "table", "message"),
    [
        ([[[1, 2]]], [[[1, 2]]], "one entry more"),
        ([[[2, 1]]], [[[3, 2, 1]]], "never decrease"),
        ([[[0, 1]]], [[[3, 2, 1]]], "at least 1"),
        ([[1]], [[[1, 2]]], r"\(channels, states, steps\)"),
        ([[[0.5]]], [[[1, 2]]], "integers"),
        ([[[1], [2, 3]]], [[[1, 2]]], "array of integers"),
        ([[[2**62]]], [[[1, 0]]], r"beyond 2\*\*62"),
        (np.zeros((1, 1, 0), int), [[[1]]], "one entry more"),
    ],
)
def test_bad_tables(cuts, table, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        SelectiveScan(cuts, table)


@pytest.mark.parametrize("rates", [[[0.0]], [[-1.0]], [[math.inf]], [1.0], [[]], [[math.nan]]])
def test_bad_rates(rates) -> None:
    with pytest.raises(NetworkError, match="rates"):
        SelectiveScan.exponential(rates, 4)


SILU = Table([-1, 0, 0, 3, 5], lo=-2)


@pytest.mark.parametrize("kind", ["thermometer", "one_hot"])
@pytest.mark.parametrize("fused", [False, True])
def test_reads_a_table_of_x(kind: str, fused: bool) -> None:
    cuts, table = [[[1, 2]]], [[[3, 2, 1]]]
    operation = SelectiveScan(cuts, table, read=SILU, fused=fused)
    codes = [Code(0, 2), Code(-1, 1), Code(0, 2), Code(-2, 2, kind)]
    made = network(operation, 2, 1, codes)
    rows = rows_of(made, 80)
    plain_scan = SelectiveScan(cuts, table)
    changed = [*rows[:3], SILU(rows[3])]
    assert np.array_equal(operation(*rows), plain_scan(*changed))
    assert assert_circuit_is_the_network(made, 80) > 4
    assert_cost_is_the_circuit(made)


def test_bad_reading() -> None:
    for table in (Table([1, 2]), Table([[0, 1], [0, 2]])):
        with pytest.raises(NetworkError, match="with a 0 in it"):
            SelectiveScan([[[1]]], [[[1, 0]]], read=table)
    operation = SelectiveScan([[[1]]], [[[1, 0]]], read=SILU)
    good = Code(0, 1)
    for code in (Code(-2, 2, "binary"), Code(-1, 2)):
        with pytest.raises(NetworkError, match="table"):
            network(operation, 2, 1, [good, good, good, code])


def test_bad_operands() -> None:
    operation = SelectiveScan([[[1]]], [[[1, 0]]])
    good, wide = Code(0, 1), Code(1, 2)
    with pytest.raises(NetworkError, match="of B must hold 0"):
        network(operation, 2, 1, [good, wide, good, good])
    with pytest.raises(NetworkError, match="at least 0"):
        network(operation, 2, 1, [Code(-1, 1), good, good, good])
    scaled = SelectiveScan([[[1]]], [[[1, 0]]], times_delta=True)
    with pytest.raises(NetworkError, match="of delta must hold 0"):
        network(scaled, 2, 1, [wide, good, good, good])
    with pytest.raises(NetworkError, match="one is an integer"):
        SelectiveScan.exponential([[1.0]], 0)
    with pytest.raises(NetworkError, match="B and C must be"):
        alone(operation, *[((2, w), good) for w in (1, 2, 1, 1)])
    with pytest.raises(NetworkError, match="delta and x"):
        alone(operation, *[((2, w), good) for w in (2, 1, 1, 1)])
    huge = SelectiveScan([[[1]]], [[[2**61, 0]]])
    with pytest.raises(NetworkError, match=r"beyond 2\*\*62"):
        network(huge, 2, 1, [good, good, good, good])
    ones = np.ones((1, 2, 1), np.int64)
    with pytest.raises(NetworkError, match=r"beyond 2\*\*62"):
        huge(ones, ones, ones, ones)
