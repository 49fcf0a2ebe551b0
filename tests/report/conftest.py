"""Circuits that the reports are about."""

from __future__ import annotations

import pytest

import tcsim as tc


def parity(n: int = 5) -> tc.Circuit:
    """Two layers in scopes: at least 1, 2, ... n, then an alternating sum."""
    b = tc.Builder()
    x = b.inputs("x", n)
    with b.scope("count"):
        ranks = [b.gate(tc.sum(x) >= k) for k in range(1, n + 1)]
    with b.scope("decide"):
        b.output("odd", tc.sum(ranks[0::2]) - tc.sum(ranks[1::2]) >= 1)
    b.output("all", ranks[-1])
    b.output("first", x[0])
    return b.build()


def chain(depth: int) -> tc.Circuit:
    """One gate a level."""
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 2)
    wire = x[0]
    for level in range(depth):
        wire = b.gate(wire + x[1] >= 1 + level % 2)
    b.output("end", wire)
    return b.build()


def huge() -> tc.Circuit:
    """A weight of 6,021 digits, more than Python writes out by default."""
    b = tc.Builder()
    x = b.inputs("x", 2)
    b.output("y", 2**20_000 * x[0] + x[1] >= 3)
    return b.build()


def odd_names() -> tc.Circuit:
    """Names that are long, wide, hostile to terminals, and markup."""
    b = tc.Builder()
    x = b.inputs("x", 3)
    wire = x[0]
    for name in ("n" * 300, "深" * 60, "\x1b[31mred\x07", "<script>alert(1)</script>", "a b\nc"):
        with b.scope(name.replace("/", "|")):
            wire = b.gate(wire + x[1] + x[2] >= 2, name=f"{name}!")
    b.output("深" * 90, wire)
    return b.build()


def no_outputs() -> tc.Circuit:
    """Gates that reach nothing."""
    b = tc.Builder()
    b.gate(tc.majority(b.inputs("x", 3)))
    return b.build()


def no_inputs() -> tc.Circuit:
    """Gates without operands, and constants."""
    b = tc.Builder(share=False, fold=False)
    b.output("yes", b.gate(tc.sum([]) >= 0))
    b.output("no", b.constant(0))
    return b.build()


@pytest.fixture(scope="session")
def samples() -> dict[str, tc.Circuit]:
    """Small circuits by name, the degenerate ones included."""
    return {
        "parity": parity(),
        "chain": chain(4372),
        "huge": huge(),
        "odd_names": odd_names(),
        "empty": tc.Builder().build(),
        "no_outputs": no_outputs(),
        "no_inputs": no_inputs(),
    }
