"""The circuit value problem with gates in any order: a gate may read gates that stand behind it.

A `tcsim.Circuit` lists gates behind what they read. To put them so is to sort them topologically,
which no machine is known to do in logarithmic space; here nobody has done it yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from reductions.codec import bit_text, bits, integer, items, members
from reductions.problem import Problem
from reductions.problems import circuit_samples as samples
from reductions.problems.circuits import LADNER, AndOrNot, gate_from_data
from reductions.problems.claims import Steps, certificates, forced_gate
from reductions.problems.gate_kinds import KINDS, NOT
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from hypothesis.strategies import SearchStrategy

    from tcsim.typing import Integers

Gate = tuple[int, ...]
"""A kind of `gate_kinds`, and the wires it reads, increasing."""


@dataclass(frozen=True)
class Unordered:
    """Gates AND, OR, NOT and buffers. Inputs are wires 0 to n - 1, gate g is wire n + g.

    Args:
        values: of the inputs, one byte 0 or 1 each.
        gates: in any order.
        output: a wire.

    Raises:
        ArgumentError: a gate reads a wire that is not there, one twice, or itself, whether or not
            through others; or it is of another kind.
    """

    values: bytes
    gates: tuple[Gate, ...]
    output: int

    kinds: ClassVar = AndOrNot.kinds

    def __post_init__(self) -> None:
        if not isinstance(self.values, bytes) or set(self.values) - {0, 1}:
            raise ArgumentError("values must be bytes 0 and 1")
        wires = len(self.values) + len(self.gates)
        integer(self.output, "output", 0, wires - 1)
        for place, gate in enumerate(self.gates):
            kind, *read = gate or (-1,)
            integer(kind, f"gates[{place}]: the kind", 0, max(self.kinds))
            increasing = all(a < b for a, b in pairwise(read))
            if len(read) != KINDS[kind].fan_in or not increasing:
                raise ArgumentError(
                    f"gates[{place}]: {KINDS[kind].name} reads {KINDS[kind].fan_in} wires, in "
                    f"increasing order, not {read}"
                )
            for wire in read:
                integer(wire, f"gates[{place}]: a wire", 0, wires - 1)
        _ = self.order  # refuses cycles

    @classmethod
    def of_gates(cls, values: bytes, kind: Integers, operands: Integers, output: int) -> Self:
        """From a table of gates; a wire of -1 is none."""
        rows = zip(kind.tolist(), operands.tolist(), strict=True)
        gates = [(k, *sorted(wire for wire in wires if wire >= 0)) for k, wires in rows]
        return cls(values, tuple(gates), output)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The numbers of the gates, each behind those it reads.

        Raises:
            ArgumentError: there is a cycle.
        """
        n = len(self.values)
        read = {g: [w - n for w in gate[1:] if w >= n] for g, gate in enumerate(self.gates)}
        try:
            return tuple(TopologicalSorter(read).static_order())
        except CycleError as error:
            gates = " -> ".join(map(str, error.args[1][:6]))
            raise ArgumentError(f"gates read each other in a cycle: {gates}") from None

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """Of each wire: 0 for inputs, else one more than the highest operand."""
        n = len(self.values)
        found = [0] * (n + len(self.gates))
        for g in self.order:
            found[n + g] = 1 + max(found[wire] for wire in self.gates[g][1:])
        return tuple(found)

    def __repr__(self) -> str:
        return f"<Unordered: {len(self.values)} inputs, {len(self.gates)} gates>"


def wire_values(instance: Unordered) -> list[int]:
    """The value of every wire: gates are gone through again and again, until none is left."""
    n = len(instance.values)
    known: dict[int, int] = dict(enumerate(instance.values))
    left = set(range(len(instance.gates)))
    while left:
        for g in sorted(left):
            kind, *read = instance.gates[g]
            if all(wire in known for wire in read):
                total = sum(KINDS[kind].weight * known[wire] for wire in read)
                known[n + g] = int(total >= KINDS[kind].threshold)
                left.discard(g)
    return [known[wire] for wire in range(n + len(instance.gates))]


def decide(instance: Unordered) -> bool:
    """Whether the output is 1."""
    return wire_values(instance)[instance.output] == 1


def sizes(instance: Unordered) -> dict[str, int]:
    """The size fields."""
    kinds = [gate[0] for gate in instance.gates]
    found = {
        "inputs": len(instance.values),
        "gates": len(kinds),
        "edges": sum(len(gate) - 1 for gate in instance.gates),
        "depth": max(instance.levels, default=0),
    }
    return found | {f"{KINDS[kind].name}s": kinds.count(kind) for kind in instance.kinds}


