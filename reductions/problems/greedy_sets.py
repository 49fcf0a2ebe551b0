"""Lexicographically first maximal independent sets and cliques: what the greedy algorithm finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems.certificates import CERTIFICATES, OPEN
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

FEW = 9
"""Most nodes of graphs whose witnesses are all listed."""


@dataclass(frozen=True)
class OrderedGraph:
    """An undirected graph with nodes 0, 1, ..., gone through in that order, and one asked about.

    Args:
        earlier: of each node the neighbors of smaller number, increasing.
        node: a node.

    Raises:
        ArgumentError: a node is not there, or neighbors do not increase.
    """

    earlier: tuple[tuple[int, ...], ...]
    node: int

    cliques: ClassVar[bool] = False
    """Whether a node joins if it is adjacent to all chosen before, or if to none."""

    def __post_init__(self) -> None:
        integer(self.node, "node", 0, len(self.earlier) - 1)
        for node, neighbors in enumerate(self.earlier):
            for other in neighbors:
                integer(other, f"earlier[{node}]: a node", 0, node - 1)
            if any(a >= b for a, b in pairwise(neighbors)):
                raise ArgumentError(f"earlier[{node}] must increase")


class FirstIndependentSet(OrderedGraph):
    """Each node joins unless a neighbor has joined before."""


class FirstClique(OrderedGraph):
    """Each node joins if it is a neighbor of all that have joined before."""

    cliques = True


G = TypeVar("G", bound=OrderedGraph)


def chosen(one: OrderedGraph) -> frozenset[int]:
    """The nodes that join."""
    found: frozenset[int] = frozenset()
    for node, neighbors in enumerate(one.earlier):
        joins = found.issubset(neighbors) if one.cliques else found.isdisjoint(neighbors)
        found |= {node} if joins else set()
    return found


def blockers(one: OrderedGraph, node: int) -> list[int]:
    """The nodes that keep a node out where one of them has joined."""
    neighbors = set(one.earlier[node])
    return [other for other in range(node) if (other in neighbors) != one.cliques]


def forced(one: OrderedGraph, node: int, claims: str) -> str:
    """What claims for the earlier nodes force: ``1`` (joins), ``0`` (does not), or `OPEN`."""
    found = {claims[other] for other in blockers(one, node)}
    if "1" in found:
        return "0"
    return OPEN if OPEN in found else "1"


def verify(one: OrderedGraph, claims: str) -> bool:
    """Whether each claim is forced by claims for earlier nodes, and the node is claimed to join."""
    if not isinstance(claims, str) or len(claims) != len(one.earlier):
        return False
    forces = (claim in {OPEN, forced(one, node, claims)} for node, claim in enumerate(claims))
    return all(forces) and claims[one.node] == "1"


def every_claims(one: OrderedGraph) -> Iterator[str]:
    """All witnesses."""

    def extend(claims: str) -> Iterator[str]:
        if len(claims) == len(one.earlier):
            yield from iter((claims,)) if claims[one.node] == "1" else ()
            return
        for claim in {OPEN, forced(one, len(claims), claims)}:
            yield from extend(claims + claim)

    return extend("")


def by_greed(one: OrderedGraph) -> str | None:
    """Of every node whether it joins."""
    found = chosen(one)
    claims = "".join("1" if node in found else "0" for node in range(len(one.earlier)))
    return claims if one.node in found else None


def by_need(one: OrderedGraph, pick: Callable[[list[int]], int] = max) -> str | None:
    """Claims that the node needs: all that could keep it out, of those one that keeps them out."""
    found = chosen(one)
    if one.node not in found:
        return None
    needed = {one.node}
    for node in range(one.node, -1, -1):
        if node in needed:
            block = blockers(one, node)
            joined = [other for other in block if other in found]
            needed |= {pick(joined)} if joined else set(block)
    claims = (str(int(node in found)) for node in range(len(one.earlier)))
    return "".join(claim if node in needed else OPEN for node, claim in enumerate(claims))


def sample(one: OrderedGraph, seed: int) -> str | None:
    """As `by_need`, with one that keeps out by chance."""
    return by_need(one, Random(seed).choice)


def _to_data(one: OrderedGraph) -> Any:  # noqa: ANN401
    return {"earlier": [list(neighbors) for neighbors in one.earlier], "node": one.node}


def _problem(cls: type[G], name: str, question: str, reference: str, noun: str) -> Problem[G, str]:
    def from_data(data: Any) -> G:  # noqa: ANN401
        earlier, node = members(data, "instance", ("earlier", "node"))
        found = []
        for place, neighbors in enumerate(items(earlier, "instance.earlier")):
            where = f"instance.earlier[{place}]"
            listed = items(neighbors, where)
            found.append(tuple(integer(other, f"{where}: a node") for other in listed))
        return cls(tuple(found), integer(node, "instance.node"))

    def every(k: int) -> Iterator[G]:
        for nodes in range(1, k + 3):
            subsets = [
                [s for count in range(node + 1) for s in combinations(range(node), count)]
                for node in range(nodes)
            ]
            for earlier in product(*subsets):
                yield cls(earlier, nodes - 1)

    def strategy() -> SearchStrategy[G]:
        from hypothesis import strategies as st

        @st.composite
        def drawn(draw: st.DrawFn) -> G:
            nodes = draw(st.integers(1, 9))
            earlier = [
                tuple(sorted(draw(st.sets(st.integers(0, node - 1)) if node else st.just(set()))))
                for node in range(nodes)
            ]
            return cls(tuple(earlier), draw(st.integers(max(0, nodes - 3), nodes - 1)))

        return drawn()

    def ladder(k: int) -> G:
        random = Random(k)
        earlier = [
            tuple(sorted(random.sample(range(max(0, node - 6), node), min(node, 2))))
            for node in range(4 * k + 2)
        ]
        return cls(tuple(earlier), 4 * k + 1)

    return Problem(
        name=name,
        question=question,
        instance=cls,
        fields={"nodes": "nodes", "edges": "edges"},
        sizes=lambda one: {"nodes": len(one.earlier), "edges": sum(map(len, one.earlier))},
        decide=lambda one: one.node in chosen(one),
        to_data=_to_data,
        from_data=from_data,
        every=every,
        scope=lambda k: f"all graphs of at most {k + 2} nodes, asked about the last",
        reach=2,
        strategy=strategy,
        ladder=ladder,
        mutations={
            "the node asked about is adjacent to the first, or no more": _toggle_first,
            "the last edge is lost": _without_edge,
            "the node before is asked about": lambda one: (
                replace(one, node=one.node - 1) if one.node else None
            ),
        },
        hardness="P-complete under logspace reductions",
        reference=reference,
        witnesses=Witnesses(
            meaning=f"claims 1 (in the {noun}) or 0 for some nodes, the one asked about among them "
            "with 1, each forced by claims for earlier nodes",
            verify=verify,
            every=every_claims,
            few=lambda one: len(one.earlier) <= FEW,
            producers={"greedy": by_greed, "need": by_need},
            to_data=CERTIFICATES.to_data,
            from_data=CERTIFICATES.from_data,
            sample=sample,
        ),
    )


def _with_earlier(one: G, node: int, neighbors: tuple[int, ...]) -> G:
    return replace(one, earlier=(*one.earlier[:node], neighbors, *one.earlier[node + 1 :]))


def _toggle_first(one: G) -> G | None:
    if one.node == 0:
        return None
    return _with_earlier(one, one.node, tuple(sorted(set(one.earlier[one.node]) ^ {0})))


def _without_edge(one: G) -> G | None:
    for node in range(one.node, -1, -1):
        if one.earlier[node]:
            return _with_earlier(one, node, one.earlier[node][:-1])
    return None


LEXICOGRAPHIC_INDEPENDENT_SET = _problem(
    FirstIndependentSet,
    "lexicographic_independent_set",
    "Is this node in the lexicographically first maximal independent set?",
    "Cook 1985, A taxonomy of problems with fast parallel algorithms; Greenlaw, Hoover, Ruzzo "
    "1995, Limits to Parallel Computation, A.2.1",
    "set",
)
LEXICOGRAPHIC_CLIQUE = _problem(
    FirstClique,
    "lexicographic_clique",
    "Is this node in the lexicographically first maximal clique?",
    "Cook 1985, A taxonomy of problems with fast parallel algorithms",
    "clique",
)
