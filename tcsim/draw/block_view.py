"""The picture of a large circuit: blocks of gates, and how many wires run between them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import FALSE
from tcsim.draw import text
from tcsim.draw.blocks import level_range
from tcsim.draw.bundles import bundles, constant_node, end_node
from tcsim.draw.gates import heading, terms_of
from tcsim.draw.graph import Graph, Net, Node, Pin
from tcsim.measure import live_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.circuit import Circuit
    from tcsim.draw.blocks import Block, Blocks
    from tcsim.typing import Integers

MOST_ENDS = 4
"""More inputs, or more outputs, than this are drawn as bundles."""

BINS = 40
"""Most steps of a level profile."""

BLOCK_NAME = 20
"""Columns of a block's name."""


def scope_graph(circuit: Circuit, parts: Blocks, *, critical: bool = True) -> Graph:
    """Scopes as blocks, and arrows that say how many distinct wires one block reads of another.

    Args:
        circuit: any circuit.
        parts: its blocks.
        critical: mark the share of a critical path that each block holds.
    """
    n, names = circuit.n_inputs, circuit.output_names
    inputs, outputs = bundles(circuit.input_names, MOST_ENDS), bundles(names, MOST_ENDS)
    constants = np.unique(circuit.output_wire[circuit.output_wire < 0])
    # Nodes in this order: inputs, blocks, constants, outputs. The constants are wires -2 and -1.
    first, last = len(inputs), len(inputs) + len(parts.blocks)
    end = last + len(constants)
    node_of = np.concatenate((_numbers(inputs, n), first + parts.of_gate, [0, 0]))
    node_of[constants] = last + np.arange(len(constants))
    node_of_output = end + _numbers(outputs, len(names))
    designated = np.unique(np.stack((circuit.output_wire, node_of_output), axis=1), axis=0)
    arrows = _arrows(node_of, np.concatenate((parts.reads + np.array([0, first]), designated)))
    path = _path(circuit, node_of, node_of_output) if critical else []
    held = [path[1:-1].count(block) for block in range(first, last)]

    layers = _layers(arrows, first, last)
    top = max(layers, default=0) + 1
    nodes = [end_node("input", circuit.input_names, members, 0) for members in inputs]
    nodes += _block_nodes(parts.blocks, layers[first:], held, sum(held))
    nodes += [constant_node(value, top - 1) for value in (constants - FALSE).tolist()]
    nodes += [end_node("output", names, members, top) for members in outputs]
    if path:
        nodes[path[-1]].critical = True
    marked = set(pairwise(path))
    nets = [_arrow(*pair, arrows[pair], critical=pair in marked) for pair in sorted(arrows)]
    columns = ["inputs", *[""] * (top - 1), "outputs"]
    graph = Graph(nodes, nets, columns, heading(circuit), "distinct wires")
    graph.fit()
    return graph


def _arrows(node_of: Integers, reads: Integers) -> dict[tuple[int, int], int]:
    """How many distinct wires run from one node to another, given (wire, reading node) pairs."""
    size = int(max(node_of.max(initial=0), reads[:, 1].max(initial=0))) + 1
    count = np.bincount(node_of[reads[:, 0]] * size + reads[:, 1])
    pairs = (divmod(pair, size) for pair in np.flatnonzero(count).tolist())
    return {(a, b): int(count[a * size + b]) for a, b in pairs if a != b}


def _path(circuit: Circuit, node_of: Integers, node_of_output: Integers) -> list[int]:
    """The nodes of a critical path: what its first gate reads, every gate's block, the output."""
    wires = [circuit.n_inputs + step.gate for step in circuit.critical_path()]
    if not wires:
        return []
    terms = terms_of(circuit, wires[0] - circuit.n_inputs)
    start = int(node_of[terms[0][0] if terms else wires[0]])
    output = circuit.output_wire.tolist().index(wires[-1])
    return [start, *node_of[wires].tolist(), int(node_of_output[output])]


def level_graph(circuit: Circuit, blocks: Sequence[Block]) -> Graph:
    """Ranges of levels as a chain of blocks; on the arrows, the values that are still needed.

    Args:
        circuit: any circuit.
        blocks: its blocks.
    """
    live = live_values(circuit)
    top = len(blocks) + 1
    nodes = _block_nodes(blocks, range(1, top), [0] * len(blocks), None)
    ends = [0, *(block.last_level for block in blocks)]
    needed = [int(live[level]) for level in ends]
    if circuit.n_inputs:
        everything = list(range(circuit.n_inputs))
        nodes.insert(0, end_node("input", circuit.input_names, everything, 0))
    else:
        needed = needed[1:]
    if circuit.n_outputs:
        everything = list(range(circuit.n_outputs))
        nodes.append(end_node("output", circuit.output_names, everything, top))
    arrows = zip(pairwise(range(len(nodes))), needed, strict=False)
    nets = [_arrow(source, target, count) for (source, target), count in arrows if count]
    columns = ["inputs", *[""] * len(blocks), "outputs"]
    graph = Graph(nodes, nets, columns, heading(circuit), "values still needed")
    graph.fit()
    return graph


def _block_nodes(
    blocks: Sequence[Block], layers: Sequence[int], on_path: Sequence[int], length: int | None
) -> list[Node]:
    """The nodes of blocks, given how many of the critical path's gates each of them holds."""
    highest = max((max(block.profile) for block in blocks), default=1)
    nodes = []
    for number, (block, layer, mine) in enumerate(zip(blocks, layers, on_path, strict=True)):
        name, width = block.name or "outside scopes", f"width {max(block.profile):,}"
        facts = [text.count(block.size, "gate"), width]
        if length is not None:
            facts = [level_range(block.first_level, block.last_level), f"depth {block.depth:,}"]
            facts.append(text.count(block.size, "gate"))
        if mine:
            facts.append(f"path {mine:,} of {length:,}")
        node = Node(
            "block",
            number,
            layer,
            (text.shorten(name, BLOCK_NAME), *facts),
            f"{text.full(name)}: {', '.join(facts)}",
            critical=mine > 0,
            share=mine / length if length else 0.0,
            profile=_binned(block.profile, highest),
        )
        nodes.append(node)
    return nodes


def _binned(profile: Sequence[int], highest: int) -> tuple[float, ...]:
    """The most gates in each of at most `BINS` ranges of levels, as shares of the highest."""
    bins = min(BINS, len(profile))
    cuts = [i * len(profile) // bins for i in range(bins + 1)]
    return tuple(max(profile[a:b]) / highest for a, b in pairwise(cuts))


def _layers(arrows: Mapping[tuple[int, int], int], first: int, last: int) -> list[int]:
    """Layers of the inputs (all 0) and the blocks: right of all earlier nodes that they touch."""
    layers = [0] * first + [1] * (last - first)
    for low, high in sorted((min(ends), max(ends)) for ends in arrows):
        if high < last:
            layers[high] = max(layers[high], layers[low] + 1)
    return layers


def _numbers(bundles: Sequence[list[int]], count: int) -> Integers:
    """The bundle of each input or output."""
    number = np.zeros(count, np.int64)
    for i, members in enumerate(bundles):
        number[members] = i
    return number


def _arrow(source: int, target: int, count: int, *, critical: bool = False) -> Net:
    pin = Pin(max(source, target), f"{count:,}", critical=critical)
    return Net(min(source, target), [pin], "forward" if source < target else "backward")
