"""Alternating reachability (AGAP): is there an alternating path from the start to the goal?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems import arena
from reductions.problems.arena import Arena

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True)
class AlternatingGraph(Arena):
    """A graph of existential and universal nodes, a start and a goal.

    The goal has an alternating path to itself. An existential node has one if some successor has
    one, a universal node if it has successors and all of them have one.

    Args:
        owners: one byte a node: 0 for existential, 1 for universal.
        successors: of each node, increasing.
        start: a node.
        goal: a node.

    Raises:
        ArgumentError: a node is not there, or successors do not increase.
    """

    goal: int

    def __post_init__(self) -> None:
        super().__post_init__()
        integer(self.goal, "goal", 0, len(self.owners) - 1)


def accepts(one: AlternatingGraph, node: int, known: Iterable[int]) -> bool:
    """Whether a node has an alternating path if the known ones have."""
    found = [other in known for other in one.successors[node]]
    if node == one.goal:
        return True
    return bool(found) and all(found) if one.owners[node] else any(found)


def accepting(one: AlternatingGraph) -> frozenset[int]:
    """All nodes that have an alternating path: gone through until nothing is new."""
    found: frozenset[int] = frozenset()
    while True:
        more = frozenset(n for n in range(len(one.owners)) if accepts(one, n, found))
        if more == found:
            return found
        found = more


def verify(one: AlternatingGraph, proof: tuple[int, ...]) -> bool:
    """Whether each node follows from those before it, none twice, the last the start."""
    known: set[int] = set()
    for node in proof:
        if not 0 <= node < len(one.owners) or node in known or not accepts(one, node, known):
            return False
        known.add(node)
    return bool(proof) and proof[-1] == one.start


def every_proof(one: AlternatingGraph) -> Iterator[tuple[int, ...]]:
    """All witnesses."""

    def extend(proof: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for node in range(len(one.owners)):
            if node not in proof and accepts(one, node, proof):
                longer = (*proof, node)
                yield from iter((longer,)) if node == one.start else extend(longer)

    return extend(())


def by_rounds(one: AlternatingGraph, order: int = 1) -> tuple[int, ...] | None:
    """All nodes that follow, in rounds, up to the start."""
    proof: list[int] = []
    grown = True
    while grown:
        grown = False
        for node in range(len(one.owners))[::order]:
            if node not in proof and accepts(one, node, set(proof)):
                proof.append(node)
                grown = True
                if node == one.start:
                    return tuple(proof)
    return None


def by_need(one: AlternatingGraph) -> tuple[int, ...] | None:
    """Only what the start needs, from rounds in the opposite order."""
    whole = by_rounds(one, -1)
    if whole is None:
        return None
    place = {node: number for number, node in enumerate(whole)}
    needed = {one.start}
    for node in reversed(whole):
        if node in needed and node != one.goal:
            earlier = [o for o in one.successors[node] if place.get(o, len(whole)) < place[node]]
            needed |= set(earlier if one.owners[node] else earlier[:1])
    return tuple(node for node in whole if node in needed)


def _from_data(data: Any) -> AlternatingGraph:  # noqa: ANN401
    owners, successors, start, goal = members(
        data, "instance", ("owners", "successors", "start", "goal")
    )
    parts = arena.parts_of(owners, successors, start)
    return AlternatingGraph(*parts, integer(goal, "instance.goal"))


def _with_goal(one: Arena) -> AlternatingGraph:
    """The goal is the node after the start, in a circle."""
    goal = (one.start + 1) % len(one.owners)
    return AlternatingGraph(one.owners, one.successors, one.start, goal)


def strategy() -> SearchStrategy[AlternatingGraph]:
    """Random arenas, with a goal."""
    return arena.strategy().map(_with_goal)


ALTERNATING_REACHABILITY: Problem[AlternatingGraph, tuple[int, ...]] = Problem(
    name="alternating_reachability",
    question="Is there an alternating path from the start to the goal?",
    instance=AlternatingGraph,
    fields={"nodes": "nodes", "edges": "edges"},
    sizes=lambda one: {"nodes": len(one.owners), "edges": one.edges},
    decide=lambda one: one.start in accepting(one),
    to_data=lambda one: {**arena.to_data(one), "goal": one.goal},
    from_data=_from_data,
    every=lambda k: map(_with_goal, arena.every(k)),
    scope=lambda k: f"all graphs of at most {k} nodes",
    reach=2,
    strategy=strategy,
    ladder=lambda k: _with_goal(arena.ladder(k)),
    mutations={
        "the start has the other kind": arena.other_owner,
        "the start loses an edge": arena.without_edge,
        "the first node with edges loses them": arena.without_first_edges,
        "start and goal are exchanged": lambda one: replace(one, start=one.goal, goal=one.start),
    },
    hardness="P-complete under first-order reductions, so under AC0 ones",
    reference="Immerman 1981, Number of quantifiers is better than number of tape cells; "
    "Immerman 1999, Descriptive Complexity, section 3.4",
    witnesses=Witnesses(
        meaning="nodes in an order in which each is the goal or follows from those before it: an "
        "existential node from one successor, a universal one from all; the last is the start",
        verify=verify,
        every=every_proof,
        few=lambda one: len(one.owners) <= 7,
        producers={"rounds": by_rounds, "need": by_need},
        to_data=list,
        from_data=lambda data: tuple(integer(node, "a node") for node in items(data, "a proof")),
    ),
)
