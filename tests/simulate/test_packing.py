"""pack and unpack, bit by bit, by NumPy and by compiled kernels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.simulate import loading, packing

LAYOUTS = {
    "rows": lambda batch: batch,
    "columns": np.asfortranarray,
    "one column of a row": lambda batch: np.repeat(batch, 3, axis=1)[:, ::3],
    "part of a row": lambda batch: np.pad(batch, ((0, 0), (3, 5)))[:, 3 : 3 + batch.shape[1]],
    "every second row": lambda batch: np.repeat(batch, 2, axis=0)[::2],
    "backward": lambda batch: batch[::-1, ::-1].copy()[::-1, ::-1],
    "rows upside down": lambda batch: batch[::-1].copy()[::-1],
}
DTYPES = ["u1", "i1", "?", "<i8", ">i4", "<u2", ">u8", "O"]


@pytest.fixture(autouse=True, params=["numpy", "compiled"])
def way(request, monkeypatch):
    """Every test runs both ways; a module of kernels that is there is used."""
    if request.param == "numpy":
        monkeypatch.setattr(packing, "kernels", lambda name, values: None)
    else:
        import tcsim.simulate.kernels.transpose  # noqa: F401
    return request.param


def _reference(batch):
    """Words by Python's integers."""
    rows = batch.tolist()
    return [
        [
            sum(row[column] << j for j, row in enumerate(rows[top : top + 64]))
            for top in range(0, len(rows), 64)
        ]
        for column in range(batch.shape[1])
    ]


@given(
    st.integers(0, 700),
    st.integers(0, 40),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(DTYPES),
    st.integers(0, 2**32),
)
def test_any_layout_and_dtype(vectors, columns, layout, dtype, seed):
    batch = np.random.default_rng(seed).integers(0, 2, (vectors, columns), np.uint8)
    words = tc.pack(LAYOUTS[layout](batch.astype(dtype)))
    assert words.tolist() == _reference(batch)
    np.testing.assert_array_equal(tc.unpack(words, vectors), batch)


