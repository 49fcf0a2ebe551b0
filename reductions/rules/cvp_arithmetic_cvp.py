"""CVP to arithmetic CVP over any ring in which 1 is not 0: AND is a product, NOT is 1 - a.

All values stay 0 and 1, also over the integers: OR is a + (1 - a) b, for a + b could be 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.arithmetic_problem import ARITHMETIC
from reductions.problems.certificates import OPEN
from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import CVP, AndOrNot
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.problems.ring_circuits import ADD, MUL, SUB, RingCircuit, of_rows
from reductions.problems.ring_circuits import wire_values as ring_values
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import Images
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_computations import ring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.claims import Claims

ONE = 0
"""The input that is 1; the others stand behind it."""


def back(source: AndOrNot, mapped: Mapped[RingCircuit], claims: Claims) -> str:
    """A gate is claimed to be what its image is claimed to be."""
    known = [*mapped.instance.values, *claims]
    found = [known[image] for image in mapped.images.same[len(source.values) :].tolist()]
    return "".join(OPEN if value is None else str(value) for value in found)


def formulas(
    inputs: Size,
    depth: Size,
    gates: Size,
    ands: Size,
    ors: Size,
    nots: Size,
    buffers: Size,
    **_: Size,
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": inputs + 1,
        "gates": gates + 2 * ors,
        "sums": ors,
        "differences": nots + ors,
        "products": ands + ors + buffers,
        "nonlinear": at_most(ands + ors),
        "depth": at_most(3 * depth),
    }


def holds(source: AndOrNot, mapped: Mapped[RingCircuit]) -> bool:
    """Whether the images have the values of their wires, and no other values occur."""
    found = ring_values(mapped.instance)
    return set(found) <= {0, 1} and [found[w] for w in mapped.images.same] == wire_values(source)


def rule(modulus: int) -> Reduction[AndOrNot, str, RingCircuit, Claims]:
    """The reduction to circuits over the integers modulo this, or (0) over the integers.

    Args:
        modulus: 0, or at least 2.

    Raises:
        ArgumentError: it is none.
    """
    of_rows(modulus, (0,), (), 0, 1)  # refuses what is no modulus

    def forward(source: AndOrNot) -> Mapped[RingCircuit]:
        kind, n = source.gates.kind, len(source.values)
        count = np.where(kind == OR, 3, 1)
        last = 1 + n + np.cumsum(count) - 1  # the wire of each gate's image
        image = np.concatenate((1 + np.arange(n), last))
        a, b = image[source.gates.operands[:, 0]], image[source.gates.operands[:, 1]]
        place, ors = last - 1 - n, kind == OR
        operation = np.full(int(count.sum()), MUL)
        operands = np.full((len(operation), 2), ONE)
        operation[place[kind == NOT]] = SUB
        operation[place[ors]], operation[place[ors] - 2] = ADD, SUB
        operands[place, 0] = np.where(kind == NOT, ONE, a)
        operands[place, 1] = np.where(kind == AND, b, np.where(kind == BUFFER, ONE, a))
        operands[place[ors] - 2, 1] = a[ors]
        operands[place[ors] - 1] = np.stack((last[ors] - 2, b[ors]), axis=1)
        operands[place[ors], 1] = last[ors] - 1
        target = RingCircuit(
            modulus, (1, *source.values), operation, operands, int(image[source.output]), 1
        )
        origin = np.concatenate(([NONE], np.arange(n), n + np.repeat(np.arange(len(kind)), count)))
        return Mapped(target, Provenance("wire", "wire", origin), Images(image))

    def steps() -> Iterator[tuple[str, bool]]:
        """Each kind of gate over operands of all values, which suffices as no others occur."""
        yield from over_one_gate(AndOrNot, forward, holds)

    def second(source: AndOrNot) -> RingCircuit:
        """By NAND alone, 1 - a b, from the circuit that tcsim writes in NANDs."""
        from tcsim.transform import to_nand

        circuit = to_nand(source.circuit)
        n = circuit.n_inputs
        image = [1 + wire for wire in range(n)]
        rows: list[tuple[int, ...]] = []
        for form in circuit.gate_form.tolist():
            a, *rest = [image[wire] for wire in circuit.expand(form)]
            rows += [(MUL, a, *(rest or [a])), (SUB, ONE, 1 + n + len(rows))]
            image.append(n + len(rows))
        output = image[int(circuit.output_wire[0])]
        return of_rows(modulus, (1, *source.values), rows, output, 1)

    return Reduction(
        name="cvp_arithmetic_cvp",
        source=CVP,
        target=ARITHMETIC,
        summary="AND is a product, NOT is 1 - a, OR is a + (1 - a) b; "
        + (f"modulo {modulus}." if modulus else "over the integers."),
        forward=forward,
        formulas=formulas,
        resources="logspace",
        why="wires are renumbered by counting the ORs before them, with a counter",
        reference="Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, section A.1",
        back=back,
        invariant=Invariant(
            "every wire has an image of the same value, and all values are 0 or 1", holds, steps
        ),
        metered=ring(modulus),
        second=second,
    )


RULE = rule(3)
