"""Constants and windows of absurd sizes: refused before they are written out."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.evaluating import evaluate
from tests.networks.importers.onnx.models import model, node


def test_a_range_of_millions() -> None:
    range_node = node("Range", "a b c", "r")

    def numbers(limit: int) -> list[np.ndarray]:
        feeds = {"a": np.int64(0), "b": np.int64(limit), "c": np.int64(1)}
        return evaluate(range_node, {k: np.asarray(v) for k, v in feeds.items()}, {"": 21})

    with pytest.raises(NetworkError, match="a range of 1000000000000 numbers"):
        numbers(10**12)
    assert numbers(3)[0].tolist() == [0, 1, 2]


@pytest.mark.parametrize("size", [10**5, 2**14])
def test_windows_of_millions(size: int) -> None:
    one = model(
        [node("MaxPool", "x", "y", kernel_shape=[size, size], pads=[size - 1] * 4)],
        {"x": ("uint8", [1, 1, 4, 4])},
        {"y": ("uint8", ["p", "q", "r", "s"])},
        {},
    )
    with pytest.raises(NetworkError, match=rf"windows of \({size}, {size}\) over axes of \(4, 4\)"):
        tc.networks.from_onnx(one)
