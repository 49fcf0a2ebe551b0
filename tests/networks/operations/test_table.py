"""Table: any function of a coded value as a linear form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Affine, Argmax, Broadcast, Code, Table
from tcsim.networks.values import Values
from tests.networks.operations.linear import arrays, check, network_of, rounded


@settings(max_examples=12)
@given(
    data=st.data(),
    steps=st.integers(1, 4),
    lo=st.integers(-2, 1),
    shared=st.booleans(),
    kind=st.sampled_from(["thermometer", "one_hot"]),
)
def test_every_function(data, steps: int, lo: int, shared: bool, kind: str) -> None:
    code = Code(lo, lo + steps, kind)
    rows = data.draw(arrays((steps + 1,) if shared else (2, steps + 1)))
    table = Table(rows, lo)
    x = np.array([[[a, b]] for a in range(lo, code.hi + 1) for b in range(lo, code.hi + 1)])
    plain = np.broadcast_to(rows, (2, steps + 1)).tolist()
    expected = [[[plain[f][v - lo] for f, v in enumerate(r)] for r in one] for one in x.tolist()]
    assert table(x).tolist() == expected
    check(lambda add, e: add(rounded(), add(table, e)), ((2, 2), code))
    mix = Affine(data.draw(arrays((2, 2))), [0, 1])
    check(lambda add, e: add(Argmax(2), add(mix, add(table, e))), ((2,), code))


def test_no_gate_and_the_range_of_each_feature() -> None:
    table = Table([[3, 1, 4], [0, 0, 9]], -1)
    found = table.infer(Values((2,), np.array([-1, -1]), np.array([0, 1]), Code(-1, 1)))
    assert (found.lo.tolist(), found.hi.tolist(), found.code) == ([1, 0], [3, 9], None)
    circuit = check(lambda add, e: add(Argmax(2), add(table, e)), ((2,), Code(-1, 1)))
    assert circuit.depth == 2


def test_shared_words_keep_weights_of_0() -> None:
    """After Broadcast, the tables of two places stand on the same wires."""
    rows = [[0, 3, 1], [0, 3, 1], [1, 2, 3]]
    check(
        lambda add, e: add(Argmax(3), add(Table(rows), add(Broadcast((2, 3)), e))),
        ((2, 1), Code(0, 2)),
    )


def test_from_function() -> None:
    code = Code(-2, 2)
    assert Table.from_function(lambda x: x * x, code, "square").rows.tolist() == [4, 1, 0, 1, 4]
    halves = Table.from_function(lambda x: np.rint(x / 2), code)
    assert halves.rows.tolist() == [-1, 0, 0, 0, 1]
    assert repr(Table.from_function(np.abs, code, "abs")) == "<Table abs: all from -2..2>"
    for function, message in (
        (lambda x: x / 2, "whole numbers"),
        (lambda x: x * np.inf, "whole numbers"),
        (lambda x: x[:2], "maps 5 values"),
        (lambda x: x * 1e300, r"2\*\*62"),
    ):
        with pytest.raises(NetworkError, match=message), np.errstate(invalid="ignore"):
            Table.from_function(function, code)


@pytest.mark.parametrize(
    ("rows", "message"),
    [([1.0, 2.0], "integers"), ([1], "two values"), (3, "integers"), ([2**62, 0], "beyond")],
)
def test_bad_rows(rows: object, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Table(rows)


def test_bad_operands() -> None:
    table = Table([[0, 1, 2]] * 2)
    for shape, code, message in (
        ((2,), Code(0, 2, "binary"), "put Recode"),
        ((2,), Code(0, 3), r"0\.\.2 for values of 0\.\.3"),
        ((3,), Code(0, 2), "features"),
    ):
        with pytest.raises(NetworkError, match=message):
            network_of(lambda add, e: add(rounded(), add(table, e)), (shape, code))
    with pytest.raises(NetworkError, match="put Requantize"):
        table.infer(Values((2,), np.array(0), np.array(2)))
