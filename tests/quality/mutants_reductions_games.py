"""Planted bugs in rules to path systems, grammars, graphs, games, processes and greedy sets."""

from tests.quality.mutants import Mutant

SMALL = "tests/reductions/test_rules.py::test_answers_of_small_instances[{}]"
SIZES = "tests/reductions/test_rules.py::test_sizes[{}]"
INVARIANT = "tests/reductions/test_rules.py::test_invariants[{}]"
ORIGIN = "tests/reductions/test_rules.py::test_provenance_has_an_origin_for_each_element[{}]"
PROGRAM = "tests/reductions/test_rules.py::test_programs_write_what_the_map_gives[{}]"
BACK = "tests/reductions/test_rules.py::test_witnesses_map_back[{}]"
GAMES = "tests/reductions/test_games.py::{}"
RULES = "reductions/rules/{}.py"
PROGRAMS = "reductions/rules/programs/{}.py"
PROBLEMS = "reductions/problems/{}.py"

PATHS = "monotone_cvp_path_system"
GRAMMAR = "monotone_cvp_context_free_nonemptiness"
AGAP = "monotone_cvp_alternating_reachability"
GAME = "monotone_cvp_reachability_game"
MDP = "monotone_cvp_stochastic_mdp"
SET = "nor_cvp_lexicographic_independent_set"
CLIQUE = "lexicographic_independent_set_lexicographic_clique"

