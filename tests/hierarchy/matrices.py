"""Random delay matrices, and the same as networkx graphs."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
from hypothesis import strategies as st

from tcsim.hierarchy import Delays

ENTRY = st.none() | st.integers(-5, 9)


def matrices(rows: int, columns: int) -> st.SearchStrategy[Delays]:
    row = st.lists(ENTRY, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(lambda rs: Delays(rs, columns))


def squares(most: int = 5) -> st.SearchStrategy[Delays]:
    return st.integers(0, most).flatmap(lambda n: matrices(n, n))


def graph(matrix: Delays) -> nx.DiGraph:
    edges = nx.DiGraph()
    edges.add_nodes_from(range(matrix.shape[0]))
    for i, row in enumerate(matrix.rows()):
        for j, delay in enumerate(row):
            if delay is not None:
                edges.add_edge(j, i, weight=delay)
    return edges


def mean_of(matrix: Delays, cycle: list[int] | tuple[int, ...]) -> Fraction:
    """The mean delay of a cycle, which must be there."""
    pairs = zip(cycle, [*cycle[1:], cycle[0]], strict=True)
    delays = [matrix[i, j] for j, i in pairs]
    assert None not in delays
    return Fraction(sum(delays), len(delays))
