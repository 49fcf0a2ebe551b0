"""Circuits run on integers: words of codes, by NumPy and by compiled kernels, and whole runs."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize, codewords
from tcsim.networks.codewords import decode_words, encode_words
from tcsim.simulate import streaming
from tcsim.strategies import networks
from tests.networks.oracle import all_rows, words

LARGER = IntegerNetwork(Inputs(2, Code(-1, 2)), [Affine([[1, 0], [0, 1]], [0, 0]), Argmax(2)])
CODES = [
    Code(lo, hi, kind)
    for kind in ("thermometer", "binary", "one_hot")
    for lo, hi in ((0, 1), (0, 16), (-3, 4), (-200, 55), (7, 263))
]
LAYOUTS = {
    "rows": lambda values: values,
    "columns": np.asfortranarray,
    "one column of a row": lambda values: np.repeat(values, 2, axis=1)[:, ::2],
    "backward": lambda values: values[::-1, ::-1].copy()[::-1, ::-1],
}


@pytest.fixture(autouse=True, params=["numpy", "compiled"])
def way(request, monkeypatch):
    """Every test runs both ways; a module of kernels that is there is used."""
    if request.param == "numpy":
        monkeypatch.setattr(codewords, "kernels", lambda name, values: None)
    else:
        import tcsim.simulate.kernels.encoding  # noqa: F401
    return request.param


def _packed(code: Code, values: np.ndarray) -> np.ndarray:
    """Words by the definition of the codes."""
    bits = [words(code, row) for row in values.tolist()]
    return tc.pack(np.array(bits, np.uint8).reshape(len(values), values.shape[1] * code.wires))


def _without_rest(packed: np.ndarray, rows: int) -> np.ndarray:
    if rows % 64:
        packed[:, -1] &= np.uint64(2 ** (rows % 64) - 1)
    return packed


@given(
    st.sampled_from(CODES),
    st.integers(0, 600),
    st.integers(1, 10),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(["<i8", ">i8", "<i2", "u1", "<u4"]),
    st.integers(0, 2**32),
)
def test_words_there_and_back(code, rows, features, layout, dtype, seed):
    values = np.random.default_rng(seed).integers(code.lo, code.hi + 1, (rows, features))
    if values.astype(dtype).tolist() != values.tolist():
        dtype = "<i8"
    found = encode_words(code, LAYOUTS[layout](values.astype(dtype)))
    want = _packed(code, values)
    np.testing.assert_array_equal(_without_rest(found, rows), want)
    back = np.empty((rows, features), np.int64)
    assert decode_words(code, want, back)
    np.testing.assert_array_equal(back, values)


@pytest.mark.parametrize("code", [Code(0, 16), Code(0, 200, "binary"), Code(0, 2, "one_hot")])
@pytest.mark.parametrize("features", [63, 64, 65, 255, 256, 257])
@pytest.mark.parametrize("dtype", [np.uint8, np.int64])
def test_around_the_ends_of_tiles(code, features, dtype):
    values = np.random.default_rng(features).integers(0, code.hi + 1, (65, features)).astype(dtype)
    found = _without_rest(encode_words(code, values), 65)
    np.testing.assert_array_equal(found, tc.pack(code.encode(values).reshape(65, -1)))


@given(
    st.sampled_from(CODES),
    st.integers(1, 200),
    st.integers(1, 10),
    st.sampled_from([-(2**63), -1, 1, 256, 2**32, 2**63 - 1]),
    st.data(),
)
def test_one_value_out_of_range_is_found(code, rows, features, beyond, data):
    values = np.full((rows, features), code.hi)
    value = code.hi + beyond if beyond > 0 else code.lo + beyond
    value = min(max(value, -(2**63)), 2**63 - 1)
    values[data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, features - 1))] = value
    assert encode_words(code, values) is None


@given(st.sampled_from(CODES), st.integers(1, 130), st.data())
def test_bits_that_are_no_word_are_found(code, rows, data):
    """One bit is flipped; of a binary code that may be a word, of another it is none."""
    values = np.random.default_rng(rows).integers(code.lo, code.hi + 1, (rows, 2))
    packed = _packed(code, values)
    row, wire = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, 2 * code.wires - 1))
    packed[wire, row // 64] ^= np.uint64(1 << row % 64)
    bits = tc.unpack(packed, rows)[row].reshape(2, code.wires)
    known = {tuple(words(code, [value])): value for value in range(code.lo, code.hi + 1)}
    found = np.empty((rows, 2), np.int64)
    if decode_words(code, packed, found):
        assert found[row].tolist() == [known[tuple(word)] for word in bits.tolist()]
    else:
        assert any(tuple(word) not in known for word in bits.tolist())
    beyond_the_rows = _packed(code, values) | ~np.uint64(0) << np.uint64(rows % 64)
    if rows < 64:
        assert decode_words(code, beyond_the_rows, found)
        np.testing.assert_array_equal(found, values)


@given(networks(), st.sampled_from(["auto", "reference"]))
def test_a_run_equals_the_network(network, engine):
    circuit = tc.networks.compile(network)
    rows = np.array(all_rows(network, 100))
    found = tc.networks.run(network, circuit, rows, engine=engine)
    want = network(rows)
    assert found.dtype == np.int64
    assert found.shape == want.shape
    np.testing.assert_array_equal(found, want)


def test_digits_in_parts_and_on_threads(monkeypatch):
    digits = tc.networks.builtin("digits")
    network = digits.quantize()
    circuit = tc.networks.compile(network)
    rows = digits.rows.astype(np.uint8)
    want = network(rows)
    for held in (streaming.HELD_BYTES, 0):
        monkeypatch.setattr(streaming, "HELD_BYTES", held)
        for threads in (1, 3):
            calls = []
            found = tc.networks.run(
                network,
                circuit,
                rows,
                threads=threads,
                progress=lambda *call, calls=calls: calls.append(call),
            )
            np.testing.assert_array_equal(found, want)
            assert calls == sorted(calls)
            assert calls[-1] == (len(rows), len(rows))
    assert not [one for one in threading.enumerate() if one.name.startswith("tcsim")]
    assert (network.interpret(found) == digits.labels).mean() > 0.9


def test_any_rows_that_the_network_takes():
    circuit = tc.networks.compile(LARGER)
    rows = [[2, 1], [-1, 0], [1, 1]]
    for x in (rows, np.array(rows), np.array(rows, np.int8), np.asfortranarray(rows)):
        assert tc.networks.run(LARGER, circuit, x).tolist() == [0, 1, 0]
    for x in ([[1, 0]], np.array([[True, False]]), np.array([[1, 0]], np.uint64)):
        assert tc.networks.run(LARGER, circuit, x).tolist() == [0]
    assert tc.networks.run(LARGER, circuit, np.zeros((0, 2), int)).shape == (0,)
    cuts = Requantize([[0, 3]] * 2, Code(0, 2))
    numbers = IntegerNetwork(LARGER.inputs, [Affine([[1, 0], [0, 1]], [0, 0]), cuts])
    found = tc.networks.run(numbers, tc.networks.compile(numbers), rows)
    np.testing.assert_array_equal(found, numbers(rows))


def test_booleans_made_of_other_bytes():
    code = Code(0, 1)
    found = encode_words(code, np.full((64, 1), 2, np.uint8).view(bool))
    assert found.tolist() == [[2**64 - 1]]


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([[3, 0]], r"x\[0, 0\] is 3, not in -1\.\.2"),
        (np.array([[0, 0], [0, -2]], np.int8), r"x\[1, 1\] is -2"),
        (np.full((300, 2), 255, np.uint8), r"x\[0, 0\] is 255"),
        (np.array([[0, 2**64 - 1]], np.uint64), r"x\[0, 1\] is 18446744073709551615"),
        ([[0, 2**70]], "integers"),
        (np.zeros((2, 2)), "x must be integers, not float64"),
        (np.zeros((2, 3), int), r"x must have shape \(rows, 2\), not \(2, 3\)"),
        (np.zeros(2, int), r"x must have shape \(rows, 2\), not \(2,\)"),
    ],
)
def test_bad_rows(x, message):
    circuit = tc.networks.compile(LARGER)
    with pytest.raises(ArgumentError, match=message):
        tc.networks.run(LARGER, circuit, x)


def test_bad_arguments():
    circuit = tc.networks.compile(LARGER)
    binary = tc.networks.compile(LARGER.with_codes(inputs="binary"))
    with pytest.raises(ArgumentError, match="circuit has 4 inputs and 2 outputs, the network's"):
        tc.networks.run(LARGER, binary, [[0, 0]])
    with pytest.raises(ArgumentError, match="engine is 'fast'"):
        tc.networks.run(LARGER, circuit, [[0, 0]], engine="fast")
    with pytest.raises(ArgumentError, match="threads is 0"):
        tc.networks.run(LARGER, circuit, [[0, 0]], threads=0)


def test_a_circuit_whose_outputs_are_no_class():
    b = tc.Builder()
    x = b.inputs("x", 6)
    b.output("class", [x[0], x[0]])
    with pytest.raises(ArgumentError, match=r"rows 0\.\.1 .*: bits\[1, 0\] = 00 is no one_hot"):
        tc.networks.run(LARGER, b.build().replace(output_wire=[0, 3]), [[2, -1], [-1, -1]])