BUGS = [
    # Path systems
    Mutant(
        "path systems: the second triple of an OR reads the first operand",
        RULES.format(PATHS),
        "left = np.where(second, b[gate], a[gate])",
        "left = np.where(second, a[gate], a[gate])",
        SMALL.format(PATHS),
    ),
    Mutant(
        "path systems: an OR needs both operands",
        RULES.format(PATHS),
        "(kind[gate] == OR) | (b[gate] < 0)",
        "b[gate] < 0",
        SMALL.format(PATHS),
    ),
    Mutant(
        "path systems: 0-inputs are axioms",
        RULES.format(PATHS),
        "enumerate(source.values) if value)\n    result",
        "enumerate(source.values))\n    result",
        INVARIANT.format(PATHS),
    ),
    Mutant(
        "path systems: what is not generated is claimed to be 0",
        RULES.format(PATHS),
        '"1" if n + g in heads else "-"',
        '"1" if n + g in heads else "0"',
        BACK.format(PATHS),
    ),
    Mutant(
        "path systems: an OR is one triple in the formula",
        RULES.format(PATHS),
        '"triples": ands + 2 * ors',
        '"triples": ands + ors',
        SIZES.format(PATHS),
    ),
    Mutant(
        "path systems: the program writes the first operand alone",
        PROGRAMS.format("path_system"),
        "write(2, n + gate, a, b)",
        "write(2, n + gate, a, a)",
        PROGRAM.format(PATHS),
    ),
    # Grammars
    Mutant(
        "grammars: an OR derives both operands",
        RULES.format(GRAMMAR),
        "if kind == OR:",
        "if kind < 0:",
        SMALL.format(GRAMMAR),
    ),
    Mutant(
        "grammars: a 0-input derives the empty word",
        RULES.format(GRAMMAR),
        "(wire, () if value else (wire,))",
        "(wire, ())",
        SMALL.format(GRAMMAR),
    ),
    Mutant(
        "grammars: claims begin with the inputs",
        RULES.format(GRAMMAR),
        "for number in chosen[len(source.values) :]",
        "for number in chosen[: len(chosen) - len(source.values)]",
        BACK.format(GRAMMAR),
    ),
    Mutant(
        "grammars: the provenance of an OR names it once",
        RULES.format(GRAMMAR),
        "heads += [gate, gate]",
        "heads += [gate]",
        ORIGIN.format(GRAMMAR),
    ),
    Mutant(
        "grammars: a cycle of productions is a witness",
        PROBLEMS.format("context_free"),
        "return one.start in done and done == used",
        "return one.start in used",
        GAMES.format("test_productions_that_lead_into_a_cycle_are_no_witness"),
    ),
    Mutant(
        "grammars: one variable of a body is enough",
        PROBLEMS.format("context_free"),
        "if found.issuperset(variables_of(body))",
        "if not variables_of(body) or found.intersection(variables_of(body))",
        SMALL.format(GRAMMAR),
    ),
    # Alternating graphs
    Mutant(
        "AGAP: ORs are universal",
        RULES.format(AGAP),
        "(source.gates.kind == AND)",
        "(source.gates.kind != AND)",
        SMALL.format(AGAP),
    ),
    Mutant(
        "AGAP: 0-inputs have the edge to the goal",
        RULES.format(AGAP),
        "(goal,) if value else () for value in source.values]\n    successors = (*inputs",
        "(goal,) if not value else () for value in source.values]\n    successors = (*inputs",
        SMALL.format(AGAP),
    ),
    Mutant(
        "AGAP: a universal node needs no successor",
        PROBLEMS.format("alternating_reachability"),
        "return bool(found) and all(found) if",
        "return all(found) if",
        GAMES.format("test_a_universal_node_without_edges_has_no_path"),
    ),
    Mutant(
        "AGAP: the goal is not counted",
        RULES.format(AGAP),
        '"nodes": inputs + gates + 1',
        '"nodes": inputs + gates',
        SIZES.format(AGAP),
    ),
    Mutant(
        "AGAP: claims are those of the wires before",
        RULES.format(AGAP),
        '"1" if n + g in proved',
        '"1" if n + g - 1 in proved',
        BACK.format(AGAP),
    ),
    # Games
    Mutant(
        "games: the second player chooses at an OR",
        RULES.format(GAME),
        "(source.gates.kind == AND)",
        "(source.gates.kind != AND)",
        SMALL.format(GAME),
    ),
    Mutant(
        "games: the first player is stuck at 1-inputs",
        RULES.format(GAME),
        "owners = source.values + (source",
        "owners = bytes(1 - v for v in source.values) + (source",
        SMALL.format(GAME),
    ),
    Mutant(
        "games: what the strategy does not choose is claimed too",
        RULES.format(GAME),
        "if one.owners[node] else {strategy[node]}",
        "if one.owners[node] >= 0 else {strategy[node]}",
        BACK.format(GAME),
    ),
    Mutant(
        "games: plays that go on for ever are won",
        PROBLEMS.format("reachability_game"),
        "            if state[other] == 1:\n                return False\n",
        "",
        GAMES.format("test_strategies_that_can_be_kept_on_a_cycle_are_no_witness"),
    ),
    Mutant(
        "games: the program gives every input to the first player",
        PROGRAMS.format("arenas"),
        "write(1, value)",
        "write(1, 0)",
        PROGRAM.format(GAME),
    ),
    # Decision processes
    Mutant(
        "processes: an AND is a choice",
        RULES.format(MDP),
        "if kind == AND:",
        "if kind < 0:",
        SMALL.format(MDP),
    ),
    Mutant(
        "processes: the coin shows its first side more often",
        RULES.format(MDP),
        "((a, HALF), (b, HALF))",
        "((a, Fraction(9, 10)), (b, Fraction(1, 10)))",
        GAMES.format("test_the_gap_is_attained[7]"),
    ),
    Mutant(
        "processes: the gap is said to be twice as wide",
        RULES.format(MDP),
        "source.output, ONE, len(kinds))",
        "source.output, ONE, max(0, len(kinds) - 1))",
        GAMES.format("test_the_gap_is_attained[7]"),
    ),
    Mutant(
        "processes: an OR has one action in the formula",
        RULES.format(MDP),
        '"actions": ands + 2 * ors',
        '"actions": ands + ors',
        SIZES.format(MDP),
    ),
    Mutant(
        "processes: the worst action counts",
        PROBLEMS.format("decision_process"),
        "values.append(max(expected",
        "values.append(min(expected",
        SMALL.format(MDP),
    ),
    Mutant(
        "processes: a state without an action may be visited",
        PROBLEMS.format("stochastic_mdp"),
        "if not 0 <= policy[number] < len(state):",
        "if not policy[number] < len(state):",
        GAMES.format("test_policies_must_speak_of_all_that_is_visited"),
    ),
    # Greedy sets
    Mutant(
        "independent sets: inputs are adjacent to the other of the first nodes",
        RULES.format(SET),
        "inputs = [(value,) for",
        "inputs = [(1 - value,) for",
        SMALL.format(SET),
    ),
    Mutant(
        "independent sets: the second operand is the wire after it",
        RULES.format(SET),
        "(a + 2, b + 2)",
        "(a + 2, b + 3)",
        SMALL.format(SET),
    ),
    Mutant(
        "independent sets: one claim is read too early",
        RULES.format(SET),
        "claims[len(source.values) + 2 :]",
        "claims[len(source.values) + 1 : -1]",
        BACK.format(SET),
    ),
    Mutant(
        "independent sets: the edge of the first nodes is forgotten",
        RULES.format(SET),
        '"edges": inputs + edges + 1',
        '"edges": inputs + edges',
        SIZES.format(SET),
    ),
    Mutant(
        "independent sets: the node before the output is asked about",
        RULES.format(SET),
        "source.output + 2)",
        "source.output + 1)",
        SMALL.format(SET),
    ),
    Mutant(
        "cliques: the graph stays as it is",
        RULES.format(CLIQUE),
        "free = np.ones(node, bool)\n        free[list(neighbors)] = False",
        "free = np.zeros(node, bool)\n        free[list(neighbors)] = True",
        SMALL.format(CLIQUE),
    ),
    Mutant(
        "cliques: loops are counted",
        RULES.format(CLIQUE),
        "nodes * (nodes - 1) / 2 - edges",
        "nodes * (nodes + 1) / 2 - edges",
        SIZES.format(CLIQUE),
    ),
    Mutant(
        "cliques: the program writes what is joined",
        PROGRAMS.format("greedy_sets"),
        "(tape, place)\n            else:\n                write(other)",
        "(tape, place)\n                write(other)",
        PROGRAM.format(CLIQUE),
    ),
    Mutant(
        "cliques: a node joins if it is joined to one that was chosen",
        PROBLEMS.format("greedy_sets"),
        "found.issubset(neighbors) if one.cliques",
        "not found.isdisjoint(neighbors) if one.cliques",
        SMALL.format(CLIQUE),
    ),
    Mutant(
        "greedy sets: a claim may rest on what is not claimed",
        PROBLEMS.format("greedy_sets"),
        'return OPEN if OPEN in found else "1"',
        'return "1"',
        GAMES.format("test_greedy_sets_need_claims"),
    ),
]
