"""A proof of equivalence that any DRAT checker takes: clauses of both circuits, and lemmas."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.equivalence.graph import AndGraph
    from tcsim.typing import StrPath

Clause = tuple[int, ...]
"""Literals as DIMACS writes them: variable v or -v."""


@dataclass(frozen=True)
class Proof:
    """A refutation of "some output differs".

    Variable v is node v of the common graph of ANDs of both circuits: the inputs of the first
    circuit are 1 .. inputs, then come the ANDs. The last variables say which output differs.

    Attributes:
        variables: how many there are.
        clauses: unsatisfiable: every AND by its operands, and that some output differs.
        lemmas: each follows from what stands before it by unit propagation (RUP); the last one
            is the empty clause.
    """

    variables: int
    clauses: tuple[Clause, ...]
    lemmas: tuple[Clause, ...]

    def write(self, cnf: StrPath, lemmas: StrPath) -> None:
        """Write the clauses in DIMACS and the lemmas in DRAT, as ``drat-trim CNF LEMMAS`` reads.

        Args:
            cnf: the file for the clauses.
            lemmas: the file for the lemmas.

        Raises:
            ArgumentError: a file cannot be written.
        """
        for path, text in ((cnf, self.dimacs()), (lemmas, self.drat())):
            try:
                Path(path).write_text(text, encoding="ascii")
            except OSError as error:
                raise ArgumentError(f"cannot write {path}: {error.strerror}") from None

    def dimacs(self) -> str:
        """The clauses, as DIMACS writes them."""
        return f"p cnf {self.variables} {len(self.clauses)}\n" + _lines(self.clauses)

    def drat(self) -> str:
        """The lemmas, as DRAT writes them."""
        return _lines(self.lemmas)


class ProofLog:
    """Collects the lemmas while nodes are merged.

    Args:
        graph: the common graph.
    """

    def __init__(self, graph: AndGraph) -> None:
        self._graph = graph
        self._lemmas: list[Clause] = []

    def lemma(self, *literals: int) -> None:
        """Add a clause over literals of the graph; one that holds anyway is left out."""
        if 1 not in literals:
            self._lemmas.append(clause(literals))

    def under(self, assumed: Sequence[int], lemmas: Iterable[Iterable[int]]) -> None:
        """Add lemmas (over literals of the graph) that were derived under assumed literals."""
        negated = [literal ^ 1 for literal in assumed]
        for each in lemmas:
            self.lemma(*dict.fromkeys([*each, *negated]))

    def equal(self, a: int, b: int) -> None:
        """Add the two clauses of ``a = b``."""
        self.lemma(a ^ 1, b)
        self.lemma(a, b ^ 1)

    def close(self, pairs: Sequence[tuple[int, int]]) -> Proof:
        """The proof, once both literals of every pair of outputs have been shown equal."""
        graph = self._graph
        clauses: list[Clause] = []
        for node in range(graph.n_inputs + 1, len(graph)):
            left, right, y = graph.left[node], graph.right[node], 2 * node
            clauses += [clause([y ^ 1, left]), clause([y ^ 1, right])]
            clauses.append(clause([y, left ^ 1, right ^ 1]))
        some: list[int] = []
        different = [(a, b) for a, b in pairs if a != b]
        for number, (a, b) in enumerate(different, len(graph)):
            y = 2 * number
            some.append(y)
            for sides in ((a, b), (a ^ 1, b ^ 1)):
                if 1 not in sides:
                    clauses.append(clause([y ^ 1, *sides]))
            self.lemma(y ^ 1, a)
            self.lemma(y ^ 1)
        self.lemma()
        clauses.append(clause(some))
        return Proof(len(graph) - 1 + len(different), tuple(clauses), tuple(self._lemmas))


def clause(literals: Iterable[int]) -> Clause:
    """Literals of a graph as DIMACS writes them; the constant 0 is left out."""
    return tuple(-(each >> 1) if each & 1 else each >> 1 for each in literals if each)


def _lines(clauses: Iterable[Clause]) -> str:
    return "".join(" ".join(map(str, (*each, 0))) + "\n" for each in clauses)
