"""Planted bugs in strict circuits, their gap, the DO1 game, the forced choice, and plans."""

from tests.quality.mutants import Mutant

STRICT = "tests/reductions/test_strict.py::{}"
GAME = "tests/reductions/test_do1_game.py::{}"
CHOICE = "tests/reductions/test_forced_choice.py::{}"
RULES = "tests/reductions/test_rules.py::{}[monotone_cvp_strict_alternating_cvp]"
GAP = "tests/reductions/test_rules.py::{}[strict_alternating_cvp_strict_do1_gap]"
FORGET = "tests/reductions/test_rules.py::{}[do1_gap_do1]"
GADGETS = "reductions/rules/strict_gadgets.py"
NORMAL_FORM = "reductions/rules/monotone_cvp_strict_alternating_cvp.py"
PAIRS = "reductions/rules/strict_alternating_cvp_strict_do1_gap.py"
PROBLEM = "reductions/problems/strict_alternating.py"
DO1 = "reductions/do1/{}.py"

NORMAL_FORM_BUGS = [
    Mutant(
        "strict form: the root of an AND reads one leaf twice over",
        GADGETS,
        'AND: Gadget(((AND, "a", "b"), (OR, "x0", "g0")), "0")',
        'AND: Gadget(((AND, "a", "b"), (OR, "x0", "g0")), "1")',
        RULES.format("test_answers_of_small_instances"),
    ),
    Mutant(
        "strict form: an OR reads its constant 0",
        GADGETS,
        '(OR, "g1", "g2")), "11")',
        '(OR, "g1", "g2")), "00")',
        RULES.format("test_answers_of_small_instances"),
    ),
    Mutant(
        "strict form: copies are ORs with 1",
        GADGETS,
        '"1100"',
        '"1110"',
        RULES.format("test_invariants"),
    ),
    Mutant(
        "strict form: both children of an inner node are one",
        GADGETS,
        "(number // 2 - 1) + 2 + number % 2",
        "(number // 2 - 1) + 3",
        RULES.format("test_programs_write_what_the_map_gives"),
    ),
    Mutant(
        "strict form: the output does not count as a reader",
        GADGETS,
        "readers[source.output] += 1",
        "readers[source.output] += 0",
        RULES.format("test_sizes"),
    ),
    Mutant(
        "strict form: readers are numbered from 1",
        GADGETS,
        "return self.node(wire, self.readers[wire] + 1 + reader)",
        "return self.node(wire, self.readers[wire] + 2 + reader)",
        RULES.format("test_programs_write_what_the_map_gives"),
    ),
    Mutant(
        "strict form: an input is written on one of its two places",
        NORMAL_FORM,
        "for place in range(len(ROOTS[INPUT].fresh)):",
        "for place in range(1, len(ROOTS[INPUT].fresh)):",
        RULES.format("test_programs_write_what_the_map_gives"),
    ),
    Mutant(
        "strict form: four gates a copy are said to be three",
        NORMAL_FORM,
        "copied = 4 * (edges + 1)",
        "copied = 3 * (edges + 1)",
        RULES.format("test_sizes"),
    ),
    Mutant(
        "strict form: provenance counts inputs twice",
        NORMAL_FORM,
        "np.repeat(every, np.diff(np.append(begin, end)))",
        "np.repeat(every[::-1], np.diff(np.append(begin, end)))",
        RULES.format("test_provenance_has_an_origin_for_each_element"),
    ),
    Mutant(
        "strict form: the program forgets that the output reads",
        "reductions/rules/programs/strict.py",
        "return count + 4 * (number_at(tape, after(tape, place)) < wire)",
        "return count",
        RULES.format("test_programs_write_what_the_map_gives"),
    ),
    Mutant(
        "strict circuits: an input may be read twice",
        PROBLEM,
        "_refuse(reads[:n] > 1,",
        "_refuse(reads[:n] > 2,",
        STRICT.format("test_refusals"),
    ),
    Mutant(
        "strict circuits: a gate may be read by three",
        PROBLEM,
        "_refuse(reads[n:] > 2,",
        "_refuse(reads[n:] > 3,",
        STRICT.format("test_refusals"),
    ),
    Mutant(
        "strict circuits: the output may be read",
        PROBLEM,
        "or kind[last] != OR or reads[self.output]:",
        "or kind[last] != OR:",
        STRICT.format("test_refusals"),
    ),
]

