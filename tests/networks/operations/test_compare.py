"""Compare: two integers against each other."""

from __future__ import annotations

import operator

import numpy as np
import pytest

from tcsim.errors import NetworkError
from tcsim.networks import Affine, Code, Compare
from tests.networks.operations.linear import check, check_named, network_of, rounded

RELATIONS = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}
CODE = Code(-1, 2)


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation(relation: str) -> None:
    x, y = np.array([[-1, 0, 2, 2]]), np.array([[0, 0, 2, -1]])
    expected = [int(RELATIONS[relation](a, b)) for a, b in zip(x[0], y[0], strict=True)]
    assert Compare(relation)(x, y).tolist() == [expected]
    circuit = check(
        lambda add, x, y: add(Compare(relation), x, y),
        ((2, 1), CODE),
        ((3,), Code(0, 3, "binary")),
    )
    equality = relation in ("==", "!=")
    assert (circuit.depth, circuit.size) == ((2, 18) if equality else (1, 6))
    mix = Affine([[1, -2], [2, 1]], [0, 1])
    check(
        lambda add, x, y: add(rounded(), add(Compare(relation), add(mix, x), add(rounded(), y))),
        ((2,), CODE),
        ((2,), CODE),
    )


def test_the_same_wires_on_both_sides_are_bounded() -> None:
    mix = Affine([[1, -2], [2, 1]], [0, 1])
    check(lambda add, e: add(Compare(">"), e, add(mix, e)), ((2,), CODE), exact=False)
    check_named(lambda add, x, y: add(Compare("<"), x, y), {"n": 3}, (("n",), CODE), ((1,), CODE))


def test_bad_input() -> None:
    with pytest.raises(NetworkError, match="one of >=, >, <=, <, ==, !="):
        Compare("=")
    with pytest.raises(NetworkError, match="do not broadcast"):
        network_of(lambda add, x, y: add(Compare("<"), x, y), ((2,), CODE), ((3,), CODE))
