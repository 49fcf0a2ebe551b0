"""Programs with what they need to run on instances: the input tape, and what must be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.problems.alternating_circuits import ALTERNATING
from reductions.problems.circuits import CVP, MONOTONE
from reductions.problems.do1_gap import DO1_GAP
from reductions.problems.strict_alternating import STRICT_ALTERNATING
from reductions.problems.turing_machine import Acceptance
from reductions.reduction import Metered
from tcsim.uniformity.turing import parity

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from reductions.problem import Problem
    from reductions.problems.circuit_value import CircuitValue
    from reductions.problems.do1 import DepthQuestion
    from reductions.problems.do1_gap import DepthGap
    from tcsim.uniformity.turing import TuringMachine

VALUES = 3
"""The record that holds the values of a circuit's inputs; the others are those of `describe`."""


def description(instance: CircuitValue) -> str:
    """A circuit and the values of its inputs as records; see `tcsim.uniformity.describe`."""
    from tcsim.uniformity import describe
    from tcsim.uniformity.tape import text

    return describe(instance.circuit) + text([VALUES, *instance.values]) + ";"


def one_program(
    make: Callable[[], Any], tape: Callable[[Any], str] = description
) -> Callable[[Any], tuple[str, Any]]:
    """`Metered.run` of a program that has no constants that depend on the instance.

    Args:
        make: gives the function; called when it first runs.
        tape: of a source instance, the input.
    """
    made: list[Any] = []

    def run(instance: Any) -> tuple[str, Any]:  # noqa: ANN401
        if not made:
            from tcsim.uniformity import Program

            made.append(Program(make()))
        return tape(instance), made[0]

    return run


def rungs(source: Problem[Any, Any], last: int) -> list[Any]:
    """Three instances to fit a line to, and one at least four times as long."""
    return [source.ladder(k) for k in (1, 2, 3, 4, last)]


def dual_rail() -> Metered[Any]:
    """CVP to monotone CVP."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs.dual_rail import write_rails

        return write_rails

    return Metered(one_program(make), description, lambda: rungs(CVP, 256))


def gate_by_gate(source: Problem[Any, Any], direct: int, universal: int = 0) -> Metered[Any]:
    """To NAND or NOR gates, or (direct = 0) to alternating ones."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs import gate_by_gate as module
        from tcsim.uniformity import bound

        return bound(module, DIRECT=direct, UNIVERSAL=universal).write_gates

    return Metered(one_program(make), description, lambda: rungs(source, 100))


def inclusion() -> Metered[Any]:
    """CVP to threshold circuits."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs.copying import write_copy

        return write_copy

    return Metered(one_program(make), description, lambda: rungs(CVP, 20))


def majorities() -> Metered[Any]:
    """Monotone CVP to majorities of three."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs.majorities import write_majorities

        return write_majorities

    return Metered(one_program(make), description, lambda: rungs(MONOTONE, 20))


def gap(epsilon: Fraction) -> Metered[Any]:
    """Alternating CVP to DO1 with a gap."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs import copying as module
        from tcsim.uniformity import bound

        return bound(module, P=epsilon.numerator, Q=epsilon.denominator).write_gap

    return Metered(one_program(make), _gap_description, lambda: rungs(ALTERNATING, 200))


def strict_gap(epsilon: Fraction) -> Metered[Any]:
    """Strict alternating CVP to DO1 with a gap."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs import pairs as module
        from tcsim.uniformity import bound

        return bound(module, P=epsilon.numerator, Q=epsilon.denominator).write_strict_gap

    return Metered(one_program(make), _gap_description, lambda: rungs(STRICT_ALTERNATING, 20))


def without_gap() -> Metered[Any]:
    """DO1 with a gap to DO1."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs.copying import write_without_gap

        return write_without_gap

    def describe(instance: DepthQuestion) -> str:
        from tcsim.uniformity.tape import text

        return description(instance.circuit) + text([4, instance.threshold]) + ";"

    return Metered(one_program(make, _gap_description), describe, lambda: rungs(DO1_GAP, 20))


def _gap_description(instance: DepthGap) -> str:
    from tcsim.uniformity.tape import text

    last = [4, instance.threshold, instance.epsilon.numerator, instance.epsilon.denominator]
    return description(instance.circuit) + text(last) + ";"


def strict_alternating() -> Metered[Any]:
    """Monotone CVP to strict alternating circuits."""

    def make() -> Any:  # noqa: ANN401
        from reductions.rules.programs.strict import write_strict

        return write_strict

    return Metered(one_program(make), description, lambda: rungs(MONOTONE, 14))


def tableau() -> Metered[Acceptance]:
    """Acceptance within T steps to CVP."""
    programs: dict[Any, Any] = {}

    def run(instance: Acceptance) -> tuple[str, Any]:
        key = Acceptance(instance.machine, "", 0)
        if key not in programs:
            from reductions.rules.programs import tableau as module
            from tcsim.uniformity import Program, bound

            programs[key] = Program(
                bound(module, **machine_constants(instance.machine)).write_tableau
            )
        return f"{instance.word},{'1' * instance.steps}", programs[key]

    return Metered(run, description, lambda: _parities((2, 3, 4, 5, 24)))


def threshold_tableau() -> Metered[Acceptance]:
    """Acceptance within T steps to the value of a threshold circuit, by the program of tcsim."""

    def run(instance: Acceptance) -> tuple[str, Any]:
        from tcsim.uniformity import Program
        from tcsim.uniformity.turing import tableau_programs

        linear = instance.steps == len(instance.word) + 1
        time = (1, 1, 0) if linear else (instance.steps, 0, 0)
        return instance.word, Program(tableau_programs(instance.machine, time).describe)

    def written(instance: CircuitValue) -> str:
        from tcsim.uniformity import describe

        return describe(instance.circuit)

    return Metered(run, written, lambda: _parities((2, 3, 4, 16)))


def _parities(lengths: tuple[int, ...]) -> list[Acceptance]:
    return [Acceptance(parity(), ("10" * n)[:n], n + 1) for n in lengths]


def machine_constants(machine: TuringMachine) -> dict[str, int]:
    """A machine as the constants of the program."""
    states = {name: place for place, name in enumerate(machine.states)}
    symbols = {name: place for place, name in enumerate(machine.alphabet)}
    s, g = len(states), len(symbols)
    bits, table, row, lefts = (3 * s * g).bit_length(), 0, 0, 0
    for state in states:
        for symbol in symbols:
            after, written, move = machine.delta.get((state, symbol), (state, symbol, 0))
            table |= ((states[after] * g + symbols[written]) * 3 + move + 1) << bits * row
            row += 1
            lefts += move < 0
    return {
        "S": s, "G": g, "BITS": bits, "DELTA": table, "LEFTS": lefts,
        "START": states[machine.start], "ACCEPT": states[machine.accept],
        "ZERO": symbols["0"], "ONE": symbols["1"], "BLANK": symbols[machine.blank],
    }  # fmt: skip
