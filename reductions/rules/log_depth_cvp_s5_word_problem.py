"""Circuits of logarithmic depth to the word problem of S5: Barrington's theorem.

The word of a gate has the product c, a five-cycle, if the gate is 1, and else the identity. The
word of an AND is a commutator, of words of its operands for two five-cycles; a word for another
five-cycle is the conjugate of the word for c. A NOT is the word for the inverse of c, with its last
letter times c: it costs nothing. OR is AND by De Morgan's law.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.certificates import OPEN
from reductions.problems.circuit_value import wire_values
from reductions.problems.gate_kinds import AND, BUFFER, NOT
from reductions.problems.log_depth_circuits import LOG_DEPTH, LogDepth
from reductions.problems.s5_word_problem import (
    NUMBER,
    PERMUTATIONS,
    S5_WORD_PROBLEM,
    Products,
    Word,
)
from reductions.problems.s5_word_problem import products as products_of
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.five_cycles import IDENTITY, conjugates, inverses, target, times, turns
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_computations import barrington

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from tcsim.typing import Integers


@dataclass(frozen=True)
class Span:
    """Letters whose product tells the value of a wire: 1 unless it is the identity, or inverted.

    Attributes:
        start: the first letter.
        stop: behind the last one.
        inverted: whether the identity means 1.
    """

    start: int
    stop: int
    inverted: bool


def negated(word: Integers) -> Integers:
    """The word of NOT."""
    found = conjugates(turns()[4])[word]
    found[-1] = times()[found[-1], target()]
    return found


def conjunction(a: Integers, b: Integers) -> Integers:
    """The word of AND."""
    parts = zip(turns(), (a, b, a, b), strict=False)
    return np.concatenate([conjugates(turn)[word] for turn, word in parts])


def forward(source: LogDepth) -> Mapped[Word]:
    """The word of the output, from those of all gates that it depends on."""
    n, needed = len(source.values), _cone(source)
    words: dict[int, Integers] = {}
    reads: dict[int, Integers] = {}  # of each letter the input that it is made from
    for wire, value in enumerate(source.values):
        words[wire] = np.array([target() if value else IDENTITY])
        reads[wire] = np.array([wire])
    for gate, (kind, a, b) in enumerate(_rows(source), n):
        if gate not in needed:
            continue
        if kind in {NOT, BUFFER}:
            words[gate] = negated(words[a]) if kind == NOT else words[a]
            reads[gate] = reads[a]
            continue
        if kind == AND:
            words[gate] = conjunction(words[a], words[b])
        else:
            words[gate] = negated(conjunction(negated(words[a]), negated(words[b])))
        reads[gate] = np.concatenate((reads[a], reads[b]) * 2)
    word, origin = words[source.output], reads[source.output]
    spans = _spans(source, {wire: len(found) for wire, found in words.items()})
    letters = word.astype(np.uint8).tobytes()
    return Mapped(Word(letters, target()), Provenance("letter", "wire", origin), spans)


def _rows(source: LogDepth) -> list[tuple[int, int, int]]:
    operands = source.gates.operands[:, :2].tolist()
    return [(k, a, b) for k, (a, b) in zip(source.gates.kind.tolist(), operands, strict=True)]


def _cone(source: LogDepth) -> set[int]:
    """The wires that the output depends on."""
    n, rows = len(source.values), _rows(source)
    found = {source.output}
    for gate in reversed(range(len(rows))):
        if n + gate in found:
            found.update(wire for wire in rows[gate][1:] if wire >= 0)
    return found


def _spans(source: LogDepth, length: Mapping[int, int]) -> dict[int, Span]:
    """Of each wire that the output depends on: letters that tell its value."""
    n, rows = len(source.values), _rows(source)
    found = {source.output: Span(0, length[source.output], inverted=False)}
    for gate in reversed(range(len(rows))):
        if n + gate not in found:
            continue
        kind, a, b = rows[gate]
        own = found[n + gate]
        if kind in {NOT, BUFFER}:
            found[a] = Span(own.start, own.stop, own.inverted != (kind == NOT))
        else:
            middle = own.start + length[a]
            found[a] = Span(own.start, middle, inverted=kind != AND)
            found[b] = Span(middle, middle + length[b], inverted=kind != AND)
    return found


def told(span: Span, found: Products) -> int:
    """The value that the products of all beginnings of the word tell of a wire."""
    before = IDENTITY if span.start == 0 else found[span.start - 1]
    same = before == found[span.stop - 1]
    return int(same == span.inverted)


def back(source: LogDepth, mapped: Mapped[Word], found: Products) -> str:
    """All gates that the output depends on."""
    n, spans = len(source.values), mapped.images
    gates = range(n, n + source.circuit.size)
    return "".join(str(told(spans[gate], found)) if gate in spans else OPEN for gate in gates)


def formulas(depth: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {"letters": at_most(4**depth), "levels": at_most(2 * depth)}


def holds(source: LogDepth, mapped: Mapped[Word]) -> bool:
    """Whether the word is c or the identity, as it should, and the spans tell all values."""
    values, found = wire_values(source), products_of(mapped.instance)
    whole = mapped.instance.goal if values[source.output] else IDENTITY
    return found[-1] == whole and all(
        told(span, found) == values[wire] for wire, span in mapped.images.items()
    )


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, and that conjugates of a word have the conjugate product."""
    yield from over_one_gate(LogDepth, forward, holds)
    table, c = times(), target()
    for turn in range(len(PERMUTATIONS)):
        moved = conjugates(turn)
        kept = np.array_equal(moved[table], table[np.ix_(moved, moved)])
        yield f"conjugation by {turn}", kept and moved[IDENTITY] == IDENTITY
    for name, cycle in zip(("c'", "c"), (int(inverses()[c]), c), strict=True):
        yield f"{name} is no identity", cycle != IDENTITY


def second(source: LogDepth) -> Word:
    """By the branching program of tcsim, whose instructions are given the inputs' values."""
    from tcsim.library.barrington import FIRST, SECOND, commutator, program_of
    from tcsim.library.boolean_formula import formula_of

    formula, goal = formula_of(source.circuit, 0), NUMBER[commutator(FIRST, SECOND)]
    if formula.kind == "constant":
        return Word(bytes((goal if formula.number else IDENTITY,)), goal)
    chosen = [
        step.one if source.values[step.number] else step.zero
        for step in program_of(formula, len(source.values)).instructions
    ]
    return Word(bytes(NUMBER[permutation] for permutation in chosen), goal)


RULE: Reduction[LogDepth, str, Word, Products] = Reduction(
    name="log_depth_cvp_s5_word_problem",
    source=LOG_DEPTH,
    target=S5_WORD_PROBLEM,
    summary="AND is a commutator of five-cycles: four words for one, so 4^depth letters; a NOT "
    "costs nothing.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="a letter is a path from the output to an input, two bits a gate; each is walked again",
    reference="Barrington 1989, Bounded-width polynomial-size branching programs recognize exactly "
    "those languages in NC1",
    back=back,
    invariant=Invariant(
        "the product is c or the identity, and for each wire that the output depends on some "
        "letters tell its value",
        holds,
        steps,
    ),
    metered=barrington(),
    second=second,
)