GAP_BUGS = [
    Mutant(
        "strict gap: the last pair may be one of ANDs",
        PAIRS,
        "return least + least % 2",
        "return least",
        STRICT.format("test_there_are_no_more_pairs_than_needed"),
    ),
    Mutant(
        "strict gap: the chain is as long as the circuit is large",
        PAIRS,
        "gates * epsilon.denominator // epsilon.numerator\n",
        "gates * epsilon.numerator // epsilon.numerator\n",
        STRICT.format("test_there_are_no_more_pairs_than_needed"),
    ),
    Mutant(
        "strict gap: N is one larger",
        PAIRS,
        "StrictDepthGap(circuit, length + 1, epsilon)",
        "StrictDepthGap(circuit, length + 2, epsilon)",
        STRICT.format("test_the_strict_gap"),
    ),
    Mutant(
        "strict gap: the constants of the first pair are 0",
        PAIRS,
        "source.values + bytes((1,)) * ONES",
        "source.values + bytes((0,)) * ONES",
        GAP.format("test_answers_of_small_instances"),
    ),
    Mutant(
        "strict gap: the inputs added move inputs too",
        PAIRS,
        "ONES * (before >= n)",
        "ONES * (before > n)",
        GAP.format("test_invariants"),
    ),
    Mutant(
        "strict gap: claims are cut one gate too late",
        PAIRS,
        "return claim[1][: source.circuit.size]",
        "return claim[1][: source.circuit.size + 1]",
        GAP.format("test_witnesses_map_back"),
    ),
    Mutant(
        "strict gap: two gates are forgotten in the formula",
        PAIRS,
        '"gates": gates + 2 + 2 * length',
        '"gates": gates + 2 * length',
        GAP.format("test_sizes"),
    ),
    Mutant(
        "strict gap: the program writes ANDs for ORs",
        "reductions/rules/programs/pairs.py",
        "2 - pair % 2",
        "1 + pair % 2",
        GAP.format("test_programs_write_what_the_map_gives"),
    ),
]

GAME_BUGS = [
    Mutant(
        "DO1 game: a 0 among the chosen gates is forgiven",
        DO1.format("game"),
        "not all(self.values[gate] for gate in state.chosen)",
        "not any(self.values[gate] for gate in state.chosen)",
        GAME.format("test_rules"),
    ),
    Mutant(
        "DO1 game: it lasts as long as the shorter side",
        DO1.format("game"),
        "return max(self.chain, self.gates)",
        "return min(self.chain, self.gates)",
        GAME.format("test_rules"),
    ),
    Mutant(
        "DO1 game: the chosen side may be left",
        DO1.format("game"),
        "state.side not in {None, action.side} or ",
        "",
        GAME.format("test_rules"),
    ),
    Mutant(
        "DO1 game: the value forgets that no action is left",
        DO1.format("game"),
        "if found == 0 or state.step == game.horizon:",
        "if found == 0:",
        GAME.format("test_best_play_against_all_episodes"),
    ),
    Mutant(
        "DO1: the first gates alone are asked for ones",
        DO1.format("zero"),
        "return bool(forced_ones(instance, frozenset()))",
        "return first_layer_is_one(instance)",
        GAME.format("test_the_first_layer_is_not_enough"),
    ),
    Mutant(
        "DO1: an AND is forced by one operand",
        DO1.format("zero"),
        "np.where(gates.kind == AND, 2, 1)",
        "np.where(gates.kind == AND, 1, 1)",
        GAME.format("test_the_closed_loop_finds_the_depth"),
    ),
]

