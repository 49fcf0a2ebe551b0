"""CVP to planar CVP: wires on a grid, and three XORs of NANDs wherever two of them cross."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.overhead import at_most
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import CVP, GOLDSCHLAGER, AndOrNot
from reductions.problems.gate_kinds import AND, KINDS, NAND
from reductions.problems.planar_circuits import PLANAR, Planar
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import (
    Images,
    back_by_images,
    images_hold,
    one_gate,
    same_on_extension,
)
from reductions.rules.planar_layout import GATES, Layout
from reductions.rules.programs.metered_planar import planar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from tcsim.typing import Integers


def forward(source: AndOrNot) -> Mapped[Planar]:
    """Every gate as it is, behind the crossings of its operands' tracks."""
    layout = Layout(source)
    n, m = len(source.values), source.circuit.size
    size = m + GATES * len(layout.row)
    kind, operands = np.full(size, NAND), np.full((size, 3), -1, np.int64)
    places = layout.image[n:] - n
    kind[places] = source.gates.kind
    gate, column = np.nonzero(source.gates.operands >= 0)
    operands[places[gate], column] = layout.arriving()
    x, y = layout.entering()
    _xors(operands, n, layout.base, x, y)
    _xors(operands, n, layout.base + 4, layout.base + 3, y)
    _xors(operands, n, layout.base + 8, layout.base + 3, x)
    result = Planar.laid_out(source.values, kind, operands, int(layout.image[source.output]))
    origin = np.empty(n + size, np.int64)
    for part, wires in enumerate((layout.track_operand[layout.track], layout.row)):
        for first in ((0, 8), (4,))[part]:
            origin[layout.base[:, None] + first + np.arange(4)] = wires[:, None]
    origin[layout.image] = np.arange(n + m)
    return Mapped(result, Provenance("wire", "wire", origin), Images(layout.image))


def _xors(operands: Integers, n: int, base: Integers, x: Integers, y: Integers) -> None:
    """Write the operands of four NANDs from each base on; the last is the XOR of x and y."""
    pairs = ((x, y), (x, base), (y, base), (base + 1, base + 2))
    for place, pair in enumerate(pairs):
        operands[base - n + place, 0], operands[base - n + place, 1] = pair


def formulas(inputs: Size, gates: Size, edges: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`.

    A track crosses fewer rows than there are; a path meets each row and each track once.
    """
    crossings = edges * (inputs + gates)
    return {
        "inputs": inputs,
        "gates": at_most(gates + GATES * crossings),
        "edges": at_most(edges + 2 * GATES * crossings),
        "depth": at_most(gates + 6 * (edges + inputs + gates)),
    }


def holds(source: AndOrNot, mapped: Mapped[Any]) -> bool:
    """Whether images have the values of their wires, and so has what leaves a crossing."""
    before, after = wire_values(source), wire_values(mapped.instance)
    pairs = zip(*(part.tolist() for part in Layout(source).leaving()), strict=True)
    return images_hold(source, mapped) and all(after[a] == before[b] for a, b in pairs)


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate with the crossing before it, one crossing, and that the map is local."""
    yield from one_gate(AndOrNot, forward)
    for values in product((0, 1), repeat=3):
        source = AndOrNot.of_gates(bytes(values), *table_of([(AND, 0, 2)]), 3)
        yield f"a crossing of {values[0]} and {values[1]}", holds(source, forward(source))
    yield from same_on_extension(AndOrNot, forward)


def second(source: AndOrNot) -> Planar:
    """Wires in a row; neighbors change places until the operands of a gate stand side by side."""
    rows: list[tuple[int, ...]] = []
    n = len(source.values)
    line = [(wire, wire) for wire in range(n)]  # wires of the source and of the target

    def add(*row: int) -> int:
        rows.append(row)
        return n + len(rows) - 1

    def xor(x: int, y: int) -> int:
        both = add(NAND, x, y)
        return add(NAND, add(NAND, x, both), add(NAND, both, y))

    def swap(left: int) -> None:
        (a, x), (b, y) = line[left], line[left + 1]
        c = xor(x, y)
        line[left : left + 2] = [(b, xor(x, c)), (a, xor(c, y))]

    output = source.output
    for gate, (kind, wires) in enumerate(
        zip(source.gates.kind.tolist(), source.gates.operands.tolist(), strict=True)
    ):
        places = sorted(place for place, (wire, _) in enumerate(line) if wire in wires)
        for left in range(places[0], places[-1] - 1):
            swap(left)
        last = places[-1]
        read = [line[place][1] for place in range(last + 1 - KINDS[kind].fan_in, last + 1)]
        new = add(kind, *sorted(read))
        line.insert(last, (n + gate, new))
        if n + gate == source.output:
            output = new
    return Planar.of_gates(source.values, *table_of(rows), output)


RULE: Reduction[AndOrNot, str, Planar, str] = Reduction(
    name="cvp_planar_cvp",
    source=CVP,
    target=PLANAR,
    summary="Wires on a grid; where two cross, three XORs of four NANDs lead both values on.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="the crossings before a wire are counted again for each gate that is written",
    reference=GOLDSCHLAGER,
    back=back_by_images,
    invariant=Invariant(
        "every wire of the source has an image of the same value, and crossings keep both values",
        holds,
        steps,
    ),
    metered=planar(),
    second=second,
)
