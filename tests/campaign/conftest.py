"""Circuits to sweep."""

from __future__ import annotations

import functools

import pytest

import tcsim as tc


@functools.cache
def adder(bits: int, *, wrong: int | None = None) -> tc.Circuit:
    """``s = x + y``; with `wrong`, the sum bit of that number forgets its carry."""
    b = tc.Builder()
    x, y = b.inputs("x", bits), b.inputs("y", bits)
    carry = b.constant(0)
    out = []
    for k, (p, q) in enumerate(zip(x, y, strict=True)):
        half = p ^ q
        out.append(half if k == wrong else half ^ carry)
        carry = tc.sum([p, q, carry]) >= 2
    b.output("s", [*out, carry])
    return b.build()


@pytest.fixture(scope="session")
def add5() -> tc.Circuit:
    return adder(5)


@pytest.fixture(scope="session")
def add5_wrong() -> tc.Circuit:
    return adder(5, wrong=3)