@pytest.mark.parametrize("columns", [1, 63, 64, 65, 1023, 1024, 1025, 2049])
@pytest.mark.parametrize("vectors", [63, 64, 511, 512, 513, 600])
def test_around_the_ends_of_tiles(vectors, columns):
    batch = np.random.default_rng(vectors + columns).integers(0, 2, (vectors, columns), np.uint8)
    words = tc.pack(batch)
    assert words[:, -1].tolist() == [
        word for (word,) in _reference(batch[(vectors - 1) // 64 * 64 :])
    ]
    for other in (np.asfortranarray(batch), batch.astype(np.int16)):
        np.testing.assert_array_equal(tc.pack(other), words)
    np.testing.assert_array_equal(tc.unpack(words, vectors), batch)


@given(
    st.integers(1, 700),
    st.integers(1, 40),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(
        [("u1", 2), ("u1", 255), ("i1", -1), ("<i8", 256), ("<i8", -(2**63)), (">u8", 2**64 - 1)]
    ),
    st.data(),
)
def test_one_strange_value_is_found(vectors, columns, layout, strange, data):
    dtype, value = strange
    batch = np.ones((vectors, columns), dtype)
    place = data.draw(st.integers(0, vectors - 1)), data.draw(st.integers(0, columns - 1))
    batch[place] = value
    with pytest.raises(ArgumentError) as error:
        tc.pack(LAYOUTS[layout](batch))
    assert str(error.value).startswith(f"batch[{place[0]}, {place[1]}] is {value}, not 0 or 1")


def test_of_two_strange_values_the_first_is_named():
    batch = np.zeros((300, 70), np.uint8)
    batch[299, 0], batch[299, 69], batch[70, 65] = 3, 4, 5
    with pytest.raises(ArgumentError, match=r"batch\[70, 65\] is 5"):
        tc.pack(np.asfortranarray(batch))


def test_booleans_made_of_other_bytes():
    batch = np.random.default_rng(0).integers(0, 4, (130, 9), np.uint8)
    want = tc.pack(batch != 0)
    for other in (batch, np.asfortranarray(batch), np.repeat(batch, 2, axis=1)[:, ::2]):
        np.testing.assert_array_equal(tc.pack(other.view(bool)), want)


def test_read_only_values_and_words():
    batch = np.random.default_rng(0).integers(0, 2, (200, 9), np.uint8)
    batch.flags.writeable = False
    words = tc.pack(batch)
    words.flags.writeable = False
    np.testing.assert_array_equal(tc.unpack(words, 200), batch)


def test_unpack_writes_nothing_else():
    frame = np.full((134, 13), 7, np.uint8)
    words = tc.pack(np.ones((130, 9), bool))
    packing.unpack_bits(words, frame[2:132, 2:11])
    assert (frame[2:132, 2:11] == 1).all()
    assert frame.sum() == 7 * frame.size - 6 * 130 * 9


def test_kernels_are_loaded_for_large_jobs_only(monkeypatch):
    calls = []
    monkeypatch.setattr(loading, "import_module", lambda name: calls.append(name) or loading)
    monkeypatch.setattr(loading, "_done", {})
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    assert loading.kernels("some", loading.VALUES_WITH_NUMBA - 1) is None
    assert not calls
    assert loading.kernels("some", loading.VALUES_WITHOUT_NUMBA) is loading
    assert calls == ["tcsim.simulate.kernels.some"]
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert loading.kernels("some", loading.VALUES_WITHOUT_NUMBA) is None


@given(st.integers(0, 200), st.integers(0, 20), st.integers(0, 2**32))
def test_every_bit_has_its_place(vectors, columns, seed):
    batch = np.random.default_rng(seed).integers(0, 2, (vectors, columns))
    words = tc.pack(batch)
    assert words.dtype == np.uint64
    assert words.shape == (columns, -(-vectors // 64))
    for column in range(columns):
        for w, word in enumerate(words[column].tolist()):
            bits = batch[64 * w : 64 * w + 64, column].tolist()
            assert word == sum(bit << j for j, bit in enumerate(bits))  # the rest is 0
    values = tc.unpack(words, vectors)
    assert values.dtype == np.uint8
    assert values.flags.c_contiguous
    np.testing.assert_array_equal(values, batch)


@given(st.integers(1, 5), st.integers(0, 9), st.data(), st.integers(0, 2**32))
def test_unpack_takes_any_count(n_words, columns, data, seed):
    words = np.random.default_rng(seed).integers(0, 2**64, (columns, n_words), np.uint64)
    count = data.draw(st.integers(0, 64 * n_words))
    values = tc.unpack(words, count)
    assert values.shape == (count, columns)
    for r in range(count):
        for c in range(columns):
            assert values[r, c] == int(words[c, r // 64]) >> r % 64 & 1


def test_other_words_and_lists():
    batch = np.random.default_rng(0).integers(0, 2, (130, 9), np.uint8)
    want = tc.pack(batch)
    np.testing.assert_array_equal(tc.pack(batch.tolist()), want)
    wide = np.repeat(want, 2, axis=1)[:, ::2]
    np.testing.assert_array_equal(tc.unpack(wide, 130), batch)
    np.testing.assert_array_equal(tc.unpack(np.asfortranarray(want), 130), batch)
    np.testing.assert_array_equal(tc.unpack(want.astype(">u8").astype(np.uint64), 130), batch)


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ([0, 1], r"batch has shape \(2,\); expected \(vectors, columns\)"),
        ([[0, 3]], r"batch\[0, 1\] is 3"),
        ([[0.5]], "dtype float64"),
    ],
)
def test_pack_refuses(batch, message):
    with pytest.raises(ArgumentError, match=message):
        tc.pack(batch)


@pytest.mark.parametrize(
    ("words", "count", "message"),
    [
        (np.zeros((2, 3), np.int64), 1, "words has shape"),
        (np.zeros(3, np.uint64), 1, r"shape \(columns, words\)"),
        (np.zeros((2, 3), np.uint64), 193, "count is 193, but words of shape .* hold 0 to 192"),
        (np.zeros((2, 3), np.uint64), -1, "count is -1"),
        (np.zeros((2, 3), np.uint64), 1.0, "count must be an integer, not 1.0"),
        (np.zeros((2, 3), np.uint64), True, "count must be an integer"),
    ],
)
def test_unpack_refuses(words, count, message):
    with pytest.raises(ArgumentError, match=message):
        tc.unpack(words, count)