def steps(instance: Unordered) -> Steps:
    """What it computes."""
    gates = instance.gates
    return Steps(
        given=tuple(instance.values),
        operands=[gate[1:] for gate in gates],
        forced=lambda g, known: forced_gate(gates[g][0], [known[w] for w in gates[g][1:]]),
        order=instance.order,
        output=instance.output,
        goal=1,
    )


def _to_data(instance: Unordered) -> Any:  # noqa: ANN401
    gates = [[KINDS[kind].name, *wires] for kind, *wires in instance.gates]
    return {"inputs": bit_text(instance.values), "gates": gates, "output": instance.output}


def _from_data(data: Any) -> Unordered:  # noqa: ANN401
    inputs, gates, output = members(data, "instance", ("inputs", "gates", "output"))
    values = bits(inputs, "instance.inputs")
    rows = items(gates, "instance.gates")
    found = []
    for place, row in enumerate(rows):
        kind, *wires = gate_from_data(row, f"instance.gates[{place}]", len(values) + len(rows))
        found.append((kind, *sorted(wires)))
    return Unordered(values, tuple(found), integer(output, "instance.output"))


def every(k: int) -> Iterator[Unordered]:
    """All with 1 or 2 inputs and up to k gates; with k gates the output is the last one."""
    for n in (1, 2):
        for size in range(k + 1):
            wires = range(n + size)
            choices = [
                [
                    (kind, *read)
                    for kind in Unordered.kinds
                    for read in combinations([w for w in wires if w != n + g], KINDS[kind].fan_in)
                ]
                for g in range(size)
            ]
            for gates in product(*choices):
                for output in wires if size < k else [n + size - 1]:
                    try:
                        first = Unordered(bytes(n), gates, output)
                    except ArgumentError:
                        break  # a cycle
                    for values in product((0, 1), repeat=n):
                        yield Unordered(bytes(values), first.gates, output)


def shuffled(ordered: AndOrNot, order: Sequence[int]) -> Unordered:
    """A circuit whose gate g is put at place ``order[g]``."""
    n = len(ordered.values)
    place = [*range(n), *(n + p for p in order)]
    gates: list[Gate] = [()] * len(order)
    table = ordered.gates
    for g, (kind, wires) in enumerate(
        zip(table.kind.tolist(), table.operands.tolist(), strict=True)
    ):
        gates[order[g]] = (kind, *sorted(place[wire] for wire in wires if wire >= 0))
    return Unordered(ordered.values, tuple(gates), place[ordered.output])


def strategy() -> SearchStrategy[Unordered]:
    """Random circuits of up to 5 inputs and 12 gates, shuffled."""
    from hypothesis import strategies as st

    ordered = samples.strategy(AndOrNot, AndOrNot.kinds, 2, 12)
    return ordered.flatmap(
        lambda one: st.permutations(range(one.circuit.size)).map(lambda p: shuffled(one, p))
    )


def ladder(k: int) -> Unordered:
    """A random circuit of 4 k gates, shuffled; the same on every call."""
    one = samples.ladder(AndOrNot, AndOrNot.kinds, k)
    order = list(range(one.circuit.size))
    Random(k).shuffle(order)
    return shuffled(one, order)


def _output_gate(
    change: Callable[[int, list[int]], Gate | None],
) -> Callable[[Unordered], Unordered | None]:
    def mutation(one: Unordered) -> Unordered | None:
        g = one.output - len(one.values)
        if g < 0:
            return None
        kind, *read = one.gates[g]
        gate = change(kind, read)
        if gate is None:
            return None
        return Unordered(one.values, (*one.gates[:g], gate, *one.gates[g + 1 :]), one.output)

    return mutation


UNORDERED: Problem[Unordered, Any] = Problem(
    name="unordered_cvp",
    question="Is the output of this circuit, whose gates stand in any order, 1 on these inputs?",
    instance=Unordered,
    fields={
        "inputs": "input wires",
        "gates": "gates",
        "edges": "operands of all gates",
        "depth": "longest path from an input to any gate",
        **{f"{KINDS[kind].name}s": f"{KINDS[kind].name} gates" for kind in Unordered.kinds},
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"{samples.scope(k)}, their gates in every order",
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "all values are flipped": lambda one: Unordered(
            bytes(1 - value for value in one.values), one.gates, one.output
        ),
        "the kind of the output gate is swapped": _output_gate(
            lambda kind, read: (samples.SWAPPED[kind], *read) if kind in samples.SWAPPED else None
        ),
        "the output gate is a NOT": _output_gate(
            lambda kind, read: None if kind == NOT else (NOT, read[0])
        ),
    },
    hardness="P-complete under logspace reductions",
    reference=LADNER,
    witnesses=certificates(
        steps,
        "claims 0 or 1 for some of the gates, the output among them with 1, each forced by the "
        "values of inputs and claims of operands",
    ),
)
