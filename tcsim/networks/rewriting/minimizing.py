"""Minimize: choose the code of every array of values, for the least depth or the least size."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.measuring.cost import network_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.networks.codes import Kind
    from tcsim.typing import Progress

Objective: TypeAlias = Literal["depth", "size", "edges"]
"""What is to be least."""

Choice: TypeAlias = dict[str, "Kind"]
"""The code of each group of values."""

KINDS: tuple[Kind, ...] = ("thermometer", "binary")
"""What a group may be in."""


def minimize(
    network: IntegerNetwork,
    objective: Objective = "size",
    *,
    max_depth: int | None = None,
    inputs: bool = True,
    progress: Progress | None = None,
) -> IntegerNetwork:
    """The same function with codes chosen by cost.

    A thermometer costs a level and a gate a step, binary digits a level more and fewer wires for
    every reader: sizes differ by factors of 100 at a level more or less. Values that belong
    together, as the same place of each block, get the same code. One group after the other is
    changed where that helps, until nothing does: a local minimum, judged by exact costs.

    Args:
        network: with a number for every axis.
        objective: ``"depth"``: the least depth, then the fewest gates, then edges; ``"size"``: the
            fewest gates within `max_depth`, then the least depth; ``"edges"``: the fewest edges
            within `max_depth`.
        max_depth: a depth not to go beyond; None sets none.
        inputs: whether the code of inputs may change too.
        progress: called as ``progress(done, total)`` in groups of a round.

    Raises:
        ArgumentError: an unknown objective.
        NetworkError: no choice that was found stays within `max_depth`; the least depth is named.
    """
    if not isinstance(network, IntegerNetwork):
        raise ArgumentError(f"minimize takes an IntegerNetwork, not {type(network).__name__}")
    if objective not in get_args(Objective):
        raise ArgumentError(f"objective is 'depth', 'size' or 'edges', not {objective!r}")
    best: Choice = {}
    least = _measure(network)
    if objective != "depth" and max_depth is not None and least[0] > max_depth:
        # From the least depth on, there is room to give levels away.
        found = minimize(network, "depth", inputs=inputs, progress=progress)
        if _measure(found)[0] > max_depth:
            raise NetworkError(
                f"no choice of codes was found within depth {max_depth}: "
                f"the least is {_measure(found)[0]}"
            )
        network, least = found, _measure(found)
    held: dict[str, set[str]] = {}
    for group, code, _ in _coded(network, inputs=inputs):
        held.setdefault(group, set()).add(code.kind)
    improved = True
    while improved:
        improved = False
        for done, group in enumerate(held, 1):
            for kind in KINDS:
                if held[group] == {kind}:
                    continue
                choice: Choice = {**best, group: kind}
                made = _recoded(network, choice, inputs=inputs)
                if made is None:
                    continue
                measured = _measure(made)
                if max_depth is not None and measured[0] > max(max_depth, least[0]):
                    continue
                if _key(measured, objective) < _key(least, objective):
                    best, least, improved = choice, measured, True
                    held[group] = {kind}
            if progress is not None:
                progress(done, len(held))
    if max_depth is not None and least[0] > max_depth:
        raise NetworkError(
            f"no choice of codes was found within depth {max_depth}: the least is {least[0]}"
        )
    result = _recoded(network, best, inputs=inputs)
    assert result is not None  # noqa: S101 - it was measured
    return result


def _measure(network: IntegerNetwork) -> tuple[int, int, int]:
    total = network_cost(network, symbolic=False).total
    return total.depth, int(total.size), int(total.edges)


def _key(measured: tuple[int, int, int], objective: Objective) -> tuple[int, int, int]:
    depth, size, edges = measured
    orders = {
        "depth": (depth, size, edges),
        "size": (size, depth, edges),
        "edges": (edges, depth, size),
    }
    return orders[objective]


def _coded(network: IntegerNetwork, *, inputs: bool) -> Iterator[tuple[str, Code, int]]:
    """Group, code and number of each array whose code may change: outputs stay as they are."""
    if inputs:
        for number, source in enumerate(network.sources):
            if source.code.kind != "one_hot":
                yield f"input {source.name}", source.code, number
    outputs = set(network.outputs)
    places: Counter[str] = Counter()
    for number, node in enumerate(network.nodes, len(network.sources)):
        code = getattr(node.operation, "code", None)
        if not isinstance(code, Code):
            continue
        place = places[node.scope]
        places[node.scope] += 1
        if number not in outputs and code.kind != "one_hot":
            yield re.sub(r"\d+", "*", node.scope) + f" {place}", code, number


def _recoded(network: IntegerNetwork, choice: Choice, *, inputs: bool) -> IntegerNetwork | None:
    """The network in other codes; None where an operation cannot read them."""
    kinds = {number: choice.get(group) for group, _, number in _coded(network, inputs=inputs)}
    first = len(network.sources)
    sources = []
    for number, source in enumerate(network.sources):
        kind = kinds.get(number)
        sources.append(
            source if kind is None else replace(source, code=replace(source.code, kind=kind))
        )
    nodes = []
    for number, node in enumerate(network.nodes, first):
        kind = kinds.get(number)
        if kind is not None:
            operation = node.operation
            code = replace(operation.code, kind=kind)  # type: ignore[attr-defined]
            node = replace(node, operation=operation.with_code(code))  # type: ignore[attr-defined]  # noqa: PLW2901
        nodes.append(node)
    try:
        return IntegerNetwork(
            sources,
            nodes,
            network.outputs,
            labels=network.labels,
            output_scale=network.output_scale,
        )
    except NetworkError:
        return None
