"""Files that are no model, damaged, or beyond what has an exact construction."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import MissingExtraError, NetworkError, ParseError
from tests.networks.importers.tflite.files import File
from tests.networks.importers.tflite.models import build
from tests.networks.importers.tflite.test_tflite import stream, streaming

GOOD = build("CONV_2D", 0)[0]
FILES = [GOOD, build("AVERAGE_POOL_2D", 1)[0], build("ADD", 0)[0], streaming()]


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_files(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(FILES)))
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    for _ in range(data.draw(st.integers(0, 3))):
        if len(content) > 8:
            content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(NetworkError, ParseError):  # some damage leaves another good model
        tc.networks.from_tflite(bytes(content))


@pytest.mark.parametrize(
    "content", [b"", b"TFL3", b"\x00" * 100, b"\xff" * 4 + b"TFL3" + b"\xff" * 50]
)
def test_no_model(content: bytes) -> None:
    with pytest.raises(ParseError):
        tc.networks.from_tflite(content)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="cannot be read"):
        tc.networks.from_tflite(tmp_path / "none.tflite")
    with pytest.raises(ParseError, match="cannot be read"):
        tc.networks.from_tflite(3)  # type: ignore[arg-type]


def unary(name: str, **tensor: object) -> bytes:
    file = File()
    x = file.tensor((1, 4), **({"scale": 1.0} | tensor))
    return file.build([x], [file.op(name, [x], file.tensor((1, 4), 1.0))])


def wide_sum() -> bytes:
    file = File()
    x = file.tensor((1, 4), 1.0)
    y = file.op("CONCATENATION", [x, x], file.tensor((1, 8), 0.5), Axis=1)
    return file.build([x], [y])


def wrong_bias() -> bytes:
    file = File()
    x, y = file.tensor((1, 2), 1.0), file.tensor((1, 2), 1.0)
    weights = file.tensor((2, 2), 0.5, values=np.ones(4))
    bias = file.tensor((3,), 0.5, kind="int32", values=[1, 2, 3])
    return file.build([x], [file.op("FULLY_CONNECTED", [x, weights, bias], y)])


def wrong_shape() -> bytes:
    file = File()
    x = file.tensor((1, 4), 1.0)
    return file.build([x], [file.op("RELU", [x], file.tensor((1, 5), 1.0))])


def unassigned() -> bytes:
    file = stream()
    x = file.tensor((1, 2), 1.0)
    kept = file.op("READ_VARIABLE", [x], file.tensor((1, 2), 1.0))
    return file.build([x], [kept])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (unary("SOFTMAX"), r"SOFTMAX \(1\); classify=True"),
        (unary("CUMSUM"), r"without an exact construction: CUMSUM \(1\)"),
        (unary("RELU", kind="float32"), "is float32|is other"),
        (unary("RELU", scale=None), "with 0 scales"),
        (unary("CONV_2D"), "operands or options do not fit"),
        (wide_sum(), r"operator 0 \(CONCATENATION\): its operands have different scales"),
        (wrong_bias(), "a bias of shape"),
        (wrong_shape(), r"its result is \(1, 4\), and the file says \(1, 5\)"),
        (unassigned(), "without a handle"),
        (File().build([], []), "no inputs, outputs or operators"),
    ],
)
def test_what_has_no_construction_is_named(content: bytes, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        tc.networks.from_tflite(content)


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf")])
def test_scales(scale: float) -> None:
    with pytest.raises(ParseError, match="scale is not positive"):
        tc.networks.from_tflite(unary("RELU", scale=scale))


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tflite", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'tcsim\[tflite\]'"):
        tc.networks.from_tflite(GOOD)
