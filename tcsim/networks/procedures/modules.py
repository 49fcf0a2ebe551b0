"""A network as a module of `tcsim.hierarchy`: composed and repeated without being written out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.hierarchy import Gates, Loop, leaf
from tcsim.networks.cost import walk
from tcsim.networks.costs.parts import Quantities
from tcsim.networks.procedures.delays import NEVER, delay
from tcsim.networks.procedures.recurrent import check_states

if TYPE_CHECKING:
    from tcsim.hierarchy import Module
    from tcsim.networks.costs.parts import Part
    from tcsim.networks.integer import IntegerNetwork


def network_module(network: IntegerNetwork) -> Module:
    """The port delays of a network, and its gates by their delay from each port.

    Ports are whole arrays, called as in the network; outputs are ``y0``, ``y1``, .... Composed
    (`tcsim.hierarchy.compose`, `Loop`), such modules give depth, size and width at any number of
    steps; they are those of the network written out wherever the wires of each array arrive
    together.

    Args:
        network: with a number for every axis.

    Example:
        >>> from tcsim.networks.constructed.automaton import automaton_step
        >>> step = network_module(automaton_step([[0, 1], [1, 0]]))
        >>> step.size, step.delay("y0", "unit")
        (4, 1)
    """
    names = [source.name for source in network.sources]
    outputs: list[dict[str | None, int]] = [{} for _ in network.outputs]
    every: list[list[Part]] = []
    for source, name in enumerate(names):
        arrivals = [0 if one == source else NEVER for one in range(len(names))]
        values, scopes = walk(network, Quantities(symbolic=False), arrivals)
        every.append([part for parts in scopes.values() for part in parts])
        for place, number in enumerate(network.outputs):
            found = delay(values[number].level)
            if found is not None:
                outputs[place][name] = found
    gates = [one for parts in zip(*every, strict=True) for one in _gates(names, parts)]
    return leaf(names, {f"y{place}": row for place, row in enumerate(outputs)}, gates)


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


def _gates(names: list[str], parts: tuple[Part, ...]) -> list[Gates]:
    """One kind of gates, split by the delays that they have from the ports."""
    levels: list[Any] = [np.asarray(part.level) for part in parts]
    total = int(parts[0].gates)
    rows = np.stack([one.ravel() for one in np.broadcast_arrays(*levels)], axis=1)
    made = []
    for row, count in Counter(map(tuple, rows.tolist())).items():
        reached: dict[str | None, int] = {
            name: level for name, level in zip(names, row, strict=True) if level > NEVER // 2
        }
        made.append(Gates(total * count // len(rows), reached or {None: 1}))
    return [one for one in made if one.count]
