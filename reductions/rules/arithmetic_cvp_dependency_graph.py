"""Arithmetic CVP to word problems over a finite ring: a gate is a quantity that is of two others.

So word problems are P-complete, unless they are linear. Values over the integers are 0 or 1, and
modulo 2 they stay what they are.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.arithmetic_problem import ARITHMETIC
from reductions.problems.dependency_graph import (
    DIFFERENCE,
    NUMBER,
    PRODUCT,
    SUM,
    DependencyGraph,
    Quantity,
    values,
)
from reductions.problems.dependency_problem import DEPENDENCY_GRAPH
from reductions.problems.ring_circuits import ADD, MUL, SUB, RingCircuit, of_rows, wire_values
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import Images
from reductions.rules.programs.metered_computations import stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.claims import Claims

OPERATION = {ADD: SUM, SUB: DIFFERENCE, MUL: PRODUCT}


def forward(source: RingCircuit) -> Mapped[DependencyGraph]:
    """Wire w becomes quantity w."""
    found = [Quantity(NUMBER, (value,)) for value in source.values]
    found += [Quantity(OPERATION[operation], (a, b)) for operation, a, b in source.rows]
    target = DependencyGraph(source.modulus or 2, tuple(found), source.output, source.goal)
    wires = np.arange(len(found))
    return Mapped(target, Provenance("node", "wire", wires), Images(wires))


def back(source: RingCircuit, _: Mapped[DependencyGraph], claims: Claims) -> Claims:
    """The same claims; of inputs there are none."""
    return claims[len(source.values) :]


def formulas(
    inputs: Size,
    gates: Size,
    sums: Size,
    differences: Size,
    products: Size,
    nonlinear: Size,
    **_: Size,
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "nodes": inputs + gates,
        "numbers": inputs,
        "sums": sums,
        "differences": differences,
        "products": products,
        "summands": 2 * sums,
        "factors": 2 * products,
        "nonlinear": nonlinear,
    }


def holds(source: RingCircuit, mapped: Mapped[DependencyGraph]) -> bool:
    """Whether each quantity has the value of its wire."""
    return values(mapped.instance) == wire_values(source)


def steps() -> Iterator[tuple[str, bool]]:
    """Each operation on all numbers modulo 2 and 3, and on those over the integers that it may."""
    for modulus, operation in product((2, 3), (ADD, SUB, MUL)):
        for given in product(range(modulus), repeat=2):
            source = of_rows(modulus, given, [(operation, 0, 1)], 2, 0)
            yield f"{operation}{given} modulo {modulus}", holds(source, forward(source))
    for operation, a, b in ((ADD, 0, 1), (ADD, 0, 0), (SUB, 1, 1), (SUB, 1, 0), (MUL, 1, 1)):
        source = of_rows(0, (a, b), [(operation, 0, 1)], 2, 0)
        yield f"{operation}({a}, {b}) over the integers", holds(source, forward(source))


def second(source: RingCircuit) -> DependencyGraph:
    """Differences as sums: a - b is a + (m - 1) b; only what the answer depends on."""
    modulus, n = source.modulus or 2, len(source.values)
    needed = {source.output}
    for gate in reversed(range(len(source.rows))):
        if n + gate in needed:
            needed |= set(source.rows[gate][1:])
    found = [Quantity(NUMBER, (modulus - 1,))]
    image: dict[int, int] = {}

    def add(operation: str, *of: int) -> int:
        found.append(Quantity(operation, of))
        return len(found) - 1

    for wire in sorted(needed):
        if wire < n:
            image[wire] = add(NUMBER, source.values[wire])
            continue
        operation, a, b = source.rows[wire - n]
        if operation == SUB:
            image[wire] = add(SUM, image[a], add(PRODUCT, 0, image[b]))
        else:
            image[wire] = add(OPERATION[operation], image[a], image[b])
    return DependencyGraph(modulus, tuple(found), image[source.output], source.goal)


RULE: Reduction[RingCircuit, Claims, DependencyGraph, Claims] = Reduction(
    name="arithmetic_cvp_dependency_graph",
    source=ARITHMETIC,
    target=DEPENDENCY_GRAPH,
    summary="A wire is a quantity: a number, or the sum, difference or product of two others.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each quantity is read off one input or gate",
    reference="Ye, Xu, Li, Allen-Zhu 2024, Physics of Language Models 2.1 (iGSM)",
    back=back,
    invariant=Invariant("each quantity has the value of its wire", holds, steps),
    metered=stories(),
    second=second,
)
