"""The files of trained models: what ships, and what damaged ones say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import trained

FOLDER = Path(trained.__file__).parent
SMALL = FOLDER / "parity_rnn.npz"


@pytest.mark.parametrize("name", trained.names())
def test_shipped_files(name: str) -> None:
    model = trained.load(name)
    assert model.name == name
    assert "\n" not in model.description
    assert (FOLDER / f"{name}.npz").stat().st_size < 100_000
    assert {"architecture", "task", "procedure", "seed", "torch", "steps"} <= model.config.keys()
    assert model.accuracy
    assert all(0 <= share <= 1 for share in model.accuracy.values())
    for values in model.weights.values():
        assert values.dtype == np.float64
        assert not values.flags.writeable
        assert np.array_equal(values, values.astype(np.float16))
    assert repr(model).startswith(f"<Trained {name}: {model.parameters:,} parameters; ")


def test_names() -> None:
    assert trained.names() == tuple(sorted(path.stem for path in FOLDER.glob("*.npz")))
    assert {"s5_transformer", "s5_chain", "s5_rnn", "s5_ssm", "digits_cnn"} <= set(trained.names())


@pytest.mark.parametrize("name", ["s6", "../data/digits", "", "s5_rnn.npz"])
def test_unknown_names(name: str) -> None:
    with pytest.raises(NetworkError, match=r"no trained model .*; there are: digits_cnn, "):
        trained.load(name)


def rewrite(path: Path, **changes: object) -> None:
    with np.load(SMALL) as stored:
        arrays = {name: stored[name] for name in stored.files}
    for name, value in changes.items():
        if value is None:
            del arrays[name]
        else:
            arrays[name] = np.asarray(value)
    np.savez(path, **arrays)


def config(**changes: object) -> str:
    with np.load(SMALL) as stored:
        return json.dumps({**json.loads(str(stored["config"])), **changes})


SSM = {"architecture": "ssm", "inner": 2, "state": 2, "blocks": 1, "norm": "rms"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"config": None}, "entry 'config' is missing"),
        ({"check_logits": None}, "entry 'check_logits' is missing"),
        ({"head.bias": None}, "weights 'head.bias' are missing"),
        ({"tail.bias": [1.0]}, "'tail.bias' is no weight of a rnn"),
        ({"head.bias": [1.0]}, r"'head.bias' must be real numbers of shape \(2,\)"),
        ({"head.bias": [1, 2]}, r"'head.bias' must be real numbers .* not int64"),
        ({"head.bias": [1.0, np.nan]}, "'head.bias' holds a value that is not finite"),
        ({"check_inputs": [1.5]}, "'check_inputs' must be integers"),
        ({"config": "{"}, "the config cannot be read"),
        ({"config": "[]"}, "the config cannot be read"),
        ({"config": "{}"}, "the config cannot be read: KeyError"),
        ({"config": config(architecture="mlp")}, "architecture 'mlp' is none of transformer, rnn"),
        ({"config": config(width="wide")}, r"width is an integer in 1\.\.65536, not 'wide'"),
        ({"config": config(width=10**12)}, "width is an integer"),
        ({"config": config(architecture=[])}, r"architecture \[\] is none of"),
        ({"config": config(task=[])}, r"task is a word, not \[\]"),
        ({"config": config(procedure="x" * 999)}, r"procedure is one of single_pass, .{,60}$"),
        ({"config": config(letters=None)}, "letters is an integer in"),
        ({"config": config(architecture="ssm", blocks=10**9)}, "the config has no entry 'inner'"),
        ({"config": config(**SSM | {"blocks": 10**9})}, "blocks is an integer"),
        ({"config": config(**SSM | {"eps": float("nan")})}, "eps is a number between 0 and 1"),
        ({"config": config(**SSM | {"norm": "batch"})}, "norm is one of rms, layer, not 'batch'"),
        ({"config": "[" * 100_000}, "the config cannot be read: RecursionError"),
        ({"config": config(accuracy=3)}, "the config cannot be read"),
        ({"config": config(width=17)}, "must be real numbers of shape"),
    ],
)
def test_files_that_do_not_fit(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    path = tmp_path / "bad.npz"
    rewrite(path, **changes)
    with pytest.raises(NetworkError, match=message) as caught:
        trained.read(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK", b"text", b"\x93NUMPY", SMALL.read_bytes()[:900]])
def test_files_that_are_no_archives(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    with pytest.raises(NetworkError, match=r"bad\.npz is no archive of a trained model"):
        trained.read(path)


def test_an_array_by_itself_and_no_file(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.zeros(3))
    for name in ("one.npy", "none.npz"):
        with pytest.raises(NetworkError, match="is no archive of a trained model"):
            trained.read(tmp_path / name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, SMALL.stat().st_size - 1), value=st.integers(0, 255))
def test_any_changed_byte_is_read_or_named(tmp_path: Path, place: int, value: int) -> None:
    content = bytearray(SMALL.read_bytes())
    content[place] = value
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    try:
        trained.read(path)
    except NetworkError as error:
        assert "bad.npz" in str(error)  # noqa: PT017 - most changes are caught, not all
