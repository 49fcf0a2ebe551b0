"""What writers share: names that a format accepts, and gates as terms over wires."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from tcsim.circuit import FALSE
from tcsim.errors import LimitError
from tcsim.measure import flat_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit

MOST_EDGES = 20_000_000
"""Most operands, counted per gate, that a text writer spells out (some 200 MB)."""


class Names:
    """Distinct names of one name space: each as wished, or the nearest that is legal and free.

    Args:
        illegal: matches a character that may not stand in a name.
        taken: words that are no names.
    """

    def __init__(self, illegal: str = r"[^!-~]", taken: frozenset[str] = frozenset()) -> None:
        self._illegal = re.compile(illegal)
        self._taken = set(taken)
        self._tries: dict[str, int] = {}

    def clean(self, wish: str) -> str:
        """A name without illegal characters; not reserved."""
        return self._illegal.sub("_", wish) or "_"

    def new(self, wish: str) -> str:
        """A name that nothing has yet: ``wish``, or ``wish_2``, ``wish_3``, ..."""
        name = stem = self.clean(wish)
        while name in self._taken:
            self._tries[stem] = count = self._tries.get(stem, 1) + 1
            name = f"{stem}_{count}"
        self._taken.add(name)
        return name


@dataclass
class Signals:
    """The names that a file gives to the wires of a circuit.

    An output gives its name to the gate that it designates. Where that cannot be (an input, a
    constant, a second output of one gate) the output is a signal of its own, an alias.

    Attributes:
        wires: names of the inputs, then of the gates.
        outputs: names of the outputs.
        aliases: {output name: wire} of the outputs that are signals of their own.
    """

    wires: list[str]
    outputs: list[str] = field(default_factory=list)
    aliases: dict[str, int] = field(default_factory=dict)


def signals(circuit: Circuit, names: Names, *, inputs_as_outputs: bool = True) -> Signals:
    """Name the wires of a circuit for a file with one name space.

    Args:
        circuit: any circuit.
        names: chooses the names.
        inputs_as_outputs: whether a signal of the file may be both an input and an output.
    """
    given: dict[int, str] = {i: names.new(name) for i, name in enumerate(circuit.input_names)}
    outputs: dict[str, None] = {}
    aliases: dict[str, int] = {}
    for wish, wire in zip(circuit.output_names, circuit.output_wire.tolist(), strict=True):
        name = given.get(wire, "")
        same = wire < circuit.n_inputs and name == names.clean(wish) and name not in outputs
        if same and inputs_as_outputs:
            outputs[name] = None
            continue
        name = names.new(wish)
        outputs[name] = None
        if wire in given or wire < 0:
            aliases[name] = wire
        else:
            given[wire] = name
    for gate in range(circuit.size):
        if circuit.n_inputs + gate not in given:
            wish = circuit.gate_names.get(gate, f"n{gate}")
            given[circuit.n_inputs + gate] = names.new(wish)
    wires = [given[wire] for wire in range(circuit.n_inputs + circuit.size)]
    return Signals(wires, list(outputs), aliases)


def gate_terms(circuit: Circuit) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """Each gate in order: its terms [(wire, weight)], expanded, and its threshold.

    Raises:
        LimitError: the gates have more than `MOST_EDGES` operands together.
    """
    if circuit.edges > MOST_EDGES:
        raise LimitError(
            f"the gates have {circuit.edges:,} operands together, and a text file would list them "
            f"one by one; the limit is {MOST_EDGES:,}: write .tc or .npz, which share forms"
        )
    flat = flat_forms(circuit)
    start, operand, weight = flat.start.tolist(), flat.operand.tolist(), flat.weight.tolist()
    for gate, form in enumerate(circuit.gate_form.tolist()):
        part = slice(start[form], start[form + 1])
        yield list(zip(operand[part], weight[part], strict=True)), circuit.threshold(gate)


class Comparison(NamedTuple):
    """A gate with positive weights alone, over literals.

    Attributes:
        kind: ``"constant"``, ``"and"``, ``"or"`` or ``"threshold"``; one literal is an ``"and"``.
        literals: (wire, inverted) pairs.
        weights: positive, one per literal.
        limit: the gate fires iff the weights of the true literals sum to at least this.
    """

    kind: Literal["constant", "and", "or", "threshold"]
    literals: list[tuple[int, bool]]
    weights: list[int]
    limit: int

    @property
    def value(self) -> int:
        """Of a constant: what it is."""
        return int(self.limit <= 0)


def comparison(terms: list[tuple[int, int]], threshold: int) -> Comparison:
    """A gate over literals: negative weights are turned into negations, those of 0 left out."""
    literals = [(wire, weight < 0) for wire, weight in terms if weight]
    weights = [abs(weight) for _, weight in terms if weight]
    limit = threshold + sum(-weight for _, weight in terms if weight < 0)
    total = sum(weights)
    if limit <= 0 or limit > total:
        return Comparison("constant", [], [], int(limit > 0))
    if limit > total - min(weights):
        return Comparison("and", literals, weights, limit)
    if limit <= min(weights):
        return Comparison("or", literals, weights, limit)
    return Comparison("threshold", literals, weights, limit)


def constant_of(wire: int) -> int | None:
    """The constant that an output wire is; None where it is a real wire."""
    return wire - FALSE if wire < 0 else None
