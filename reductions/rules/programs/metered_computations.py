"""Programs with what they need to run: rules to layers, to rings, to groups, and from programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reductions.problems.arithmetic_problem import ARITHMETIC
from reductions.problems.boolean_problem import BOOLEAN_PROGRAM
from reductions.problems.boolean_program import BooleanProgram, Repeat
from reductions.problems.circuits import CVP
from reductions.problems.dependency_graph import OPERATIONS, DependencyGraph
from reductions.problems.dependency_problem import DEPENDENCY_GRAPH
from reductions.problems.gate_kinds import KINDS
from reductions.problems.log_depth_circuits import LOG_DEPTH
from reductions.problems.ram_problem import WORD_RAM
from reductions.problems.s5_word_problem import PERMUTATIONS, S5_WORD_PROBLEM, Word
from reductions.problems.unordered_circuits import UNORDERED, Unordered
from reductions.problems.word_ram import OPERATIONS as RAM_OPERATIONS
from reductions.problems.word_ram import WordRam
from reductions.rules.programs.metered import VALUES, description
from reductions.rules.programs.metered_rules import on_tapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reductions.problems.boolean_program import Statement
    from reductions.problems.layered_circuits import Layered
    from reductions.problems.ring_circuits import RingCircuit
    from reductions.reduction import Metered


def as_text(rows: Callable[[Any], Iterator[Sequence[int]]]) -> Callable[[Any], str]:
    """Records of an instance as a tape."""

    def tape(instance: Any) -> str:  # noqa: ANN401
        from tcsim.uniformity.tape import text

        return "".join(text(list(row)) + ";" for row in rows(instance))

    return tape


def unordered_rows(instance: Unordered) -> Iterator[Sequence[int]]:
    """As `description`, with the gates in their order."""
    yield 0, len(instance.values)
    for kind, *wires in instance.gates:
        weight = KINDS[kind].weight
        yield 1, KINDS[kind].threshold, *(number for wire in wires for number in (weight, wire))
    yield 2, instance.output
    yield VALUES, *instance.values


def circuit_rows(instance: Layered) -> Iterator[Sequence[int]]:
    """Those of `description`."""
    from tcsim.uniformity.tape import records

    return records(description(instance))


def ring_rows(instance: RingCircuit) -> Iterator[Sequence[int]]:
    """The ring, the gates, the output with the goal, the values."""
    yield 0, instance.modulus, len(instance.values)
    for row in instance.rows:
        yield 1, *row
    yield 2, instance.output, instance.goal
    yield 3, *instance.values


def word_rows(instance: Word) -> Iterator[Sequence[int]]:
    """Where each letter takes the points, and where the goal does."""
    for letter in instance.letters:
        yield 1, *PERMUTATIONS[letter]
    yield 2, *PERMUTATIONS[instance.goal]


def program_rows(instance: BooleanProgram) -> Iterator[Sequence[int]]:
    """The statements in a row: where a loop ends, its count and the record where it begins."""
    yield 0, len(instance.values)
    found: list[tuple[int, ...]] = []

    def add(statements: Sequence[Statement]) -> None:
        for one in statements:
            if isinstance(one, Repeat):
                first = len(found) + 1
                found.append((2, one.count))
                add(one.body)
                found.append((3, one.count, first))
            else:
                kind = KINDS[one.kind]
                reads = (number for x in one.reads for number in (kind.weight, x))
                found.append((1, one.target, kind.threshold, *reads))

    add(instance.statements)
    yield from found
    yield 4, instance.output
    yield 5, *instance.values


def quantity_rows(instance: DependencyGraph) -> Iterator[Sequence[int]]:
    """The ring, each quantity, and which is asked for with the goal."""
    yield 0, instance.modulus
    for one in instance.quantities:
        yield 1, OPERATIONS.index(one.operation), *one.of
    yield 2, instance.asked, instance.goal


def ram_rows(instance: WordRam) -> Iterator[Sequence[int]]:
    """Sizes and the number of steps, each instruction, the memory."""
    yield 0, instance.bits, instance.registers, instance.address, instance.steps
    for operation, r, s in instance.program:
        yield 1, RAM_OPERATIONS.index(operation), r, s
    yield 2, *instance.memory


def copies() -> Metered[Any]:
    """Unordered CVP to layers."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.copies import write_copies

        return write_copies

    return on_tapes(program, circuit_rows, UNORDERED, 44, as_text(unordered_rows))


def reversing() -> Metered[Any]:
    """CVP to unordered CVP."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.copies import write_reverse

        return write_reverse

    return on_tapes(program, unordered_rows, CVP)


def ring(modulus: int) -> Metered[Any]:
    """CVP to circuits over the integers modulo something."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs import arithmetic as module
        from tcsim.uniformity import bound

        return bound(module, MODULUS=modulus).write_ring

    return on_tapes(program, ring_rows, CVP, 14)


def barrington() -> Metered[Any]:
    """Circuits of logarithmic depth to words."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules import five_cycles
        from reductions.rules.programs import barrington as module
        from tcsim.uniformity import bound

        numbers = (five_cycles.target(), *five_cycles.turns())
        packed = [sum(q << 3 * p for p, q in enumerate(PERMUTATIONS[x])) for x in numbers]
        names = ("TARGET", "A", "B", "C", "D", "INVERSE")
        return bound(module, **dict(zip(names, packed, strict=True))).write_word

    return on_tapes(program, word_rows, LOG_DEPTH, 11)


def word_tree(arity: int) -> Metered[Any]:
    """Words to trees of matrix products."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs import word_tree as module
        from tcsim.uniformity import bound

        return bound(module, ARITY=arity).write_tree

    return on_tapes(program, circuit_rows, S5_WORD_PROBLEM, 14, as_text(word_rows))


def unrolling() -> Metered[Any]:
    """Boolean programs to CVP."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.unrolling import write_circuit

        return write_circuit

    return on_tapes(program, circuit_rows, BOOLEAN_PROGRAM, 14, as_text(program_rows))


def quantities() -> Metered[Any]:
    """Word problems to circuits over rings."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.quantities import write_gates

        return write_gates

    return on_tapes(program, ring_rows, DEPENDENCY_GRAPH, 12, as_text(quantity_rows))


def stories() -> Metered[Any]:
    """Circuits over rings to word problems."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.quantities import write_quantities

        return write_quantities

    return on_tapes(program, quantity_rows, ARITHMETIC, 20, as_text(ring_rows))


def machine_rounds() -> Metered[Any]:
    """Word-RAMs to Boolean programs."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.ram_rounds import write_rounds

        return write_rounds

    found = on_tapes(program, program_rows, WORD_RAM, tape=as_text(ram_rows))
    return replace(found, ladder=lambda: [WORD_RAM.ladder(k) for k in (4, 8, 12, 16, 64)])
