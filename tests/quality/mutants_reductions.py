"""Planted bugs in reductions between circuits: maps, back maps, formulas, programs."""

from tests.quality.mutants import Mutant

SMALL = "tests/reductions/test_rules.py::test_answers_of_small_instances[{}]"
SIZES = "tests/reductions/test_rules.py::test_sizes[{}]"
INVARIANT = "tests/reductions/test_rules.py::test_invariants[{}]"
ORIGIN = "tests/reductions/test_rules.py::test_provenance_has_an_origin_for_each_element[{}]"
PROGRAM = "tests/reductions/test_rules.py::test_programs_write_what_the_map_gives[{}]"
TABLEAU = "tests/reductions/test_rules.py::test_programs_write_tableaux[palindromes-{}]"
BACK = "tests/reductions/test_rules.py::test_witnesses_map_back[{}]"
PROBLEMS = "tests/reductions/test_problems.py::{}"
RULES = "reductions/rules/{}.py"
PROGRAMS = "reductions/rules/programs/{}.py"

RULE_BUGS = [
    # Universal gates
    Mutant(
        "NAND: the wrong kind is taken for the direct one",
        RULES.format("cvp_nand_cvp"),
        "by_universal_gates(source, Nand, NAND_GATE, AND)",
        "by_universal_gates(source, Nand, NAND_GATE, OR)",
        SMALL.format("cvp_nand_cvp"),
    ),
    Mutant(
        "NAND: OR is said to be two gates",
        RULES.format("cvp_nand_cvp"),
        "2 * ands + 3 * ors",
        "2 * ands + 2 * ors",
        SIZES.format("cvp_nand_cvp"),
    ),
    Mutant(
        "NOR: the direct gate loses its second operand's image",
        RULES.format("universal"),
        "put(straight, 1, a[straight], b[straight])",
        "put(straight, 1, a[straight], operands[straight, 1])",
        SMALL.format("cvp_nor_cvp"),
    ),
    Mutant(
        "universal gates: a NOT reads the other operand's place",
        RULES.format("universal"),
        "put(crossed, 1, b[crossed])",
        "put(crossed, 1, a[crossed])",
        SMALL.format("cvp_nor_cvp"),
    ),
    Mutant(
        "NOR: depth is said to stay",
        RULES.format("cvp_nor_cvp"),
        "at_most(2 * depth)",
        "at_most(depth)",
        SIZES.format("cvp_nor_cvp"),
    ),
    Mutant(
        "universal gates: provenance begins with the first gate",
        RULES.format("universal"),
        "n + np.repeat(np.arange(m), count)",
        "np.repeat(np.arange(m), count)",
        ORIGIN.format("cvp_nand_cvp"),
    ),
    # Dual rail
    Mutant(
        "rails: AND stays an AND on the second rail",
        RULES.format("cvp_monotone_cvp"),
        "other[kind == AND], other[kind == OR] = OR, AND",
        "other[kind == AND], other[kind == OR] = AND, AND",
        SMALL.format("cvp_monotone_cvp"),
    ),
    Mutant(
        "rails: a NOT does not swap them",
        RULES.format("cvp_monotone_cvp"),
        "inverts = (kind == NOT)",
        "inverts = (kind == OR)",
        SMALL.format("cvp_monotone_cvp"),
    ),
    Mutant(
        "rails: the complement of an input is the input",
        RULES.format("cvp_monotone_cvp"),
        "np.stack((values, 1 - values), axis=1)",
        "np.stack((values, values), axis=1)",
        INVARIANT.format("cvp_monotone_cvp"),
    ),
    Mutant(
        "rails: ANDs and ORs are not added up",
        RULES.format("cvp_monotone_cvp"),
        '"ors": ands + ors',
        '"ors": 2 * ors',
        SIZES.format("cvp_monotone_cvp"),
    ),
    # Inclusion
    Mutant(
        "inclusion: the depth is said to be the number of gates",
        RULES.format("cvp_threshold_cvp"),
        '"depth": depth}',
        '"depth": gates}',
        SIZES.format("cvp_threshold_cvp"),
    ),
    Mutant(
        "inclusion: the values are reversed",
        RULES.format("cvp_threshold_cvp"),
        "target = CircuitValue(source.circuit, source.values)",
        "target = CircuitValue(source.circuit, source.values[::-1])",
        SMALL.format("cvp_threshold_cvp"),
    ),
    # Majorities
    Mutant(
        "majorities: OR gets the constant 0",
        RULES.format("monotone_cvp_majority_cvp"),
        "new[kind == OR, 2] = ONE",
        "new[kind == AND, 2] = ONE",
        SMALL.format("monotone_cvp_majority_cvp"),
    ),
    Mutant(
        "majorities: the constants trade places",
        RULES.format("monotone_cvp_majority_cvp"),
        "Majority.of_gates(bytes((0, 1))",
        "Majority.of_gates(bytes((1, 0))",
        SMALL.format("monotone_cvp_majority_cvp"),
    ),
    Mutant(
        "majorities: one constant is counted",
        RULES.format("monotone_cvp_majority_cvp"),
        '"inputs": inputs + 2',
        '"inputs": inputs + 1',
        SIZES.format("monotone_cvp_majority_cvp"),
    ),
    # Alternating circuits
    Mutant(
        "alternation: OR reads its first operand twice",
        RULES.format("monotone_cvp_alternating_cvp"),
        "new[place[ors] - 2, 0], new[place[ors] - 1, 0] = a[ors], b[ors]",
        "new[place[ors] - 2, 0], new[place[ors] - 1, 0] = a[ors], a[ors]",
        SMALL.format("monotone_cvp_alternating_cvp"),
    ),
    Mutant(
        "alternation: OR becomes an AND",
        RULES.format("monotone_cvp_alternating_cvp"),
        "new_kind[place[ors]] = OR",
        "new_kind[place[ors]] = AND",
        SMALL.format("monotone_cvp_alternating_cvp"),
    ),
    Mutant(
        "alternation: no operand is buffered in the count",
        RULES.format("monotone_cvp_alternating_cvp"),
        '"buffers": ands + 2 * ors',
        '"buffers": ands + ors',
        SIZES.format("monotone_cvp_alternating_cvp"),
    ),
    # Horn clauses
    Mutant(
        "Horn: OR asks for both operands",
        RULES.format("monotone_cvp_horn_entailment"),
        "bodies = [read] if kind == AND else",
        "bodies = [read] if kind != BUFFER else",
        SMALL.format("monotone_cvp_horn_entailment"),
    ),
    Mutant(
        "Horn: a 0-input is a fact",
        RULES.format("monotone_cvp_horn_entailment"),
        "((), wire) if value else ((wire,), wire)",
        "((), wire)",
        SMALL.format("monotone_cvp_horn_entailment"),
    ),
    Mutant(
        "Horn: underived gates are claimed to be 0",
        RULES.format("monotone_cvp_horn_entailment"),
        '"1" if n + g in heads else "-"',
        '"1" if n + g in heads else "0"',
        BACK.format("monotone_cvp_horn_entailment"),
    ),
    Mutant(
        "Horn: bodies are gone through once",
        "reductions/problems/horn_entailment.py",
        "        if more == true:\n            return true\n",
        "        return more\n",
        SMALL.format("monotone_cvp_horn_entailment"),
    ),
    # The gap
    Mutant(
        "gap: the chain is one gate short",
        RULES.format("alternating_cvp_do1_gap"),
        "epsilon.denominator // epsilon.numerator + 1",
        "epsilon.denominator // epsilon.numerator",
        "tests/reductions/test_rules.py::test_the_chain_is_no_longer_than_needed",
    ),
    Mutant(
        "gap: the chain stands on the first input",
        RULES.format("alternating_cvp_do1_gap"),
        "operands[m, 0] = source.output",
        "operands[m, 0] = 0",
        SMALL.format("alternating_cvp_do1_gap"),
    ),
    Mutant(
        "gap: the threshold counts the circuit too",
        RULES.format("alternating_cvp_do1_gap"),
        "return DepthGap(circuit, length, epsilon)",
        "return DepthGap(circuit, length + m, epsilon)",
        SMALL.format("alternating_cvp_do1_gap"),
    ),
    Mutant(
        "gap: epsilon may be 1",
        "reductions/problems/do1_gap.py",
        "not 0 < epsilon < 1:",
        "not 0 < epsilon <= 1:",
        "tests/reductions/test_rules.py::test_no_epsilon",
    ),
    Mutant(
        "d_1 counts gates of value 0",
        "reductions/problems/do1_gap.py",
        "for level, value in both if value)",
        "for level, value in both)",
        PROBLEMS.format("test_depth_of_ones"),
    ),
    # Tableaux
    Mutant(
        "tableau: a move to the right arrives on the left",
        RULES.format("tableau_layout"),
        "source = cell - move",
        "source = cell + move",
        SMALL.format("turing_machine_cvp"),
    ),
    Mutant(
        "tableau: the head leaves the tape on the left",
        RULES.format("tableau_layout"),
        "np.where(cell == 0, fires[i], 0)",
        "np.where(cell == -1, fires[i], 0)",
        INVARIANT.format("turing_machine_cvp"),
    ),
    Mutant(
        "tableau: what the head reads stays too",
        RULES.format("tableau_layout"),
        "known = add(AND, before[:, b], absent)",
        "known = add(AND, before[:, b], here)",
        INVARIANT.format("turing_machine_cvp"),
    ),
    Mutant(
        "tableau: the last cell is not asked for acceptance",
        RULES.format("tableau_layout"),
        "chain[1:, 0] = self.configuration(self.steps)[:, self.g + self.accept]",
        "chain[1:, 0] = self.configuration(self.steps)[0, self.g + self.accept]",
        SMALL.format("turing_machine_cvp"),
    ),
    Mutant(
        "tableau: blanks are zeros",
        RULES.format("tableau_layout"),
        "word += [self.blank]",
        "word += [self.bits[0]]",
        SMALL.format("turing_machine_cvp"),
    ),
    Mutant(
        "tableau: rows that move left are counted once",
        RULES.format("turing_machine_cvp"),
        "2 * rows + states - 1 + lefts",
        "2 * rows + states - 1",
        SIZES.format("turing_machine_cvp"),
    ),
    Mutant(
        "tableau: symbols are taken for states",
        RULES.format("turing_machine_cvp"),
        "symbols = mapped.images.shape[2] - len(names)",
        "symbols = 0",
        BACK.format("turing_machine_cvp"),
    ),
    Mutant(
        "threshold tableau: its depth is that of the steps alone",
        RULES.format("turing_machine_threshold_cvp"),
        '"depth": 2 * steps + 2',
        '"depth": 2 * steps + 1',
        SIZES.format("turing_machine_threshold_cvp"),
    ),
    Mutant(
        "threshold tableau: wires of step t are those of step t - 1",
        RULES.format("turing_machine_threshold_cvp"),
        "np.arange(steps + 1)\n",
        "np.maximum(np.arange(steps + 1) - 1, 0)\n",
        INVARIANT.format("turing_machine_threshold_cvp"),
    ),
]
"""In the maps, the formulas and the back maps."""

