"""Tabulate: any function of a linear form, in one level or in two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Affine, Code, Convolution, Tabulate
from tcsim.networks.values import Values
from tests.networks.operations.linear import KINDS, arrays, check, rounded

MIX = Affine([[1, -2], [2, 1]], [0, 1])
CODE = Code(-1, 2)


@settings(max_examples=20)
@given(data=st.data(), kind=st.sampled_from([None, *KINDS]), features=st.integers(0, 2))
def test_every_function(data, kind: str | None, features: int) -> None:
    """Rising, falling, constant; every integer of the range."""
    lo, hi = -6, 9
    shape = (features,) if features else ()
    table = data.draw(arrays((*shape, hi - lo + 1), -2, 3))
    code = None if kind is None else Code(-2, 3, kind)

    def function(x):
        rows = np.broadcast_to(table, (*x.shape[:-1], hi - lo + 1))
        return np.take_along_axis(rows, x - lo, -1)

    ends = np.full(shape, lo), np.full(shape, hi)
    made = Tabulate.from_function(function, *ends, code)
    changes = (np.diff(table, axis=-1) != 0).sum(axis=-1).max()
    assert made.cuts.shape[-1] == max(1, changes)
    x = np.stack([np.arange(lo, hi + 1)] * 2, axis=1)
    assert made(x).tolist() == np.broadcast_to(table, (2, hi - lo + 1)).T.tolist()
    found = made.infer(Values((2,), np.array([lo, 0]), np.array([hi, 4])))
    wide = np.broadcast_to(table, (2, hi - lo + 1))
    expected = [wide[0], wide[1, -lo : 5 - lo]]
    assert found.full()[0].tolist() == [row.min() for row in expected]
    assert found.full()[1].tolist() == [row.max() for row in expected]
    if features == 1:
        return

    def build(add, e):
        y = add(made, add(MIX, e))
        return y if kind == "one_hot" else add(rounded(), y)

    circuit = check(build, ((2,), CODE))
    assert circuit.depth == (2 if kind in (None, "one_hot") else 3)


def test_one_level_for_a_linear_reader_two_for_a_code() -> None:
    """A function that falls, straight on a sum, costs a linear reader no level of its own."""
    bent = Tabulate.from_function(lambda x: np.abs(x) // 2, [-9, -9], [9, 9])
    circuit = check(lambda add, e: add(rounded(), add(MIX, add(bent, add(MIX, e)))), ((2,), CODE))
    assert circuit.depth == 2
    wired = bent.with_code(Code(0, 4, "binary"))
    circuit = check(lambda add, e: add(wired, add(MIX, e)), ((2,), CODE))
    assert (circuit.depth, circuit.size) == (2, 2 * bent.cuts.shape[-1] + 2 * 3)


def test_channels_of_a_convolution() -> None:
    made = Tabulate([[[0, 2]], [[1, 1]]], [[[0, 3, 1]], [[2, 9, 0]]], Code(0, 9))
    layer = Convolution([[[1, -1]], [[2, 1]]])
    check(lambda add, e: add(made, add(layer, e)), ((1, 3), CODE))


def test_equal_cuts_skip_a_value() -> None:
    made = Tabulate([1, 1], [0, 99, 2])
    assert made(np.array([[0], [1]])).ravel().tolist() == [0, 2]
    assert made.infer(Values((1,), np.array(0), np.array(1))).largest == 2


@pytest.mark.parametrize(
    ("cuts", "values", "message"),
    [
        ([2, 1], [0, 1, 2], "never decrease"),
        ([1, 2], [0, 1], "one value fewer"),
        ([0.5], [0, 1], "integers"),
        ([0], [0, 9], r"0\.\.9 leave the code 0\.\.3"),
    ],
)
def test_bad_arguments(cuts, values, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Tabulate(cuts, values, Code(0, 3))


def test_bad_functions_and_operands() -> None:
    with pytest.raises(NetworkError, match="whole numbers"):
        Tabulate.from_function(lambda x: x / 2, 0, 3)
    with pytest.raises(NetworkError, match="whole numbers"):
        Tabulate.from_function(lambda x: x[:1], 0, 3)
    with pytest.raises(NetworkError, match="put Requantize in front"):
        Tabulate.from_function(lambda x: x, 0, 2**40)
    with pytest.raises(NetworkError, match="cuts for features"):
        Tabulate([[0], [0]], [[0, 1], [0, 1]]).infer(Values.coded((3,), CODE))
