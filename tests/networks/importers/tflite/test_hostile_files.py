"""Files whose numbers are out of range: refused with the tensor or operator, before long work."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError, ParseError
from tests.networks.importers.tflite.files import File
from tests.networks.importers.tflite.test_bad_files import unary
from tests.networks.importers.tflite.test_tflite import streaming


@pytest.mark.parametrize("zero", [128, -129, 2**31, -(2**63)])
def test_zero_points_beyond_the_type(zero: int) -> None:
    with pytest.raises(ParseError, match=rf"'tensor0': zero point {zero} is not in -128\.\.127"):
        tc.networks.from_tflite(unary("LOGISTIC", zero=zero))
    assert tc.networks.from_tflite(unary("LOGISTIC", zero=127)).network.nodes


def test_scales_are_named_with_their_tensor() -> None:
    with pytest.raises(
        ParseError, match=r"'tensor0': a scale is not positive and finite but -2\.0"
    ):
        tc.networks.from_tflite(unary("RELU", scale=-2.0))


@pytest.mark.parametrize("name", ["RELU6", "LOGISTIC", "TANH"])
def test_scales_too_fine_for_single_precision(name: str) -> None:
    file = File()
    x = file.tensor((1, 4), 1.0)
    content = file.build([x], [file.op(name, [x], file.tensor((1, 4), 1e-45))])
    with pytest.raises(NetworkError, match=r"1\.401298464"):
        tc.networks.from_tflite(content)


def with_constant(name: str, values: list[int], shape: tuple[int, ...], **options: object) -> bytes:
    file = File()
    x = file.tensor((1, 4), 1.0)
    other = file.tensor((len(values),), kind="int32", values=values)
    return file.build([x], [file.op(name, [x, other], file.tensor(shape, 1.0), **options)])


@pytest.mark.parametrize("axis", [2, -3, 5, 2**31 - 1])
def test_axes_that_are_not_there(axis: int) -> None:
    with pytest.raises(NetworkError, match=rf"\(MEAN\): axes \[{axis}\] of values of 2 axes"):
        tc.networks.from_tflite(with_constant("MEAN", [axis], (1, 1), KeepDims=True))
    file = File()
    where = file.tensor((1,), kind="int32", values=[axis])
    x, y = file.tensor((1, 4), 1.0), file.tensor((1, 4), 1.0)
    with pytest.raises(NetworkError, match=rf"there is no axis {axis} among 2"):
        tc.networks.from_tflite(file.build([x], [file.op("SPLIT", [where, x], y)]))


def test_windows_of_millions_of_places() -> None:
    file = File()
    x, y = file.tensor((1, 4, 4, 1), 1.0), file.tensor((1, 4, 4, 1), 1.0)
    options = {"Padding": 0, "StrideH": 1, "StrideW": 1, "FilterHeight": 999, "FilterWidth": 999}
    for name in ("MAX_POOL_2D", "AVERAGE_POOL_2D"):
        content = file.build([x], [file.op(name, [x], y, **options)])
        with pytest.raises(NetworkError, match=r"\(999, 999\) has more than 65,536 places"):
            tc.networks.from_tflite(content)


def test_options_that_are_not_there() -> None:
    file = File()
    x, y = file.tensor((1, 4), 1.0), file.tensor((1, 2), 1.0)
    weights = file.tensor((2, 4), 1.0, values=np.ones(8))
    file.op("FULLY_CONNECTED", [x, weights], y)
    file.ops[0].kind = ""
    with pytest.raises(NetworkError, match="the file holds no options of it"):
        tc.networks.from_tflite(file.build([x], [y]))


def test_errors_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "model.tflite"
    path.write_bytes(unary("CUMSUM"))
    with pytest.raises(NetworkError, match=r"model\.tflite: operators without"):
        tc.networks.from_tflite(path)
    with pytest.raises(ParseError, match=r"cannot be read: Is a directory$"):
        tc.networks.from_tflite(tmp_path)


def test_inputs_of_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from tcsim.networks.importers.tflite import importing

    read = importing.read_graphs

    def renamed(data: bytes, path: str | None) -> object:
        graphs = read(data, path)
        for graph in graphs:
            for tensor in graph.tensors:
                object.__setattr__(tensor, "name", "state0")
        return graphs

    monkeypatch.setattr(importing, "read_graphs", renamed)
    file = File()
    x, other, y = (file.tensor((1, 2), 1.0) for _ in range(3))
    content = file.build([x, other], [file.op("ADD", [x, other], y, FusedActivationFunction=0)])
    names = [one.name for one in tc.networks.from_tflite(content).network.sources]
    assert names == ["state0", "state0_1"]
    streamed = [one.name for one in tc.networks.from_tflite(streaming()).network.sources]
    assert streamed == ["state0", "state0_1"]
    with pytest.raises(NetworkError, match="a tensor is an input twice"):
        tc.networks.from_tflite(file.build([x, x], [y]))
