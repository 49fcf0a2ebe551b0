"""Acceptance of a Turing machine to CVP: its tableau. With it, all of P reduces to CVP."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.overhead import at_most
from reductions.problems.certificates import claimed
from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import CVP, LADNER, AndOrNot
from reductions.problems.turing_machine import TURING_MACHINE, Acceptance, History
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import adopted
from reductions.rules.programs.metered import tableau
from reductions.rules.tableau_layout import Layout
from tcsim.circuit import TRUE
from tcsim.uniformity.turing import palindromes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Acceptance) -> Mapped[AndOrNot]:
    """The tableau, with the first configuration as its inputs."""
    layout = Layout(source)
    kind, operands = layout.gates()
    output = layout.inputs + len(kind) - 1
    result = AndOrNot.of_gates(layout.values(), kind, operands, output)
    wires = [layout.configuration(t) for t in range(source.steps + 1)]
    provenance = Provenance("wire", "step and cell", layout.origin())
    return Mapped(result, provenance, np.stack(wires))


def back(source: Acceptance, mapped: Mapped[Any], claims: str) -> History:
    """Where the head is claimed to be, and in which state, after each step."""
    known = claimed(mapped.instance, claims)
    names = source.machine.states
    symbols = mapped.images.shape[2] - len(names)
    found = []
    for cells in mapped.images[:, :, symbols:].tolist():
        found += [
            (name, p)
            for p, states in enumerate(cells)
            for name, wire in zip(names, states, strict=True)
            if known[wire] == "1"
        ]
    return tuple(found)


def formulas(
    steps: Size, cells: Size, states: Size, symbols: Size, lefts: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    rows, all_cells = states * symbols, steps * cells
    ands = all_cells * (rows + symbols)
    ors = all_cells * (2 * rows + states - 1 + lefts) + cells
    nots, buffers = all_cells, all_cells * states + 1
    return {
        "inputs": 1 + cells * (states + symbols),
        "gates": ands + ors + nots + buffers,
        "edges": 2 * (ands + ors) + nots + buffers,
        "depth": at_most(steps * (rows + states + lefts + 1) + cells + 1),
        "ands": ands,
        "ors": ors,
        "nots": nots,
        "buffers": buffers,
    }


def _row(machine: Any, state: str, head: int, tape: list[str]) -> list[int]:  # noqa: ANN401
    return [
        int(bit)
        for p, symbol in enumerate(tape)
        for bit in (
            *(symbol == a for a in machine.alphabet),
            *(p == head and state == q for q in machine.states),
        )
    ]


def holds(source: Acceptance, mapped: Mapped[Any]) -> bool:
    """Whether the wires of each step hold what the machine has on its tape then."""
    machine, values = source.machine, wire_values(mapped.instance)
    tape = list(source.word) + [machine.blank] * (mapped.images.shape[1] - len(source.word))
    state, head = machine.start, 0
    for wires in mapped.images.tolist():
        if [values[wire] for cell in wires for wire in cell] != _row(machine, state, head, tape):
            return False
        if state not in machine.halting:
            state, tape[head], move = machine.delta[state, tape[head]]
            head = max(0, head + move)
    return True


def steps() -> Iterator[tuple[str, bool]]:
    """One step from every configuration of three cells, reached or not: left edge, middle, right.

    All cells have the same gates, and those read the cells beside them alone.
    """
    machine = palindromes()
    mapped = forward(Acceptance(machine, "00", 1))
    circuit, after = mapped.instance.circuit, mapped.images[1].reshape(-1).tolist()
    for tape in product(machine.alphabet, repeat=3):
        for head, state in product(range(3), machine.states):
            new, symbol, move = machine.delta.get((state, tape[head]), (state, tape[head], 0))
            if head + move > 2:
                continue  # off the tape: T steps do not lead there
            written = [*tape[:head], symbol, *tape[head + 1 :]]
            expected = _row(machine, new, max(0, head + move), written)
            inputs = bytes([0, *_row(machine, state, head, list(tape))])
            values = wire_values(AndOrNot(circuit, inputs))
            yield f"{state} at {head} of {tape}", [values[w] for w in after] == expected


def second(source: Acceptance) -> AndOrNot:
    """The tableau of tcsim, in threshold gates, put into gates of two operands by its transform."""
    from tcsim.transform import bounded_fanin, simplify
    from tcsim.uniformity.turing import tableau as threshold_tableau

    whole = threshold_tableau(source.machine, len(source.word), source.steps)
    circuit = bounded_fanin(simplify(whole))
    output = int(circuit.output_wire[0])
    if output < 0:  # simplified to a constant
        none = np.zeros((0, 3), np.int64)
        return AndOrNot.of_gates(bytes((output == TRUE,)), none[:, 0], none, 0)
    return adopted(AndOrNot, circuit, bytes(map(int, source.word)))


RULE: Reduction[Acceptance, History, AndOrNot, str] = Reduction(
    name="turing_machine_cvp",
    source=TURING_MACHINE,
    target=CVP,
    summary="The tape at each step: a wire for each cell and symbol, and each cell and state.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="gates are written in loops over steps, cells and rows of delta, with a counter each",
    reference=LADNER,
    back=back,
    invariant=Invariant(
        "the wires of each step hold the tape, the head and the state after it", holds, steps
    ),
    metered=tableau(),
    second=second,
)
