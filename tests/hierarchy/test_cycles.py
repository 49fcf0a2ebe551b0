from fractions import Fraction
from math import gcd

import networkx as nx
from hypothesis import given

from tcsim.hierarchy import CycleMean, Delays
from tcsim.hierarchy.cycles import cyclicity
from tests.hierarchy.matrices import graph, mean_of, squares


@given(squares())
def test_the_largest_mean_of_all_simple_cycles(matrix: Delays) -> None:
    means = [mean_of(matrix, cycle) for cycle in nx.simple_cycles(graph(matrix))]
    found = matrix.cycle_mean()
    assert (None if found is None else found.value) == max(means, default=None)
    if found is not None:
        assert len(set(found.cycle)) == len(found.cycle)
        assert mean_of(matrix, found.cycle) == found.value


@given(squares(4))
def test_cyclicity_divides_the_lengths_of_critical_cycles(matrix: Delays) -> None:
    cycles = list(nx.simple_cycles(graph(matrix)))
    best = max((mean_of(matrix, c) for c in cycles), default=None)
    lengths = [len(c) for c in cycles if mean_of(matrix, c) == best]
    assert not cycles or cyclicity(matrix) % gcd(*lengths) == 0


def test_delays_of_any_size_are_exact() -> None:
    top = 1 << 60
    matrix = Delays([[None, top, None], [None, None, top - 1], [top, None, top - 1]])
    assert matrix.cycle_mean() == CycleMean(Fraction(3 * top - 1, 3), (0, 2, 1))


def test_cyclicity() -> None:
    ring = Delays([[0 if j == (i + 1) % 6 else None for j in range(6)] for i in range(6)])
    assert cyclicity(ring) == 6
    assert (
        cyclicity(
            ring | Delays([[0 if j == (i + 4) % 6 else None for j in range(6)] for i in range(6)])
        )
        == 3
    )
    assert cyclicity(Delays([[None, 3], [None, None]])) == 1
