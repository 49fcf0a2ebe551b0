"""The problems and rules that there are, as a graph; chains by their final overhead."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reductions.chain import Chain
from reductions.problem import Problem
from reductions.reduction import Reduction
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

AnyProblem = Problem[Any, Any]
AnyReduction = Reduction[Any, Any, Any, Any]

PROBLEMS = {
    name: f"reductions.problems.{place}"
    for name, place in {
        "alternating_cvp": "alternating_circuits:ALTERNATING",
        "alternating_reachability": "alternating_reachability:ALTERNATING_REACHABILITY",
        "arithmetic_cvp": "arithmetic_problem:ARITHMETIC",
        "boolean_program": "boolean_problem:BOOLEAN_PROGRAM",
        "context_free_nonemptiness": "context_free:CONTEXT_FREE",
        "cvp": "circuits:CVP",
        "dependency_graph": "dependency_problem:DEPENDENCY_GRAPH",
        "do1": "do1:DO1",
        "do1_gap": "do1_gap:DO1_GAP",
        "horn_entailment": "horn_entailment:HORN_ENTAILMENT",
        "layered_cvp": "layered_circuits:LAYERED",
        "lexicographic_clique": "greedy_sets:LEXICOGRAPHIC_CLIQUE",
        "lexicographic_independent_set": "greedy_sets:LEXICOGRAPHIC_INDEPENDENT_SET",
        "linear_inequalities": "linear_inequalities:LINEAR_INEQUALITIES",
        "linear_program": "linear_program:LINEAR_PROGRAM",
        "log_depth_cvp": "log_depth_circuits:LOG_DEPTH",
        "majority_cvp": "circuits:MAJORITY",
        "max_flow_parity": "max_flow_parity:MAX_FLOW_PARITY",
        "monotone_cvp": "circuits:MONOTONE",
        "nand_cvp": "circuits:NAND",
        "nor_cvp": "circuits:NOR",
        "path_system": "path_system:PATH_SYSTEM",
        "planar_cvp": "planar_circuits:PLANAR",
        "reachability_game": "reachability_game:REACHABILITY_GAME",
        "rule110": "rule110:RULE110",
        "s5_word_problem": "s5_word_problem:S5_WORD_PROBLEM",
        "stochastic_mdp": "stochastic_mdp:STOCHASTIC_MDP",
        "strict_alternating_cvp": "strict_alternating:STRICT_ALTERNATING",
        "strict_do1_gap": "strict_do1_gap:STRICT_DO1_GAP",
        "sudoku_propagation": "sudoku_propagation:SUDOKU_PROPAGATION",
        "threshold_cvp": "threshold_circuits:THRESHOLD",
        "turing_machine": "turing_machine:TURING_MACHINE",
        "unordered_cvp": "unordered_circuits:UNORDERED",
        "word_ram": "ram_problem:WORD_RAM",
    }.items()
}
"""Name -> where it is. What is not asked for is not loaded."""

RULES = {
    name: f"reductions.rules.{name}:RULE"
    for name in (
        "alternating_cvp_do1_gap",
        "arithmetic_cvp_dependency_graph",
        "boolean_program_cvp",
        "cvp_arithmetic_cvp",
        "cvp_linear_inequalities",
        "cvp_linear_program",
        "cvp_monotone_cvp",
        "cvp_nand_cvp",
        "cvp_nor_cvp",
        "cvp_planar_cvp",
        "cvp_threshold_cvp",
        "cvp_unordered_cvp",
        "dependency_graph_arithmetic_cvp",
        "do1_gap_do1",
        "lexicographic_independent_set_lexicographic_clique",
        "log_depth_cvp_s5_word_problem",
        "monotone_cvp_alternating_cvp",
        "monotone_cvp_alternating_reachability",
        "monotone_cvp_context_free_nonemptiness",
        "monotone_cvp_horn_entailment",
        "monotone_cvp_majority_cvp",
        "monotone_cvp_max_flow_parity",
        "monotone_cvp_path_system",
        "monotone_cvp_reachability_game",
        "monotone_cvp_stochastic_mdp",
        "monotone_cvp_strict_alternating_cvp",
        "nor_cvp_lexicographic_independent_set",
        "rule110_cvp",
        "rule110_threshold_cvp",
        "s5_word_problem_threshold_cvp",
        "strict_alternating_cvp_strict_do1_gap",
        "sudoku_propagation_monotone_cvp",
        "turing_machine_cvp",
        "turing_machine_threshold_cvp",
        "unordered_cvp_layered_cvp",
        "word_ram_boolean_program",
    )
}
"""Name -> where it is."""

PROBLEM_ENTRY_POINTS, RULE_ENTRY_POINTS = "reductions.problems", "reductions.rules"
"""Groups in which other packages offer a `Problem` and a `Reduction`. Ours keep their names."""

REFERENCE_SIZE = 8
"""The `ladder` instance whose sizes chains are compared at, unless an instance is given."""

START = "turing_machine"
"""The problem that is hard by definition: what its chains reach is shown hard."""

MOST_STEPS = 8
"""Longest chain that is looked for."""


def problem(name: str) -> AnyProblem:
    """The problem of that name.

    Raises:
        ArgumentError: there is none; the message names what is spelled alike.
    """
    found = _find(name, problem_table(), "problem")
    if not isinstance(found, Problem):
        raise ArgumentError(f"{problem_table()[name]} is no Problem")
    return found


def rule(name: str) -> AnyReduction:
    """The rule of that name, or the one at ``module:attribute`` or ``file.py:attribute``.

    The code of such a module or file is run.

    Raises:
        ArgumentError: there is none; the message names what is spelled alike.
    """
    found = _load(name) if ":" in name else _find(name, rule_table(), "rule")
    if not isinstance(found, Reduction):
        raise ArgumentError(f"{name} is no Reduction")
    return found


@cache
def problem_table() -> Mapping[str, str]:
    """Where each problem is, by name; those of other packages included."""
    return _with_entry_points(PROBLEM_ENTRY_POINTS, PROBLEMS)


@cache
def rule_table() -> Mapping[str, str]:
    """Where each rule is, by name; those of other packages included."""
    return _with_entry_points(RULE_ENTRY_POINTS, RULES)


def graph() -> nx.MultiDiGraph:
    """All problems (nodes; attribute ``problem``) and rules (edges, keyed by name; ``rule``)."""
    import networkx as nx

    found = nx.MultiDiGraph()
    for name in problem_table():
        found.add_node(name, problem=problem(name))
    for name in rule_table():
        one = rule(name)
        for end in (one.source, one.target):
            if end.name not in found:
                found.add_node(end.name, problem=end)
        found.add_edge(one.source.name, one.target.name, key=name, rule=one)
    return found


def chains(source: str, target: str) -> list[Chain]:
    """All chains between two problems that visit none twice, of at most `MOST_STEPS` steps.

    Raises:
        ArgumentError: there is no such problem.
    """
    import networkx as nx

    every = graph()
    for name in (source, target):
        if name not in every:
            problem(name)  # raises
    paths = nx.all_simple_edge_paths(every, source, target, cutoff=MOST_STEPS)
    return [Chain(tuple(every.edges[edge]["rule"] for edge in path)) for path in paths if path]


def path(source: str, target: str, instance: object = None) -> Chain:
    """The chain between two problems whose last instance is smallest, by the composed overhead.

    Args:
        source: name of a problem.
        target: name of another.
        instance: of the source: compare at its sizes. By default at those of one instance of the
            source's ladder.

    Returns:
        The chain for which the largest size field of the target is least; among equals the
        shortest. Chains whose overheads cannot be composed come last.

    Raises:
        ArgumentError: there is no such problem, or no chain between them.

    Example:
        >>> print(path("turing_machine", "do1_gap"))
        turing_machine -> cvp -> monotone_cvp -> alternating_cvp -> do1_gap
    """
    found = chains(source, target)
    if not found:
        raise ArgumentError(
            f"no chain of reductions leads from {source} to {target}; see `tcsim reductions graph`"
        )
    start = problem_at(source)
    sizes = start.sizes(start.ladder(REFERENCE_SIZE) if instance is None else instance)

    def cost(chain: Chain) -> tuple[bool, int, int]:
        try:
            largest = max(chain.overhead.at(sizes).values(), default=0)
        except ArgumentError:
            return True, 0, len(chain.steps)
        return False, largest, len(chain.steps)

    return min(found, key=cost)


def problem_at(name: str) -> AnyProblem:
    """The problem of that name in the graph: also one that only a rule brings."""
    found: AnyProblem = graph().nodes[name]["problem"]
    return found


def diagnostics() -> dict[str, list[str]]:
    """What the graph lacks, by kind.

    Returns:
        ``isolated``: problems without rules; ``unreachable``: those that no chain from `START`
        reaches, so that nothing here shows them hard; ``dominated``: rules that
        a chain of others replaces with no larger target at the reference size.
    """
    import networkx as nx

    every = graph()
    isolated = sorted(nx.isolates(every))
    reached = {START, *nx.descendants(every, START)} if START in every else set()
    unreachable = sorted(set(every) - reached - set(isolated))
    return {"isolated": isolated, "unreachable": unreachable, "dominated": _dominated(every)}


def _dominated(every: nx.MultiDiGraph) -> list[str]:
    found = []
    for source, target, name, one in every.edges(keys=True, data="rule"):
        sizes = one.source.sizes(one.source.ladder(REFERENCE_SIZE))
        own = one.overhead.at(sizes)
        for chain in chains(source, target):
            if chain.steps == (one,):
                continue
            try:
                other = chain.overhead.at(sizes)
            except ArgumentError:
                continue
            if all(other[field] <= own[field] for field in own):
                found.append(name)
                break
    return sorted(found)


def _find(name: str, table: Mapping[str, str], what: str) -> object:
    if name not in table:
        from difflib import get_close_matches

        close = get_close_matches(name, table, 3)
        hint = f"did you mean {', '.join(close)}?" if close else "see `tcsim reductions list`"
        raise ArgumentError(f"there is no {what} {name!r}; {hint}")
    return _load(table[name])


def _load(where: str) -> object:
    module, _, attribute = where.rpartition(":")
    try:
        found = _from_file(module) if module.endswith(".py") else import_module(module)
        return getattr(found, attribute)
    except (Exception, SystemExit) as error:  # whatever another package does
        raise ArgumentError(f"{where} cannot be loaded: {type(error).__name__}: {error}") from error


def _from_file(path: str) -> object:
    spec = util.spec_from_file_location(f"_rule_{Path(path).stem}", path)
    if spec is None or spec.loader is None:
        raise ArgumentError(f"{path} cannot be imported")
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


def _with_entry_points(group: str, own: Mapping[str, str]) -> Mapping[str, str]:
    from importlib.metadata import entry_points

    return {**{point.name: point.value for point in entry_points(group=group)}, **own}