CHOICE_BUGS = [
    Mutant(
        "forced choice: ties go to the chain",
        DO1.format("forced_choice"),
        "return value(game, game.after(START, Pick(CHAIN, 0))) <= best",
        "return value(game, game.after(START, Pick(CHAIN, 0))) < best",
        CHOICE.format("test_more_chains_give_a_better_estimate"),
    ),
    Mutant(
        "forced choice: the first win counts, not the last",
        DO1.format("forced_choice"),
        "low, high = epsilon * d, chains[won[-1] + 1] / epsilon",
        "low, high = epsilon * d, chains[won[0] + 1] / epsilon",
        CHOICE.format("test_more_chains_give_a_better_estimate"),
    ),
    Mutant(
        "forced choice: the upper end forgets epsilon",
        DO1.format("forced_choice"),
        "chains[won[-1] + 1] / epsilon",
        "Fraction(chains[won[-1] + 1])",
        CHOICE.format("test_the_factor_is_the_best_possible"),
    ),
    Mutant(
        "forced choice: no test for d_1 = 0",
        DO1.format("forced_choice"),
        "    if not any_gate_is_one(circuit):\n        nothing",
        "    if not gates:\n        nothing",
        CHOICE.format("test_gaps_are_decided"),
    ),
    Mutant(
        "forced choice: a gap of epsilon^2 is said to do",
        DO1.format("forced_choice"),
        "return factor(epsilon) ** 2 / 2",
        "return factor(epsilon) ** 2",
        CHOICE.format("test_gaps_are_decided"),
    ),
    Mutant(
        "forced choice: the one chain is the upper end of the gap",
        DO1.format("forced_choice"),
        "chain = -(-lower.numerator // lower.denominator)",
        "chain = gap.threshold - 1",
        CHOICE.format("test_gaps_are_decided"),
    ),
    Mutant(
        "forced choice: the repaired text keeps the printed lengths",
        DO1.format("forced_choice"),
        'place if reading == "literal" else -1 - place',
        "place",
        CHOICE.format("test_as_printed"),
    ),
    Mutant(
        "forced choice: one power of two is missing",
        DO1.format("forced_choice"),
        "(gates - 1).bit_length() + 1)",
        "(gates - 1).bit_length())",
        CHOICE.format("test_random_value_functions"),
    ),
    Mutant(
        "coins: the biased one is fair",
        DO1.format("regret"),
        "return min(ALWAYS, Fraction(chain, gates))",
        "return Fraction(1, 2)",
        GAME.format("test_bounds_of_the_rules"),
    ),
    Mutant(
        "rules: half is a third",
        DO1.format("regret"),
        "return ALWAYS if 2 * chain >= gates else NEVER",
        "return ALWAYS if 3 * chain >= gates else NEVER",
        GAME.format("test_bounds_of_the_rules"),
    ),
    Mutant(
        "traps: q is 1 where p is",
        DO1.format("plans"),
        "for rail in (rails.images.same, rails.images.complement)",
        "for rail in (rails.images.same, rails.images.same)",
        GAME.format("test_plans"),
    ),
    Mutant(
        "busy beavers: they begin one cell too early",
        "tcsim/uniformity/turing/examples.py",
        'delta["pass", "_"] = delta["A", "0"]',
        'delta["pass", "_"] = delta["A", "1"]',
        CHOICE.format("test_busy_beavers_run_as_long_as_known"),
    ),
]

DO1_BUGS = [
    Mutant(
        "DO1 without gap: N is one larger",
        "reductions/rules/do1_gap_do1.py",
        "DepthQuestion(source.circuit, source.threshold), origin",
        "DepthQuestion(source.circuit, source.threshold + 1), origin",
        FORGET.format("test_programs_write_what_the_map_gives"),
    ),
    Mutant(
        "DO1 without gap: provenance misses a wire",
        "reductions/rules/do1_gap_do1.py",
        "np.arange(wires)",
        "np.arange(wires - 1)",
        FORGET.format("test_provenance_has_an_origin_for_each_element"),
    ),
    Mutant(
        "DO1 without gap: the program keeps epsilon's place",
        "reductions/rules/programs/copying.py",
        "write(4, number_at(tape, record(tape, 4, 0)))",
        "write(4, number_at(tape, record(tape, 4, 0)), 1)",
        FORGET.format("test_programs_write_what_the_map_gives"),
    ),
    Mutant(
        "DO1: N itself is not deep enough",
        "reductions/problems/do1.py",
        "depth_of_ones(one.circuit) >= one.threshold",
        "depth_of_ones(one.circuit) > one.threshold",
        GAME.format("test_the_depth_as_a_question_and_as_a_number"),
    ),
    Mutant(
        "DO1: a number may be above d_1",
        "reductions/problems/do1.py",
        "return epsilon * depth <= value <= above * depth",
        "return epsilon * depth <= value",
        GAME.format("test_the_depth_as_a_question_and_as_a_number"),
    ),
]
