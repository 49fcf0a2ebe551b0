"""What callers may pass in, and the errors for everything else."""

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, TcsimError


@pytest.fixture(scope="module")
def circuit():
    b = tc.Builder()
    x = b.inputs("x", 3)
    b.output("y", [x[0] & ~x[1], x[2], tc.majority(x)])
    return b.build()


BATCH = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1], [1, 1, 1], [1, 0, 1]], np.uint8)
OUTPUTS = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 1, 1]], np.uint8)


@pytest.mark.parametrize("engine", ["auto", "bigint", "bits", "reference"])
@pytest.mark.parametrize(
    "batch",
    [
        BATCH,
        BATCH.tolist(),
        tuple(map(tuple, BATCH.tolist())),
        BATCH.astype(bool).tolist(),
        *(BATCH.astype(kind) for kind in (bool, np.int8, np.int16, np.uint32, np.int64, np.uint64)),
        BATCH.astype(object),
        BATCH.astype(">i4"),
        np.asfortranarray(BATCH),
        np.repeat(np.repeat(BATCH, 2, axis=0), 3, axis=1)[::2, ::3],
        BATCH[::-1, ::-1].copy()[::-1, ::-1],
        np.broadcast_to(BATCH[0], (5, 3)),
    ],
)
def test_any_boolean_or_integer_layout(circuit, batch, engine):
    want = OUTPUTS if not np.array_equal(batch, [BATCH[0]] * 5) else OUTPUTS[[0] * 5]
    got = circuit(batch, engine=engine)
    assert got.dtype == np.uint8
    np.testing.assert_array_equal(got, want)


@pytest.mark.parametrize("engine", ["bigint", "bits", "reference"])
def test_one_vector(circuit, engine):
    got = circuit([1, 0, 1], engine=engine)
    assert got.shape == (3,)
    np.testing.assert_array_equal(got, [1, 1, 1])
    assert circuit.trace([1, 0, 1]).shape == (circuit.size,)


@pytest.mark.parametrize("engine", ["bigint", "bits", "reference"])
def test_no_vectors_no_inputs_no_outputs(circuit, engine):
    assert circuit(np.zeros((0, 3), int), engine=engine).shape == (0, 3)
    assert circuit(np.zeros((3, 0), np.uint64), packed=True, engine=engine).shape == (3, 0)
    mute = circuit.replace(output_wire=[], output_names=[])
    assert mute(BATCH, engine=engine).shape == (5, 0)
    assert mute(BATCH[0], engine=engine).shape == (0,)
    b = tc.Builder(fold=False)
    b.output("y", [b.constant(1), b.gate(tc.sum([]) >= 0), b.gate(tc.sum([]) >= 1)])
    closed = b.build()
    np.testing.assert_array_equal(closed([], engine=engine), [1, 1, 0])
    np.testing.assert_array_equal(closed([[], []], engine=engine), [[1, 1, 0]] * 2)
    np.testing.assert_array_equal(closed(np.zeros((2, 0), int), engine=engine), [[1, 1, 0]] * 2)


@pytest.mark.parametrize("engine", ["bigint", "bits", "reference"])
def test_inputs_are_left_alone(circuit, engine):
    batch = BATCH.copy()
    batch.flags.writeable = False
    got = circuit(batch, engine=engine)
    np.testing.assert_array_equal(batch, BATCH)
    got[:] = 7  # the result is the caller's
    np.testing.assert_array_equal(batch, BATCH)
    words = tc.pack(BATCH)
    kept = words.copy()
    words.flags.writeable = False
    circuit(words, packed=True, engine=engine)[:] = 7
    np.testing.assert_array_equal(words, kept)


def test_words_of_any_layout(circuit):
    """The kernels are compiled for one type of array, whatever comes in."""
    import tcsim.simulate.kernels.words as kernels

    words = np.random.default_rng(0).integers(0, 2**64, (3, 4), np.uint64)
    want = circuit(words, packed=True, engine="bits")
    frozen = words.copy()
    frozen.flags.writeable = False
    shifted = np.frombuffer(b"?" + words.tobytes(), np.uint8)[1:].view(np.uint64).reshape(3, 4)
    for other in (frozen, shifted, np.asfortranarray(words), np.repeat(words, 2, axis=1)[:, ::2]):
        np.testing.assert_array_equal(circuit(other, packed=True, engine="bits"), want)
    assert len(getattr(kernels.run, "signatures", [()])) == 1


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        (BATCH.astype(float), r"batch of shape \(5, 3\) has dtype float64"),
        ([[0.0, 1.0, 1.0]], "dtype float64"),
        (np.zeros((0, 3)), "dtype float64"),
        (np.zeros((2, 3), complex), "dtype complex128"),
        ([["0", "1", "0"]], "dtype <U1"),
        ([[0, 1, 2]], r"batch\[0, 2\] is 2, not 0 or 1 \(batch has shape \(1, 3\)\)"),
        ([[0, 1, 1], [0, -1, 5]], r"batch\[1, 1\] is -1"),
        ([0, 255, 1], r"batch\[1\] is 255"),
        (np.array([[0, 1, 2**64 - 1]], np.uint64), r"batch\[0, 2\] is 18446744073709551615"),
        ([[0, 1, 2**70]], r"batch\[0, 2\] is 1180591620717411303424"),
        ([[0, None, 1]], r"batch\[0, 1\] is None"),
        (np.array([[0, 1, 0.5]], object), r"batch\[0, 2\] is 0\.5"),
        ([[0, 1], [0, 1, 1]], "batch is no array"),
        ([[0, 1]], r"shape \(1, 2\); a circuit of 3 inputs takes \(vectors, 3\), or \(3,\)"),
        ([], r"shape \(0,\)"),
        ([[]], r"shape \(1, 0\)"),
        (1, r"shape \(\)"),
        (None, r"shape \(\)"),
        (np.zeros((1, 1, 3), int), r"shape \(1, 1, 3\)"),
    ],
)
@pytest.mark.parametrize("call", ["__call__", "trace"])
def test_bad_batches(circuit, batch, message, call):
    with pytest.raises(ArgumentError, match=message):
        getattr(circuit, call)(batch)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (np.zeros((3, 2), np.int64), "dtype int64; packed words are uint64"),
        ([[0], [1], [0]], "dtype int64"),
        (np.zeros((2, 2), np.uint64), r"shape \(2, 2\).*shape \(3, words\)"),
        (np.zeros(3, np.uint64), r"shape \(3,\)"),
    ],
)
def test_bad_words(circuit, words, message):
    with pytest.raises(ArgumentError, match=message):
        circuit(words, packed=True)


def test_unknown_engine(circuit):
    with pytest.raises(ArgumentError, match="engine is 'fast'; there are 'auto', 'bigint', 'bits'"):
        circuit(BATCH, engine="fast")


def test_errors_come_before_work(circuit):
    batch = np.zeros((100_000, 3), int)
    batch[-1, -1] = 2
    calls = []
    with pytest.raises(TcsimError, match=r"batch\[99999, 2\] is 2"):
        circuit(batch, progress=lambda *call: calls.append(call))
    assert not calls
