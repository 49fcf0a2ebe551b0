"""A network as a module of `tcsim.hierarchy`: composed and repeated without being written out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.hierarchy import Delays, Loop, Module
from tcsim.hierarchy.leaves import LeafBody
from tcsim.networks.costs.parts import Quantities
from tcsim.networks.measuring.cost import walk
from tcsim.networks.procedures.delays import delay, late
from tcsim.networks.procedures.recurrent import check_states

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.hierarchy.checking import Count
    from tcsim.networks.costs.parts import Part
    from tcsim.networks.integer import IntegerNetwork


def network_module(network: IntegerNetwork) -> Module:
    """The port delays of a network, and its gates by their delay from each port.

    Ports are whole arrays, called as in the network; outputs are ``y0``, ``y1``, .... Composed
    (`tcsim.hierarchy.compose`, `Loop`), such modules give depth, size and width at any number of
    steps; they are those of the network written out wherever the wires of each array arrive
    together. An output whose wires do not is as late as its latest wire (`Module.ragged`).

    Args:
        network: with a number for every axis.

    Raises:
        NetworkError: the keys of an attention arrive at different levels, so that its formulas do
            not say which gates wait for which array.

    Example:
        >>> from tcsim.networks.constructed.automaton import automaton_step
        >>> step = network_module(automaton_step([[0, 1], [1, 0]]))
        >>> step.size, step.delay("y0", "unit")
        (4, 1)
    """
    names = [source.name for source in network.sources]
    arrivals = [[0] * len(names), *(late(network, source) for source in range(len(names)))]
    outputs: list[list[Any]] = []
    every: list[list[Part]] = []
    for levels in arrivals:
        values, scopes = walk(network, Quantities(symbolic=False), levels)
        every.append([part for parts in scopes.values() for part in parts])
        outputs.append([values[number].level for number in network.outputs])
    classes: list[tuple[list[int | None], Count]] = []
    kept = [[part.gates for part in parts] for parts in every]
    if any(one != kept[0] for one in kept):
        raise NetworkError(
            "which gates of an attention wait for which array cannot be told apart by its "
            "formulas: from_circuit(compile(network, share=False, fold=False)) measures it"
        )
    for parts in zip(*every, strict=True):
        total, kinds = int(parts[0].gates), _kinds([part.level for part in parts])
        places = sum(kinds.values())
        classes += [(_delays(row), total * count // places) for row, count in kinds.items()]
    rows, ragged = [], set()
    for place, reached in enumerate(zip(*outputs, strict=True)):
        if len(_kinds(reached)) > 1:
            ragged.add(f"y{place}")
        rows.append(_delays([int(np.max(level)) for level in reached]))
    return Module(
        tuple(names),
        tuple(f"y{place}" for place in range(len(rows))),
        Delays(rows, len(names) + 1),
        LeafBody(len(names) + 1, classes),
        ragged=frozenset(ragged),
    )


def step_loop(step: IntegerNetwork, states: int = 1) -> Loop:
    """A recurrent step as a loop: ``.depth()`` and ``.size(T)`` are formulas in its rounds.

    Every round reads its sequences at level 0, as `recurrent` has it.

    Args:
        step: its first `states` inputs and outputs are the state.
        states: how many arrays the state is.

    Example:
        >>> from tcsim.networks.constructed.automaton import automaton_step
        >>> loop = step_loop(automaton_step([[0, 1], [1, 0]]))
        >>> loop.slope, loop.depth().formula(), loop.size(1000)
        (Fraction(1, 1), T, 4000)
    """
    check_states(step, states)
    feeds = {f"y{number}": step.sources[number].name for number in range(states)}
    return Loop(network_module(step), feeds)


def _kinds(levels: Sequence[Any]) -> Counter[tuple[int, ...]]:
    """How many places have which levels."""
    every = np.broadcast_arrays(*map(np.asarray, levels))
    rows = np.stack([one.ravel() for one in every], axis=1).tolist()
    return Counter(map(tuple, rows))


def _delays(levels: Sequence[int]) -> list[int | None]:
    """Delays by port, from the level where all arrive together and where each one arrives late.

    The last is that of constants, where their path is longer than all from ports.
    """
    together, *each = levels
    found = list(map(delay, each))
    longest = max((path for path in found if path is not None), default=-1)
    return [*found, together if together > longest else None]
