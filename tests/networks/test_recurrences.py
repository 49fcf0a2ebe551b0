"""Rounded at every step, rounded once: two functions, serial and not."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Code, LinearRecurrence, Requantize, SelectiveScan, Sketch
from tcsim.networks.blocks.recurrences import compare_roundings, step_rounded
from tcsim.networks.blocks.rounded_scans import rounded_scan
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    rows_of,
)


def rounded(value: Fraction, code: Code, rounding: str) -> int:
    whole = math.floor(value + Fraction(1, 2)) if rounding == "half_up" else math.floor(value)
    return min(max(whole, code.lo), code.hi)


def plain(recurrence: LinearRecurrence, sequence, state: Code, unit: Fraction) -> list[list[int]]:
    h, found = [0] * len(recurrence.a), []
    for x in sequence:
        h = [
            rounded(
                sum(p * q for p, q in zip(row, h, strict=True))
                + sum(p * q for p, q in zip(read, x, strict=True)) / unit,
                state,
                recurrence.rounding,
            )
            for row, read in zip(recurrence.a, recurrence.b, strict=True)
        ]
        found.append(
            [
                rounded(
                    sum(p * q * unit for p, q in zip(row, h, strict=True))
                    + sum(p * q for p, q in zip(direct, x, strict=True)),
                    recurrence.code,
                    recurrence.rounding,
                )
                for row, direct in zip(recurrence.c, recurrence.d, strict=True)
            ]
        )
    return found


def serial(recurrence: LinearRecurrence, length: int, state: Code, unit: Fraction):
    sketch = Sketch()
    x = sketch.input("x", (length, recurrence.inputs), Code(-1, 2))
    return sketch.network(step_rounded(sketch, recurrence, x, state, unit))


number = st.fractions(-2, 2, max_denominator=4)


@settings(max_examples=25)
@given(
    entries=st.lists(number, min_size=9, max_size=9),
    rounding=st.sampled_from(["half_up", "floor"]),
    unit=st.sampled_from([Fraction(1), Fraction(1, 4), Fraction(2, 3)]),
    length=st.integers(1, 3),
)
def test_step_rounded(entries, rounding, unit: Fraction, length: int) -> None:
    a, b, c = [entries[:2], entries[2:4]], [entries[4:5], entries[5:6]], [entries[6:8]]
    recurrence = LinearRecurrence(a, b, c, Code(-3, 3), d=[entries[8:]], rounding=rounding)
    state = Code(-4, 5)
    network = serial(recurrence, length, state, unit)
    rows = rows_of(network, 30)[0]
    expected = [plain(recurrence, row.tolist(), state, unit) for row in rows]
    assert network(rows).tolist() == expected
    assert_circuit_is_the_network(network, 30)


@pytest.mark.parametrize("length", [1, 2, 5, 9])
def test_serial_and_not(length: int) -> None:
    recurrence = LinearRecurrence([[0.5]], [[1]], [[1]], Code(-3, 3))
    network = serial(recurrence, length, Code(-9, 9), Fraction(1, 4))
    assert network.cost().numbers().total.depth == length + 1
    parallel = alone(recurrence, ((length, 1), Code(-1, 2)))
    assert parallel.cost().numbers().total.depth == 1


def test_integer_matrices_lose_nothing() -> None:
    recurrence = LinearRecurrence([[1, 1], [0, 1]], [[0], [1]], [[1, 0]], Code(-50, 50))
    x = np.random.default_rng(0).integers(-1, 2, (20, 6, 1))
    found = compare_roundings(recurrence, x, Code(-50, 50), Fraction(1))
    assert (found.runs, found.values) == (20, 120)
    assert (found.differing_runs, found.differing_values, found.largest) == (0, 0, 0)


def test_most_runs_differ() -> None:
    """Ten steps, a decay by 7/8, three fractional bits: toward minus infinity, nearly every run."""
    unit, state = Fraction(1, 8), Code(-200, 200)
    x = np.random.default_rng(0).integers(-15, 16, (1000, 10, 1))
    for rounding, least in (("floor", 980), ("half_up", 750)):
        matrices = [[Fraction(7, 8)]], [[unit]], [[8]]
        recurrence = LinearRecurrence(*matrices, state, rounding=rounding)
        found = compare_roundings(recurrence, x, state, unit)
        assert found.differing_runs > least
        assert 0 < found.differing_values < found.values
        assert found.largest >= 1


def plain_scan(scan, delta, b, c, x, state: Code) -> list[list[int]]:
    channels, states = len(x[0]), len(b[0])
    h = [[0] * states for _ in range(channels)]
    found = []
    for t in range(len(x)):
        for channel in range(channels):
            for j in range(states):
                cuts, table = scan.cuts[0, j].tolist(), scan.table[0, j].tolist()
                decay = Fraction(table[sum(delta[t][channel] >= cut for cut in cuts)], table[0])
                exact = decay * h[channel][j] + b[t][j] * x[t][channel]
                h[channel][j] = rounded(exact, state, "half_up")
        found.append(
            [sum(c[t][j] * h[channel][j] for j in range(states)) for channel in range(channels)]
        )
    return found


def scanned(length: int, *, fused: bool, channels: int = 1, kind: str = "thermometer"):
    scan = SelectiveScan([[[1, 2], [1, 3]]], [[[4, 2, 1], [4, 3, 0]]])
    state = Code(-3, 3, kind)
    sketch = Sketch()
    widths = [channels, 2, 2, channels]
    ranges = [Code(0, 3), Code(-1, 1), Code(-1, 1, "binary"), Code(-1, 2)]
    edges = [
        sketch.input(name, (length, width), code)
        for name, width, code in zip("dbcx", widths, ranges, strict=True)
    ]
    y = rounded_scan(sketch, scan, *edges, state, fused=fused)
    cuts = np.arange(-8, 9)[None]
    return scan, state, sketch.network(sketch.add(Requantize(cuts, Code(-9, 8)), y))


@pytest.mark.parametrize("kind", ["thermometer", "binary"])
@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("length", [1, 3])
def test_rounded_scan(length: int, fused: bool, kind: str) -> None:
    scan, state, network = scanned(length, fused=fused, channels=2, kind=kind)
    rows = rows_of(network, 60)
    expected = [
        plain_scan(scan, *(part[row].tolist() for part in rows), state) for row in range(60)
    ]
    assert network(*rows).tolist() == np.clip(expected, -9, 8).tolist()
    assert len(np.unique(expected)) > 3
    assert_circuit_is_the_network(network, 60)
    # Terms of several states read different wires of C, which the formula does not look into.
    assert_cost_is_the_circuit(network, symbols=False, exact=False)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 6, 8, 16])
def test_levels_per_position(length: int) -> None:
    """2n + 2, fused n + 2; rounded once it is 3 and 2."""
    for fused, slope in ((False, 2), (True, 1)):
        network = scanned(length, fused=fused)[-1]
        assert network.cost().numbers().total.depth == slope * length + 2
        if length <= 3:
            circuit = tc.networks.compile(network, share=False, fold=False)
            assert circuit.depth == slope * length + 2


def test_bad_input() -> None:
    recurrence = LinearRecurrence([[1]], [[1]], [[1]], Code(0, 3))
    with pytest.raises(NetworkError, match="unit is an exact number above 0"):
        serial(recurrence, 2, Code(0, 3), Fraction(0))
    with pytest.raises(NetworkError, match="sequences are integers"):
        compare_roundings(recurrence, np.zeros((1, 2)), Code(0, 3), Fraction(1))
    sketch = Sketch()
    x = sketch.input("x", (2, 1), Code(0, 1))
    for scan in (
        SelectiveScan([[[1]], [[1]]], [[[1, 0]], [[1, 0]]]),
        SelectiveScan([[[1]]], [[[0, 1]]]),
        SelectiveScan([[[1]]], [[[1, 0]]], times_delta=True),
    ):
        with pytest.raises(NetworkError, match="for all channels, positive at 0"):
            rounded_scan(sketch, scan, x, x, x, x, Code(-1, 1))
