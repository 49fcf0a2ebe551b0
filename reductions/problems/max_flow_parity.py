"""Maximum-flow parity: is the value of a maximum flow odd?"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members, shown, text
from reductions.problem import Problem, Witnesses
from reductions.problems.flow_networks import (
    Flow,
    Network,
    by_scaling,
    by_shortest_paths,
    is_maximum,
    value,
)
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

FEW = 300
"""Most combinations of amounts for which all maximum flows are listed."""


def verify(one: Network, flow: Flow) -> bool:
    """Whether it is a maximum flow of odd value."""
    return is_maximum(one, flow) and value(one, flow) % 2 == 1


def _odd(one: Network, flow: Flow) -> Flow | None:
    return flow if value(one, flow) % 2 else None


def sample(one: Network, seed: int) -> Flow | None:
    """Along shortest paths, edges in some order."""
    order = Random(seed).sample(range(len(one.edges)), len(one.edges))
    return _odd(one, by_shortest_paths(one, order))


def every_flow(one: Network) -> Iterator[Flow]:
    """All witnesses: every amount on every edge is tried."""
    amounts = (range(capacity + 1) for _, _, capacity in one.edges)
    return (flow for flow in product(*amounts) if verify(one, flow))


def few(one: Network) -> bool:
    """Whether there are few combinations of amounts."""
    combinations = 1
    for _, _, capacity in one.edges:
        combinations *= capacity + 1
        if combinations > FEW:
            return False
    return True


def _hexadecimal(data: Any, where: str) -> int:  # noqa: ANN401
    written = text(data, where)
    if not written or set(written) - set("0123456789abcdef") or f"{int(written, 16):x}" != written:
        raise ArgumentError(f"{where} must be a hexadecimal number, not {shown(written)}")
    return int(written, 16)


def _to_data(one: Network) -> Any:  # noqa: ANN401
    return {
        "nodes": one.nodes,
        "edges": [[tail, head, f"{capacity:x}"] for tail, head, capacity in one.edges],
        "source": one.source,
        "sink": one.sink,
    }


def _from_data(data: Any) -> Network:  # noqa: ANN401
    nodes, edges, source, sink = members(data, "instance", ("nodes", "edges", "source", "sink"))
    found = []
    for place, edge in enumerate(items(edges, "instance.edges")):
        where = f"instance.edges[{place}]"
        if len(items(edge, where)) != 3:
            raise ArgumentError(f"{where} is not [tail, head, capacity]")
        tail, head = integer(edge[0], where), integer(edge[1], where)
        found.append((tail, head, _hexadecimal(edge[2], f"{where}: the capacity")))
    return Network(
        integer(nodes, "instance.nodes", 2),
        tuple(found),
        integer(source, "instance.source"),
        integer(sink, "instance.sink"),
    )


def every(k: int) -> Iterator[Network]:
    """All of three nodes and at most k edges between two of them, of capacity 1 or 2."""
    listed = [
        (tail, head, capacity)
        for tail, head, capacity in product(range(3), range(3), (1, 2))
        if tail != head
    ]
    for count in range(k + 1):
        for edges in product(listed, repeat=count):
            yield Network(3, edges, 0, 2)


def strategy() -> SearchStrategy[Network]:
    """Up to six nodes and twelve edges, of capacities up to 6."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Network:
        nodes = draw(st.integers(2, 6))
        node = st.integers(0, nodes - 1)
        edges = draw(st.lists(st.tuples(node, node, st.integers(0, 6)), max_size=12))
        return Network(nodes, tuple(edges), 0, nodes - 1)

    return drawn()


def ladder(k: int) -> Network:
    """2 k + 2 nodes and 8 k edges to near nodes, of random capacities."""
    random = Random(k)
    nodes = 2 * k + 2
    edges = []
    for _ in range(8 * k):
        tail = random.randrange(nodes - 1)
        edges.append((tail, random.randrange(tail + 1, min(nodes, tail + 4)), random.randrange(9)))
    return Network(nodes, tuple(edges), 0, nodes - 1)


def _changed(one: Network, place: int, more: int) -> Network | None:
    if not one.edges:
        return None
    edges = list(one.edges)
    tail, head, capacity = edges[place]
    edges[place] = (tail, head, max(0, capacity + more))
    return replace(one, edges=tuple(edges))


MAX_FLOW_PARITY: Problem[Network, Flow] = Problem(
    name="max_flow_parity",
    question="Is the value of a maximum flow in this network odd?",
    instance=Network,
    fields={"nodes": "nodes", "edges": "edges", "bits": "bits of all capacities"},
    sizes=lambda one: {
        "nodes": one.nodes,
        "edges": len(one.edges),
        "bits": sum(capacity.bit_length() for _, _, capacity in one.edges),
    },
    decide=lambda one: value(one, by_shortest_paths(one)) % 2 == 1,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all of three nodes and at most {k} edges of capacity 1 or 2",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the first edge takes one more": lambda one: _changed(one, 0, 1),
        "the last edge is lost": lambda one: (
            replace(one, edges=one.edges[:-1]) if one.edges else None
        ),
        "the last edge takes one more": lambda one: _changed(one, -1, 1),
        "all capacities are doubled": lambda one: replace(
            one, edges=tuple((tail, head, 2 * capacity) for tail, head, capacity in one.edges)
        ),
    },
    hardness="P-complete under logspace reductions",
    reference="Goldschlager, Shaw, Staples 1982, The maximum flow problem is log space complete "
    "for P",
    witnesses=Witnesses(
        meaning="a maximum flow of odd value: how much flows along each edge",
        verify=verify,
        every=every_flow,
        few=few,
        producers={
            "shortest paths": lambda one: _odd(one, by_shortest_paths(one)),
            "scaling": lambda one: _odd(one, by_scaling(one)),
        },
        to_data=lambda flow: [f"{amount:x}" for amount in flow],
        from_data=lambda data: tuple(
            _hexadecimal(amount, "an amount") for amount in items(data, "a flow")
        ),
        sample=sample,
    ),
)
