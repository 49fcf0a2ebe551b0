"""Are two nodes of a graph of ANDs equal? A SAT solver on growing windows of their cones."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.equivalence.cones import Cones
from tcsim.errors import MissingExtraError

if TYPE_CHECKING:
    from tcsim.equivalence.graph import AndGraph
    from tcsim.equivalence.proof import ProofLog

SOLVER, PROVING_SOLVER = "minisat22", "glucose4"
"""Of the solvers in python-sat, both start in microseconds. MiniSat keeps to its budget of
conflicts (Glucose looks at it only when it restarts); Glucose logs proofs."""

Solver: TypeAlias = Any
"""A solver of python-sat, which has no types."""

_WINDOWS = (32, 256)
"""ANDs of the small windows. What is below a window may have any values there, so that only
"equal" can be concluded."""

_RECYCLED = 30_000
"""Variables of the common solver at which it is replaced by a fresh one."""

_SLICE = 2_000
"""Conflicts between two looks at the clock."""


def require_solver() -> Any:  # noqa: ANN401
    """The module of the solvers.

    Raises:
        MissingExtraError: python-sat is not installed.
    """
    try:
        from pysat import solvers
    except ImportError as error:
        raise MissingExtraError("python-sat", "sat", "proving equivalence by SAT") from error
    return solvers


class Prover:
    """Decides pairs of literals of one graph, of which the nodes get merged on the way.

    Args:
        graph: the graph; only its inputs and levels are read.
        left: one operand of each settled node, a literal of a node that is merged into no other.
        right: the other.
        deadline: as `time.monotonic` counts, or infinity.
        log: where to put what the solver derived, if a proof is wanted.

    Attributes:
        calls: how often the solver was asked.
        model: after a False: the values of the inputs, as a set of the nodes that are 1.
    """

    def __init__(
        self,
        graph: AndGraph,
        left: list[int],
        right: list[int],
        deadline: float,
        log: ProofLog | None,
    ) -> None:
        self._graph, self._cones = graph, Cones(graph, left, right)
        self._deadline, self._log = deadline, log
        self._solvers: Any = None
        self._common: Solver = None
        self._variables: dict[int, int] = {}
        self.calls = 0
        self.model: set[int] = set()

    @property
    def available(self) -> bool:
        """Whether there is a solver."""
        try:
            require_solver()
        except MissingExtraError:
            return False
        return True

    def equal(self, a: int, b: int, conflicts: int | None) -> bool | None:
        """Whether two literals are equal; None where that stays open.

        Args:
            a: a literal that is no constant.
            b: another, or a constant.
            conflicts: give up after so many; 0: only look at windows; None: at the deadline.

        Raises:
            MissingExtraError: python-sat is not installed.
        """
        if self._solvers is None:
            self._solvers = require_solver()
        for limit in _WINDOWS:
            nodes, complete = self._cones.window((a >> 1, b >> 1), limit)
            found = self._in_window(nodes, a, b, conflicts if complete and conflicts else limit)
            if found or (complete and found is not None):
                return found
        if conflicts == 0:
            return None
        if self._log is None:
            return self._in_common(a, b, conflicts)
        nodes, _ = self._cones.window((a >> 1, b >> 1), len(self._graph))
        return self._in_window(nodes, a, b, conflicts)

    def close(self) -> None:
        """Free the common solver."""
        if self._common is not None:
            self._common.delete()
            self._common = None

    def _in_window(self, nodes: list[int], a: int, b: int, conflicts: int | None) -> bool | None:
        number: dict[int, int] = {}
        clauses = self._cones.clauses(nodes, number)
        for node in (a >> 1, b >> 1):
            number.setdefault(node, len(number) + 1)
        if self._log is None:
            with self._solvers.Solver(name=SOLVER, bootstrap_with=clauses) as solver:
                return self._both_ways(solver, number, a, b, conflicts)
        return self._with_proof(clauses, number, a, b, conflicts)

    def _in_common(self, a: int, b: int, conflicts: int | None) -> bool | None:
        """With a solver that keeps what it has learned from earlier pairs."""
        if len(self._variables) > _RECYCLED:
            self.close()
        if self._common is None:
            self._common = self._solvers.Solver(name=SOLVER)
            self._variables = {}
        known = self._variables
        nodes = self._cones.new_nodes((a >> 1, b >> 1), known)
        for each in self._cones.clauses(nodes, known):
            self._common.add_clause(each)
        return self._both_ways(self._common, known, a, b, conflicts)

    def _both_ways(
        self, solver: Solver, number: dict[int, int], a: int, b: int, conflicts: int | None
    ) -> bool | None:
        for assumed in _differences(a, b):
            words = [_literal(each, number) for each in assumed]
            found = self._solve(solver, words, conflicts)
            if found:
                self._keep_model(solver, number)
            if found is not False:
                return None if found is None else False
        return True

    def _with_proof(
        self,
        clauses: list[list[int]],
        number: dict[int, int],
        a: int,
        b: int,
        conflicts: int | None,
    ) -> bool | None:
        assert self._log is not None  # noqa: S101
        node_of = {variable: node for node, variable in number.items()}
        derived = []
        for assumed in _differences(a, b):
            units = [[_literal(each, number)] for each in assumed]
            with self._solvers.Solver(
                name=PROVING_SOLVER, bootstrap_with=clauses + units, with_proof=True
            ) as solver:
                found = self._solve(solver, [], conflicts)
                if found:
                    self._keep_model(solver, number)
                if found is not False:
                    return None if found is None else False
                lines = [line.split()[:-1] for line in solver.get_proof() if line[0] != "d"]
            steps = [
                [2 * node_of[abs(int(word))] + word.startswith("-") for word in line]
                for line in lines
            ]
            derived.append((assumed, [*steps, []]))
        for assumed, steps in derived:
            self._log.under(assumed, steps)
        return True

    def _solve(self, solver: Solver, assumptions: list[int], conflicts: int | None) -> bool | None:
        self.calls += 1
        spent = 0
        while conflicts is None or spent < conflicts:
            budget = _SLICE if conflicts is None else min(_SLICE, conflicts - spent)
            solver.conf_budget(budget)
            found: bool | None = solver.solve_limited(assumptions=assumptions)
            spent += budget
            if found is not None or time.monotonic() > self._deadline:
                return found
        return None

    def _keep_model(self, solver: Solver, number: dict[int, int]) -> None:
        values = solver.get_model()
        self.model = {
            node
            for node, variable in number.items()
            if node <= self._graph.n_inputs and variable <= len(values) and values[variable - 1] > 0
        }


def _differences(a: int, b: int) -> list[list[int]]:
    """How two literals can differ: literals that are 1 then; b may be a constant."""
    if b <= 1:
        return [[a ^ b]]
    return [[a, b ^ 1], [a ^ 1, b]]


def _literal(literal: int, number: dict[int, int]) -> int:
    variable = number[literal >> 1]
    return -variable if literal & 1 else variable
