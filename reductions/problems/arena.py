"""Directed graphs whose nodes belong to two players: what alternating graphs and games share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from reductions.codec import bit_text, bits, integer, items
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

Successors = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Arena:
    """Nodes 0, 1, ..., each with an owner and edges to others or to itself.

    Args:
        owners: one byte a node: 0 for existential nodes (the first player's), 1 for universal.
        successors: of each node, increasing.
        start: a node.

    Raises:
        ArgumentError: a node is not there, or successors do not increase.
    """

    owners: bytes
    successors: Successors
    start: int

    def __post_init__(self) -> None:
        if not isinstance(self.owners, bytes) or set(self.owners) - {0, 1}:
            raise ArgumentError("owners must be bytes of 0 and 1")
        nodes = len(self.owners)
        if len(self.successors) != nodes:
            raise ArgumentError(f"{len(self.successors)} lists of successors for {nodes} nodes")
        integer(self.start, "start", 0, nodes - 1)
        for node, after in enumerate(self.successors):
            for other in after:
                integer(other, f"successors[{node}]: a node", 0, nodes - 1)
            if any(a >= b for a, b in pairwise(after)):
                raise ArgumentError(f"successors[{node}] must increase")

    @property
    def edges(self) -> int:
        """Number of edges."""
        return sum(map(len, self.successors))


A = TypeVar("A", bound=Arena)


def to_data(one: Arena) -> dict[str, Any]:
    """As JSON data."""
    return {
        "owners": bit_text(one.owners),
        "successors": [list(after) for after in one.successors],
        "start": one.start,
    }


def parts_of(owners: Any, successors: Any, start: Any) -> tuple[bytes, Successors, int]:  # noqa: ANN401
    """From JSON data, not yet validated as an arena.

    Raises:
        ArgumentError: something is of another type.
    """
    found = []
    for node, after in enumerate(items(successors, "instance.successors")):
        where = f"instance.successors[{node}]"
        found.append(tuple(integer(other, f"{where}: a node") for other in items(after, where)))
    return bits(owners, "instance.owners"), tuple(found), integer(start, "instance.start")


def every(k: int) -> Iterator[Arena]:
    """All of 1 to k nodes that start at the first."""
    for nodes in range(1, k + 1):
        subsets = [
            tuple(node for node in range(nodes) if number >> node & 1) for number in range(2**nodes)
        ]
        for owners in product((0, 1), repeat=nodes):
            for successors in product(subsets, repeat=nodes):
                yield Arena(bytes(owners), successors, 0)


def strategy() -> SearchStrategy[Arena]:
    """Up to six nodes with at most three edges each."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Arena:
        nodes = draw(st.integers(1, 6))
        node = st.integers(0, nodes - 1)
        owners = draw(st.lists(st.integers(0, 1), min_size=nodes, max_size=nodes))
        after = st.sets(node, max_size=3).map(lambda found: tuple(sorted(found)))
        successors = draw(st.lists(after, min_size=nodes, max_size=nodes))
        return Arena(bytes(owners), tuple(successors), draw(node))

    return drawn()


def ladder(k: int) -> Arena:
    """4 k + 2 nodes; each has two random edges to near nodes of smaller numbers."""
    random = Random(k)
    nodes = 4 * k + 2
    owners = bytes(random.getrandbits(1) for _ in range(nodes))
    successors = [
        tuple(sorted(random.sample(range(max(0, node - 5), node), min(node, 2))))
        for node in range(nodes)
    ]
    return Arena(owners, tuple(successors), nodes - 1)


def other_owner(one: A) -> A:
    """With the start given to the other player: what a mutation may do."""
    owners = bytearray(one.owners)
    owners[one.start] ^= 1
    return replace(one, owners=bytes(owners))


def without_edge(one: A) -> A | None:
    """Without the last edge of the start."""
    after = list(one.successors)
    if not after[one.start]:
        return None
    after[one.start] = after[one.start][:-1]
    return replace(one, successors=tuple(after))


def without_first_edges(one: A) -> A | None:
    """Without the edges of the first node that has some."""
    after = list(one.successors)
    for node, others in enumerate(after):
        if others:
            after[node] = ()
            return replace(one, successors=tuple(after))
    return None
