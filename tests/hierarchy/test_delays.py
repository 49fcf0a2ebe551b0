import pickle

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy import Delays
from tests.hierarchy.matrices import graph, matrices, squares

TOP = 1 << 60


def product(a: list[list[int | None]], b: list[list[int | None]], n: int) -> list[list[int | None]]:
    """The definition, in Python integers."""
    return [
        [
            max(
                (row[k] + b[k][j] for k in range(len(b)) if None not in (row[k], b[k][j])),
                default=None,
            )
            for j in range(n)
        ]
        for row in a
    ]


@given(matrices(3, 2), matrices(2, 4))
def test_products_are_longest_paths_of_two_edges(a: Delays, b: Delays) -> None:
    assert (a @ b).rows() == product(a.rows(), b.rows(), 4)


@given(squares(4), st.integers(0, 9))
def test_powers_are_repeated_products(a: Delays, exponent: int) -> None:
    expected = Delays.identity(a.shape[0])
    for _ in range(exponent):
        expected = expected @ a
    assert a**exponent == expected


@given(matrices(3, 3), matrices(3, 3), matrices(3, 2), st.lists(st.integers(0, 9), min_size=2))
def test_products_distribute_and_apply(a: Delays, b: Delays, c: Delays, arrival: list[int]) -> None:
    assert (a | b) @ c == (a @ c) | (b @ c)
    assert a @ (b @ c) == (a @ b) @ c
    assert list(c.apply(arrival[:2])) == [
        row[0] for row in (c @ Delays([[x] for x in arrival[:2]])).rows()
    ]


@given(squares())
def test_closure_is_the_longest_path(a: Delays) -> None:
    n = a.shape[0]
    below = Delays([[a[i, j] if j < i else None for j in range(n)] for i in range(n)], n)
    edges = graph(below)  # no cycle
    for j in range(n):
        reached = nx.descendants(edges, j) | {j}
        for i in range(n):
            paths = (
                [0]
                if i == j
                else [
                    nx.path_weight(edges, path, "weight")
                    for path in nx.all_simple_paths(edges, j, i)
                ]
            )
            assert below.closure()[i, j] == max(paths, default=None)
            assert (i in reached) == bool(paths)


def test_closure_with_cycles() -> None:
    assert Delays([[None, -3], [3, None]]).closure() == Delays([[0, -3], [3, 0]])
    with pytest.raises(ArgumentError, match=r"cycle \(0, 1\) has the positive mean delay 1/2"):
        Delays([[None, -3], [4, None]]).closure()


def test_minus_infinity_is_exact_next_to_the_largest_delays() -> None:
    a = Delays([[TOP, None], [-TOP, None]])
    assert (a @ Delays([[None], [TOP]])).rows() == [[None], [None]]
    assert (a @ Delays([[0], [TOP]])).rows() == [[TOP], [-TOP]]
    assert a.apply([0, TOP]) == (TOP, -TOP)
    assert a.apply([None, TOP]) == (None, None)
    with pytest.raises(LimitError, match="fewer repetitions"):
        a @ a
    with pytest.raises(LimitError, match="fewer repetitions"):
        a.apply([1, None])
    with pytest.raises(LimitError):
        Delays([[-TOP]]) @ Delays([[-1]])


@given(squares(3), squares(3))
def test_equality_is_by_content(a: Delays, b: Delays) -> None:
    assert (a == b) == (a.shape == b.shape and a.rows() == b.rows())
    again = pickle.loads(pickle.dumps(a))
    assert again == a
    assert hash(again) == hash(a)
    assert eval(repr(a), {"Delays": Delays}) == a


def test_immutable() -> None:
    a = Delays([[1]])
    with pytest.raises(AttributeError, match="immutable"):
        a.other = 1
    with pytest.raises(ValueError, match="read-only"):
        a.data[0, 0] = 2


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Delays([[1], [1, 2]]), "row 1 has 2 entries, not 1"),
        (lambda: Delays(3), "sequence of rows"),
        (lambda: Delays([[0.5]]), r"the delay \[0, 0\] must be an integer, not 0.5"),
        (lambda: Delays([[float("-inf")]]), "must be an integer, not -inf"),
        (lambda: Delays([[True]]), "must be an integer, not True"),
        (lambda: Delays([[TOP + 1]]), r"to 2\*\*60"),
        (lambda: Delays([[0, 0]]) @ Delays([[0]]), "2 columns times 1 rows"),
        (lambda: Delays([[0, 0]]) | Delays([[0]]), "shapes"),
        (lambda: Delays([[0, 0]]) ** 2, "square matrix is needed, not 1 rows, 2 columns"),
        (lambda: Delays([[0]]) ** -1, "exponent must be from 0"),
        (lambda: Delays([[0]]) ** 1.5, "exponent must be an integer"),
        (lambda: Delays([[0]])[0, 1], r"no entry \[0, 1\]"),
        (lambda: Delays([[0]])[0], "a row and a column"),
        (lambda: Delays([[0]]).apply([0, 0]), "2 arrivals for 1 columns"),
        (lambda: Delays([[0, 1]]).cycle_mean(), "square"),
        (lambda: Delays([[0, 1]]).powers(), "needed, not 1 rows"),
        (lambda: Delays.identity(-1), "size must be from 0"),
    ],
)
def test_bad_input(make: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        make()


def test_numpy_integers_are_integers() -> None:
    assert Delays(np.array([[1, 2]], np.int32)) == Delays([[1, 2]])