PROGRAM_BUGS = [
    Mutant(
        "rails' program: the second gate has the first one's threshold",
        PROGRAMS.format("dual_rail"),
        "threshold if rail == 0 else 3 - threshold",
        "threshold",
        PROGRAM.format("cvp_monotone_cvp"),
    ),
    Mutant(
        "gates' program: an image is the first of its gates",
        PROGRAMS.format("gate_by_gate"),
        "return wire - count - 1",
        "return wire - count - 2",
        PROGRAM.format("cvp_nand_cvp"),
    ),
    Mutant(
        "gates' program: a buffer is one NOT",
        PROGRAMS.format("gate_by_gate"),
        "        if threshold == 1:\n",
        "        if threshold == 3:\n",
        PROGRAM.format("cvp_nor_cvp"),
    ),
    Mutant(
        "gates' program: OR reads one buffer",
        PROGRAMS.format("gate_by_gate"),
        "write(1, 1, 1, wire, 1, wire + 1)",
        "write(1, 1, 1, wire)",
        PROGRAM.format("monotone_cvp_alternating_cvp"),
    ),
    Mutant(
        "copying: the last gate is left out",
        PROGRAMS.format("copying"),
        "    write(0)\n    copy(tape, write, record(tape, 0, 0))\n"
        "    for gate in range(gates(tape)):",
        "    write(0)\n    copy(tape, write, record(tape, 0, 0))\n"
        "    for gate in range(gates(tape) - 1):",
        PROGRAM.format("cvp_threshold_cvp"),
    ),
    Mutant(
        "gap's program: the chain has one gate more",
        PROGRAMS.format("copying"),
        "for gate in range(length - 1)",
        "for gate in range(length)",
        PROGRAM.format("alternating_cvp_do1_gap"),
    ),
    Mutant(
        "majorities' program: both constants are 0",
        PROGRAMS.format("majorities"),
        "0 if threshold == 2 else 1",
        "0",
        PROGRAM.format("monotone_cvp_majority_cvp"),
    ),
    Mutant(
        "clauses' program: OR is one clause",
        PROGRAMS.format("clauses"),
        "if threshold == 1:",
        "if threshold == 3:",
        PROGRAM.format("monotone_cvp_horn_entailment"),
    ),
    Mutant(
        "tableau's program: a left move is written once",
        PROGRAMS.format("tableau"),
        "count += 2 if move_of(row) < 0 else 1",
        "count += 1",
        TABLEAU.format("turing_machine_cvp"),
    ),
    Mutant(
        "tableau's program: the word is one symbol longer",
        PROGRAMS.format("tableau"),
        "            if p < n:\n",
        "            if p <= n:\n",
        TABLEAU.format("turing_machine_cvp"),
    ),
    Mutant(
        "threshold tableau: the program runs a step less",
        PROGRAMS.format("metered"),
        "time = (1, 1, 0) if linear else (instance.steps, 0, 0)",
        "time = (1, 0, 0) if linear else (instance.steps, 0, 0)",
        TABLEAU.format("turing_machine_threshold_cvp").replace("palindromes", "parity"),
    ),
]
"""In the metered programs."""
