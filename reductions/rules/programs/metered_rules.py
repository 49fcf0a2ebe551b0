"""More programs with what they need to run: those from circuits to graphs, games and systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.problems.circuits import CVP, MONOTONE, NOR
from reductions.problems.greedy_sets import LEXICOGRAPHIC_INDEPENDENT_SET
from reductions.reduction import Metered
from reductions.rules.programs.metered import description, one_program, rungs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reductions.problem import Problem
    from reductions.problems.alternating_reachability import AlternatingGraph
    from reductions.problems.arena import Arena
    from reductions.problems.context_free import Grammar
    from reductions.problems.decision_process import StochasticMdp
    from reductions.problems.flow_networks import Network
    from reductions.problems.greedy_sets import OrderedGraph
    from reductions.problems.horn_entailment import Horn
    from reductions.problems.linear_inequalities import LinearInequalities
    from reductions.problems.linear_program import LinearProgram
    from reductions.problems.path_system import PathSystem
    from reductions.problems.reachability_game import Game


def on_tapes(
    program: Callable[[], Any],
    rows: Callable[[Any], Iterator[Sequence[int]]],
    source: Problem[Any, Any],
    last: int = 20,
    tape: Callable[[Any], str] = description,
) -> Metered[Any]:
    """A rule whose program has no constants that depend on the instance.

    Args:
        program: gives the function; called when it first runs.
        rows: of a target instance, the records of numbers that the program must write.
        source: problem, on whose ladder the work space is measured.
        last: the last of its instances; at least four times as long as the third.
        tape: of a source instance, the input.
    """

    def describe(target: Any) -> str:  # noqa: ANN401
        from tcsim.uniformity.tape import text

        return "".join(text(list(row)) + ";" for row in rows(target))

    return Metered(one_program(program, tape), describe, lambda: rungs(source, last))


def path_system() -> Metered[Any]:
    """Monotone CVP to path systems."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.path_system import write_path_system

        return write_path_system

    def rows(target: PathSystem) -> Iterator[Sequence[int]]:
        yield 0, target.nodes, target.goal
        yield 1, *target.axioms
        for triple in target.triples:
            yield 2, *triple

    return on_tapes(program, rows, MONOTONE)


def grammar() -> Metered[Any]:
    """Monotone CVP to context-free grammars without terminals."""

    def rows(target: Grammar) -> Iterator[Sequence[int]]:
        yield 0, target.variables, target.start
        for head, body in target.productions:
            yield 1, head, *(symbol for symbol in body if isinstance(symbol, int))

    return on_tapes(_clauses, rows, MONOTONE)


def horn_clauses() -> Metered[Any]:
    """Monotone CVP to Horn entailment."""

    def rows(target: Horn) -> Iterator[Sequence[int]]:
        yield 0, target.atoms, target.goal
        for body, head in target.clauses:
            yield 1, head, *body

    return on_tapes(_clauses, rows, MONOTONE)


def _clauses() -> Any:  # noqa: ANN401
    from reductions.rules.programs.clauses import write_clauses

    return write_clauses


def alternating_graph() -> Metered[Any]:
    """Monotone CVP to alternating reachability."""

    def rows(target: AlternatingGraph) -> Iterator[Sequence[int]]:
        yield 0, target.start, target.goal
        yield from _nodes(target)

    return on_tapes(lambda: _arena(goal=1), rows, MONOTONE)


def game() -> Metered[Any]:
    """Monotone CVP to games."""

    def rows(target: Game) -> Iterator[Sequence[int]]:
        yield 0, target.start
        yield from _nodes(target)

    return on_tapes(lambda: _arena(goal=0), rows, MONOTONE)


def _arena(goal: int) -> Any:  # noqa: ANN401
    from reductions.rules.programs import arenas
    from tcsim.uniformity import bound

    return bound(arenas, GOAL=goal).write_arena


def _nodes(one: Arena) -> Iterator[Sequence[int]]:
    for owner, after in zip(one.owners, one.successors, strict=True):
        yield 1, owner, *after


def independent_set() -> Metered[Any]:
    """NOR circuits to first maximal independent sets."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.greedy_sets import write_independent_set

        return write_independent_set

    return on_tapes(program, _ordered, NOR)


def complement() -> Metered[Any]:
    """First maximal independent sets to cliques."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.greedy_sets import write_complement

        return write_complement

    def tape(source: OrderedGraph) -> str:
        from tcsim.uniformity.tape import text

        return "".join(text(list(row)) + ";" for row in _ordered(source))

    return on_tapes(program, _ordered, LEXICOGRAPHIC_INDEPENDENT_SET, 14, tape)


def _ordered(one: OrderedGraph) -> Iterator[Sequence[int]]:
    yield 0, one.node
    for neighbors in one.earlier:
        yield 1, *neighbors


def decision_process() -> Metered[Any]:
    """Monotone CVP to Markov decision processes."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.decision_process import write_process

        return write_process

    def rows(target: StochasticMdp) -> Iterator[Sequence[int]]:
        high = target.threshold
        yield 0, target.start, high.numerator, high.denominator, target.bits
        for number, state in enumerate(target.states):
            if not isinstance(state, tuple):
                yield 1, number, state.numerator, state.denominator
                continue
            for action in state:
                chances = [(other, p.numerator, p.denominator) for other, p in action]
                yield 2, number, *(part for chance in chances for part in chance)

    return on_tapes(program, rows, MONOTONE)


def linear_inequalities() -> Metered[Any]:
    """CVP to linear inequalities."""
    return on_tapes(lambda: _inequalities(objective=0), _rows, CVP)


def linear_program() -> Metered[Any]:
    """CVP to linear programming."""

    def rows(target: LinearProgram) -> Iterator[Sequence[int]]:
        yield from _rows(target.system)
        yield 2, target.threshold, *(part for term in target.objective for part in term)

    return on_tapes(lambda: _inequalities(objective=1), rows, CVP)


def _inequalities(objective: int) -> Any:  # noqa: ANN401
    from reductions.rules.programs import inequalities
    from tcsim.uniformity import bound

    return bound(inequalities, OBJECTIVE=objective).write_rows


def _rows(one: LinearInequalities) -> Iterator[Sequence[int]]:
    yield 0, one.variables
    for terms, bound in one.rows:
        yield 1, bound, *(part for term in terms for part in term)


def network() -> Metered[Any]:
    """Monotone CVP to the parity of a maximum flow."""

    def program() -> Any:  # noqa: ANN401
        from reductions.rules.programs.flow import write_network

        return write_network

    def rows(target: Network) -> Iterator[Sequence[int]]:
        yield 0, target.nodes, target.source, target.sink
        for tail, head, capacity in target.edges:
            yield 1, tail, head, *(map(int, f"{capacity:b}") if capacity else ())

    return on_tapes(program, rows, MONOTONE, 12)
