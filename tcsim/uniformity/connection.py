"""Direct connection languages: a circuit of the family, decided name by name."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.measure import flat_forms
from tcsim.uniformity.binding import bound
from tcsim.uniformity.program import Program
from tcsim.uniformity.programs import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType, SimpleNamespace

    from tcsim.circuit import Circuit


class ConnectionLanguage:
    """Programs that answer for C_n what its gates are and what each reads, all names in binary.

    Args:
        name: of the family.
        gate: (n, g) -> whether there is a gate g; gates are 0, 1, ..., in order.
        threshold: (n, g) -> its threshold.
        weight: (n, g, p, h) -> the weight with which operand p of gate g is wire h, 0 if it is
            another or there is none.
        output: (n, k, h) -> whether output k is wire h.
        inputs: n -> number of inputs.
        operand: (n, g, p) -> the wire that operand p of gate g is, -1 if there is none. With it,
            the extended language is answered too: where a path of operands leads.

    Raises:
        ArgumentError: one is no program of the machine.
    """

    def __init__(
        self,
        name: str,
        gate: Callable[[int, int], int],
        threshold: Callable[[int, int], int],
        weight: Callable[[int, int, int, int], int],
        output: Callable[[int, int, int], int],
        inputs: Callable[[int], int],
        operand: Callable[[int, int, int], int] | None = None,
    ) -> None:
        self.name = name
        self._endpoint = None
        if operand is not None:
            walk = bound(paths, gate=gate, inputs=inputs, operand=operand)
            self._endpoint = Program(walk.endpoint)
        self._programs = {
            question: Program(function)
            for question, function in (
                ("gate", gate), ("threshold", threshold), ("weight", weight), ("output", output),
                ("inputs", inputs),
            )
        }  # fmt: skip
        self.queries = 0
        self.space = 0
        self.steps = 0

    @classmethod
    def of(cls, module: ModuleType | SimpleNamespace) -> ConnectionLanguage:
        """The language of a family in `tcsim.uniformity.programs`."""
        name = module.__name__.rpartition(".")[2]
        questions = (module.gate, module.threshold, module.weight, module.output, module.inputs)
        return cls(name, *questions, getattr(module, "operand", None))

    def ask(self, question: str, *names: int) -> int:
        """One query, metered; `space` and `steps` keep the largest of all queries so far."""
        return self._metered(self._programs[question], *names)

    def follow(self, n: int, g: int, path: Iterable[int]) -> int:
        """The wire that a path of operands leads to from gate g; -1 if it leaves the circuit.

        Raises:
            ArgumentError: the language does not answer for operands.
        """
        if self._endpoint is None:
            raise ArgumentError(f"the language of {self.name} has no operand")
        return self._metered(self._endpoint, "".join(f"{p:b}," for p in path), n, g)

    def _metered(self, program: Program, *names: int | str) -> int:
        run = program.run(*names)
        self.queries += 1
        self.space, self.steps = max(self.space, run.space), max(self.steps, run.steps)
        return run.result or 0


@dataclass(frozen=True)
class ConnectionCheck:
    """A language against a circuit.

    Attributes:
        queries: how many were asked.
        space: most work space of one, in bits, the names in the query included.
        steps: most steps of one.
        differences: what differs; empty if the language is that of the circuit.
    """

    queries: int
    space: int
    steps: int
    differences: tuple[str, ...]


def check_language(
    language: ConnectionLanguage,
    circuit: Circuit,
    n: int,
    *,
    sample: int | None = None,
    most: int = 10,
) -> ConnectionCheck:
    """Ask a language everything about C_n, and compare the answers with a circuit, gate by gate.

    Each gate, each of its operands against every wire, and each output; also that names past the
    last gate, operand, wire and output are refused.

    Args:
        language: of the family.
        circuit: C_n, as the family's generator gives it: the same gates in the same order.
        n: which.
        sample: operands are held against their wire, its neighbors and so many further ones,
            spread over all; None: against every wire.
        most: differences to list before giving up.
    """
    language.queries = language.space = language.steps = 0
    found: list[str] = []
    for difference in _differences(language, circuit, n, sample):
        found.append(difference)
        if len(found) == most:
            break
    return ConnectionCheck(language.queries, language.space, language.steps, tuple(found))


def _differences(
    language: ConnectionLanguage, circuit: Circuit, n: int, sample: int | None
) -> Iterator[str]:
    ask = language.ask
    inputs = ask("inputs", n)
    if inputs != circuit.n_inputs:
        yield f"{inputs} inputs by the language, {circuit.n_inputs} in the circuit"
    flat, wires = flat_forms(circuit), circuit.n_inputs + circuit.size
    for g in (-1, circuit.size, circuit.size + 1, 2 * circuit.size + 7):
        if ask("gate", n, g):
            yield f"the language has a gate {g}, the circuit has gates 0..{circuit.size - 1}"
    thresholds = circuit.thresholds.tolist()
    for g, form in enumerate(circuit.gate_form.tolist()):
        if not ask("gate", n, g):
            yield f"the language has no gate {g}"
            continue
        if (said := ask("threshold", n, g)) != thresholds[g]:
            yield f"gate {g}: threshold {said} by the language, {thresholds[g]} in the circuit"
        row = slice(int(flat.start[form]), int(flat.start[form + 1]))
        operands = list(zip(flat.operand[row].tolist(), flat.weight[row].tolist(), strict=True))
        for p in range(-1, len(operands) + 2):
            is_operand = 0 <= p < len(operands)
            wire, weight = operands[p] if is_operand else (None, 0)
            for h in _wires(wires, wire, sample):
                said = ask("weight", n, g, p, h)
                if said != (weight if h == wire else 0):
                    yield f"gate {g}, operand {p}, wire {h}: weight {said} by the language"
    outputs = circuit.output_wire.tolist()
    for k in range(-1, len(outputs) + 2):
        wire = outputs[k] if 0 <= k < len(outputs) else None
        for h in range(-2, wires + 2):
            if bool(ask("output", n, k, h)) != (h == wire):
                yield f"output {k}, wire {h}: the language says otherwise"


def _wires(wires: int, wire: int | None, sample: int | None) -> Iterable[int]:
    if sample is None:
        return range(-2, wires + 2)
    near = [] if wire is None else [wire - 1, wire, wire + 1]
    return {*near, *range(-2, wires + 2, max(1, wires // max(sample, 1)))}


def query_growth(
    language: ConnectionLanguage, sizes: Iterable[int] = (2**8, 2**16, 2**32, 2**64)
) -> tuple[tuple[int, int, int], ...]:
    """What queries about far larger members cost: (n, most space in bits, most steps).

    Such members cannot be built; their gates and operands can be asked for one by one. Asked are
    names at powers of two and next to them.

    Args:
        language: of the family.
        sizes: which n.

    Raises:
        ArgumentError: one is below 2.
    """
    rows = []
    for n in sizes:
        if n < 2:
            raise ArgumentError(f"sizes must be at least 2, not {n}")
        language.space = language.steps = 0
        names = sorted(
            {max(0, 2**k + d) for k in range(0, int(log2(n)) + 1, 5) for d in (-1, 0, 1)}
        )
        for g in (*names, n - 1, n):
            if language.ask("gate", n, g):
                language.ask("threshold", n, g)
            for p in names[::3]:
                language.ask("weight", n, g, p, p)
        language.ask("output", n, 0, 2 * n)
        rows.append((n, language.space, language.steps))
    return tuple(rows)
