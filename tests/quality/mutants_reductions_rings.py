"""Planted bugs in reductions: layers, rings, word problems."""

from tests.quality.mutants import Mutant
from tests.quality.mutants_reductions import (
    BACK,
    INVARIANT,
    ORIGIN,
    PROGRAM,
    PROGRAMS,
    RULES,
    SIZES,
    SMALL,
)

LAYERING = "tests/reductions/test_layering.py::{}"
RINGS = "tests/reductions/test_rings.py::{}"

LAYER_BUGS = [
    Mutant(
        "layers: one copy too few is read",
        RULES.format("unordered_cvp_layered_cvp"),
        "last = m * wires + np.arange(wires)",
        "last = max(m - 1, 0) * wires + np.arange(wires)",
        LAYERING.format("test_a_circuit_that_must_be_sorted"),
    ),
    Mutant(
        "layers: every copy reads copy 0",
        RULES.format("unordered_cvp_layered_cvp"),
        "below = wires * np.arange(m)[:, None, None]",
        "below = 0 * np.arange(m)[:, None, None]",
        INVARIANT.format("unordered_cvp_layered_cvp"),
    ),
    Mutant(
        "layers: the buffers of the inputs are not counted",
        RULES.format("unordered_cvp_layered_cvp"),
        '"gates": gates * (inputs + gates)',
        '"gates": gates * gates',
        SIZES.format("unordered_cvp_layered_cvp"),
    ),
    Mutant(
        "layers: the back map believes copies that are too low",
        RULES.format("unordered_cvp_layered_cvp"),
        "range(source.levels[n + g], len(found) + 1)",
        "range(len(found) + 1)",
        LAYERING.format("test_early_copies_are_not_believed"),
    ),
    Mutant(
        "layers: the back map looks one wire too far",
        RULES.format("unordered_cvp_layered_cvp"),
        "known[t * wires + n + g]",
        "known[t * (wires - 1) + n + g]",
        BACK.format("unordered_cvp_layered_cvp"),
    ),
    Mutant(
        "layers: provenance has one copy too few",
        RULES.format("unordered_cvp_layered_cvp"),
        "np.tile(np.arange(wires), m + 1)",
        "np.tile(np.arange(wires), m)",
        ORIGIN.format("unordered_cvp_layered_cvp"),
    ),
    Mutant(
        "layers: the program does not move the operands",
        PROGRAMS.format("copies"),
        "write(below + number_at(tape, place))",
        "write(number_at(tape, place))",
        PROGRAM.format("unordered_cvp_layered_cvp"),
    ),
    Mutant(
        "layers: a gate may read two levels",
        "reductions/problems/layered_circuits.py",
        "(level[:, 0] != level[:, 1])",
        "(level[:, 0] < level[:, 1] - 1)",
        LAYERING.format("test_what_is_refused_is_not_layered"),
    ),
    Mutant(
        "unordered: the output keeps its number when gates are reversed",
        RULES.format("cvp_unordered_cvp"),
        "int(image[source.output])",
        "source.output",
        SMALL.format("cvp_unordered_cvp"),
    ),
    Mutant(
        "unordered: claims are not reversed",
        RULES.format("cvp_unordered_cvp"),
        "for claim in reversed(claims)",
        "for claim in claims",
        BACK.format("cvp_unordered_cvp"),
    ),
    Mutant(
        "unordered: the program leaves the operands as they are",
        PROGRAMS.format("copies"),
        "2 * n + m - 1 - wire",
        "2 * n + m - wire",
        PROGRAM.format("cvp_unordered_cvp"),
    ),
    Mutant(
        "claims: an open operand counts as 0",
        "reductions/problems/claims.py",
        "max(weight, 0) if value is None",
        "0 if value is None",
        LAYERING.format("test_values_that_are_forced"),
    ),
    Mutant(
        "claims: a claim is not asked for its reasons",
        "reductions/problems/claims.py",
        "claim is None or claim == self.forced(step, known)",
        "claim is None or self.forced(step, known) is not None",
        LAYERING.format("test_certificates_of_unordered_circuits"),
    ),
]

