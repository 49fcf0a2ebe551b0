"""Monotone CVP to the parity of a maximum flow: the wires of value 1 are a minimum cut.

Wire w sends 2^e(w) along each edge to a gate that reads it; e falls so fast along the wires that
each operand brings more than a gate sends on in all. What an AND gets beyond that goes to the sink,
what an OR gets goes back to the source. All capacities that a cut can count are even, but for the
last: 1, from a copy of the output to the sink. The source and the wires of value 1 are a minimum
cut, so a maximum flow is odd iff the output is 1.

A maximum flow fills what leaves that cut, and sends nothing into it. So what flows into a gate that
is 1 comes from wires that are 1, and into an AND from both: which is how the back map reads
certificates off any maximum flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.flow_networks import Edge, Flow, Network, by_shortest_paths, value
from reductions.problems.gate_kinds import AND
from reductions.problems.max_flow_parity import MAX_FLOW_PARITY
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_rules import network

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def reads(source: Monotone) -> list[int]:
    """How often each wire is read, by gates and as the output."""
    operands = source.gates.operands
    wires = len(source.values) + source.circuit.size
    found = np.bincount(operands[operands >= 0], minlength=wires)
    found[source.output] += 1
    counts: list[int] = found.tolist()
    return counts


def exponents(read: list[int]) -> list[int]:
    """e(w) is 1 more than how often later wires are read, counted for each."""
    found = [1]
    for count in read[:0:-1]:
        found.append(found[-1] + count)
    return found[::-1]


def forward(source: Monotone) -> Mapped[Network]:
    """Nodes are the wires, the copy of the output, the source and the sink."""
    n, wires = len(source.values), len(source.values) + source.circuit.size
    copy, start, end = wires, wires + 1, wires + 2
    read = reads(source)
    sends = [1 << exponent for exponent in exponents(read)]
    edges: list[Edge] = [
        (start, wire, bit * read[wire] * sends[wire]) for wire, bit in enumerate(source.values)
    ]
    origin = list(range(n))
    kinds, operands = source.gates.kind.tolist(), source.gates.operands[:, :2].tolist()
    for gate, (kind, pair) in enumerate(zip(kinds, operands, strict=True), n):
        given = [wire for wire in pair if wire >= 0]
        surplus = sum(sends[wire] for wire in given) - read[gate] * sends[gate]
        edges += [(wire, gate, sends[wire]) for wire in given]
        edges.append((gate, end if kind == AND else start, surplus))
        origin += [gate] * (len(given) + 1)
    last = sends[source.output]
    edges += [(source.output, copy, last), (copy, start, last - 1), (copy, end, 1)]
    origin += [source.output] * 3
    result = Network(wires + 3, tuple(edges), start, end)
    return Mapped(result, Provenance("edge", "wire", np.array(origin)))


def back(source: Monotone, mapped: Mapped[Network], flow: Flow) -> str:
    """Backwards from the copy of the output along what flows: all of these wires are 1."""
    n, wires = len(source.values), len(source.values) + source.circuit.size
    before: list[list[int]] = [[] for _ in range(mapped.instance.nodes)]
    for (tail, head, _), amount in zip(mapped.instance.edges, flow, strict=True):
        if amount and tail < wires:
            before[head].append(tail)
    visited, todo = {wires}, [wires]
    while todo:
        new = set(before[todo.pop()]) - visited
        visited |= new
        todo += new
    return "".join("1" if wire in visited else "-" for wire in range(n, wires))


def formulas(inputs: Size, gates: Size, edges: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    total = inputs + gates + edges + 3
    # e(0) is at most 1 more than all reads; what wire w sends in all is less than 2^e(w - 1).
    return {
        "nodes": inputs + gates + 3,
        "edges": total,
        "bits": at_most(total * (edges + 3)),
    }


def holds(source: Monotone, mapped: Mapped[Network]) -> bool:
    """Whether the source and the wires of value 1 are a minimum cut."""
    one = mapped.instance
    values = wire_values(source)
    side = {node for node, bit in enumerate([*values, values[source.output]]) if bit}
    side.add(one.source)
    cut = sum(capacity for tail, head, capacity in one.edges if tail in side and head not in side)
    return cut == value(one, by_shortest_paths(one))


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values; that operands bring more than is sent on."""
    import sympy

    yield from over_one_gate(Monotone, forward, holds)
    r = sympy.symbols("r", integer=True, nonnegative=True)
    # A wire that is read r times sends r 2^e, and those before it 2^(e + r) or more.
    yield "2^r > r for r = 0", bool((2**r - r).subs(r, 0) > 0)
    growth = 2 ** (r + 1) - (r + 1) - (2**r - r)
    yield "2^r - r does not fall where r grows", bool(sympy.simplify(growth - (2**r - 1)) == 0)


def second(source: Monotone) -> Network:
    """The recipe of 1982, with a base above every number of reads in the place of 2."""
    rows = source.rows
    n, wires = len(source.values), len(source.values) + len(rows)
    read = [0] * wires
    for wire in [wire for terms, _ in rows for wire, _ in terms] + [source.output]:
        read[wire] += 1
    base = 1 << max(read).bit_length()
    # Numbers as in the recipe: the output copy is 0, inputs are highest.
    number = [wires - wire for wire in range(wires)]
    start, end = wires + 1, wires + 2
    edges: list[Edge] = [(0, end, 1), (number[source.output], 0, base ** number[source.output])]
    edges.append((0, start, base ** number[source.output] - 1))
    for gate, (terms, threshold) in enumerate(rows, n):
        incoming = [(number[wire], number[gate], base ** number[wire]) for wire, _ in terms]
        more = sum(edge[2] for edge in incoming) - read[gate] * base ** number[gate]
        edges += [*incoming, (number[gate], end if threshold == len(terms) else start, more)]
    for wire in range(n):
        if source.values[wire]:
            edges.append((start, number[wire], read[wire] * base ** number[wire]))
    return Network(wires + 3, tuple(edges), start, end)


RULE: Reduction[Monotone, str, Network, Flow] = Reduction(
    name="monotone_cvp_max_flow_parity",
    source=MONOTONE,
    target=MAX_FLOW_PARITY,
    summary="Wires send powers of two that fall along the circuit. What a gate gets and does not "
    "send on goes to the sink from an AND, back to the source from an OR; the output sends 1.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="exponents and bits of capacities are found by counting reads of later wires",
    reference="Goldschlager, Shaw, Staples 1982, The maximum flow problem is log space complete "
    "for P; fan-out 2 there, any here",
    back=back,
    invariant=Invariant("the source and the wires of value 1 are a minimum cut", holds, steps),
    metered=network(),
    second=second,
)
