"""What an agent observes as a graph: nodes are inputs and gates, edges run from operand to gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from gymnasium import spaces

from reductions.do1.game import CHAIN, CIRCUIT, Game, State
from reductions.problems.gate_kinds import AND, BUFFER, OR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reductions.rl.boards import Layout

Graph: TypeAlias = spaces.GraphInstance

FEATURES = ("input", "and", "or", "buffer", "one", "chain", "chosen", "steps_left")
"""Of a node: what it is, whether it is an input of value 1, whether it belongs to the chain,
whether it was chosen, and the share of the steps that is left, the same for all nodes."""

_COLUMN = {AND: 1, OR: 2, BUFFER: 3}


def space() -> spaces.Graph:
    """Graphs of any size; an edge carries nothing, which gymnasium writes as one kind of edge."""
    nodes = spaces.Box(0, 1, (len(FEATURES),), np.float32)
    return spaces.Graph(nodes, spaces.Discrete(1))


def observe(game: Game, state: State) -> Graph:
    """The graph of a state, without the side that was removed.

    Nodes stand in this order: inputs and gates of the circuit, input and gates of the chain.
    """
    nodes = np.zeros((0, len(FEATURES)), np.float32)
    links = np.zeros((0, 2), np.int64)
    if state.side != CHAIN:
        nodes, links = _circuit(game)
    if state.side != CIRCUIT:
        chain, steps = _chain(game.chain)
        nodes, links = np.concatenate((nodes, chain)), np.concatenate((links, steps + len(nodes)))
    first = len(game.circuit.values) if state.side == CIRCUIT else 1
    nodes[[first + gate for gate in state.chosen], FEATURES.index("chosen")] = 1
    nodes[:, FEATURES.index("steps_left")] = 1 - state.step / game.horizon
    return spaces.GraphInstance(nodes, np.zeros(len(links), np.int64), links)


def node_actions(layout: Layout, game: Game, state: State) -> tuple[int, ...]:
    """The number of the action that takes each node; -1 for inputs.

    No array: gymnasium would stack those of several environments, which differ in length.
    """
    circuit = [-1] * len(game.circuit.values) + [*range(game.gates)]
    chain = [-1, *range(layout.gates, layout.gates + game.chain)]
    return (*(circuit if state.side != CHAIN else ()), *(chain if state.side != CIRCUIT else ()))


def _circuit(game: Game) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    n, table = len(game.circuit.values), game.circuit.gates
    nodes = np.zeros((n + game.gates, len(FEATURES)), np.float32)
    nodes[:n, FEATURES.index("input")] = 1
    nodes[:n, FEATURES.index("one")] = np.frombuffer(game.circuit.values, np.uint8)
    nodes[n + np.arange(game.gates), [_COLUMN[kind] for kind in table.kind.tolist()]] = 1
    gate, column = np.nonzero(table.operands >= 0)
    return nodes, np.stack((table.operands[gate, column], n + gate), axis=1)


def _chain(length: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    nodes = np.zeros((1 + length, len(FEATURES)), np.float32)
    nodes[0, [FEATURES.index("input"), FEATURES.index("one")]] = 1
    nodes[1::2, _COLUMN[OR]] = 1
    nodes[2::2, _COLUMN[AND]] = 1
    nodes[:, FEATURES.index("chain")] = 1
    wires = np.arange(length)
    return nodes, np.stack((wires, wires + 1), axis=1)
