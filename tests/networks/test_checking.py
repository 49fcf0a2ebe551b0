"""The check of float network, integer network and circuit against each other."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork

FLOAT = tc.networks.from_layers([([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.25], "identity")])
INTEGER = IntegerNetwork(Inputs(2, Code(0, 3)), [Affine([[1, 0], [0, 1]], [0, 0]), Argmax(2)])
ROWS = [[a, b] for a in range(4) for b in range(4)]


def test_the_two_statements() -> None:
    """The integer network drops the bias of 1/4: it is wrong on the four ties, and says so."""
    labels = FLOAT.predict(ROWS)
    found = tc.networks.check(FLOAT, INTEGER, tc.networks.compile(INTEGER), ROWS, labels)
    assert (found.float_accuracy, found.integer_accuracy) == (1.0, 0.75)
    assert (found.rows, found.agreeing_rows, found.agree) == (16, 16, True)


def test_another_circuit_is_found_out() -> None:
    swapped = IntegerNetwork(INTEGER.inputs, [Affine([[0, 1], [1, 0]], [0, 0]), Argmax(2)])
    found = tc.networks.check(FLOAT, INTEGER, tc.networks.compile(swapped), ROWS, [0] * 16)
    assert (found.agreeing_rows, found.agree) == (4, False)  # ties alone


def test_bits_that_are_no_class_do_not_agree() -> None:
    b = tc.Builder()
    for i in range(2):
        for level in (1, 2, 3):
            b.input(f"x[{i}]>={level}")
    b.output("class", [b.constant(1), b.constant(1)])
    found = tc.networks.check(FLOAT, INTEGER, b.build(), ROWS, [0] * 16)
    assert found.agreeing_rows == 0


def test_progress_and_engines() -> None:
    circuit = tc.networks.compile(INTEGER)
    rows = np.array(ROWS * 600)
    calls: list[tuple[int, int]] = []
    for engine in ("auto", "bits", "reference"):
        found = tc.networks.check(
            FLOAT,
            INTEGER,
            circuit,
            rows,
            FLOAT.predict(rows),
            engine=engine,
            progress=lambda done, total: calls.append((done, total)),
        )
        assert found.agreeing_rows == len(rows)
    assert calls == [(4096, 9600), (8192, 9600), (9600, 9600)] * 3


def test_bad_arguments() -> None:
    circuit = tc.networks.compile(INTEGER)
    binary = tc.networks.compile(INTEGER.with_codes(inputs="binary"))
    with pytest.raises(
        ArgumentError, match="circuit has 4 inputs and 2 outputs, the network's has 6"
    ):
        tc.networks.check(FLOAT, INTEGER, binary, ROWS, [0] * 16)
    with pytest.raises(ArgumentError, match="labels have shape"):
        tc.networks.check(FLOAT, INTEGER, circuit, ROWS, [0])
    with pytest.raises(ArgumentError, match=r"rows\[0, 0\] is 9"):
        tc.networks.check(FLOAT, INTEGER, circuit, [[9, 0]], [0])
