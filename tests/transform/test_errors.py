"""Transforms refuse what has no meaning, by name."""

from __future__ import annotations

import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, CircuitError, LimitError
from tcsim.transform import (
    bounded_fanin,
    compose,
    flatten_to_depth,
    parallel,
    relabel,
    restrict,
    small_weights,
    unroll,
)


@pytest.fixture
def parity() -> tc.Circuit:
    b = tc.Builder()
    x = b.inputs("x", 30)
    total = x[0] ^ x[1]
    for wire in x[2:]:
        total = total ^ wire
    b.output("parity", total)
    return b.build()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda c: restrict(c, {"y": 1}), ArgumentError, "no input named 'y'"),
        (lambda c: restrict(c, {"x[0]": 2}), ArgumentError, "0 or 1, not 2"),
        (lambda c: compose(c, c), ArgumentError, "wiring="),
        (lambda c: compose(c, c, {"z": "parity"}), ArgumentError, "no input named 'z'"),
        (lambda c: compose(c, c, {"x[0]": "z"}), ArgumentError, "no output named 'z'"),
        (lambda _: parallel(), ArgumentError, "at least one"),
        (lambda c: relabel(c, inputs={"w": "a"}), ArgumentError, "no input named 'w'"),
        (lambda c: relabel(c, inputs={"x[0]": "x[1]"}), CircuitError, r"x\[1\]"),
        (lambda c: unroll(c, -1, {}), ArgumentError, "-1"),
        (lambda c: unroll(c, 2, {"z": "x[0]"}), ArgumentError, "'z' -> 'x"),
        (lambda c: flatten_to_depth(c, 1), ArgumentError, "at least 2"),
        (lambda c: flatten_to_depth(c, 2), LimitError, r"depth \d+ fits"),
        (lambda c: bounded_fanin(c, 1), ArgumentError, "at least 2, not 1"),
        (lambda c: small_weights(c, 1), ArgumentError, "at least"),
    ],
)
def test_errors(parity: tc.Circuit, call, error, words) -> None:
    with pytest.raises(error, match=words):
        call(parity)
