"""Path systems (Cook): is the goal generated from axioms by triples, two nodes giving a third?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems import horn_entailment as horn
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

Triple = tuple[int, int, int]
"""A node, and the two (or twice the one) that generate it."""


@dataclass(frozen=True)
class PathSystem:
    """Nodes 0, 1, ..., some of them axioms.

    Args:
        nodes: number of nodes.
        axioms: nodes, increasing.
        triples: (head, left, right): from left and right follows head.
        goal: a node.

    Raises:
        ArgumentError: a node is not there, or the axioms do not increase.
    """

    nodes: int
    axioms: tuple[int, ...]
    triples: tuple[Triple, ...]
    goal: int

    def __post_init__(self) -> None:
        integer(self.nodes, "nodes", 1)
        integer(self.goal, "goal", 0, self.nodes - 1)
        for node in self.axioms:
            integer(node, "axioms: a node", 0, self.nodes - 1)
        if any(a >= b for a, b in pairwise(self.axioms)):
            raise ArgumentError("axioms must increase")
        for place, triple in enumerate(self.triples):
            if len(triple) != 3:
                raise ArgumentError(f"triples[{place}] has {len(triple)} nodes, not 3")
            for node in triple:
                integer(node, f"triples[{place}]: a node", 0, self.nodes - 1)


def as_clauses(one: PathSystem) -> horn.Horn:
    """The same as Horn clauses: first a fact for each axiom, then a clause for each triple."""
    facts: list[horn.Clause] = [((), node) for node in one.axioms]
    rest = [(tuple(sorted({left, right})), head) for head, left, right in one.triples]
    return horn.Horn(one.nodes, (*facts, *rest), one.goal)


def generated(one: PathSystem) -> frozenset[int]:
    """All nodes that are generated: the triples are gone through until nothing is new."""
    found = frozenset(one.axioms)
    while True:
        more = found | {h for h, left, right in one.triples if left in found and right in found}
        if more == found:
            return found
        found = more


def _to_data(one: PathSystem) -> Any:  # noqa: ANN401
    return {
        "nodes": one.nodes,
        "axioms": list(one.axioms),
        "triples": [list(triple) for triple in one.triples],
        "goal": one.goal,
    }


def _from_data(data: Any) -> PathSystem:  # noqa: ANN401
    nodes, axioms, triples, goal = members(data, "instance", ("nodes", "axioms", "triples", "goal"))
    rows: list[Any] = []
    for place, row in enumerate(items(triples, "instance.triples")):
        where = f"instance.triples[{place}]"
        rows.append(tuple(integer(node, f"{where}: a node") for node in items(row, where)))
    return PathSystem(
        integer(nodes, "instance.nodes", 1),
        tuple(integer(node, "an axiom") for node in items(axioms, "instance.axioms")),
        tuple(rows),
        integer(goal, "instance.goal", 0),
    )


def every(k: int) -> Iterator[PathSystem]:
    """All of two nodes and at most k triples, a list of triples for each order."""
    every_triple = list(product((0, 1), repeat=3))
    for axioms in ((), (0,), (1,), (0, 1)):
        for count in range(k + 1):
            for triples in product(every_triple, repeat=count):
                yield PathSystem(2, axioms, triples, 0)  # type: ignore[arg-type]


def strategy() -> SearchStrategy[PathSystem]:
    """Up to six nodes and ten triples."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> PathSystem:
        nodes = draw(st.integers(1, 6))
        node = st.integers(0, nodes - 1)
        axioms = tuple(sorted(draw(st.sets(node, max_size=2))))
        triples = draw(st.lists(st.tuples(node, node, node), max_size=10))
        return PathSystem(nodes, axioms, tuple(triples), draw(node))

    return drawn()


def ladder(k: int) -> PathSystem:
    """4 k random triples over 2 k + 2 nodes, the first two of which are axioms."""
    random = Random(k)
    nodes = 2 * k + 2
    draw = random.randrange
    triples = [(draw(nodes), draw(nodes), draw(nodes)) for _ in range(4 * k)]
    return PathSystem(nodes, (0, 1), tuple(triples), nodes - 1)


def _without_last(one: PathSystem) -> PathSystem | None:
    return replace(one, triples=one.triples[:-1]) if one.triples else None


def _without_axiom(one: PathSystem) -> PathSystem | None:
    return replace(one, axioms=one.axioms[1:]) if one.axioms else None


def _one_node(one: PathSystem) -> PathSystem | None:
    if not one.triples:
        return None
    head, left, _ = one.triples[-1]
    return replace(one, triples=(*one.triples[:-1], (head, left, left)))


PATH_SYSTEM: Problem[PathSystem, tuple[int, ...]] = Problem(
    name="path_system",
    question="Is the goal generated from the axioms by these triples?",
    instance=PathSystem,
    fields={"nodes": "nodes", "axioms": "axioms", "triples": "triples"},
    sizes=lambda one: {
        "nodes": one.nodes,
        "axioms": len(one.axioms),
        "triples": len(one.triples),
    },
    decide=lambda one: one.goal in generated(one),
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all of two nodes with at most {k} triples",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the last triple is lost": _without_last,
        "the first axiom is lost": _without_axiom,
        "the last triple has one node alone": _one_node,
        "the goal is the node before": lambda one: (
            replace(one, goal=one.goal - 1) if one.goal else None
        ),
    },
    hardness="P-complete under logspace reductions",
    reference="Cook 1974, An observation on time-storage trade off; Jones and Laaser 1976",
    witnesses=Witnesses(
        meaning="numbers of axioms and, counted on from these, triples, in an order in which each "
        "has its nodes generated before it and a new head, the last one the goal",
        verify=lambda one, derivation: horn.verify(as_clauses(one), derivation),
        every=lambda one: horn.every_derivation(as_clauses(one)),
        few=lambda one: len(one.axioms) + len(one.triples) <= 8,
        producers={
            "forwards": lambda one: horn.by_rounds(as_clauses(one)),
            "backwards": lambda one: horn.by_rounds_backwards(as_clauses(one)),
        },
        to_data=list,
        from_data=lambda data: tuple(
            integer(number, "a number") for number in items(data, "a derivation")
        ),
    ),
)
