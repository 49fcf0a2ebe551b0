"""Truth tables against plain Python functions."""

import itertools

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import LimitError
from tcsim.simulate import engines, truth_table_blocks
from tcsim.simulate.sources import counting_words


def _majority(n):
    b = tc.Builder()
    b.output("y", tc.majority(b.inputs("x", n)))
    return b.build(), lambda r: [r.bit_count() > n // 2]


def _parity(n):
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", n)
    y = b.constant(0) ^ b.constant(0) if n == 0 else x[0]
    for wire in x[1:]:
        y = y ^ wire
    b.output("y", y)
    return b.build(), lambda r: [r.bit_count() % 2]


def _adder(n):
    """Two numbers of n // 2 bits, carry-lookahead by weights: depth 2."""
    half = n // 2
    b = tc.Builder()
    x = b.inputs("x", n)
    p, q = x[:half], x[half : 2 * half]
    carry = b.constant(0)
    digits = []
    for i in range(half):
        low = tc.sum((p[j] + q[j]) * 2**j for j in range(i + 1))
        ahead = low >= 2 ** (i + 1)
        digits.append(p[i] + q[i] + carry - 2 * ahead >= 1)
        carry = ahead
    b.output("sum", digits)
    b.output("carry", carry)

    def add(r):
        total = r % 2**half + (r >> half) % 2**half
        return [total >> i & 1 for i in range(half + 1)]

    return b.build(), add


def _table(says, n):
    return np.array([says(r) for r in range(2**n)], np.uint8)


@pytest.mark.parametrize("n", [*range(9), 11])
@pytest.mark.parametrize("family", [_majority, _parity, _adder])
def test_exhaustive(family, n):
    circuit, says = family(n)
    want = _table(says, n)
    got = circuit.truth_table()
    assert got.dtype == np.uint8
    np.testing.assert_array_equal(got, want)
    words = circuit.truth_table(packed=True)
    assert words.dtype == np.uint64
    np.testing.assert_array_equal(words, tc.pack(want))  # bits beyond the last row are 0
    rows = [[r >> i & 1 for i in range(n)] for r in range(2**n)]
    for engine in ("bits", "reference"):
        np.testing.assert_array_equal(circuit(rows, engine=engine), want)


def test_unused_bits_are_zero():
    b = tc.Builder()
    x = b.inputs("x", 2)
    b.output("y", [b.constant(1), ~(x[0] & x[1]), ~x[0]])
    np.testing.assert_array_equal(
        b.build().truth_table(packed=True), [[0b1111], [0b0111], [0b0101]]
    )


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of 2,048 rows by the compiled engine."""
    monkeypatch.setattr(engines, "quickest", lambda *_: "bits")
    monkeypatch.setattr(engines, "CACHE_BYTES", 0)


def test_many_blocks(small_blocks):
    circuit, says = _adder(14)
    want = _table(says, 14)
    done = []
    np.testing.assert_array_equal(
        circuit.truth_table(progress=lambda *call: done.append(call)), want
    )
    assert done == [(2048 * (i + 1), 2**14) for i in range(8)]
    np.testing.assert_array_equal(circuit.truth_table(threads=3), want)
    threaded = list(truth_table_blocks(circuit, threads=3))
    assert [first for first, _ in threaded] == list(range(0, 2**14, 2048))
    np.testing.assert_array_equal(circuit.truth_table(packed=True), tc.pack(want))
    blocks = list(truth_table_blocks(circuit))
    assert [first for first, _ in blocks] == list(range(0, 2**14, 2048))
    np.testing.assert_array_equal(np.hstack([words for _, words in blocks]), tc.pack(want))


def test_a_table_of_30_inputs_is_streamed():
    b = tc.Builder()
    x = b.inputs("x", 30)
    b.output("y", [tc.sum(x) >= 9, ~x[29] & x[17]])
    circuit = b.build()
    expected = 0
    for first, words in itertools.islice(truth_table_blocks(circuit), 3):
        assert first == expected
        rows = first + np.arange(64 * words.shape[1])
        want = np.column_stack((np.bitwise_count(rows) >= 9, rows >> 17 & 1))
        np.testing.assert_array_equal(tc.unpack(words, len(rows)), want)
        assert words.nbytes < 2**22
        expected += len(rows)


@pytest.mark.parametrize("first", [0, 5, 2**24 - 3, 2**23 + 12_345])
def test_high_inputs_of_a_large_table(first):
    words = counting_words(30, first, first + 3)
    rows = 64 * first + np.arange(192)
    np.testing.assert_array_equal(tc.unpack(words, 192), rows[:, None] >> np.arange(30) & 1)


def test_limits(monkeypatch):
    b = tc.Builder()
    b.output("y", b.inputs("x", 31))
    circuit = b.build()
    with pytest.raises(LimitError, match=r"31 inputs has 2\*\*31 rows, the limit is 30"):
        circuit.truth_table()
    with pytest.raises(LimitError, match="the limit is 30"):
        truth_table_blocks(circuit)  # at the call, not at the first block


def test_a_table_larger_than_memory(monkeypatch):
    b = tc.Builder()
    x = b.inputs("x", 30)
    b.output("y", [*x, x[0] & x[1]])
    circuit = b.build()
    monkeypatch.setattr("tcsim.simulate.memory.physical_memory", lambda: 2**33)
    with pytest.raises(LimitError, match=r"would take 33,285,996,544 bytes.*packed=True.*blocks"):
        circuit.truth_table()
    monkeypatch.setattr("tcsim.simulate.memory.physical_memory", lambda: 2**30)
    with pytest.raises(LimitError, match=r"4,160,749,568 bytes.*truth_table_blocks streams it"):
        circuit.truth_table(packed=True)
