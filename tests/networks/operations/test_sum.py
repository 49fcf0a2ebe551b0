"""Sum: no gate."""

from __future__ import annotations

import numpy as np
import pytest

from tcsim.errors import NetworkError
from tcsim.networks import Affine, Code, Sum, rescale
from tcsim.networks.values import Values
from tests.networks.operations.linear import check, check_named, network_of, rounded

CODE = Code(-1, 1)


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("axes", [[0], [1], [-1], [0, 2], [2, 0, 1]])
def test_sums(axes: list[int], keep: bool) -> None:
    x = np.arange(24).reshape(1, 2, 3, 4)
    operation = Sum(axes, keep=keep)
    where = tuple(axis % 3 + 1 for axis in axes)
    assert operation(x).tolist() == x.sum(axis=where, keepdims=keep).tolist()
    if len(axes) < 3 or keep:
        check(lambda add, e: add(rounded(), add(operation, e)), ((2, 2, 2), CODE))
        mix = Affine([[1, -1], [2, 0]], [0, 1])
        check(lambda add, e: add(rounded(), add(operation, add(mix, e))), ((2, 2, 2), CODE))


def test_mean_pooling() -> None:
    mean = rescale(1, 3, Code(-1, 1), rounding="half_up")

    def build(add, e):
        return add(mean, add(Sum([0]), e))

    network = network_of(build, ((3, 2), CODE))
    found = network([[[1, -1], [1, 0], [0, 0]], [[1, 1], [1, 1], [1, 0]]])
    assert found.tolist() == [[1, 0], [1, 1]]
    circuit = check(build, ((3, 2), CODE))
    assert circuit.depth == 1
    check_named(build, {"n": 4}, (("n", 2), CODE))


def test_ranges_and_bad_arguments() -> None:
    found = Sum([0, 1]).infer(Values((3, 4), np.array([[-1]]), np.arange(4)))
    assert (found.shape, found.least, found.largest) == ((), -12, 18)
    with pytest.raises(NetworkError, match="at least one axis"):
        Sum([])
    with pytest.raises(NetworkError, match="one twice"):
        Sum([1, -1]).infer(Values.coded((2, 2), CODE))
    with pytest.raises(NetworkError, match="no axis 2"):
        Sum([2]).infer(Values.coded((2, 2), CODE))
    with pytest.raises(NetworkError, match=r"2\*\*62"):
        Sum([0]).infer(Values((4,), np.array(0), np.array(2**60)))
