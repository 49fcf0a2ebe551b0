"""draw(circuit): a picture of every gate where they are few, else of blocks of gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.draw.block_view import level_graph, scope_graph
from tcsim.draw.blocks import level_blocks, nesting_for, scope_blocks
from tcsim.draw.drawing import Drawing
from tcsim.draw.gates import gate_graph
from tcsim.draw.order import MOST_PARTS
from tcsim.draw.place import place
from tcsim.draw.svg import svg
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from typing import Literal

    from tcsim.circuit import Circuit
    from tcsim.draw.graph import Graph

MOST_EDGES = 1_000_000
"""More operands than this are not drawn one by one, however few the gates."""

MOST_LINES = 200
"""Of the text behind a picture."""


def draw(
    circuit: Circuit,
    *,
    collapse: Literal["scopes", "levels"] | bool | None = None,
    nesting: int | None = None,
    max_gates: int = 60,
    critical: bool = True,
) -> Drawing:
    """Draw a circuit: levels from left to right, a critical path marked.

    Every gate is a box with its kind (``AND``, ``OR``, ``NOT``, ``BUF``, ``MAJ``, ``≥2 of 4``, or
    ``Σ ≥ 7`` for other forms, whose weights stand on the wires) and its name. A bubble marks an
    inverted operand. Forms that use forms are drawn expanded. More than 40 inputs or outputs are
    drawn as bundles. A collapsed picture shows one block per scope, or per range of levels.

    Args:
        circuit: any circuit.
        collapse: False draws every gate; ``"scopes"`` and ``"levels"`` draw blocks, True the
            former if there are any. By default, blocks are drawn of more than `max_gates` gates.
        nesting: how deep scopes are opened: 1 draws the outermost. By default, as deep as it takes
            to get two blocks.
        max_gates: above so many, gates are collapsed.
        critical: mark a critical path, by color and by width.

    Returns:
        The picture: shown by notebooks, ``.save("circuit.svg")``, ``str()`` for the SVG. Equal
        circuits give equal pictures.

    Raises:
        LimitError: too much would have to be drawn; the message says what to do.
        ArgumentError: an argument has no meaning.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 3)
        >>> b.output("vote", tc.sum(x) >= 2)
        >>> draw(b.build())
        3 inputs, 1 output; size 1, depth 1, width 1 (threshold basis)
        inputs
            input 0: x[0]
            input 1: x[1]
            input 2: x[2]
        level 1
          * gate 0: MAJ, x[0] + x[1] + x[2] ≥ 2
        outputs
          * output 0: vote = g0
        * a critical path
    """
    _check_integer(max_gates, "max_gates", 0)
    if nesting is not None:
        _check_integer(nesting, "nesting", 1)
    if collapse not in (None, False, True, "scopes", "levels"):
        raise ArgumentError(f"collapse must be 'scopes', 'levels' or a bool, not {collapse!r}")
    if collapse is None:
        collapse = circuit.size > max_gates or circuit.edges > MOST_EDGES
    if collapse:
        wanted = collapse if isinstance(collapse, str) else None
        graph = _blocks(circuit, wanted, nesting, critical=critical)
    else:
        graph = _gates(circuit, critical=critical)
    return Drawing(svg(place(graph)), _text(graph))


def _gates(circuit: Circuit, *, critical: bool) -> Graph:
    if circuit.size > MOST_PARTS or circuit.edges > MOST_EDGES:
        raise LimitError(
            f"a picture of {circuit.size:,} gates and {circuit.edges:,} edges cannot be read: "
            "draw it with collapse='levels' or collapse='scopes'"
        )
    return gate_graph(circuit, critical=critical)


def _blocks(circuit: Circuit, wanted: str | None, nesting: int | None, *, critical: bool) -> Graph:
    """Scopes where they are wanted, or where nothing is said and there are a few; else levels."""
    if wanted == "levels":
        return level_graph(circuit, level_blocks(circuit))
    if nesting is None:
        nesting = nesting_for(circuit)
    if wanted or nesting:
        try:
            return scope_graph(circuit, scope_blocks(circuit, nesting or 1), critical=critical)
        except LimitError:
            if wanted:
                raise
    return level_graph(circuit, level_blocks(circuit))


def _check_integer(value: object, name: str, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ArgumentError(f"{name} must be an integer of at least {least}, not {value!r}")


def _text(graph: Graph) -> str:
    """The picture in lines: its heading, then the nodes of each layer."""
    lines = [graph.heading]
    for layer, name in enumerate(graph.layer_names):
        mine = [node for node in graph.nodes if node.layer == layer]
        if mine and name:
            lines.append(name)
        lines += [f"  {'*' if node.critical else ' '} {node.title}" for node in mine]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"… ({len(lines) - MOST_LINES:,} more lines)"]
    if any(node.critical for node in graph.nodes):
        lines.append("* a critical path")
    return "\n".join(lines)