RING_BUGS = [
    Mutant(
        "rings: OR is a + (1 - a) a",
        RULES.format("cvp_arithmetic_cvp"),
        "np.stack((last[ors] - 2, b[ors]), axis=1)",
        "np.stack((last[ors] - 2, a[ors]), axis=1)",
        SMALL.format("cvp_arithmetic_cvp"),
    ),
    Mutant(
        "rings: OR is a + b, which may be 2",
        RULES.format("cvp_arithmetic_cvp"),
        "operands[place[ors], 1] = last[ors] - 1",
        "operands[place[ors], 1] = b[ors]",
        INVARIANT.format("cvp_arithmetic_cvp"),
    ),
    Mutant(
        "rings: a buffer is multiplied by the first input",
        RULES.format("cvp_arithmetic_cvp"),
        "np.where(kind == BUFFER, ONE, a)",
        "np.where(kind == BUFFER, ONE + 1, a)",
        SMALL.format("cvp_arithmetic_cvp"),
    ),
    Mutant(
        "rings: OR is said to be two gates",
        RULES.format("cvp_arithmetic_cvp"),
        '"gates": gates + 2 * ors',
        '"gates": gates + ors',
        SIZES.format("cvp_arithmetic_cvp"),
    ),
    Mutant(
        "rings: the back map forgets the constant",
        RULES.format("cvp_arithmetic_cvp"),
        "known = [*mapped.instance.values, *claims]",
        "known = [*mapped.instance.values[1:], *claims, None]",
        BACK.format("cvp_arithmetic_cvp"),
    ),
    Mutant(
        "rings: the program counts an OR as two gates",
        PROGRAMS.format("arithmetic"),
        "count += 3 if",
        "count += 2 if",
        PROGRAM.format("cvp_arithmetic_cvp"),
    ),
    Mutant(
        "rings: over the integers any value will do",
        "reductions/problems/ring_circuits.py",
        "elif value not in {0, 1}:",
        "elif value < 0:",
        RINGS.format("test_over_the_integers_values_stay_small"),
    ),
    Mutant(
        "rings: 0 times an open operand is open",
        "reductions/problems/ring_circuits.py",
        "if operation == MUL and 0 in {a, b}:",
        "if operation == MUL and a == b == 0:",
        RINGS.format("test_values_that_are_forced_where_an_operand_is_open"),
    ),
]

QUANTITY_BUGS = [
    Mutant(
        "word problems: numbers come first in a product",
        RULES.format("dependency_graph_arithmetic_cvp"),
        "read.sort(key=lambda wire: wire < len(numbers))",
        "read.sort(key=lambda wire: wire >= len(numbers))",
        RINGS.format("test_a_word_problem"),
    ),
    Mutant(
        "word problems: differences are the other way round",
        RULES.format("dependency_graph_arithmetic_cvp"),
        "rows.append((GATE[one.operation], last, wire))",
        "rows.append((GATE[one.operation], wire, last))",
        SMALL.format("dependency_graph_arithmetic_cvp"),
    ),
    Mutant(
        "word problems: a sum of r quantities is said to be r gates",
        RULES.format("dependency_graph_arithmetic_cvp"),
        '"gates": summands - sums + differences',
        '"gates": summands + differences',
        SIZES.format("dependency_graph_arithmetic_cvp"),
    ),
    Mutant(
        "word problems: gates come from the quantity before",
        RULES.format("dependency_graph_arithmetic_cvp"),
        "origin += [place] * len(rest)",
        "origin += [place - 1] * len(rest)",
        ORIGIN.format("dependency_graph_arithmetic_cvp"),
    ),
    Mutant(
        "word problems: the back map forgets the numbers",
        RULES.format("dependency_graph_arithmetic_cvp"),
        "known = (*mapped.instance.values, *claims)",
        "known = (*claims, *mapped.instance.values)",
        BACK.format("dependency_graph_arithmetic_cvp"),
    ),
    Mutant(
        "word problems: the program lets numbers come first",
        PROGRAMS.format("quantities"),
        "operation == PRODUCT and wire < first",
        "operation == PRODUCT and wire >= first",
        PROGRAM.format("dependency_graph_arithmetic_cvp"),
    ),
    Mutant(
        "word problems: a matrix is squared too rarely",
        "reductions/problems/dependency_graph.py",
        "for _ in range(n.bit_length()):",
        "for _ in range(n.bit_length() - 2):",
        RINGS.format("test_linear_graphs_by_squaring_a_matrix"),
    ),
    Mutant(
        "word problems: a product of many that are no numbers is linear",
        "reductions/problems/dependency_graph.py",
        "max(0, self.computed(place) - 1)",
        "max(0, self.computed(place) - 2)",
        RINGS.format("test_a_word_problem"),
    ),
    Mutant(
        "stories: the integers become those modulo 3",
        RULES.format("arithmetic_cvp_dependency_graph"),
        "DependencyGraph(source.modulus or 2, tuple(found), source.output",
        "DependencyGraph(source.modulus or 3, tuple(found), source.output",
        RINGS.format("test_integers_modulo_2"),
    ),
    Mutant(
        "stories: products are sums",
        RULES.format("arithmetic_cvp_dependency_graph"),
        "MUL: PRODUCT}",
        "MUL: SUM}",
        SMALL.format("arithmetic_cvp_dependency_graph"),
    ),
    Mutant(
        "stories: claims of inputs are taken for those of gates",
        RULES.format("arithmetic_cvp_dependency_graph"),
        "return claims[len(source.values) :]",
        "return claims[: len(source.rows)]",
        BACK.format("arithmetic_cvp_dependency_graph"),
    ),
    Mutant(
        "stories: the output keeps the goal 1",
        RULES.format("arithmetic_cvp_dependency_graph"),
        "source.output, source.goal)\n    wires",
        "source.output, 1)\n    wires",
        "tests/reductions/test_rules.py::test_answers_of_random_instances"
        "[arithmetic_cvp_dependency_graph]",
    ),
]
