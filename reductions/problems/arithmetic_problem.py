"""Arithmetic circuit values as a problem: files, samples, wrong changes."""

from __future__ import annotations

from functools import partial
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members, shown
from reductions.problem import Problem
from reductions.problems.claims import certificates
from reductions.problems.ring_circuits import (
    ADD,
    MUL,
    OPERATIONS,
    SUB,
    RingCircuit,
    decide,
    of_rows,
    sizes,
    steps,
    wire_values,
)
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy


def _to_data(instance: RingCircuit) -> Any:  # noqa: ANN401
    return {
        "modulus": instance.modulus,
        "inputs": list(instance.values),
        "gates": [[OPERATIONS[operation], a, b] for operation, a, b in instance.rows],
        "output": instance.output,
        "goal": instance.goal,
    }


def _from_data(data: Any) -> RingCircuit:  # noqa: ANN401
    keys = ("modulus", "inputs", "gates", "output", "goal")
    modulus, inputs, gates, output, goal = members(data, "instance", keys)
    values = [integer(v, "instance.inputs: a value") for v in items(inputs, "instance.inputs")]
    rows = []
    for place, row in enumerate(items(gates, "instance.gates")):
        where = f"instance.gates[{place}]"
        operation, *wires = items(row, where) or [None]
        if operation not in OPERATIONS or len(wires) != 2:
            raise ArgumentError(f"{where} must be [{' or '.join(OPERATIONS)}, wire, wire]")
        last = len(values) + place - 1
        read = [integer(wire, f"{where}: a wire", 0, last) for wire in wires]
        rows.append((OPERATIONS.index(operation), *read))
    whole = [integer(number, f"instance: {shown(number)}") for number in (modulus, output, goal)]
    return of_rows(whole[0], values, rows, whole[1], whole[2])


def every(k: int) -> Iterator[RingCircuit]:
    """Modulo 2 and 3, with 2 inputs, up to k gates, the output last; goal 1."""
    for modulus, size in product((2, 3), range(k + 1)):
        choices = [list(product(range(3), *[range(2 + g)] * 2)) for g in range(size)]
        for rows in product(*choices):
            for values in product(range(modulus), repeat=2):
                yield of_rows(modulus, values, rows, 1 + size, 1)


def strategy() -> SearchStrategy[RingCircuit]:
    """Modulo 2 to 7, up to 4 inputs and 10 gates."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> RingCircuit:
        modulus = draw(st.integers(2, 7))
        element = st.integers(0, modulus - 1)
        values = draw(st.lists(element, min_size=1, max_size=4))
        rows = []
        for place in range(draw(st.integers(0, 10))):
            wire = st.integers(0, len(values) + place - 1)
            rows.append((draw(st.sampled_from((ADD, SUB, MUL, MUL))), draw(wire), draw(wire)))
        output = len(values) + len(rows) - 1
        one = of_rows(modulus, values, rows, output, 0)
        goal = wire_values(one)[output] if draw(st.booleans()) else draw(element)
        return of_rows(modulus, values, rows, output, goal)

    return drawn()


def ladder(k: int) -> RingCircuit:
    """Modulo 5, 3 inputs and 4 k gates, by chance; the same on every call."""
    random = Random(k)
    rows = [
        (random.randrange(3), random.randrange(max(0, g - 3), 3 + g), random.randrange(3 + g))
        for g in range(4 * k)
    ]
    return of_rows(5, (1, 2, 3), rows, 2 + 4 * k, random.randrange(5))


def _changed(change: Callable[[RingCircuit], dict[str, Any]], one: RingCircuit) -> RingCircuit:
    names = ("modulus", "values", "operation", "operands", "output", "goal")
    return RingCircuit(**{name: getattr(one, name) for name in names} | change(one))


def _output_gate(one: RingCircuit, operation: int) -> dict[str, Any]:
    found = one.operation.copy()
    gate = one.output - len(one.values)
    if gate < 0 or found[gate] == operation:
        raise ArgumentError("the output is no such gate")
    found[gate] = operation
    return {"operation": found}


ARITHMETIC: Problem[RingCircuit, Any] = Problem(
    name="arithmetic_cvp",
    question="Is the output of this circuit of additions and multiplications in a ring the goal?",
    instance=RingCircuit,
    fields={
        "inputs": "input wires",
        "gates": "gates",
        "sums": "additions",
        "differences": "subtractions",
        "products": "multiplications",
        "nonlinear": "multiplications of two gates: where there is none, the circuit is linear",
        "depth": "longest path from an input to any gate",
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all circuits of 2 inputs and at most {k} gates modulo 2 and 3",
    reach=1,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the goal is another": partial(
            _changed, lambda one: {"goal": (one.goal + 1) % (one.modulus or 2)}
        ),
        "the output is one wire earlier": partial(_changed, lambda one: {"output": one.output - 1}),
        "the output gate adds": partial(_changed, lambda one: _output_gate(one, ADD)),
        "the output gate subtracts": partial(_changed, lambda one: _output_gate(one, SUB)),
        "the output gate multiplies": partial(_changed, lambda one: _output_gate(one, MUL)),
    },
    hardness="P-complete under logspace reductions, over every finite ring with 1 other than 0; "
    "the linear circuits are in NC2",
    reference="Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, section A.1 "
    "(arithmetic circuits); Beaudry, McKenzie, Péladeau, Thérien 1993 (finite semirings)",
    witnesses=certificates(
        steps,
        "values of some of the gates, the output among them with the goal, each forced by the "
        "values of inputs and claims of operands; 0 times anything is 0",
    ),
)
