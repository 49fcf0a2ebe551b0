"""A state of the DO1 game for people, as text and as SVG: gates by depth, those of value 1 marked.

The agent does not see the values of gates.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reductions.do1.game import CHAIN, CIRCUIT, Game, Side, State, optimal_value
from reductions.problems.gate_kinds import AND, BUFFER, OR
from tcsim.draw.elements import element
from tcsim.draw.elements import text as words
from tcsim.draw.elements import title as tooltip
from tcsim.draw.shapes import INK, PAPER, WIRE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMN, ROW, RADIUS, MARGIN = 56.0, 34.0, 12.0, 24.0
"""Distances of gates, their radius, and the margin, in px."""

HOT, PICKED = "#f6b26b", "#1155cc"
"""Fill of gates of value 1, and outline of those that were chosen."""

_NAMES = {AND: "and", OR: "or", BUFFER: "buffer"}
_LABELS = {AND: "AND", OR: "OR", BUFFER: "="}


def heading(game: Game, state: State, *, forfeited: bool = False) -> str:
    """The state in a line."""
    if forfeited:
        return f"step {state.step} of {game.horizon}: forfeited by an action that was not legal"
    side = f"{state.side} chosen" if state.side else "nothing chosen"
    best = optimal_value(game, state)
    return f"step {state.step} of {game.horizon}: {side}, worth {game.worth(state)}, best {best}"


def text(game: Game, state: State, *, forfeited: bool = False) -> str:
    """A line for each depth; ``*`` marks gates that were chosen, ``=1`` values.

    Example:
        >>> import numpy as np
        >>> from reductions.do1.game import START, Pick
        >>> from reductions.problems.alternating_circuits import Alternating
        >>> kinds, wires = np.array([AND, OR]), np.array([[0, 1], [1, 2]])
        >>> game = Game(Alternating.of_gates(bytes((1, 0)), kinds, wires, 3), chain=1)
        >>> print(text(game, game.after(START, Pick("circuit", 1))))
        step 1 of 2: circuit chosen, worth 0, best 0
        inputs   x0=1  x1=0
        depth 1  g0=0 and(x0,x1)
        depth 2  *g1=0 or(x1,g0)
        chain    removed
    """
    lines = [heading(game, state, forfeited=forfeited)]
    if state.side == CHAIN:
        lines.append("circuit  removed")
    else:
        values = enumerate(game.circuit.values)
        lines.append("inputs   " + "  ".join(f"x{i}={value}" for i, value in values))
        for depth, gates in sorted(_by_depth(game).items()):
            lines.append(f"depth {depth}  " + "  ".join(_gate(game, state, g) for g in gates))
    chain = "  ".join(f"{_star(state, CHAIN, g)}c{g + 1}=1" for g in range(game.chain))
    lines.append(f"chain    {'removed' if state.side == CIRCUIT else chain}")
    return "\n".join(lines)


def svg(game: Game, state: State, *, forfeited: bool = False) -> str:
    """A picture: depth runs to the right, a removed side is faint."""
    at = _places(game)
    rows = 1 + max((row for _, row in at), default=0)
    deepest = max((column for column, _ in at), default=0)
    width = MARGIN * 2 + COLUMN * max(deepest, game.chain, 7)
    height = MARGIN * 2 + ROW * (rows + 2)
    sides = {CIRCUIT: [*_circuit(game, state, at)], CHAIN: [*_chain(game, state, rows + 1)]}
    groups = [
        element("g", *parts, opacity=0.2 if state.side not in {None, side} else 1)
        for side, parts in sides.items()
    ]
    line = heading(game, state, forfeited=forfeited)
    return element(
        "svg",
        element("rect", width="100%", height="100%", fill=PAPER),
        words(line, MARGIN - RADIUS, MARGIN - 6, font_weight="bold"),
        *groups,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=width,
        height=height,
        font_family="sans-serif",
        font_size=11,
        fill=INK,
    )


def _by_depth(game: Game) -> dict[int, list[int]]:
    found = defaultdict(list)
    for gate, depth in enumerate(game.depths):
        found[depth].append(gate)
    return found


def _gate(game: Game, state: State, gate: int) -> str:
    return f"{_star(state, CIRCUIT, gate)}g{gate}={game.values[gate]} {_reads(game, gate)}"


def _star(state: State, side: Side, gate: int) -> str:
    return "*" if state.side == side and gate in state.chosen else ""


def _operands(game: Game, gate: int) -> list[int]:
    return [wire for wire in game.circuit.gates.operands[gate].tolist() if wire >= 0]


def _reads(game: Game, gate: int) -> str:
    n = len(game.circuit.values)
    wires = ",".join(f"x{w}" if w < n else f"g{w - n}" for w in _operands(game, gate))
    return f"{_NAMES[int(game.circuit.gates.kind[gate])]}({wires})"


def _places(game: Game) -> Sequence[tuple[int, int]]:
    """Column and row of each wire of the circuit: its depth, and its place among the equal."""
    found = [(0, row) for row in range(len(game.circuit.values))]
    filled: dict[int, int] = defaultdict(int)
    for depth in game.depths:
        found.append((depth, filled[depth]))
        filled[depth] += 1
    return found


def _point(place: tuple[int, int]) -> tuple[float, float]:
    # Odd columns stand half a row lower, so that fewer wires run through gates.
    column, row = place
    return MARGIN + COLUMN * column, MARGIN + ROW * (row + 0.7 + column % 2 / 2)


def _wire(source: tuple[int, int], target: tuple[int, int], *, hot: bool) -> str:
    (x1, y1), (x2, y2) = _point(source), _point(target)
    color, size = (HOT, 2) if hot else (WIRE, 1)
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, stroke_width=size)


def _node(place: tuple[int, int], label: str, name: str, *, hot: bool, chosen: bool = False) -> str:
    x, y = _point(place)
    box = {"fill": HOT if hot else PAPER, "stroke": PICKED if chosen else INK}
    box["stroke_width"] = "4" if chosen else "1"
    if place[0]:
        shape = element("circle", cx=x, cy=y, r=RADIUS, **box)
    else:
        side = 2 * RADIUS - 4
        shape = element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, **box)
    label = words(label, x, y + 3.5, text_anchor="middle", font_size=9)
    return element("g", tooltip(name), shape, label)


def _circuit(game: Game, state: State, at: Sequence[tuple[int, int]]) -> Iterator[str]:
    n = len(game.circuit.values)
    values = [*game.circuit.values, *game.values]
    for gate in range(game.gates):
        for wire in _operands(game, gate):
            yield _wire(at[wire], at[n + gate], hot=values[wire] == 1)
    for wire, value in enumerate(values[:n]):
        yield _node(at[wire], str(value), f"input x{wire}={value}", hot=value == 1)
    for gate, value in enumerate(values[n:]):
        label = _LABELS[int(game.circuit.gates.kind[gate])]
        name = f"g{gate}={value} {_reads(game, gate)}, depth {game.depths[gate]}"
        chosen = _star(state, CIRCUIT, gate) != ""
        yield _node(at[n + gate], label, name, hot=value == 1, chosen=chosen)


def _chain(game: Game, state: State, row: int) -> Iterator[str]:
    for gate in range(game.chain):
        yield _wire((gate, row), (gate + 1, row), hot=True)
    yield _node((0, row), "1", "input of the chain", hot=True)
    for gate in range(game.chain):
        chosen = _star(state, CHAIN, gate) != ""
        label = "AND" if gate % 2 else "OR"
        yield _node((gate + 1, row), label, f"c{gate + 1}", hot=True, chosen=chosen)
