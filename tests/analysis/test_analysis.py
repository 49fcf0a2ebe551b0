"""Spectra, influences, sensitivity and discrepancy against their definitions and identities."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim import analysis
from tcsim.errors import ArgumentError, LimitError
from tcsim.strategies import circuits

TABLES = st.integers(0, 5).flatmap(
    lambda n: st.lists(st.integers(0, 1), min_size=2**n, max_size=2**n)
)


def log2(table: list[int]) -> int:
    return len(table).bit_length() - 1


def inner_product(n: int) -> tc.Circuit:
    b = tc.Builder()
    x, y = b.inputs("x", n), b.inputs("y", n)
    odd = x[0] & y[0]
    for i in range(1, n):
        odd = odd ^ (x[i] & y[i])
    b.output("odd", odd)
    return b.build()


@given(TABLES)
def test_the_spectrum_is_its_definition(table: list[int]) -> None:
    spectrum = analysis.fourier_spectrum(table)
    for s, found in enumerate(spectrum.tolist()):
        assert found == sum((-1) ** (table[x] + (x & s).bit_count()) for x in range(len(table)))
    assert (spectrum**2).sum() == 4 ** log2(table)  # Parseval
    back = analysis.walsh_hadamard(spectrum)
    assert back.tolist() == [len(table) * (-1) ** bit for bit in table]
    weights = analysis.fourier_weights(table)
    assert sum(weights) == 1
    assert len(weights) == log2(table) + 1


@given(TABLES)
def test_influences_and_sensitivity(table: list[int]) -> None:
    n, count = log2(table), len(table)
    at = [sum(table[x] != table[x ^ 1 << i] for i in range(n)) for x in range(count)]
    influences = analysis.influences(table)
    assert influences == [
        Fraction(sum(table[x] != table[x ^ 1 << i] for x in range(count)), count) for i in range(n)
    ]
    spectrum = analysis.fourier_spectrum(table).tolist()
    for i, influence in enumerate(influences):
        squares = sum(spectrum[s] ** 2 for s in range(count) if s >> i & 1)
        assert influence == Fraction(squares, 4**n)
    assert analysis.total_influence(table) == sum(
        k * weight for k, weight in enumerate(analysis.fourier_weights(table))
    )
    found = analysis.sensitivity(table)
    assert found.largest == max(at)
    assert found.on_ones == max([at[x] for x in range(count) if table[x]], default=0)
    assert found.on_zeros == max([at[x] for x in range(count) if not table[x]], default=0)
    assert found.average == sum(influences)
    assert at[sum(int(bit) << i for i, bit in enumerate(found.witness))] == found.largest


@given(TABLES)
def test_chow_parameters(table: list[int]) -> None:
    ones = [x for x, bit in enumerate(table) if bit]
    n = log2(table)
    found = analysis.chow_parameters(table)
    assert found == [len(ones), *(sum(x >> i & 1 for x in ones) for i in range(n))]
    spectrum = analysis.fourier_spectrum(table).tolist()
    assert 2 * found[0] == 2**n - spectrum[0]
    for i in range(n):
        assert 4 * found[1 + i] == 2**n - spectrum[0] + spectrum[1 << i]


@given(circuits(inputs=(1, 5), outputs=(1, 3)), st.data())
@settings(max_examples=20)
def test_outputs_of_circuits(circuit: tc.Circuit, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, circuit.n_outputs - 1))
    rows = np.arange(2**circuit.n_inputs)[:, None] >> np.arange(circuit.n_inputs) & 1
    table = circuit(rows, engine="reference")[:, place].tolist()
    assert analysis.truth_values(circuit, place).tolist() == table
    by_name = analysis.fourier_spectrum(circuit, circuit.output_names[place])
    assert by_name.tolist() == analysis.fourier_spectrum(table).tolist()


def test_known_functions() -> None:
    """Majority of n = 2k + 1: every influence is C(2k, k) / 4**k; parity: 1 (O'Donnell, 2.3)."""
    b = tc.Builder()
    b.output("vote", tc.majority(b.inputs("x", 9)))
    assert analysis.influences(b.build()) == [Fraction(70, 256)] * 9
    parity = [x.bit_count() & 1 for x in range(256)]
    assert analysis.total_influence(parity) == 8
    assert analysis.fourier_weights(parity)[8] == 1
    assert analysis.sensitivity(parity).largest == 8
    assert analysis.sensitivity([int(x != 0) for x in range(64)]).on_zeros == 6


# Sampling -------------------------------------------------------------------------------------


@given(circuits(inputs=(1, 6), outputs=1), st.integers(0, 5))
@settings(max_examples=20)
def test_samples_hold_the_exact_values(circuit: tc.Circuit, seed: int) -> None:
    """At confidence 1 - 1e-9 no interval misses in a run of the tests."""
    sampled = analysis.sample(circuit, samples=500, confidence=1 - 1e-9, seed=seed)
    exact = analysis.influences(circuit)
    for estimate, value in zip(sampled.influences, exact, strict=True):
        assert estimate.low <= value <= estimate.high
    assert sampled.average.low <= sum(exact) <= sampled.average.high
    assert sampled.seen <= analysis.sensitivity(circuit).largest
    table = analysis.truth_values(circuit).tolist()
    row = sum(int(bit) << i for i, bit in enumerate(sampled.witness))
    flips = sum(table[row] != table[row ^ 1 << i] for i in range(circuit.n_inputs))
    assert flips == sampled.seen
    chosen = {0, circuit.n_inputs - 1}
    estimate = analysis.fourier_coefficient(
        circuit, chosen, samples=500, confidence=1 - 1e-9, seed=seed
    )
    number = sum(1 << i for i in chosen)
    value = Fraction(int(analysis.fourier_spectrum(circuit)[number]), len(table))
    assert estimate.low <= value <= estimate.high


def test_intervals_are_hoeffdings_and_hold_as_often_as_they_say() -> None:
    b = tc.Builder()
    x = b.inputs("x", 40)
    b.output("odd", x[0] ^ x[1])
    circuit = b.build()
    estimate = analysis.fourier_coefficient(circuit, [0], samples=200, confidence=0.9)
    # Samples of -1 and 1: 2 * sqrt(ln(2 / 0.1) / 400) = 0.1730... to each side.
    assert estimate.high - estimate.value == pytest.approx(0.17308, abs=1e-5)
    assert estimate.value - estimate.low == pytest.approx(0.17308, abs=1e-5)
    assert estimate.seed == 0
    missed = 0
    for seed in range(100):
        estimate = analysis.fourier_coefficient(
            circuit, [0], samples=200, confidence=0.9, seed=seed
        )
        missed += not estimate.low <= 0 <= estimate.high
    assert missed <= 10
    sampled = analysis.sample(circuit, samples=100)
    assert [each.value for each in sampled.influences] == [1.0, 1.0] + [0.0] * 38
    assert sampled.seen == 2


# Discrepancy ----------------------------------------------------------------------------------


def by_definition(table: list[int], first: list[int]) -> Fraction:
    """The maximum over all rectangles, from the definition."""
    n = log2(table)
    second = [i for i in range(n) if i not in first]

    def sets(inputs: list[int]) -> list[list[int]]:
        points = [
            sum(1 << i for i, bit in zip(inputs, bits, strict=True) if bit)
            for bits in itertools.product((0, 1), repeat=len(inputs))
        ]
        return [
            [p for k, p in enumerate(points) if number >> k & 1]
            for number in range(1 << len(points))
        ]

    return max(
        Fraction(abs(sum((-1) ** table[x | y] for x in rows for y in columns)), len(table))
        for rows in sets(first)
        for columns in sets(second)
    )


def rectangle(table: list[int], first: list[int], found: analysis.Discrepancy) -> Fraction:
    matrix = analysis.communication_matrix(table, first)
    total = sum((-1) ** int(matrix[r, c]) for r in found.rows for c in found.columns)
    return Fraction(abs(total), len(table))


@given(
    st.integers(1, 4).flatmap(lambda n: st.lists(st.integers(0, 1), min_size=2**n, max_size=2**n)),
    st.data(),
)
@settings(max_examples=20)
def test_discrepancy(table: list[int], data: st.DataObject) -> None:
    n = log2(table)
    first = sorted(
        data.draw(st.sets(st.integers(0, n - 1), max_size=min(n, 3), min_size=max(0, n - 3)))
    )
    found = analysis.discrepancy(table, first)
    assert found.is_exact
    assert found.low == found.high == by_definition(table, first)
    assert rectangle(table, first, found) == found.low


@given(st.integers(0, 2**32))
@settings(max_examples=20)
def test_bounds_of_discrepancy_hold(seed: int) -> None:
    """The search and the spectral bound of a matrix that is small enough to be solved."""
    from tcsim.analysis import rectangles

    random = np.random.default_rng(seed)
    table = random.integers(0, 2, 2**7).tolist()
    exact = analysis.discrepancy(table, [0, 1, 2])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rectangles, "EXACT_SIDE", 1)
        bounds = analysis.discrepancy(table, [0, 1, 2])
    assert not bounds.is_exact
    assert bounds.low <= exact.low <= bounds.high
    assert rectangle(table, [0, 1, 2], bounds) == bounds.low


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
def test_inner_product(n: int) -> None:
    """A Hadamard matrix: at most 2**(-n / 2) (Lindsey)."""
    found = analysis.discrepancy(inner_product(n), range(n))
    assert found.is_exact == (n <= 4)
    assert found.low**2 <= Fraction(1, 2**n)
    assert found.high**2 <= Fraction(1, 2**n) * (1 + Fraction(1, 10**6))


