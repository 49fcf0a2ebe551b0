"""Imported: real rows in, integers, real outputs out."""

from __future__ import annotations

import numpy as np
import pytest

from tcsim.errors import ArgumentError
from tcsim.networks import Code, Combine, Requantize, Sketch
from tcsim.networks.importers.imported import Grid, Imported


@pytest.fixture
def imported() -> Imported:
    sketch = Sketch()
    x, y = sketch.input("x", 2, Code(-3, 4)), sketch.input("y", 2, Code(0, 9))
    total = sketch.add(Combine([1, 1]), x, y)
    code = Code(-3, 13)
    network = sketch.network(sketch.add(Requantize([range(-2, 14)], code), total))
    return Imported(network, ("a note",), (Grid(0.5, 1), Grid()), (Grid(0.25, -3),))


def test_rows_become_integers(imported: Imported) -> None:
    x, y = imported.integers([[0.74, -9.0], [0.75, 9.0]], [[1, 2], [2.5, 3.5]])
    # In halves above 1: 2.48 and 2.5 to the even 2; what is beyond the code is clipped.
    assert x.tolist() == [[2, -3], [3, 4]]
    assert y.tolist() == [[1, 2], [2, 4]]


def test_integers_become_reals(imported: Imported) -> None:
    (found,) = imported([[0.0, 1.0]], [[4, 5]])
    assert found.tolist() == [[0.25 * (1 + 4 + 3), 0.25 * (3 + 5 + 3)]]
    assert Grid(2.0, 3).real([3, 4]).tolist() == [0.0, 2.0]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (([[0, 0]],), "reads 2 arrays, not 1"),
        (([[0, np.nan]], [[0, 0]]), "x holds a value that is not finite"),
        (([[0, 0]], [["a", "b"]]), "y must hold numbers"),
        (([[0, 0, 0]], [[0, 0]]), "x must have shape"),
    ],
)
def test_bad_rows(imported: Imported, rows: tuple, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        imported(*rows)
