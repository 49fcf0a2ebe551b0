"""First maximal independent set to first maximal clique: the complement of the graph."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.greedy_sets import (
    LEXICOGRAPHIC_CLIQUE,
    LEXICOGRAPHIC_INDEPENDENT_SET,
    FirstClique,
    FirstIndependentSet,
    chosen,
)
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered_rules import complement
from tcsim.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size

MOST_EDGES = 20_000_000
"""Of the complement: it grows as the square of the number of nodes."""


def forward(source: FirstIndependentSet) -> Mapped[FirstClique]:
    """Two nodes are adjacent iff they were not.

    Raises:
        LimitError: the complement has more than `MOST_EDGES` edges; nothing was started.
    """
    nodes = len(source.earlier)
    edges = nodes * (nodes - 1) // 2 - sum(map(len, source.earlier))
    if edges > MOST_EDGES:
        raise LimitError(f"the complement has {edges:,} edges, more than {MOST_EDGES:,}")
    earlier = []
    for node, neighbors in enumerate(source.earlier):
        free = np.ones(node, bool)
        free[list(neighbors)] = False
        earlier.append(tuple(np.flatnonzero(free).tolist()))
    return Mapped(
        FirstClique(tuple(earlier), source.node), Provenance("node", "node", np.arange(nodes))
    )


def back(_: FirstIndependentSet, __: Mapped[FirstClique], claims: str) -> str:
    """The same claims."""
    return claims


def formulas(nodes: Size, edges: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {"nodes": nodes, "edges": nodes * (nodes - 1) / 2 - edges}


def holds(source: FirstIndependentSet, mapped: Mapped[FirstClique]) -> bool:
    """Whether the clique is the set."""
    return chosen(mapped.instance) == chosen(source)


def steps() -> Iterator[tuple[str, bool]]:
    """A node after one and after two others, for all edges: it joins in both or in neither."""
    for a, b, c in product(((), (0,)), ((), (1,)), ((), (0,))):
        source = FirstIndependentSet(((), a, tuple(sorted((*b, *c)))), 2)
        yield f"edges {source.earlier}", holds(source, forward(source))


def second(source: FirstIndependentSet) -> FirstClique:
    """By networkx, with a further node before all, which is adjacent to all."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(len(source.earlier)))
    graph.add_edges_from((a, b) for b, earlier in enumerate(source.earlier) for a in earlier)
    other = nx.complement(graph)
    earlier = [(0, *sorted(a + 1 for a in other[b] if a < b)) for b in range(len(graph))]
    return FirstClique(((), *earlier), source.node + 1)


RULE: Reduction[FirstIndependentSet, str, FirstClique, str] = Reduction(
    name="lexicographic_independent_set_lexicographic_clique",
    source=LEXICOGRAPHIC_INDEPENDENT_SET,
    target=LEXICOGRAPHIC_CLIQUE,
    summary="Independent sets are the cliques of the complement, and the order is the same.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each edge is the complement of one bit",
    reference="Cook 1985, A taxonomy of problems with fast parallel algorithms",
    back=back,
    invariant=Invariant("the clique is the independent set", holds, steps),
    metered=complement(),
    second=second,
)
