"""The circuit value problem with gates of a few kinds: AND and OR, NAND, NOR, majorities."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import numpy as np

from reductions.codec import bit_text, bits, integer, items, members, shown, text
from reductions.problem import Problem
from reductions.problems.certificates import CERTIFICATES
from reductions.problems.circuit_samples import every, ladder, mutations, scope, strategy
from reductions.problems.circuit_value import CircuitValue, decide, table_of
from reductions.problems.gate_kinds import (
    AND,
    BUFFER,
    KINDS,
    NAMES,
    NOT,
    OR,
)
from reductions.problems.gate_kinds import (
    MAJORITY as MAJ,
)
from reductions.problems.gate_kinds import (
    NAND as NAND_KIND,
)
from reductions.problems.gate_kinds import (
    NOR as NOR_KIND,
)
from tcsim.errors import ArgumentError
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

C = TypeVar("C", bound=CircuitValue)

LADNER = "Ladner 1975, The circuit value problem is log space complete for P"
GOLDSCHLAGER = (
    "Goldschlager 1977, The monotone and planar circuit value problems are log space complete for P"
)


class AndOrNot(CircuitValue):
    """Gates AND and OR of two wires, NOT and buffers."""

    kinds: ClassVar = (AND, OR, NOT, BUFFER)


class Nand(CircuitValue):
    """Gates NAND of two wires, and of one: NOT."""

    kinds: ClassVar = (NAND_KIND, NOT)


class Nor(CircuitValue):
    """Gates NOR of two wires, and of one: NOT."""

    kinds: ClassVar = (NOR_KIND, NOT)


class Monotone(CircuitValue):
    """Gates AND and OR of two wires, and buffers."""

    kinds: ClassVar = (AND, OR, BUFFER)


class Majority(CircuitValue):
    """Gates MAJ of three wires."""

    kinds: ClassVar = (MAJ,)


SIZES = {
    "inputs": "input wires",
    "gates": "gates",
    "edges": "operands of all gates",
    "depth": "longest path from an input to any gate",
}
_BY_KIND = {AND: "ands", OR: "ors", NOT: "nots", BUFFER: "buffers"}


def sizes(by_kind: Sequence[int], instance: CircuitValue) -> dict[str, int]:
    """The size fields, with the number of gates of some kinds."""
    circuit = instance.circuit
    found = {
        "inputs": len(instance.values),
        "gates": circuit.size,
        "edges": int(flat_forms(circuit).fan_in[circuit.gate_form].sum()),
        "depth": int(circuit.levels.max(initial=0)),
    }
    if by_kind:
        kinds = instance.gates.kind
        found |= {_BY_KIND[kind]: int(np.count_nonzero(kinds == kind)) for kind in by_kind}
    return found


def _to_data(instance: CircuitValue) -> Any:  # noqa: ANN401
    table = instance.gates
    gates = [
        [KINDS[kind].name, *(wire for wire in wires if wire >= 0)]
        for kind, wires in zip(table.kind.tolist(), table.operands.tolist(), strict=True)
    ]
    return {"inputs": bit_text(instance.values), "gates": gates, "output": instance.output}


def _from_data(cls: type[C], data: Any) -> C:  # noqa: ANN401
    inputs, gates, output = members(data, "instance", ("inputs", "gates", "output"))
    values = bits(inputs, "instance.inputs")
    rows = [
        gate_from_data(row, f"instance.gates[{g}]", len(values) + g)
        for g, row in enumerate(items(gates, "instance.gates"))
    ]
    wire = integer(output, "instance.output", 0, len(values) + len(rows) - 1)
    return cls.of_gates(values, *table_of(rows), wire)


def gate_from_data(data: Any, where: str, wires: int) -> tuple[int, ...]:  # noqa: ANN401
    """A gate given as [kind, wire, ...]: the number of its kind, and wires below `wires`.

    Raises:
        ArgumentError: it is none; the message says where.
    """
    name, *operands = items(data, where) or [None]
    if not isinstance(name, str) or name not in NAMES:
        raise ArgumentError(f"{where} begins with {shown(name)}, none of {', '.join(NAMES)}")
    kind = KINDS[NAMES[text(name, where)]]
    if len(operands) != kind.fan_in:
        raise ArgumentError(f"{where}: {name} reads {kind.fan_in} wires, not {len(operands)}")
    found = [integer(wire, f"{where}: a wire", 0, wires - 1) for wire in operands]
    if len(set(found)) < len(found):
        raise ArgumentError(f"{where} reads a wire twice")
    return NAMES[name], *found


def restricted(
    name: str, cls: type[C], question: str, by_kind: Sequence[int], reference: str
) -> Problem[C, str]:
    """The problem of circuits with gates of some kinds."""
    kinds = cls.kinds
    assert kinds is not None  # noqa: S101 - for the type checker
    return Problem(
        name=name,
        question=question,
        instance=cls,
        fields=SIZES | {_BY_KIND[kind]: f"{KINDS[kind].name} gates" for kind in by_kind},
        sizes=partial(sizes, by_kind),
        decide=decide,
        to_data=_to_data,
        from_data=partial(_from_data, cls),
        every=partial(every, cls, kinds),
        scope=scope,
        reach=2,
        strategy=partial(strategy, cls, kinds, KINDS[kinds[0]].fan_in),
        ladder=partial(ladder, cls, kinds),
        mutations=mutations(kinds),
        hardness="P-complete under logspace reductions",
        reference=reference,
        witnesses=CERTIFICATES,
    )


CVP = restricted(
    "cvp",
    AndOrNot,
    "Is the output of this circuit of AND, OR and NOT gates 1 on these inputs?",
    (AND, OR, NOT, BUFFER),
    LADNER,
)
NAND = restricted("nand_cvp", Nand, "Is the output of this NAND circuit 1?", (), LADNER)
NOR = restricted("nor_cvp", Nor, "Is the output of this NOR circuit 1?", (), LADNER)
MONOTONE = restricted(
    "monotone_cvp",
    Monotone,
    "Is the output of this circuit of AND and OR gates 1?",
    (AND, OR, BUFFER),
    GOLDSCHLAGER,
)
MAJORITY = restricted(
    "majority_cvp", Majority, "Is the output of this circuit of majorities of three 1?", (),
    "Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, section A.1",
)  # fmt: skip
