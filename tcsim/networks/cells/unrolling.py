"""Cells over a sequence: unrolled, stacked and in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.arrangement import Concatenate, Gather, Stack
from tcsim.networks.operations.constant import Constant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.cells.cell import Cell, State
    from tcsim.networks.codes import Code
    from tcsim.networks.sketch import Edge, Sketch


def positions(sketch: Sketch, x: Edge) -> list[Edge]:
    """The positions of a sequence of shape (positions, features)."""
    shape = x.known.shape
    if len(shape) != 2:
        raise NetworkError(f"a sequence is (positions, features), not {shape}")
    return [sketch.add(Gather(np.array(t), 0), x) for t in range(shape[0])]


def constants(sketch: Sketch, beside: Edge, *values: tuple[object, Code]) -> State:
    """A first state of constants: the integers and the code of each of its arrays."""
    return tuple(sketch.add(Constant(integers, code), beside) for integers, code in values)


def states(
    sketch: Sketch,
    cells: Cell | Sequence[Cell],
    x: Edge | Sequence[Edge],
    first: Sequence[State | None] | None = None,
    *,
    reverse: bool = False,
) -> list[State]:
    """The states of the last of several layers after each position.

    Layer l reads at position t what layer l - 1 made there. Where a layer needs s levels a step, L
    layers over n positions stand in a wavefront of at most ``(n + L - 1) s`` levels, not ``n L s``.

    Args:
        sketch: where the operations go, in scopes ``"layer1/step1"``, ...
        cells: the layers' cells, or one.
        x: the sequence, shape (positions, features), or its positions.
        first: the first state of each layer; None for zeros.
        reverse: go from the last position to the first.

    Returns:
        One per position, in the order of the positions.

    Raises:
        NetworkError: no sequence, no cell, or as many first states as there are no layers.
    """
    layers = _layers(cells)
    sequence = list(x) if isinstance(x, list | tuple) else positions(sketch, x)  # type: ignore[arg-type]
    before: list[State | None] = [None] * len(layers) if first is None else list(first)
    if not layers or not sequence or len(before) != len(layers):
        raise NetworkError(
            f"{len(layers)} layers, {len(sequence)} positions and {len(before)} first states: "
            "there is at least one of each, and a first state per layer"
        )
    found: list[State] = []
    for t in reversed(range(len(sequence))) if reverse else range(len(sequence)):
        read = sequence[t]
        for number, cell in enumerate(layers):
            with sketch.scope(f"layer{number + 1}/step{t + 1}"):
                state = cell.step(sketch, read, before[number])
            before[number] = state
            read = state[0]
        found.append(state)
    return found[::-1] if reverse else found


def last(sketch: Sketch, cells: Cell | Sequence[Cell], x: Edge) -> Edge:
    """The hidden values after the last position, on wires: shape (hidden,)."""
    after = states(sketch, cells, x)
    with sketch.scope("read"):
        return _layers(cells)[-1].read(sketch, after[-1])


def stack(sketch: Sketch, cells: Cell | Sequence[Cell], x: Edge) -> Edge:
    """The hidden values after every position, on wires: shape (positions, hidden)."""
    after, top = states(sketch, cells, x), _layers(cells)[-1]
    with sketch.scope("read"):
        return sketch.add(Stack(0), *(top.read(sketch, state) for state in after))


def bidirectional(sketch: Sketch, forward: Cell, backward: Cell, x: Edge) -> Edge:
    """Both directions side by side, on wires: shape (positions, hidden + hidden)."""
    with sketch.scope("forward"):
        one = states(sketch, forward, x)
    with sketch.scope("backward"):
        other = states(sketch, backward, x, reverse=True)
    with sketch.scope("read"):
        rows = [
            sketch.add(Concatenate(0), forward.read(sketch, p), backward.read(sketch, q))
            for p, q in zip(one, other, strict=True)
        ]
        return sketch.add(Stack(0), *rows)


def _layers(cells: Cell | Sequence[Cell]) -> list[Cell]:
    return list(cells) if isinstance(cells, list | tuple) else [cells]  # type: ignore[list-item]
