"""Maximum, Minimum, pools of maxima: one level over thermometers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcsim.errors import NetworkError
from tcsim.networks import Broadcast, Code, Concatenate, Maximum, MaximumPool, Minimum
from tcsim.networks.values import Values
from tests.networks.operations.linear import check, check_named, network_of, rounded

CODE = Code(-1, 2)


@pytest.mark.parametrize("kind", [Maximum, Minimum])
def test_place_by_place(kind) -> None:
    x, y = np.array([[[0, 2, -1]]]), np.array([[[1], [-1]]])
    choose = max if kind is Maximum else min
    expected = [[[choose(a, b) for a in (0, 2, -1)] for b in (1, -1)]]
    assert kind()(x, y).tolist() == expected
    circuit = check(lambda add, x, y: add(kind(), x, y), ((1, 3), CODE), ((2, 1), CODE))
    assert (circuit.depth, circuit.size, circuit.measures.max_fan_in) == (1, 6 * 3, 2)
    check(
        lambda add, x, y: add(rounded(), add(kind(), x, add(rounded(3), y))),
        ((2, 3), Code(0, 3)),
        ((3,), CODE),
    )
    check(lambda add, x, y: add(kind(), x, y, x), ((3,), CODE), ((3,), CODE), exact=False)


@pytest.mark.parametrize("kind", [Maximum, Minimum])
@pytest.mark.parametrize("axes", [[0], [-1], [2, 0]])
def test_along_axes(kind, axes: list[int]) -> None:
    x = np.array([[[[0, 2], [1, -1]], [[-1, 0], [1, 1]]]])
    reduce = np.max if kind is Maximum else np.min
    where = tuple(axis % 3 + 1 for axis in axes)
    assert kind(axes)(x).tolist() == reduce(x, axis=where).tolist()
    check(lambda add, e: add(rounded(), add(kind(axes), e)), ((2, 2, 2), CODE))


def test_parts_and_copies() -> None:
    check(
        lambda add, x, y: add(
            rounded(), add(Maximum([1]), add(Concatenate(1), x, add(rounded(), y)))
        ),
        ((2, 2), Code(0, 3)),
        ((2, 1), CODE),
    )
    check(lambda add, e: add(Maximum([1]), add(Broadcast((2, 3)), e)), ((2, 1), CODE), exact=False)
    check_named(lambda add, e: add(Maximum([0]), e), {"n": 3}, (("n", 2), CODE))


@settings(max_examples=20)
@given(data=st.data(), rank=st.integers(1, 2))
def test_pools(data, rank: int) -> None:
    kernel, strides, dilations = (
        [data.draw(st.integers(1, top)) for _ in range(rank)] for top in (3, 2, 2)
    )
    padding = [
        (data.draw(st.integers(0, min(1, k - 1))), data.draw(st.integers(0, min(1, k - 1))))
        for k in kernel
    ]
    space = tuple(
        data.draw(st.integers(max(2, d * (k - 1) + 1 - before), 5))
        for k, d, (before, _) in zip(kernel, dilations, padding, strict=True)
    )
    operation = MaximumPool(kernel, strides=strides, padding=padding, dilations=dilations)
    values = np.array(data.draw(st.permutations(range(int(np.prod(space)))))).reshape(space)
    found = operation(values[None])[0]
    for place in np.ndindex(found.shape):
        window = [
            [p * s - before + k * d for k in range(size)]
            for p, s, (before, _), size, d in zip(
                place, strides, padding, kernel, dilations, strict=True
            )
        ]
        inside = [
            values[at]
            for at in np.ndindex(*space)
            if all(a in axis for a, axis in zip(at, window, strict=True))
        ]
        assert found[place] == max(inside)
    circuit = check(lambda add, e: add(operation, e), ((2, *space), Code(0, 2)), levels=False)
    assert circuit.depth == 1
    check(lambda add, e: add(rounded(), add(operation, add(rounded(2), e))), (space, CODE))


def test_pools_of_parts() -> None:
    check(
        lambda add, x, y: add(
            MaximumPool([2], padding=1), add(Concatenate(1), x, add(rounded(), y))
        ),
        ((2, 2), Code(0, 3)),
        ((2, 2), CODE),
        levels=False,
    )
    check_named(lambda add, e: add(MaximumPool([3], padding=1), e), {"n": 5}, ((2, "n"), CODE))


def test_ranges() -> None:
    a, b = (Values((2,), np.array(lo), np.array(hi), CODE) for lo, hi in ((-1, 0), ([0, -1], 2)))
    assert [end.tolist() for end in (Maximum().infer(a, b).lo, Minimum().infer(a, b).hi)] == [
        [0, -1],
        [0, 0],
    ]


def test_bad_arguments() -> None:
    for make, message in (
        (lambda: Maximum([]), "at least one"),
        (lambda: MaximumPool([]), "at least one axis"),
        (lambda: MaximumPool([2], strides=0), "strides"),
    ):
        with pytest.raises(NetworkError, match=message):
            make()


@pytest.mark.parametrize(
    ("operation", "shapes", "code", "message"),
    [
        (Maximum(), [(2,), (3,)], CODE, "broadcast"),
        (Maximum([0, -1]), [(2,)], CODE, "one twice"),
        (Maximum([1]), [(2,)], CODE, "no axis 1"),
        (Maximum([0]), [(2,), (2,)], CODE, "one operand"),
        (Maximum([0]), [(2,)], Code(0, 2, "binary"), "Recode"),
        (MaximumPool([2, 2]), [(2,)], CODE, "over 2 axes"),
        (MaximumPool([3]), [(2,)], CODE, "does not fit"),
        (MaximumPool([1], padding=1), [(2,)], CODE, "outside altogether"),
    ],
)
def test_bad_operands(operation, shapes, code: Code, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        network_of(lambda add, *edges: add(operation, *edges), *((shape, code) for shape in shapes))


def test_codes_must_agree() -> None:
    with pytest.raises(NetworkError, match="thermometers of one code"):
        network_of(lambda add, x, y: add(Maximum(), x, y), ((2,), CODE), ((2,), Code(0, 2)))
