"""Recurrent cells: the equations in plain Python, levels and gates per step, stacks."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Code, Sketch
from tcsim.networks.cells import (
    GRU,
    LSTM,
    Elman,
    bidirectional,
    last,
    stack,
    states,
    step_network,
)
from tcsim.networks.cells.unrolling import constants
from tcsim.networks.procedures import levels_per_step, port_delays, recurrent
from tests.networks.operations.sequences import (
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    rows_of,
)

INPUTS, HIDDEN = 2, 2
WIDE = Code(0, 3)
SIGNED = Code(-1, 2)
UNIT = 0.3


def weights(gates: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng([gates, seed])
    size = gates * HIDDEN
    return (
        random.integers(-4, 5, (INPUTS, size)),
        random.integers(-3, 4, (HIDDEN, size)),
        random.integers(-3, 4, size),
    )


def elman(seed: int = 0) -> Elman:
    return Elman(*weights(1, seed), SIGNED, unit=UNIT, one=2)


def lstm(seed: int = 0, **options) -> LSTM:
    ranges = {"gate": WIDE, "candidate": SIGNED, "cell": Code(-2, 2), "hidden": SIGNED}
    return LSTM(*weights(4, seed), **{**ranges, "one": 1, "unit": UNIT, **options})


def gru(seed: int = 0, **options) -> GRU:
    return GRU(*weights(3, seed), **{"gate": WIDE, "hidden": SIGNED, "unit": UNIT, **options})


# Plain Python ------------------------------------------------------------------------------------


def half_up(value: float | Fraction) -> int:
    return math.floor(value + Fraction(1, 2) if isinstance(value, Fraction) else value + 0.5)


def clip(value: int, code: Code) -> int:
    return min(max(value, code.lo), code.hi)


def sigmoid(total: float, one: int, code: Code) -> int:
    return clip(half_up(one / (1 + math.exp(-total))), code)


def tanh(total: float, one: int, code: Code) -> int:
    return clip(half_up(one * math.tanh(total)), code)


def dot(row, column) -> int:
    return sum(int(p) * int(q) for p, q in zip(row, column, strict=True))


def affine(w, u, b, x, h, gate: int) -> list[int]:
    columns = range(gate * HIDDEN, (gate + 1) * HIDDEN)
    return [dot(x, w[:, k]) + dot(h, u[:, k]) + int(b[k]) for k in columns]


def plain_elman(seed: int, sequence) -> list[list[int]]:
    h, found = [0] * HIDDEN, []
    for x in sequence:
        h = [tanh(UNIT * total, 2, SIGNED) for total in affine(*weights(1, seed), x, h, 0)]
        found.append(h)
    return found


def plain_lstm(seed: int, sequence, *, rounded: bool) -> list[list[int]]:
    table, cell = weights(4, seed), Code(-2, 2)
    h, c, found = [0] * HIDDEN, [0] * HIDDEN, []
    for x in sequence:
        i, f, o = (
            [sigmoid(UNIT * total, 3, WIDE) for total in affine(*table, x, h, k)] for k in (0, 1, 3)
        )
        g = [tanh(UNIT * total, 2, SIGNED) for total in affine(*table, x, h, 2)]
        c = [
            clip(half_up(Fraction(2 * f[k] * c[k] + i[k] * g[k], 3 * 2)), cell)
            for k in range(HIDDEN)
        ]
        product = [o[k] * half_up(2 * math.tanh(c[k])) for k in range(HIDDEN)]
        read = [clip(half_up(Fraction(2 * value, 3 * 2)), SIGNED) for value in product]
        h = read if rounded else product
        found.append(read)
    return found


def plain_gru(seed: int, sequence, *, after: Code | None, quotient: int) -> list[list[int]]:
    w, u, b = weights(3, seed)
    h, found = [0] * HIDDEN, []
    for x in sequence:
        r, z = (
            [sigmoid(UNIT * total, 3, WIDE) for total in affine(w, u, b, x, h, k)] for k in (0, 1)
        )
        zero = [0] * HIDDEN
        total = [3 * one for one in affine(w, u, b, x, zero, 2)]
        columns = range(2 * HIDDEN, 3 * HIDDEN)
        for k, column in enumerate(columns):
            if after is None:
                total[k] += dot([r[j] * h[j] for j in range(HIDDEN)], u[:, column])
            else:
                moved = clip(half_up(Fraction(dot(h, u[:, column]), quotient)), after)
                total[k] += quotient * r[k] * moved
        n = [tanh(UNIT * one / 3, 2, SIGNED) for one in total]
        h = [
            clip(half_up(Fraction((3 - z[k]) * n[k] + z[k] * h[k], 3)), SIGNED)
            for k in range(HIDDEN)
        ]
        found.append(h)
    return found


# Meaning and circuits ----------------------------------------------------------------------------

CELLS = {
    "elman": (lambda seed, **_: elman(seed), plain_elman),
    "lstm": (lstm, lambda seed, s: plain_lstm(seed, s, rounded=False)),
    "lstm, rounded": (
        lambda seed, **o: lstm(seed, rounded=True, **o),
        lambda seed, s: plain_lstm(seed, s, rounded=True),
    ),
    "gru, reset before": (gru, lambda seed, s: plain_gru(seed, s, after=None, quotient=1)),
    "gru, reset after": (
        lambda seed, **o: gru(seed, after=SIGNED, quotient=2, **o),
        lambda seed, s: plain_gru(seed, s, after=SIGNED, quotient=2),
    ),
}
OUTPUTS = {"last": last, "each": stack}


def network(cells, length: int, write=stack, code: Code = WIDE):
    sketch = Sketch()
    x = sketch.input("x", (length, INPUTS), code)
    return sketch.network(write(sketch, cells, x))


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("fused", [False, True])
def test_equations(name: str, fused: bool) -> None:
    make, plain = CELLS[name]
    seen = set()
    for seed in range(6):
        made = network(make(seed, fused=fused), 4)
        rows = rows_of(made, 40)[0]
        found = made(rows)
        assert found.tolist() == [plain(seed, row.tolist()) for row in rows]
        seen.update(found.ravel().tolist())
    assert len(seen) >= 3  # these are no constants


@pytest.mark.parametrize("name", CELLS)
@settings(max_examples=6)
@given(
    seed=st.integers(0, 99),
    length=st.integers(1, 3),
    fused=st.booleans(),
    simple=st.booleans(),
    code=st.sampled_from([WIDE, Code(-2, 1, "binary")]),
    output=st.sampled_from(sorted(OUTPUTS)),
)
def test_circuits(name: str, seed, length, fused, simple, code, output) -> None:
    made = network(CELLS[name][0](seed, fused=fused), length, OUTPUTS[output], code)
    assert_circuit_is_the_network(made, 60, share=simple, fold=simple)
    # A fused gate of a GRU reads a wire of h beside a sum that reads it as well.
    exact = not (fused and name.startswith("gru") and length > 1)
    assert_cost_is_the_circuit(made, symbols=False, exact=exact)


# Levels and gates --------------------------------------------------------------------------------

SLOPES = {
    ("elman", False): (1, 0),
    ("lstm", False): (4, 1),
    ("lstm", True): (3, 1),
    ("lstm, rounded", False): (5, 0),
    ("lstm, rounded", True): (4, 0),
    ("gru, reset before", False): (5, 0),
    ("gru, reset before", True): (3, 0),
    ("gru, reset after", False): (5, 0),
    ("gru, reset after", True): (4, 0),
}


@pytest.mark.parametrize(("name", "fused"), SLOPES)
def test_depth_per_step(name: str, fused: bool) -> None:
    slope, rest = SLOPES[name, fused]
    # The first step of a GRU has no old state to gate; before the matrix, that is two levels.
    lead = 0
    if name.startswith("gru"):
        first = network(CELLS[name][0](0, fused=fused), 1, last).cost().numbers().total.depth
        lead = first - slope
        assert lead in (0, -1, -2)
    for length in (1, 2, 3, 4, 6, 8):
        made = network(CELLS[name][0](0, fused=fused), length, last)
        depth = slope * length + rest + lead
        assert made.cost().numbers().total.depth == depth
        if length <= 3:
            assert tc.networks.compile(made, share=False, fold=False).depth == depth


@pytest.mark.parametrize("fused", [False, True])
def test_lstm_gates_per_step(fused: bool) -> None:
    """4HN + 2HN^2 + HN + HN^2; the first step, from zeros, has no f and no product with it."""
    h, n = HIDDEN, 3
    code = Code(-1, 2)
    cell = lstm(cell=code, fused=fused)
    sizes = [network(cell, length, last).cost().numbers().total.size for length in range(1, 5)]
    per_step = 4 * h * n + 2 * h * n**2 + h * n + h * n**2
    assert np.diff(sizes).tolist() == [per_step] * 3
    if not fused:
        assert sizes[0] == per_step - h * n**2 - h * n + h * n


@pytest.mark.parametrize(
    ("name", "linear", "square"), [("gru, reset before", 4, 3), ("gru, reset after", 5, 3)]
)
def test_gru_gates_per_step(name: str, linear: int, square: int) -> None:
    h, n = HIDDEN, 3
    sizes = [
        network(CELLS[name][0](0), length, last).cost().numbers().total.size
        for length in range(1, 5)
    ]
    assert np.diff(sizes).tolist() == [linear * h * n + square * h * n**2] * 3


# Sequences ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "fused"), SLOPES)
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_stack_is_a_wavefront(name: str, fused: bool, layers: int) -> None:
    slope, rest = SLOPES[name, fused]
    for length in (2, 4):
        cells = [CELLS[name][0](seed, fused=fused) for seed in range(layers)]
        depth = network(cells, length, last).cost().numbers().total.depth
        # One step of a path, the first of the first layer, has no old state to gate.
        first = network(cells[:1], 1, last).cost().numbers().total.depth
        lead = first - slope if name.startswith("gru") else 0
        # With the reset after the matrix, U h is rounded while x has nothing to wait for.
        up = slope - 1 if (name, fused) == ("gru, reset after", True) else slope
        assert depth == length * slope + (layers - 1) * up + rest + lead


def test_stacked_layers_read_each_other() -> None:
    cells = [elman(0), elman(1), elman(2)]
    made = network(cells, 3)
    assert assert_circuit_is_the_network(made, 60) > 5
    for row in rows_of(made, 20)[0]:
        below = row.tolist()
        for seed in range(3):
            below = plain_elman(seed, below)
        assert made(row[None])[0].tolist() == below


def test_both_directions() -> None:
    sketch = Sketch()
    x = sketch.input("x", (3, INPUTS), WIDE)
    made = sketch.network(bidirectional(sketch, elman(0), elman(1), x))
    assert assert_circuit_is_the_network(made, 60) > 5
    for row in rows_of(made, 20)[0]:
        forward = plain_elman(0, row.tolist())
        backward = plain_elman(1, row.tolist()[::-1])[::-1]
        expected = [p + q for p, q in zip(forward, backward, strict=True)]
        assert made(row[None])[0].tolist() == expected
    assert made.cost().numbers().total.depth == 3


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("name", CELLS)
def test_first_state_of_constants(name: str, fused: bool) -> None:
    """Zeros written as constants mean what no state means; other constants do not."""
    results = []
    for constant in (None, 0, 1):
        sketch = Sketch()
        x = sketch.input("x", (2, INPUTS), WIDE)
        cell = CELLS[name][0](3, fused=fused)
        first = None
        if constant is not None:
            h = ([constant] * HIDDEN, SIGNED)
            first = [
                constants(sketch, x, h, (h[0], Code(-2, 2)))
                if "lstm" in name
                else constants(sketch, x, h)
            ]
        state = states(sketch, cell, x, first)[-1]
        made = sketch.network(cell.read(sketch, state))
        assert_circuit_is_the_network(made, 50, share=False, fold=False)
        results.append(made(rows_of(made, 50)[0]).tolist())
    assert results[0] == results[1]
    assert results[1] != results[2]


STEPS = {
    ("elman", False): [[1, 1]],
    ("lstm, rounded", False): [[5, 4, 5], [3, 2, 3]],
    ("lstm, rounded", True): [[4, 3, 4], [3, 2, 3]],
    ("gru, reset before", False): [[5, 5]],
    ("gru, reset before", True): [[3, 3]],
    ("gru, reset after", False): [[5, 5]],
    ("gru, reset after", True): [[4, 3]],
}


@pytest.mark.parametrize(("name", "fused"), STEPS)
def test_a_step_as_a_network(name: str, fused: bool) -> None:
    """Its delays say the levels per step, and repeating it gives what the cell gives."""
    cell = CELLS[name][0](0, fused=fused)
    step = step_network(cell, INPUTS, WIDE)
    assert port_delays(step).rows() == STEPS[name, fused]
    states_of_it = len(cell.codes)
    assert levels_per_step(step, states_of_it) == SLOPES[name, fused][0]
    zeros = [[0] * HIDDEN] * states_of_it
    repeated = recurrent(step, 3, states=states_of_it, initial=zeros)
    rows = rows_of(repeated, 40)[0]
    assert np.array_equal(repeated.run(rows)[0], network(cell, 3, last)(rows))


def test_bad_input() -> None:
    with pytest.raises(NetworkError, match="let it round them"):
        step_network(lstm(), INPUTS, WIDE)
    w, u, b = weights(4, 0)
    ranges = {"gate": WIDE, "candidate": SIGNED, "cell": SIGNED, "hidden": SIGNED}
    rest = {**ranges, "one": 1, "unit": 1.0}
    with pytest.raises(NetworkError, match="no 4 equal parts"):
        LSTM(w[:, :-1], u, b, **rest)
    with pytest.raises(NetworkError, match="per gate"):
        LSTM(w, u[:1], b, **rest)
    with pytest.raises(NetworkError, match="per gate"):
        LSTM(w, u, b[:4], **rest)
    with pytest.raises(NetworkError, match="x_weights must be integers"):
        LSTM(w * 0.5, u, b, **rest)
    with pytest.raises(NetworkError, match="bias must be an array"):
        LSTM(w, u, [[1], [2, 3]], **rest)
    with pytest.raises(NetworkError, match="positive number"):
        LSTM(w, u, b, **{**rest, "unit": 0.0})
    with pytest.raises(NetworkError, match="unknown activation"):
        Elman(*weights(1, 0), SIGNED, unit=1.0, activation="cosine")
    sketch = Sketch()
    x = sketch.input("x", (2, 2, INPUTS), WIDE)
    with pytest.raises(NetworkError, match=r"\(positions, features\)"):
        states(sketch, elman(), x)
    with pytest.raises(NetworkError, match="a first state per layer"):
        states(sketch, [elman()], [x], [None, None])
    with pytest.raises(NetworkError, match="0 layers"):
        states(sketch, [], [x])
