"""RMSNorm, LayerNorm, GroupNorm: the real numbers rounded, in meaning, circuit and cost."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import (
    Code,
    Concatenate,
    GroupNorm,
    LayerNorm,
    Requantize,
    RMSNorm,
    Sketch,
)
from tests.networks.operations.sequences import (
    alone,
    assert_circuit_is_the_network,
    assert_cost_is_the_circuit,
    assert_named_axis_is_its_number,
    rows_of,
)

NORMS = {"rms": RMSNorm, "layer": LayerNorm}


def real_norm(row, gamma, beta, eps, code, *, centered: bool, rounding: str) -> list[int]:
    """With 80 digits; what is within 1e-50 of an integer or a half is one: no such number of these
    small heights is closer to it without being equal."""
    found = []
    with localcontext() as context:
        context.prec = 80
        m = len(row)
        mean = Fraction(sum(row), m) if centered else Fraction(0)
        square = sum((x - mean) ** 2 for x in row) / m + Fraction(eps)
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        for x, g, b in zip(row, gamma, beta, strict=True):
            top = Fraction(g) * (x - mean)
            offset = Fraction(b) + (Fraction(1, 2) if rounding == "half_up" else 0)
            value = Decimal(top.numerator) / Decimal(top.denominator) / root
            value += Decimal(offset.numerator) / Decimal(offset.denominator)
            whole = int(value.to_integral_value())
            if abs(value - whole) > Decimal("1e-50"):
                whole = math.floor(value)
            found.append(min(max(whole, code.lo), code.hi))
    return found


exact = st.fractions(-3, 3, max_denominator=5)


@st.composite
def norms(draw, kinds=("thermometer", "one_hot", "binary")):
    kind = draw(st.sampled_from(list(NORMS)))
    m = draw(st.integers(1, 4))
    lo = draw(st.integers(-3, 1))
    source = Code(lo, lo + draw(st.integers(1, 3)), draw(st.sampled_from(kinds)))
    low = draw(st.integers(-3, 1))
    code = Code(
        low, low + draw(st.integers(1, 5)), draw(st.sampled_from(["thermometer", "binary"]))
    )
    gamma = [draw(exact) for _ in range(draw(st.sampled_from([1, m])))]
    beta = [draw(exact) for _ in range(draw(st.sampled_from([1, m])))]
    eps = draw(st.sampled_from([Fraction(1, 100), Fraction(1), Fraction(7, 3)]))
    rounding = draw(st.sampled_from(["half_up", "floor"]))
    operation = NORMS[kind](code, gamma, beta, eps=eps, rounding=rounding)
    rest = draw(st.sampled_from([(), (2,)]))
    return alone(operation, ((*rest, m), source)), operation


@settings(max_examples=25, deadline=None)
@given(made=norms(), share=st.booleans(), fold=st.booleans())
def test_random(made, share: bool, fold: bool) -> None:
    network, operation = made
    (rows,) = rows_of(network, 60)
    m = rows.shape[-1]
    gamma, beta = ((one * m)[:m] for one in (operation.gamma, operation.beta))
    found = network(rows).reshape(-1, m).tolist()
    for row, result in zip(rows.reshape(-1, m).tolist(), found, strict=True):
        assert result == real_norm(
            row,
            gamma,
            beta,
            operation.eps,
            operation.code,
            centered=operation.centered,
            rounding=operation.rounding,
        )
    assert_circuit_is_the_network(network, 60, share=share, fold=fold)
    assert_cost_is_the_circuit(network)


@pytest.mark.parametrize("name", NORMS)
@pytest.mark.parametrize("rounding", ["half_up", "floor"])
def test_exhaustive(name: str, rounding: str) -> None:
    """Ties among them: with gamma 2 of (2, 2) over 2 is exactly 2, and weights cancel."""
    code, source = Code(-4, 4), Code(-2, 3)
    for gamma, eps in itertools.product([(1, 2, 3), (-2, 0, 2), (4, 4, 4)], [Fraction(1, 9), 1]):
        operation = NORMS[name](code, gamma, [0, Fraction(1, 2), 0], eps=eps, rounding=rounding)
        network = alone(operation, (3, source))
        (rows,) = rows_of(network, 300)
        expected = [
            real_norm(
                row,
                gamma,
                [0, Fraction(1, 2), 0],
                eps,
                code,
                centered=operation.centered,
                rounding=rounding,
            )
            for row in rows.tolist()
        ]
        assert network(rows).tolist() == expected
        assert assert_circuit_is_the_network(network, 300) > 8
        assert assert_circuit_is_the_network(network, 300, share=False, fold=False) > 8
        assert_cost_is_the_circuit(network)


def test_eps_is_added_to_the_mean_square() -> None:
    """Threshold s(t) d eps, not s(t) eps: 4 times eps of the sum of squares."""
    operation = RMSNorm(Code(0, 3), eps=3)
    # mean square 1, plus 3: 2 / 2 = 1, not 2 / sqrt(1 + 3/4)
    assert operation(np.array([[2, 0, 0, 0]])).tolist() == [[1, 0, 0, 0]]
    (first, *_), (b, *_), (c, *_) = (table[0] for table in operation.coefficients(4))
    assert (first, b, c) == (16, 1, 12)  # 4 x^2 - (1/2)^2 sum x^2 >= (1/2)^2 * 4 * 3


@given(
    st.sampled_from([RMSNorm, LayerNorm]),
    st.lists(exact, min_size=1, max_size=3),
    exact,
    st.fractions(Fraction(1, 100), 2),
    st.sampled_from(["half_up", "floor"]),
    st.integers(-5, 0),
    st.integers(1, 5),
    st.integers(1, 5),
)
def test_largest_coefficients(norm, gamma, beta, eps, rounding, lo, hi, size) -> None:
    for kind in ("thermometer", "binary"):
        operation = norm(Code(lo, hi, kind), gamma, beta, eps=eps, rounding=rounding)
        tables = operation.coefficients(size)
        expected = tuple(max(1, *np.abs(table).ravel().tolist()) for table in tables)
        assert operation.largest_coefficients(size) == expected


@pytest.mark.parametrize("m", [1, 2, 3, 4])
def test_gates(m: int) -> None:
    n, outputs = 3, 5
    for norm, levels in [
        (RMSNorm, (m * outputs,)),
        (LayerNorm, (m * n + 2 * m * (m - 1) * n, m * outputs)),
    ]:
        network = alone(norm(Code(-2, 3), eps=1), (m, Code(-1, 2)))
        assert assert_cost_is_the_circuit(network).measures.levels == (0, *levels)
        coded = alone(norm(Code(-2, 3, "binary"), eps=1), (m, Code(-1, 2)))
        assert assert_cost_is_the_circuit(coded).depth == len(levels) + 1


@pytest.mark.parametrize("kind", ["thermometer", "binary"])
def test_weights_that_cancel_are_operands(kind: str) -> None:
    """4 s(x) - 4 sum x^2 >= 16 eps at step 2 of four values: x itself has weight 0."""
    operation = RMSNorm(Code(0, 3), eps=1, rounding="floor")
    assert operation.coefficients(4)[0][0, 1] == operation.coefficients(4)[1][0, 1]
    network = alone(operation, (4, Code(0, 3, kind)))
    assert_cost_is_the_circuit(network)
    assert_circuit_is_the_network(network, 256)


def test_binary_values_save_gates() -> None:
    """d N + 2 d (d-1) N + d N gates against (d b)^2 / 2 + d + d N, at d = 8, b = 4."""
    for kind, size in [("thermometer", 1920), ("binary", 624)]:
        network = alone(LayerNorm(Code(-8, 7), eps=1), (8, Code(-8, 7, kind)))
        total = network.cost().numbers().total
        assert (total.size, total.depth) == (size, 2)


@pytest.mark.parametrize(("m", "bits"), [(1, 2), (2, 1), (2, 3), (3, 2)])
def test_gates_from_binary_values(m: int, bits: int) -> None:
    """Two levels for both norms: products of digits and a sign a feature, then the steps."""
    source, outputs = Code(-1, 2**bits - 2, "binary"), 5
    for norm, products in [
        (RMSNorm, m * bits * (bits - 1) // 2),
        (LayerNorm, m * bits * (m * bits - 1) // 2),
    ]:
        network = alone(norm(Code(-2, 3), [-1] * m, eps=Fraction(1, 3)), (m, source))
        circuit = assert_cost_is_the_circuit(network)
        assert circuit.measures.levels == (0, products + m, m * outputs)
        other = network.with_codes(inputs="thermometer")
        (rows,) = rows_of(network, 512)
        assert np.array_equal(network(rows), other(rows))
        assert_circuit_is_the_network(network, 512)


def test_python_integers_where_64_bits_do_not_suffice() -> None:
    """Single and double precision factors, taken literally."""
    gamma = [float(np.float32(0.7310586)), 0.1, 1.7]
    for norm in (RMSNorm, LayerNorm):
        operation = norm(Code(-3, 3), gamma, [0.3, -0.2, 0.0], eps=1e-5)
        assert max(abs(one) for table in operation.coefficients(3) for one in table.ravel()) > 2**64
        network = alone(operation, (3, Code(-3, 3)))
        (rows,) = rows_of(network, 343)
        expected = [
            real_norm(
                row,
                gamma,
                [0.3, -0.2, 0.0],
                1e-5,
                operation.code,
                centered=norm.centered,
                rounding="half_up",
            )
            for row in rows.tolist()
        ]
        assert network(rows).tolist() == expected
        assert assert_circuit_is_the_network(network, 343) > 8
        circuit = assert_cost_is_the_circuit(network)
        assert circuit.measures.max_weight > 2**64


def test_large_inputs() -> None:
    """Sums of squares beyond 64 bits in the reference."""
    operation = LayerNorm(Code(-2, 2), eps=1)
    big = 2**31
    assert operation(np.array([[big, -big, 0, 0]])).tolist() == [[1, -1, 0, 0]]


@settings(max_examples=15, deadline=None)
@given(
    groups=st.integers(1, 2),
    per=st.integers(1, 2),
    positions=st.sampled_from([(), (2,), (2, 1)]),
    data=st.data(),
)
def test_group_norm_is_layer_norm_of_each_group(groups, per, positions, data) -> None:
    channels = groups * per
    gamma = [data.draw(exact) for _ in range(data.draw(st.sampled_from([1, channels])))]
    beta = [data.draw(exact) for _ in range(len(gamma))]
    operation = GroupNorm(
        groups, Code(-3, 3), gamma, beta, eps=Fraction(1, 5), positions=len(positions)
    )
    network = alone(operation, ((channels, *positions), Code(-1, 2)))
    (rows,) = rows_of(network, 40)
    found = network(rows)
    for row, result in zip(rows, found, strict=True):
        for group in range(groups):
            part = slice(group * per, (group + 1) * per)
            flat = row[part].ravel().tolist()
            size = len(flat) // per
            own = [
                [one for one in (many * channels)[part] for _ in range(size)]
                if len(many) == 1
                else [one for one in many[part] for _ in range(size)]
                for many in (gamma, beta)
            ]
            expected = real_norm(
                flat, *own, Fraction(1, 5), operation.code, centered=True, rounding="half_up"
            )
            assert result[part].ravel().tolist() == expected
    assert_circuit_is_the_network(network, 40)
    assert_cost_is_the_circuit(network)


def test_named_axis() -> None:
    for norm in (RMSNorm, LayerNorm):
        named = alone(norm(Code(-2, 2), [1, 2, 3], eps=1), (("n", 3), Code(0, 2)))
        assert_named_axis_is_its_number(named, n=4)


def test_rows_on_different_levels() -> None:
    """A norm of each token waits for that token alone."""
    from tcsim.networks import ExpTable, SoftmaxAttention

    for norm, depths in [(RMSNorm, 5), (LayerNorm, 6)]:
        sketch = Sketch()
        edges = [sketch.input(name, (1, 3, 2), Code(0, 2)) for name in "qkv"]
        attention = SoftmaxAttention(ExpTable([0], [1]), Code(0, 2), causal=True)
        made = sketch.add(norm(Code(-2, 2), eps=1), sketch.add(attention, *edges))
        network = sketch.network(made)
        circuit = assert_cost_is_the_circuit(network, symbols=False)
        assert circuit.depth == depths
        assert_circuit_is_the_network(network, 50)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RMSNorm(Code(0, 1), eps=0), "eps is above 0"),
        (lambda: RMSNorm(Code(0, 1), eps=float("nan")), "eps is an exact number, not nan"),
        (lambda: RMSNorm(Code(0, 1), [1, "x"], eps=1), "gamma is an exact number, not 'x'"),
        (lambda: RMSNorm(Code(0, 1), [], eps=1), "gamma is empty"),
        (lambda: RMSNorm(Code(0, 1), [1, 2], [1, 2, 3], eps=1), "2 of gamma do not fit 3"),
        (lambda: RMSNorm(Code(0, 1, "one_hot"), eps=1), "thermometer or binary"),
        (lambda: RMSNorm(Code(0, 1), eps=1, rounding="up"), "half_up or floor"),
        (lambda: alone(RMSNorm(Code(0, 1), [1, 2], eps=1), (3, Code(0, 1))), "2 entries of gamma"),
        (lambda: GroupNorm(0, Code(0, 1), eps=1), "groups are an integer"),
        (lambda: GroupNorm(1, Code(0, 1), eps=1, positions=-1), "a number of axes"),
        (lambda: alone(GroupNorm(2, Code(0, 1), eps=1), ((3, 1, 1), Code(0, 1))), "3 channels"),
        (lambda: alone(GroupNorm(2, Code(0, 1), eps=1), ((2, 1), Code(0, 1))), "no channels"),
    ],
)
def test_bad_input(make, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        make()


@pytest.mark.parametrize("width", [2, 3])
def test_binary_values_on_different_levels(width: int) -> None:
    """Digits that are inputs beside digits that were rounded: each product waits for its own."""
    sketch = Sketch()
    code = Code(0, 3, "binary")
    x = sketch.input("x", width, code)
    late = sketch.add(Requantize([[1, 2, 3]], code), x)
    both = sketch.add(Concatenate(0), x, late)
    network = sketch.network(sketch.add(LayerNorm(Code(-2, 2), eps=1), both))
    total = network.cost().numbers().total
    found = tc.networks.compile(network, share=False, fold=False).measures
    assert (0, *total.levels) == found.levels
    assert (total.size, total.edges, total.depth) == (found.size, found.edges, found.depth)
