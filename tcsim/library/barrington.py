"""Barrington's theorem: a formula of depth d as a product of 4^d permutations of five points.

A program for F is a product that is a five-cycle a where F is true, and the identity where it is
not. With five-cycles a and b whose commutator a b a' b' is a five-cycle, programs of F for a, of G
for b, of F for a', of G for b', one after the other, are a program of F AND G. OR is AND by De
Morgan's law, and a negation costs nothing.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError, LimitError
from tcsim.library.boolean_formula import formula_of, join, literal
from tcsim.library.branching_program import IDENTITY, BranchingProgram, Instruction, times
from tcsim.library.construction import Construction
from tcsim.library.oracles import each
from tcsim.library.parameter import Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.circuit import Circuit
    from tcsim.expressions import Signal
    from tcsim.library.boolean_formula import Formula
    from tcsim.library.branching_program import Permutation
    from tcsim.typing import Bits

FIRST, SECOND = (1, 2, 3, 4, 0), (2, 0, 4, 1, 3)
"""(0 1 2 3 4) and (0 2 4 3 1), with the commutator (0 2 1 4 3)."""

MOST_INSTRUCTIONS = 1 << 20
"""Of a program."""


def program(circuit: Circuit, output: int = 0) -> BranchingProgram:
    """The branching program of an output: at most 4^d instructions, d the depth of the circuit.

    Args:
        circuit: of gates of at most two operands.
        output: number of the output.

    Raises:
        ArgumentError: a gate has more, there is no such output, or it is constant.
        LimitError: there are more than `MOST_INSTRUCTIONS` instructions.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 4)
        >>> b.output("equal", (x[0] & x[1] | ~x[0] & ~x[1]) & (x[2] & x[3] | ~x[2] & ~x[3]))
        >>> equal = program(b.build())
        >>> len(equal), equal.product([1, 1, 0, 0]) == equal.target
        (64, True)
    """
    return program_of(formula_of(circuit, output), circuit.n_inputs)


def program_of(formula: Formula, inputs: int) -> BranchingProgram:
    """The branching program of a formula over so many inputs."""
    if formula.kind == "constant":
        raise ArgumentError(f"the output is the constant {formula.number}: it needs no program")
    if (length := _length(formula)) > MOST_INSTRUCTIONS:
        raise LimitError(
            f"the program has {length:,} instructions, at most {MOST_INSTRUCTIONS:,} are made: "
            "tcsim.library.balancing.balance makes the formula shallower"
        )
    target = commutator(FIRST, SECOND)
    return BranchingProgram(tuple(_steps(formula, target, negated=False)), target, inputs)


def inverse(permutation: Permutation) -> Permutation:
    """The inverse."""
    return tuple(permutation.index(point) for point in range(len(permutation)))


def commutator(a: Permutation, b: Permutation) -> Permutation:
    """The product a b a' b'."""
    return times(times(a, b), times(inverse(a), inverse(b)))


def _steps(formula: Formula, target: Permutation, *, negated: bool) -> list[Instruction]:
    """A program with the product `target` if the formula is true (false, if negated)."""
    if formula.kind == "literal":
        no, yes = (target, IDENTITY) if formula.negated != negated else (IDENTITY, target)
        return [Instruction(formula.number, no, yes)]
    left, right = formula.parts
    if (formula.kind == "or") != negated:  # NOT (NOT left AND NOT right)
        *steps, last = _and(left, right, inverse(target), negated=not negated)
        return [*steps, Instruction(last.number, times(last.zero, target), times(last.one, target))]
    return _and(left, right, target, negated=negated)


def _and(left: Formula, right: Formula, target: Permutation, *, negated: bool) -> list[Instruction]:
    turn = _conjugator(commutator(FIRST, SECOND), target)
    a, b = (times(times(inverse(turn), cycle), turn) for cycle in (FIRST, SECOND))
    return [
        step
        for part, cycle in ((left, a), (right, b), (left, inverse(a)), (right, inverse(b)))
        for step in _steps(part, cycle, negated=negated)
    ]


def _conjugator(cycle: Permutation, target: Permutation) -> Permutation:
    """Some t with t' cycle t = target."""
    return next(t for t in permutations(IDENTITY) if times(cycle, t) == times(t, target))


def _length(formula: Formula) -> int:
    made: dict[int, int] = {}
    stack = [formula]
    while stack:
        part = stack[-1]
        waiting = [below for below in part.parts if id(below) not in made]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        made[id(part)] = 2 * sum(made[id(below)] for below in part.parts) or 1
    return made[id(formula)]


def alternating(d: int, first: int = 0) -> Formula:
    """AND and OR in turn, on d levels, over 2^d inputs: an AND at the root."""
    kinds = ("and", "or")

    def formula(level: int, first: int) -> Formula:
        if level == d:
            return literal(first)
        half = 1 << (d - level - 1)
        parts = (formula(level + 1, first), formula(level + 1, first + half))
        return join(kinds[level % 2], *parts)

    return formula(0, first)


def _build(x: Any, d: int) -> Mapping[str, Signal]:  # noqa: ANN401
    return {"value": program_of(alternating(d), 2**d).accept(x)}


def _formulas(d: Any) -> Mapping[str, Any]:  # noqa: ANN401
    # 2 d levels of products. The lowest has 4^d / 2, of matrices with two entries in each row and
    # column: 20 paths, and 4 in the first and the last, which need one row and one column alone.
    # Above there are 4^d / 2 - 2 in 2 d - 2 levels, of 125 paths, 25 in the first and the last of
    # each, and then one of 5 paths.
    lowest, above, tall = 4**d / 2, 4**d / 2 - 2, 2 * d - 2
    paths = 8 + 20 * (lowest - 2) + 50 * tall + 125 * (above - 2 * tall) + 5
    entries = 10 + 25 * (lowest - 2) + 10 * tall + 25 * (above - 2 * tall) + 1
    return {"depth": 4 * d, "size": paths + entries, "edges": 3 * paths, "max_weight": 1}


def _oracle(x: Bits, d: int) -> Mapping[str, Any]:
    def value(row: Bits) -> int:
        bits = row.tolist()
        for level in reversed(range(d)):
            pairs = zip(bits[::2], bits[1::2], strict=True)
            bits = [a | b if level % 2 else a & b for a, b in pairs]
        return int(bits[0])

    return {"value": each(value, x)}


BARRINGTON = Construction(
    name="barrington",
    summary="A formula of depth d as 4^d permutations of five points, multiplied by a tree",
    claim="NC1",
    source="Barrington 1989, Bounded-width polynomial-size branching programs recognize exactly "
    "those languages in NC1",
    parameters=(Parameter("d", "levels of the formula, AND and OR in turn over 2^d inputs"),),
    inputs=lambda d: {"x": (2**d,)},
    build=_build,
    formulas=_formulas,
    oracle=_oracle,
    points=tuple({"d": d} for d in range(1, 4)),
    example={"d": 1},
)
