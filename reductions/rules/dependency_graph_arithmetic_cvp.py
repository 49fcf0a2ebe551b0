"""Word problems over a finite ring to arithmetic CVP: sums and products two at a time.

Of a product the quantities that are no numbers come first: so a linear graph stays linear, and no
further multiplication of two gates is made.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.arithmetic_problem import ARITHMETIC
from reductions.problems.dependency_graph import (
    DIFFERENCE,
    NUMBER,
    OPERATIONS,
    PRODUCT,
    SUM,
    DependencyGraph,
    Quantity,
)
from reductions.problems.dependency_graph import values as quantity_values
from reductions.problems.dependency_problem import DEPENDENCY_GRAPH
from reductions.problems.ring_circuits import ADD, MUL, SUB, RingCircuit, of_rows, wire_values
from reductions.problems.ring_circuits import sizes as ring_sizes
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import Images
from reductions.rules.programs.metered_computations import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.claims import Claims

GATE = {SUM: ADD, DIFFERENCE: SUB, PRODUCT: MUL}


def forward(source: DependencyGraph) -> Mapped[RingCircuit]:
    """Numbers are inputs; a sum or product of r quantities is r - 1 gates, the last its image."""
    numbers = [place for place, one in enumerate(source.quantities) if one.operation == NUMBER]
    image = {place: wire for wire, place in enumerate(numbers)}
    rows: list[tuple[int, ...]] = []
    origin = list(numbers)
    for place, one in enumerate(source.quantities):
        if one.operation == NUMBER:
            continue
        read = [image[other] for other in one.of]
        if one.operation == PRODUCT:
            read.sort(key=lambda wire: wire < len(numbers))  # stable: no numbers first
        last, *rest = read
        for wire in rest:
            rows.append((GATE[one.operation], last, wire))
            last = len(numbers) + len(rows) - 1
        image[place] = last
        origin += [place] * len(rest)
    given = [source.quantities[place].of[0] for place in numbers]
    target = of_rows(source.modulus, given, rows, image[source.asked], source.goal)
    images = np.array([image[place] for place in range(len(source.quantities))])
    return Mapped(target, Provenance("wire", "node", np.array(origin)), Images(images))


def back(_: DependencyGraph, mapped: Mapped[RingCircuit], claims: Claims) -> Claims:
    """A quantity is claimed to be what its image is."""
    known = (*mapped.instance.values, *claims)
    return tuple(known[wire] for wire in mapped.images.same.tolist())


def formulas(
    numbers: Size,
    sums: Size,
    differences: Size,
    products: Size,
    summands: Size,
    factors: Size,
    nonlinear: Size,
    **_: Size,
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": numbers,
        "gates": summands - sums + differences + factors - products,
        "sums": summands - sums,
        "differences": differences,
        "products": factors - products,
        "nonlinear": nonlinear,
        "depth": at_most(summands + differences + factors),
    }


def holds(source: DependencyGraph, mapped: Mapped[RingCircuit]) -> bool:
    """Whether the images have the values of the quantities, and a linear graph stays linear."""
    found = wire_values(mapped.instance)
    linear = ring_sizes(mapped.instance)["nonlinear"] == 0
    return linear == source.is_linear and quantity_values(source) == [
        found[wire] for wire in mapped.images.same
    ]


def steps() -> Iterator[tuple[str, bool]]:
    """Each operation on two or three of all numbers modulo 2 and 3, and on sums of them."""
    for modulus, operation, count in product((2, 3), OPERATIONS[1:], (2, 3)):
        if operation == DIFFERENCE and count > 2:
            continue
        for given in product(range(modulus), repeat=count):
            found = [Quantity(NUMBER, (value,)) for value in given]
            found += [Quantity(SUM, (place, place)) for place in range(count)]
            for chosen in product((0, count), repeat=count):
                of = tuple(place + more for place, more in enumerate(chosen))
                graph = (*found, Quantity(operation, of))
                source = DependencyGraph(modulus, graph, len(found), 0)
                yield f"{operation}{given} of {of} modulo {modulus}", holds(source, forward(source))


def second(source: DependencyGraph) -> RingCircuit:
    """Sums and products by halves, the numbers among the wires of their uses."""
    rows: list[tuple[int, ...]] = []
    numbers = [one.of[0] for one in source.quantities if one.operation == NUMBER]
    given = [*numbers, 0]
    image: list[int] = []

    def joined(gate: int, wires: list[int]) -> int:
        if len(wires) == 1:
            return wires[0]
        middle = len(wires) // 2
        row = (gate, joined(gate, wires[:middle]), joined(gate, wires[middle:]))
        rows.append(row)
        return len(given) + len(rows) - 1

    place = 0
    for one in source.quantities:
        if one.operation == NUMBER:
            rows.append((ADD, place, len(numbers)))  # a gate of its own: the number plus 0
            image.append(len(given) + len(rows) - 1)
            place += 1
        else:
            image.append(joined(GATE[one.operation], [image[other] for other in one.of]))
    return of_rows(source.modulus, given, rows, image[source.asked], source.goal)


RULE: Reduction[DependencyGraph, Claims, RingCircuit, Claims] = Reduction(
    name="dependency_graph_arithmetic_cvp",
    source=DEPENDENCY_GRAPH,
    target=ARITHMETIC,
    summary="Numbers are inputs, sums and products are made two at a time; linear graphs give "
    "linear circuits.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="wires are numbered by counting the numbers and the operands before them",
    reference="Ye, Xu, Li, Allen-Zhu 2024, Physics of Language Models 2.1 (iGSM)",
    back=back,
    invariant=Invariant(
        "images have the values of their quantities, and the circuit is linear iff the graph is",
        holds,
        steps,
    ),
    metered=quantities(),
    second=second,
)
