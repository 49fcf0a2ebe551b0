"""Codes: every value of small ranges, every word that is none."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks import Code
from tests.networks.oracle import word

KINDS = ("thermometer", "binary", "one_hot")
RANGES = [(0, 1), (0, 2), (0, 3), (-3, 4), (-2, 3), (5, 9)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("lo", "hi"), RANGES)
def test_words_are_those_of_the_definition(kind: str, lo: int, hi: int) -> None:
    code = Code(lo, hi, kind)
    values = list(range(lo, hi + 1))
    bits = code.encode(values)
    assert bits.tolist() == [word(code, value) for value in values]
    assert bits.dtype == np.uint8
    assert code.wires == bits.shape[1] == len(code.names("x"))
    assert (lo + bits.astype(int) @ code.weights).tolist() == values
    assert code.decode(bits).tolist() == values


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("lo", "hi"), RANGES)
def test_only_words_are_decoded(kind: str, lo: int, hi: int) -> None:
    code = Code(lo, hi, kind)
    known = {tuple(word(code, value)): value for value in range(lo, hi + 1)}
    for bits in itertools.product((0, 1), repeat=code.wires):
        if bits in known:
            assert code.decode(bits) == known[bits]
        else:
            with pytest.raises(ArgumentError, match=f"no {kind} word"):
                code.decode(bits)


def test_any_shape() -> None:
    values = np.arange(-1, 5).reshape(2, 3)
    assert Code(-1, 4).encode(values).shape == (2, 3, 5)
    assert np.array_equal(Code(-1, 4).decode(Code(-1, 4).encode(values)), values)
    assert Code(0, 3).encode(np.zeros((0, 2), int)).shape == (0, 2, 3)


def test_names_say_what_is_tested() -> None:
    assert Code(-1, 2).names("pixel[3]") == ["pixel[3]>=0", "pixel[3]>=1", "pixel[3]>=2"]
    assert Code(0, 3, "binary").names("x") == ["x.bit0", "x.bit1"]
    assert Code(1, 3, "one_hot").names("x") == ["x=1", "x=2", "x=3"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 0), "lo < hi"),
        ((3, 1), "lo < hi"),
        ((0, 1, "gray"), "gray"),
        ((0.0, 1), r"0\.0"),
        ((0, True), "True"),
        ((0, 2**41), "2199023255552"),
    ],
)
def test_bad_codes(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Code(*arguments)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0, 4], r"values\[1\] is 4, not in 0\.\.3"),
        ([[0], [-1]], r"values\[1, 0\] is -1"),
        ([0.5], "float64"),
        (["1"], "integers"),
        ([[1], [1, 2]], "array of integers"),
        ([2**70], "integers"),
    ],
)
def test_bad_values(values: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        Code(0, 3).encode(values)


@pytest.mark.parametrize("bits", [1, [0, 1], [[0.0, 0.0, 0.0]], [[0, 2, 0]], [[0, 0, 300]]])
def test_bad_bits(bits: object) -> None:
    with pytest.raises(ArgumentError, match="bits"):
        Code(0, 3).decode(bits)
