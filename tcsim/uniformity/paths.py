"""The extended connection language against a circuit: where paths of operands lead."""

from __future__ import annotations

from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from tcsim.measure import flat_forms
from tcsim.uniformity.connection import ConnectionCheck

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tcsim.circuit import Circuit
    from tcsim.uniformity.connection import ConnectionLanguage

NOWHERE = -1
"""Where a path leads that leaves the circuit."""


def check_paths(
    language: ConnectionLanguage,
    circuit: Circuit,
    n: int,
    *,
    length: int | None = None,
    walks: int | None = None,
    seed: int = 0,
    most: int = 10,
) -> ConnectionCheck:
    """Ask where paths of operands lead in C_n, and compare with a circuit.

    Uniformity of NC^1 asks for paths as long as the logarithm of the size (Ruzzo 1981), beside
    the direct connection language. Also asked is where paths lead that end past the last operand
    or go on behind an input: nowhere.

    Args:
        language: of the family, with `operand`.
        circuit: C_n, as the family's generator gives it.
        n: which.
        length: of paths; by default the logarithm of the number of gates, rounded up.
        walks: so many paths by chance; None: all paths from all gates.
        seed: of the chance.
        most: differences to list before giving up.

    Raises:
        ArgumentError: the language does not answer for operands.
    """
    longest = circuit.size.bit_length() if length is None else length
    operands = _Operands(circuit)
    found = _every(operands, longest) if walks is None else _some(operands, longest, walks, seed)
    language.queries = language.space = language.steps = 0
    differences = (
        f"from gate {g}, path {list(path)}: wire {said} by the language, {end} in the circuit"
        for g, path, end in found
        if (said := language.follow(n, g, path)) != end
    )
    listed = tuple(islice(differences, most))
    return ConnectionCheck(language.queries, language.space, language.steps, listed)


class _Operands:
    """The operands of each gate, in order, and the number of inputs."""

    def __init__(self, circuit: Circuit) -> None:
        flat = flat_forms(circuit)
        start, wires = flat.start.tolist(), flat.operand.tolist()
        self.inputs = circuit.n_inputs
        self.of = [wires[start[form] : start[form + 1]] for form in circuit.gate_form.tolist()]

    def __call__(self, wire: int) -> Sequence[int]:
        return self.of[wire - self.inputs] if wire >= self.inputs else ()


def _every(operands: _Operands, longest: int) -> Iterator[tuple[int, tuple[int, ...], int]]:
    for g in range(len(operands.of)):
        waiting: list[tuple[tuple[int, ...], int]] = [((), operands.inputs + g)]
        while waiting:
            path, wire = waiting.pop()
            yield g, path, wire
            if len(path) < longest:
                after = operands(wire)
                waiting += [((*path, p), to) for p, to in enumerate(after)]
                yield g, (*path, len(after)), NOWHERE


def _some(
    operands: _Operands, longest: int, walks: int, seed: int
) -> Iterator[tuple[int, tuple[int, ...], int]]:
    random, gates = Random(seed), len(operands.of)
    for _ in range(walks if gates else 0):
        g = random.randrange(gates)
        path: tuple[int, ...] = ()
        wire = operands.inputs + g
        while len(path) < longest and (after := operands(wire)):
            p = random.randrange(len(after))
            path, wire = (*path, p), after[p]
        yield g, path, wire
        yield g, (*path, len(operands(wire))), NOWHERE
