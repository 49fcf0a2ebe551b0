"""Sample circuits for the pictures, and a browser for the pages."""

from __future__ import annotations

import shutil

import pytest

import tcsim as tc


def majority(n: int) -> tc.Circuit:
    b = tc.Builder()
    x = b.inputs("x", n)
    b.output("vote", b.gate(tc.sum(x) >= n // 2 + 1, "majority"))
    return b.build()


def parity(n: int) -> tc.Circuit:
    b = tc.Builder()
    x = b.inputs("x", n)
    total = x[0]
    for bit in x[1:]:
        total = total ^ bit
    b.output("odd", total)
    return b.build()


def adder(n: int) -> tc.Circuit:
    b = tc.Builder()
    x, y, carry = b.inputs("x", n), b.inputs("y", n), b.input("carry")
    for i in range(n):
        digits = b.form(x[i] + y[i] + carry)
        carry_out = b.gate(digits >= 2, f"carry{i + 1}")
        b.output(f"sum[{i}]", digits - 2 * carry_out >= 1)
        carry = carry_out
    b.output("carry_out", carry)
    return b.build()


def mixed() -> tc.Circuit:
    """Every kind of gate, of output and of mark."""
    b = tc.Builder(fold=False)
    x = b.inputs("x", 4)
    b.output("weighted", 2 * x[0] + 3 * x[1] - x[2] >= 4)
    b.output("two", tc.at_least(2, [x[0], ~x[1], x[2], x[3]]))
    b.output("nand", ~(x[0] & x[1]))
    b.output("not", ~x[3])
    b.output("buffer", b.gate(x[0] >= 1, "buffered"))
    b.output("never", 2 * x[0] + x[1] >= 4)
    b.output("always", tc.sum([]) >= 0)
    b.output("huge", 2**70 * x[0] - (2**70 + 1) * x[1] + 0 * x[2] >= 10**30)
    b.output("one", b.constant(1))
    b.output("zero", b.constant(0))
    b.output("pass", x[1])
    b.output("again", x[1])
    b.gate((x[2] | x[3]) & x[0], "dead")
    return b.build()


def names() -> tc.Circuit:
    """Names that need escaping, cutting or both."""
    b = tc.Builder()
    x = [
        b.input(name)
        for name in ('<script>alert("&")</script>', "\x00\n\u202e", "入力の名前はとても長い")
    ]
    gate = b.gate(tc.sum(x) >= 2, "a very long name of a gate, with <&> in it, 17")
    b.output("]]>", gate)
    b.output("'quoted' \"twice\"", x[0] & gate)
    return b.build()


def network() -> tc.Circuit:
    """Three layers as scopes, the first with a scope per neuron."""
    b = tc.Builder()
    layer = list(b.inputs("pixel", 16))
    for name, width in (("hidden1", 8), ("hidden2", 6), ("output", 3)):
        with b.scope(name):
            sums = []
            for i in range(width):
                with b.scope(f"neuron{i}"):
                    weights = [(5 * i + 3 * j) % 7 - 3 for j in range(len(layer))]
                    score = b.form(tc.dot(weights, layer))
                    sums += [b.gate(score >= t) for t in (-2, 1)]
            layer = sums
    b.output("digit", layer)
    b.output("first pixel of all", b.constant(0))
    return b.build()


def back_and_forth() -> tc.Circuit:
    """Two scopes that read each other, and gates outside of both."""
    b = tc.Builder()
    wires = list(b.inputs("x", 4))
    for _ in range(2):
        for scope in ("left", "right"):
            with b.scope(scope):
                wires = [b.gate(wires[i] & ~wires[(i + 1) % 4]) for i in range(4)]
    b.output("y", tc.any(wires))
    return b.build()


def empty() -> tc.Circuit:
    return tc.Builder().build()


SAMPLES = {
    "majority3": lambda: majority(3),
    "majority1001": lambda: majority(1001),
    "parity4": lambda: parity(4),
    "adder3": lambda: adder(3),
    "mixed": mixed,
    "names": names,
    "network": network,
    "back_and_forth": back_and_forth,
    "empty": empty,
}


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> tuple[str, tc.Circuit]:
    """Each sample circuit with its name."""
    return request.param, SAMPLES[request.param]()


@pytest.fixture(scope="session")
def samples() -> dict[str, tc.Circuit]:
    """All sample circuits by name."""
    return {name: make() for name, make in SAMPLES.items()}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The command of a browser."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("needs Chromium: apt-get install -y chromium")
