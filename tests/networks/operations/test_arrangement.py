"""Arrangement: values elsewhere, on the same wires."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import (
    Affine,
    Argmax,
    Broadcast,
    Code,
    Concatenate,
    Convolution,
    Gather,
    Pad,
    Reshape,
    Slice,
    Stack,
    Sum,
    Transpose,
)
from tests.networks.operations.linear import check, check_named, network_of, rounded

CODE = Code(0, 2)
PAIR = ((2, 3), CODE)
X = np.arange(24).reshape(2, 3, 4)


def rows(x: list) -> np.ndarray:
    return np.array([x])


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (Reshape((3, -1)), X.reshape(3, 8)),
        (Transpose((2, 0, 1)), X.transpose(2, 0, 1)),
        (Slice(1, None, None, -2), X[:, ::-2]),
        (Slice(-1, 1, -1), X[..., 1:-1]),
        (Gather([[0, -1], [1, 1]], 1), X[:, [[0, 2], [1, 1]]]),
        (Gather(1, -1), X[..., 1]),
        (Broadcast((2, 2, 3, 4)), np.stack([X, X])),
        (Pad([(1, 0), (0, 2)], 7), np.pad(X, [(0, 0), (1, 0), (0, 2)], constant_values=7)),
    ],
    ids=repr,
)
def test_meaning(operation, expected: np.ndarray) -> None:
    assert operation(X[None]).tolist() == expected[None].tolist()
    code = CODE if not isinstance(operation, Pad) else None
    values = network_of(lambda add, e: add(rounded(), add(operation, e)), ((2, 3, 4), CODE)).values
    assert values[1].code == code
    assert values[1].shape == expected.shape


def test_meaning_of_joins() -> None:
    both = np.array([X, X + 1])
    assert Concatenate(-1)(both, both).tolist() == np.concatenate([both, both], -1).tolist()
    assert Stack(1)(both, both).tolist() == np.stack([both, both], 2).tolist()
    assert Stack(-1)(both, both).tolist() == np.stack([both, both], -1).tolist()


@pytest.mark.parametrize("wired", [False, True])
@pytest.mark.parametrize(
    "operation",
    [
        Reshape((3, 2)),
        Reshape((6,)),
        Reshape((1, 2, 1, 3)),
        Transpose((1, 0)),
        Slice(1, 1),
        Slice(0, None, None, -1),
        Gather([2, 0], 1),
        Gather([[0, 1], [1, 1]], 1),
        Gather(1, 0),
        Broadcast((2, 2, 3)),
        Pad([(1, 0), (2, 1)], 1),
    ],
    ids=repr,
)
def test_circuit_and_cost(operation, wired: bool) -> None:
    def build(add, e):
        moved = add(operation, add(rounded(2), e) if wired else e)
        return add(rounded(), moved)

    check(build, PAIR, levels=not (wired and isinstance(operation, Pad)))


def test_wires_are_moved() -> None:
    circuit = check(lambda add, e: add(Slice(0, 1), add(Transpose((1, 0)), e)), PAIR)
    assert circuit.size == 0


@pytest.mark.parametrize("join", [Concatenate(1), Concatenate(0), Stack(0), Stack(-1)], ids=repr)
@pytest.mark.parametrize("other", [CODE, Code(0, 3), Code(0, 2, "binary")], ids=str)
@pytest.mark.parametrize("deep", [False, True])
def test_joins(join, other: Code, deep: bool) -> None:
    """Of one code they keep it; levels differ from part to part where one comes later."""

    def build(add, x, y):
        joined = add(join, x, add(rounded(3), y) if deep else y)
        assert joined.known.code == (CODE if other == CODE and not deep else None)
        return add(rounded(), add(Sum([0]), joined))

    check(build, PAIR, ((2, 3), other), levels=not deep)
    check(
        lambda add, x, y: add(rounded(), add(join, x, add(rounded(3), y) if deep else y)),
        PAIR,
        ((2, 3), other),
        levels=not deep,
    )


def test_parts_that_read_the_same_are_bounded() -> None:
    check(
        lambda add, e: add(rounded(), add(Sum([1]), add(Concatenate(1), e, e))), PAIR, exact=False
    )
    check(
        lambda add, e: add(rounded(), add(Sum([1]), add(Gather([0, 0, 1], 1), e))),
        PAIR,
        exact=False,
    )


def test_a_slice_of_what_differs_is_bounded_in_symbols() -> None:
    def build(add, x, y):
        return add(rounded(), add(Slice(0, 1), add(Concatenate(0), x, add(rounded(3), y))))

    check(build, PAIR, ((2, 3), CODE), symbols=False, levels=False)


@pytest.mark.parametrize("indices", [[[0, 1], [2, 3]], [[[0, 1], [3, 3]]], [2, 0], 1])
def test_gathered_beside_a_border(indices: list) -> None:
    """Positions read fewer pixels at a border, and stand before the axis that is split."""
    kernels = Convolution(np.ones((4, 3, 3), np.int64), [0] * 4, padding=[(1, 1)])
    check(
        lambda add, e: add(
            rounded(), add(Gather(indices, 1), add(Transpose((1, 0)), add(kernels, e)))
        ),
        ((3, 5), CODE),
    )


def test_argmax_over_parts() -> None:
    """Comparisons read what their two places read, at the later of their levels."""
    first, last = Affine([[1, 2]], [0, 0]), Affine([[1, 2, 0]], [0, 1, 0])

    def build(add, x, y):
        return add(Argmax(5), add(Concatenate(1), add(first, x), add(last, add(rounded(), y))))

    check(build, ((2, 1), CODE), ((2, 1), CODE), symbols=False, levels=False)


@settings(max_examples=15)
@given(data=st.data())
def test_reshapes_of_reshapes(data) -> None:
    """Axes merged and split anyhow, of values that share wires along some."""
    shapes = [(12,), (2, 6), (3, 4), (2, 2, 3), (4, 3), (1, 12), (6, 1, 2)]
    first, second = (data.draw(st.sampled_from(shapes)) for _ in range(2))
    check(
        lambda add, e: add(rounded(), add(Reshape(second), add(Reshape(first), e))),
        ((3, 4), CODE),
    )
    check(
        lambda add, e: add(
            rounded(), add(Sum([-1]), add(Reshape((4, 6)), add(Broadcast((2, 3, 4)), e)))
        ),
        ((3, 1), CODE),
        exact=False,
    )


@pytest.mark.parametrize("n", [1, 2, 5])
def test_named_axes(n: int) -> None:
    def split(add, e):
        halves = add(Transpose((1, 0, 2)), add(Reshape(("n", 2, 2)), e))
        return add(rounded(), add(Sum([-1]), halves))

    check_named(split, {"n": n}, (("n", 4), CODE))
    check_named(lambda add, e: add(rounded(), add(Reshape((-1,)), e)), {"n": n}, (("n", 4), CODE))
    check_named(lambda add, e: add(rounded(), add(Slice(0, -1), e)), {"n": n}, (("n", 4), CODE))
    check_named(
        lambda add, e: add(rounded(), add(Broadcast(("n", 3, 4)), e)), {"n": n}, (("n", 1, 4), CODE)
    )
    check_named(
        lambda add, x, y: add(rounded(), add(Sum([0]), add(Concatenate(0), x, y))),
        {"n": n},
        (("n", 4), CODE),
        ((2, 4), Code(0, 5)),
    )
    check_named(
        lambda add, e: add(rounded(), add(Pad([(1, 2), (0, 0)], 1), e)), {"n": n}, (("n", 4), CODE)
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Reshape((-1, -1)), "at most one"),
        (lambda: Reshape((0, 2)), "from 1"),
        (lambda: Reshape(("a b",)), "length or a name"),
        (lambda: Transpose((0, 2)), "permutation"),
        (lambda: Slice(0, step=0), "step of 0"),
        (lambda: Slice(0, 1.5), "integers"),
        (lambda: Gather([0.5]), "integers"),
        (lambda: Pad([(1,)]), "pairs"),
        (lambda: Pad([(1, -1)]), "pairs"),
        (lambda: Pad([(1, 1)], 2**62), "within"),
        (lambda: Broadcast((0,)), "length or a name"),
    ],
    ids=range(11),
)
def test_bad_arguments(make, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        make()


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        (Reshape((4, -1)), "no shape"),
        (Reshape(("n", 2)), "'n' has no number"),
        (Transpose((0, 1, 2)), "3 axes"),
        (Slice(0, 0, 3), "beyond"),
        (Slice(0, 1, 1), "nothing"),
        (Slice(2), "no axis 2"),
        (Gather([2], 0), "index 2"),
        (Gather([-3], 0), "index -3"),
        (Pad([(0, 0)] * 3), "3 axes"),
        (Broadcast((4, 3)), "broadcast"),
    ],
    ids=repr,
)
def test_bad_operands(operation, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        network_of(lambda add, e: add(rounded(), add(operation, e)), PAIR)


def test_bad_joins() -> None:
    for join, shape, message in (
        (Concatenate(0), (2, 4), "line up"),
        (Concatenate(2), (2, 3), "no axis"),
        (Stack(0), (2, 4), "stacked"),
        (Stack(3), (2, 3), "no axis"),
    ):
        with pytest.raises(NetworkError, match=message):
            network_of(
                lambda add, x, y, join=join: add(rounded(), add(join, x, y)), PAIR, (shape, CODE)
            )
    with pytest.raises(NetworkError, match="one operand"):
        network_of(lambda add, x: add(Transpose((1, 0)), x, x), PAIR)
