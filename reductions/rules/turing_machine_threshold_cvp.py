"""Acceptance of a Turing machine to the value of a threshold circuit: the tableau of tcsim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuit_value import CircuitValue
from reductions.problems.circuits import LADNER
from reductions.problems.threshold_circuits import THRESHOLD
from reductions.problems.turing_machine import TURING_MACHINE, Acceptance, History
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered import threshold_tableau
from reductions.rules.turing_machine_cvp import back, holds
from tcsim.uniformity.turing import increment, palindromes, parity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Acceptance) -> Mapped[CircuitValue]:
    """`tcsim.uniformity.turing.tableau`; the word's bits are its inputs."""
    from tcsim.uniformity.turing import tableau

    machine, n, steps = source.machine, len(source.word), source.steps
    s, g, cells = len(machine.states), len(machine.alphabet), max(n, steps) + 1
    circuit = tableau(machine, n, steps)
    # A step: its ANDs, s g a cell, then its cells, of g + s gates each; step 0 has no ANDs.
    cell = np.arange(cells)
    configuration = np.repeat(cell, g + s)
    one = np.concatenate((np.repeat(cell, s * g), configuration))
    later = cells * np.arange(1, steps + 1)[:, None] + one
    origin = np.concatenate((np.arange(n), configuration, later.reshape(-1), [-1]))
    first = n + cells * (s * g + g + s) * np.arange(steps + 1)
    wires = first[:, None, None] + cell[:, None] * (g + s) + np.arange(g + s)
    result = CircuitValue(circuit, bytes(map(int, source.word)))
    return Mapped(result, Provenance("wire", "step and cell", origin), wires)


def formulas(
    length: Size,
    steps: Size,
    cells: Size,
    states: Size,
    symbols: Size,
    rights: Size,
    writes: Size,
    **_: Size,
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    rows = states * symbols
    return {
        "inputs": length,
        "gates": cells * (symbols + states) + steps * cells * (rows + symbols + states) + 1,
        "edges": 2 * length + steps * (cells * (3 * rows + symbols + 2 * writes) - rights) + cells,
        "depth": 2 * steps + 2,
    }


def steps_of_induction() -> Iterator[tuple[str, bool]]:
    """Three machines on all words of up to three symbols."""
    for machine in (parity(), increment(), palindromes()):
        for number in range(1, 16):
            word = bin(number)[3:]
            source = Acceptance(machine, word, len(word) + 2)
            yield f"{machine.name} on {word!r}", holds(source, forward(source))


def second(source: Acceptance) -> CircuitValue:
    """The tableau in AND, OR and NOT gates, which shares no code with this one."""
    from reductions.rules.turing_machine_cvp import forward as by_gates

    found = by_gates(source).instance
    return CircuitValue(found.circuit, found.values)


RULE: Reduction[Acceptance, History, CircuitValue, str] = Reduction(
    name="turing_machine_threshold_cvp",
    source=TURING_MACHINE,
    target=THRESHOLD,
    summary="The tape at each step, in threshold gates: depth 2 a step, and no chains.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="gates are written in loops over steps, cells and rows of delta, with a counter each",
    reference=LADNER,
    back=back,
    invariant=Invariant(
        "the wires of each step hold the tape, the head and the state after it",
        holds,
        steps_of_induction,
    ),
    metered=threshold_tableau(),
    second=second,
)
