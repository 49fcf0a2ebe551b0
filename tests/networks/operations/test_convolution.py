"""Convolution: exact at borders, in groups, with strides and dilations; no gate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import (
    Argmax,
    Code,
    Concatenate,
    Convolution,
    Reshape,
    Sum,
    rescale,
    window_sums,
)
from tcsim.networks.values import Values
from tests.networks.operations.linear import arrays, check, check_named, network_of, rounded

CODE = Code(-1, 1)


def plain(x, weights, bias, strides, padding, dilations, groups):
    """The definition, place by place, in Python integers."""
    outputs, share, *kernel = weights.shape
    lengths = [
        (n + before + after - d * (k - 1) - 1) // s + 1
        for n, k, s, (before, after), d in zip(
            x.shape[1:], kernel, strides, padding, dilations, strict=True
        )
    ]
    made = np.zeros((outputs, *lengths), object)
    for o, *place in np.ndindex(made.shape):
        total = int(bias[o])
        for c, *at in np.ndindex((share, *kernel)):
            where = [
                p * s + k * d - before
                for p, s, k, d, (before, _) in zip(
                    place, strides, at, dilations, padding, strict=True
                )
            ]
            if all(0 <= w < n for w, n in zip(where, x.shape[1:], strict=True)):
                channel = o // (outputs // groups) * share + c
                total += int(weights[(o, c, *at)]) * int(x[(channel, *where)])
        made[(o, *place)] = total
    return made.tolist()


@st.composite
def convolutions(draw):
    """A convolution, its shape of operand, and its arguments."""
    groups, share, each = (draw(st.integers(1, 2)) for _ in range(3))
    rank = draw(st.integers(1, 2))
    kernel, strides, dilations = (
        [draw(st.integers(1, top)) for _ in range(rank)] for top in (3, 2, 2)
    )
    padding = [(draw(st.integers(0, 2)), draw(st.integers(0, 2))) for _ in range(rank)]
    space = [
        draw(st.integers(max(1, d * (k - 1) + 1 - before - after), 4 if rank == 1 else 3))
        if d * (k - 1) + 1 - before - after <= 3
        else d * (k - 1) + 1
        for k, d, (before, after) in zip(kernel, dilations, padding, strict=True)
    ]
    weights = draw(arrays((groups * each, share, *kernel), -2, 2))
    bias = draw(arrays((groups * each,)))
    arguments = (strides, padding, dilations, groups)
    made = Convolution(
        weights, bias, strides=strides, padding=padding, dilations=dilations, groups=groups
    )
    return made, (groups * share, *space), arguments


@settings(max_examples=25)
@given(made=convolutions(), data=st.data(), big=st.booleans())
def test_equals_the_definition(made, data, big: bool) -> None:
    operation, shape, arguments = made
    x = data.draw(arrays((2, *shape), -9, 9)) * (2**52 if big else 1)
    expected = [plain(one, operation.weights, operation.bias, *arguments) for one in x]
    assert operation(x).tolist() == expected
    lo = x.min(axis=0)
    found = operation.infer(Values(shape, lo, x.max(axis=0)))
    result = operation(x)
    assert (found.full()[0] <= result).all()
    assert (found.full()[1] >= result).all()


@settings(max_examples=20)
@given(made=convolutions(), wired=st.booleans())
def test_circuit_and_cost(made, wired: bool) -> None:
    operation, shape, _ = made

    def build(add, e):
        return add(rounded(), add(operation, add(rounded(2, "binary"), e) if wired else e))

    check(build, (shape, CODE), levels=False)
    check(build, ((2, *shape), CODE), levels=False)


def test_a_window_outside_altogether_is_a_constant() -> None:
    operation = Convolution([[[1]]], [3], padding=[(1, 2)])

    def build(add, e):
        return add(rounded(), add(operation, add(rounded(1), e)))

    check(build, ((1, 2), CODE), levels=False)


@pytest.mark.parametrize("groups", [1, 2])
def test_parts_of_different_depth(groups: int) -> None:
    """Channels of different wires and levels, reduced in groups; places, over windows."""
    weights = np.arange(-8, 8).reshape(2, 4, 2)[:, : 4 // groups]
    for axis, shape in ((1, (1, 2, 3)), (2, (1, 4, 2))):

        def build(add, x, y, axis=axis):
            joined = add(Concatenate(axis), x, add(rounded(3), y))
            return add(rounded(), add(Convolution(weights, padding=1, groups=groups), joined))

        symbols = groups == axis == 1  # else the parts of a group are told apart by number alone
        check(build, (shape, CODE), (shape, CODE), levels=False, symbols=symbols)


def test_overlapping_windows_are_bounded() -> None:
    """The sum of two windows reads what they share once; channels of one window read the same."""
    operation = Convolution([[[1, 2]], [[3, -1]]], padding=[(1, 0)])

    def over(axis):
        return lambda add, e: add(rounded(), add(Sum([axis]), add(operation, e)))

    check(over(0), ((1, 3), CODE))
    check(over(1), ((1, 3), CODE), exact=False)
    apart = Convolution([[[1, 2]], [[3, -1]]], strides=2)
    check(lambda add, e: add(rounded(), add(Sum([1]), add(apart, e))), ((1, 4), CODE))
    flat = Reshape((-1,))
    check(lambda add, e: add(Argmax(4), add(flat, add(apart, e))), ((1, 4), CODE), exact=False)


def test_two_in_a_row_are_bounded() -> None:
    operation = Convolution([[[1, 2]], [[3, -1]]], padding=[(1, 0)])
    second = Convolution(np.ones((1, 2, 2), int))
    check(
        lambda add, e: add(rounded(), add(second, add(operation, e))),
        ((1, 3), CODE),
        exact=False,
    )


@pytest.mark.parametrize("strides", [1, 2])
@pytest.mark.parametrize("dilations", [1, 2])
@pytest.mark.parametrize("n", [3, 4, 7])
def test_named_lengths(strides: int, dilations: int, n: int) -> None:
    operation = Convolution([[[1, -1, 2]]], padding=[(2, 1)], strides=strides, dilations=dilations)
    plain_symbols = strides == dilations == 1 or n >= 2 * dilations + strides
    if plain_symbols:
        check_named(lambda add, e: add(rounded(), add(operation, e)), {"n": n}, ((1, "n"), CODE))


def test_average_pooling() -> None:
    mean = rescale(1, 4, CODE, rounding="half_away")
    network = network_of(
        lambda add, e: add(mean, add(window_sums(2, (2, 2), strides=2), e)), ((2, 2, 4), CODE)
    )
    x = np.array([[[1, 1, 0, -1], [0, 0, 0, -1]], [[1, 0, 0, -1], [0, 0, 0, 0]]])
    assert network([x])[0].tolist() == [[[1, -1]], [[0, 0]]]
    assert network.cost().total.depth == 1


def test_average_pooling_without_padding() -> None:
    """At a border the mean is over fewer places."""
    sums = window_sums(1, 3, padding=1)
    counts = sums(np.ones((1, 1, 4), np.int64))[0]
    assert counts.tolist() == [[2, 3, 3, 2]]
    mean = rescale(1, counts, Code(0, 4), rounding="floor")
    assert mean(sums(np.array([[[4, 3, 1, 4]]]))).tolist() == [[[3, 2, 2, 2]]]
    check(lambda add, e: add(mean, add(sums, e)), ((1, 4), Code(0, 4)))


@pytest.mark.parametrize(
    ("weights", "options", "message"),
    [
        ([[1]], {}, r"\(outputs, channels, \*kernel\)"),
        ([[[1.0]]], {}, "integers"),
        ([[[1]]], {"bias": [1, 2]}, "1 outputs, but biases"),
        ([[[1]]], {"groups": 2}, "1 outputs in 2 groups"),
        ([[[1]]], {"strides": 0}, "strides of 1 axes"),
        ([[[1]]], {"dilations": [1, 1]}, "dilations of 1 axes"),
        ([[[1]]], {"padding": [(0, -1)]}, "padding of 1 axes"),
        ([[[2**61, 2**61]]], {}, r"2\*\*62"),
    ],
)
def test_bad_arguments(weights, options, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Convolution(weights, **options)


def test_bad_operands() -> None:
    operation = Convolution([[[1, 2, 3]]])
    for shape, message in (((2, 3), "1 channels"), ((3,), "axes behind"), ((1, 2), "fit into 2")):
        with pytest.raises(NetworkError, match=message):
            operation.infer(Values.coded(shape, CODE))
    with pytest.raises(NetworkError, match=r"2\*\*62"):
        operation.infer(Values((1, 3), np.array(0), np.array(2**61)))
