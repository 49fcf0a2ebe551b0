"""The merging of equal nodes of a graph of ANDs, from the inputs up, in rounds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.equivalence.classes import Classes
from tcsim.equivalence.cones import Cones
from tcsim.equivalence.graph import fold
from tcsim.equivalence.prover import Prover
from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.equivalence.graph import AndGraph
    from tcsim.equivalence.proof import Proof, ProofLog
    from tcsim.typing import Progress

_ROUNDS = (20, 200, 2_000)
"""Conflicts after which an inner pair is left open, in each round. In the first, only nodes that
share something just below them are compared: rewritten gates show there, and what is hard waits."""
_BELOW = 24
"""ANDs below a node that are looked at to see what it shares with another."""
_TRIES = 2
"""Representatives of a class that a node is compared with, if the first ones stay open."""

_NO_MODEL = (
    "the SAT solver tells two nodes apart that are equal on its vector: "
    "please report this with both circuits"
)


@dataclass
class Sweep:
    """What a sweep found.

    Attributes:
        equal: True, False, or None at the time limit.
        inputs: where it is False: an input, 0/1, shape (inputs,).
        ands: ANDs of both circuits together, equal ones counted once.
        merged: nodes that the solver merged into others.
        solver_calls: how often it was asked.
        refinements: counterexamples to inner pairs.
        open_outputs: outputs that are not proven equal.
        proof: of True, if it was asked for.
    """

    equal: bool | None = None
    inputs: list[int] | None = None
    ands: int = 0
    merged: int = 0
    solver_calls: int = 0
    refinements: int = 0
    open_outputs: int = 0
    proof: Proof | None = None


class Merging:
    """The state of a sweep: which literal every node so far has become."""

    def __init__(
        self,
        graph: AndGraph,
        pairs: Sequence[tuple[int, int]],
        deadline: float,
        log: ProofLog | None,
        seed: int,
    ) -> None:
        self._graph, self._pairs, self._deadline, self._log = graph, pairs, deadline, log
        self._became = list(range(0, 2 * len(graph), 2))
        self._left, self._right = graph.left.copy(), graph.right.copy()
        self._index: dict[tuple[int, int], int] = {}
        self._classes = Classes(graph, pairs, seed)
        self._cones = Cones(graph, self._left, self._right)
        self.prover = Prover(graph, self._left, self._right, deadline, log)
        self._near: dict[int, set[int]] = {}
        self._sides, self._any_pair = bytearray(), False
        self._merged = 0
        # Without a solver, equal ANDs are merged all the same.
        self._solving = self.prover.available

    def run(self, progress: Progress | None) -> Sweep:
        """Merge from the inputs up, in rounds, then ask for what is left of the outputs."""
        graph, total = self._graph, len(self._graph)
        for number, conflicts in enumerate(_ROUNDS):
            self._sides, self._any_pair = self._needed(), conflicts == _ROUNDS[-1]
            if not any(self._sides):
                break
            self._classes.restart()
            # What an earlier round knows of later nodes would merge a node into one above it.
            self._near, self._index = {}, {}
            for node in range(graph.n_inputs + 1):
                self._classes.settle(node)
            for node in range(graph.n_inputs + 1, total):
                if self._stops():
                    break
                if self._became[node] == 2 * node:
                    self._became[node] = self._merge(node, conflicts)
                else:
                    self._became[node] = self._now(self._became[node])
                if progress is not None and node % 512 == 0:
                    progress(number * total + node, len(_ROUNDS) * total)
            if self._stops():
                break
        result = self._outputs()
        result.ands = total - 1 - graph.n_inputs
        result.merged, result.solver_calls = self._merged, self.prover.calls
        result.refinements = self._classes.refinements
        if progress is not None:
            progress(1, 1)
        return result

    def _stops(self) -> bool:
        return self._classes.difference is not None or time.monotonic() > self._deadline

    def _needed(self) -> bytearray:
        """Which circuit still needs a node, for outputs that are open: bit 0 A, bit 1 B."""
        sides = bytearray(len(self._graph))
        for pair in self._pairs:
            ends = self._now(pair[0]), self._now(pair[1])
            if ends[0] != ends[1]:
                for side, end in enumerate(ends):
                    sides[end >> 1] |= 1 << side
        for node in range(len(sides) - 1, self._graph.n_inputs, -1):
            if sides[node]:
                for operand in (self._left[node], self._right[node]):
                    sides[self._now(operand) >> 1] |= sides[node]
        if any(sides):
            sides[0] = 3
        return sides

    def _outputs(self) -> Sweep:
        left_open = 0
        for pair in self._pairs:
            if self._classes.difference is not None:
                break
            x, y = sorted((self._now(pair[0]), self._now(pair[1])), reverse=True)
            if x == y:
                continue
            found = None
            if x ^ y != 1 and time.monotonic() < self._deadline:
                found = self.prover.equal(x, y, None)
            if x ^ y == 1 or found is False:
                self._classes.refine(self.prover.model if x ^ y != 1 else ())
                if self._classes.difference is None:
                    raise TcsimError(_NO_MODEL)
            elif found is None:
                left_open += 1
            elif self._log is not None:
                self._log.equal(x, y)
        if self._classes.difference is not None:
            return Sweep(equal=False, inputs=self._classes.difference)
        if left_open:
            return Sweep(open_outputs=left_open)
        return Sweep(True, proof=self._log.close(self._pairs) if self._log is not None else None)

    def _now(self, literal: int) -> int:
        return self._became[literal >> 1] ^ (literal & 1)

    def _merge(self, node: int, conflicts: int) -> int:
        """The literal of a node whose operands are settled: an earlier one, or its own."""
        a, b = self._now(self._graph.left[node]), self._now(self._graph.right[node])
        pair, known = fold(a, b)
        if known is None:
            known = self._index.get(pair)
            if (self._left[node], self._right[node]) != pair and self._log is not None:
                self._log.lemma(2 * node + 1, a)
                self._log.lemma(2 * node + 1, b)
                self._log.lemma(2 * node, a ^ 1, b ^ 1)
            self._left[node], self._right[node] = pair
        if known is not None and known != 2 * node:
            if self._log is not None:
                self._log.equal(2 * node, known)
            return known
        self._index[pair] = 2 * node
        found = self._equal_node(node, conflicts)
        if found is None:
            self._classes.settle(node)
            return 2 * node
        self._merged += 1
        self._index[pair] = found
        if self._log is not None:
            self._log.equal(2 * node, found)
        return found

    def _equal_node(self, node: int, conflicts: int) -> int | None:
        """The literal of an earlier node that is proven equal."""
        tried: set[int] = set()
        while self._solving and self._sides[node] and len(tried) < _TRIES and not self._stops():
            other = self._candidate(node, tried, near=conflicts == _ROUNDS[0])
            if other is None:
                return None
            found = self.prover.equal(2 * node, other, conflicts)
            if found:
                return other
            if found is None:
                tried.add(other)
            else:
                self._classes.refine(self.prover.model)
                if other in self._classes.candidates(node):
                    raise TcsimError(_NO_MODEL)
        return None

    def _candidate(self, node: int, tried: set[int], *, near: bool) -> int | None:
        """What a node is compared with next: what shares most of the nodes just below it.

        Before the last round, a node of one circuit is compared with one of the other: that two of
        one circuit are equal may be as hard to see, and does not bring the circuits together.
        """
        sides = self._sides
        members = [
            each
            for each in self._classes.candidates(node)
            if each not in tried and (self._any_pair or _crosses(sides[node], sides[each >> 1]))
        ]
        if len(members) > 1 or near:
            below = self._below(node)
            shared = [len(below & self._below(each >> 1)) for each in members]
            most = max(shared, default=0)
            if near and not most:
                # Constants have nothing below, and are the first of their class.
                return members[0] if members and members[0] < 2 else None
            return members[shared.index(most)]
        return members[0] if members else None

    def _below(self, node: int) -> set[int]:
        """The node and some below it, as they are now; constants are no sign of kinship."""
        if node not in self._near:
            left, right = self._left, self._right
            nodes, _ = self._cones.window((node,), _BELOW)
            operands = {side[each] >> 1 for each in nodes for side in (left, right)}
            self._near[node] = {node, *nodes, *operands} - {0}
        return self._near[node]


def _crosses(one: int, other: int) -> bool:
    """Whether two nodes, each needed by A (bit 0) or B (bit 1), are on different sides."""
    return one | other == 3 and one & other != 3
