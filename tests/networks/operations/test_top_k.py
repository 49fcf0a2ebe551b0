"""TopK, Rank and Largest: every tie by its rule."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tcsim.errors import NetworkError
from tcsim.networks import Affine, Broadcast, Code, Largest, Rank, TopK
from tcsim.networks.values import Values
from tests.networks.operations.linear import check, check_named, rounded

CODE = Code(-1, 1)


def order(row: tuple[int, ...], ties: str) -> list[int]:
    """Places from the largest value to the least, by the rule."""
    sign = 1 if ties == "first" else -1
    return sorted(range(len(row)), key=lambda i: (-row[i], sign * i))


@pytest.mark.parametrize("ties", ["first", "last"])
@pytest.mark.parametrize("n", [2, 3, 4])
def test_every_tie(n: int, ties: str) -> None:
    rows = list(itertools.product(range(-1, 2), repeat=n))
    orders = [order(row, ties) for row in rows]
    for k in range(1, n + 1):
        assert TopK(n, k, ties)(np.array(rows)).tolist() == [one[:k] for one in orders]
        circuit = check(lambda add, e, k=k: add(TopK(n, k, ties), e), ((n,), CODE))
        assert circuit.depth == 3
        largest = [sorted(row, reverse=True)[:k] for row in rows]
        assert Largest(k)(np.array(rows)).tolist() == largest
    for k in range(1, n):
        ranks = [[min(one.index(i), k) for i in range(n)] for one in orders]
        assert Rank(n, k, ties)(np.array(rows)).tolist() == ranks
        circuit = check(lambda add, e, k=k: add(Rank(n, k, ties), e), ((2, n), CODE))
        assert (circuit.depth, circuit.size) == (2, n * (n - 1) + 2 * n * k)


def test_after_other_layers() -> None:
    mix = Affine([[1, 2, -1], [0, 1, 1]], [0, 0, 1])
    check(lambda add, e: add(rounded(), add(Rank(3), add(mix, e))), ((2,), CODE))
    check(lambda add, e: add(TopK(3, 2, "last"), add(rounded(), add(mix, e))), ((2,), CODE))
    circuit = check(lambda add, e: add(rounded(), add(Largest(2), e)), ((2, 3), CODE))
    assert circuit.size == 2 * 2 * 2 + 2 * 2 * 3
    check(lambda add, e: add(Largest(2), add(Broadcast((3,)), e)), ((1,), CODE), exact=False)
    check_named(lambda add, e: add(TopK(3, 2), e), {"n": 4}, (("n", 3), CODE))


def test_ranges() -> None:
    values = Values((3,), np.array([-1, 0, -1]), np.array([-1, 1, 1]), CODE)
    found = Largest(2).infer(values)
    assert (found.lo.tolist(), found.hi.tolist()) == ([0, -1], [1, 1])
    assert TopK(3, 2).infer(values).code == Code(0, 2, "one_hot")
    assert Rank(3).with_code(Code(0, 2, "binary")).code == Code(0, 2)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Rank(1), "at least 2 values"),
        (lambda: Rank(3, 3), r"up to 1\.\.2"),
        (lambda: TopK(3, 4), r"largest 1\.\.3"),
        (lambda: TopK(3, 2, "random"), "'first' or the 'last'"),
        (lambda: Largest(0), "at least one"),
        (lambda: TopK(3).infer(Values.coded((2,), CODE)), "3 values, but there are 2"),
        (lambda: Largest(3).infer(Values.coded((2,), CODE)), "largest 3"),
        (lambda: Largest(1).infer(Values.coded((2,), Code(0, 1, "binary"))), "Recode"),
    ],
)
def test_bad_input(make, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        make()