def test_the_matrix_has_the_players_bits_in_order() -> None:
    table = [int(x == 0b0110) for x in range(16)]
    matrix = analysis.communication_matrix(table, [1, 3])
    # The first player has bits 1 and 3: 1 and 0, number 1; the second bits 0 and 2: number 2.
    assert np.argwhere(matrix).tolist() == [[1, 2]]
    assert analysis.communication_matrix(table, []).shape == (1, 16)


def test_errors() -> None:
    b = tc.Builder()
    b.output("y", tc.all(b.inputs("x", 25)))
    large = b.build()
    with pytest.raises(LimitError, match="25 inputs, at most 24"):
        analysis.influences(large)
    with pytest.raises(ArgumentError, match="there is no output 'z'; there are y"):
        analysis.influences(large, "z")
    with pytest.raises(ArgumentError, match="output is 1, but the circuit has 1"):
        analysis.sensitivity(large, 1)
    with pytest.raises(ArgumentError, match="number or a name"):
        analysis.sensitivity(large, 0.5)
    for table in ([0, 1, 1], [], [[0, 1]], [0.0, 1.0], "01", [[0], [1, 2]]):
        with pytest.raises(ArgumentError, match=r"truth table|neither"):
            analysis.fourier_spectrum(table)
    with pytest.raises(ArgumentError, match="0 and 1 alone"):
        analysis.chow_parameters([0, 2])
    with pytest.raises(LimitError, match=r"at most 2\*\*24"):
        analysis.chow_parameters(np.zeros(2**25, np.uint8))
    with pytest.raises(ArgumentError, match="samples must be a positive integer"):
        analysis.sample(large, samples=0)
    with pytest.raises(ArgumentError, match="confidence lies between"):
        analysis.sample(large, samples=5, confidence=1)
    with pytest.raises(ArgumentError, match=r"inputs lie in 0\.\.24"):
        analysis.fourier_coefficient(large, [25], samples=5)
    with pytest.raises(ArgumentError, match=r"lie in 0\.\.1, not \[2\]"):
        analysis.discrepancy([0, 1, 1, 0], [2])
    for inputs in (0, "0", [0.5], [True]):
        with pytest.raises(ArgumentError, match=r"by their numbers, such as \[0, 2\]"):
            analysis.discrepancy([0, 1, 1, 0], inputs)
        with pytest.raises(ArgumentError, match="by their numbers"):
            analysis.fourier_coefficient(large, inputs, samples=5)
    for sampled in (analysis.sample, lambda f, **k: analysis.fourier_coefficient(f, [0], **k)):
        with pytest.raises(ArgumentError, match="for circuits, not list: of a truth table"):
            sampled([0, 1], samples=5)
        for seed in (-1, "1", True):
            with pytest.raises(ArgumentError, match="seed must be an integer of at least 0"):
                sampled(large, samples=5, seed=seed)
        with pytest.raises(ArgumentError, match="confidence lies between"):
            sampled(large, samples=5, confidence="0.9")
    for values in ([1, 2, 3], "abc", [0.5, 1.5], [[1, 2]], []):
        with pytest.raises(ArgumentError, match=r"2\*\*n integers"):
            analysis.walsh_hadamard(values)
    with pytest.raises(ArgumentError, match=r"sum to less than 2\*\*63"):
        analysis.walsh_hadamard([2**62, -(2**62)])
    assert analysis.walsh_hadamard([2**62, 1]).tolist() == [2**62 + 1, 2**62 - 1]
