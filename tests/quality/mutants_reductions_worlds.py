"""Planted bugs in Sudoku, Rule 110, billiards, tag systems and the negative controls."""

from tests.quality.mutants import Mutant

SMALL = "tests/reductions/test_rules.py::test_answers_of_small_instances[{}]"
SIZES = "tests/reductions/test_rules.py::test_sizes[{}]"
INVARIANT = "tests/reductions/test_rules.py::test_invariants[{}]"
ORIGIN = "tests/reductions/test_rules.py::test_provenance_has_an_origin_for_each_element[{}]"
PROGRAM = "tests/reductions/test_rules.py::test_programs_write_what_the_map_gives[{}]"
BACK = "tests/reductions/test_rules.py::test_witnesses_map_back[{}]"
RULES = "reductions/rules/{}.py"
PROGRAMS = "reductions/rules/programs/{}.py"
SUDOKU = "tests/reductions/test_sudoku.py::{}"
RULE110 = "tests/reductions/test_rule110.py::{}"
BILLIARDS = "tests/reductions/test_billiards.py::{}"
CONTROLS = "tests/reductions/test_controls.py::{}"
SINGLES = "sudoku_propagation_monotone_cvp"

SUDOKU_BUGS = [
    Mutant(
        "single candidates: every round reads the clues",
        RULES.format("sudoku_layout"),
        "before = self.placed(t - 1).reshape(shape)",
        "before = self.placed(0).reshape(shape)",
        SUDOKU.format("test_wires_of_every_round"),
    ),
    Mutant(
        "single candidates: the digit itself rules itself out",
        RULES.format("sudoku_layout"),
        "return k + (k >= np.arange(n)[:, None])",
        "return k + (k > np.arange(n)[:, None])",
        INVARIANT.format(SINGLES),
    ),
    Mutant(
        "single candidates: a cell is full if any is",
        RULES.format("sudoku_layout"),
        "(np.full(n * n - 1, AND), every)",
        "(np.full(n * n - 1, OR), every)",
        SMALL.format(SINGLES),
    ),
    Mutant(
        "single candidates: the AND of the first reason is read for all",
        RULES.format("sudoku_layout"),
        "            base = base + (n - 2)\n",
        "",
        INVARIANT.format(SINGLES),
    ),
    Mutant(
        "single candidates: a round is said to have no depth of its own for eliminations",
        RULES.format(SINGLES),
        "one = ceil_log2(peers + n - 1) + ceil_log2(n - 1)",
        "one = ceil_log2(n - 1)",
        SIZES.format(SINGLES),
    ),
    Mutant(
        "single candidates: clues are part of the derivation",
        RULES.format(SINGLES),
        "for v in list(found)[given:])",
        "for v in list(found))",
        BACK.format(SINGLES),
    ),
    Mutant(
        "single candidates' program: a digit is ruled out by its own cell's copy",
        PROGRAMS.format("sudoku"),
        "return k if k < left_out else k + 1",
        "return k if k <= left_out else k + 1",
        PROGRAM.format(SINGLES),
    ),
    Mutant(
        "single candidates: provenance of a round is that of the first digit",
        RULES.format("sudoku_layout"),
        "return np.concatenate((v, np.tile(one, self.rounds), end))",
        "return np.concatenate((v, np.tile(one, self.rounds)))",
        ORIGIN.format(SINGLES),
    ),
    Mutant(
        "derivations: the number of rounds does not count",
        "reductions/problems/sudoku/derivations.py",
        "if (cell, digit) in known or t > instance.rounds:",
        "if (cell, digit) in known or t > 64:",
        SUDOKU.format("test_wrong_derivations_are_no_witness"),
    ),
    Mutant(
        "propagation: no hidden singles",
        "reductions/problems/sudoku/propagation.py",
        "        follows |= member.T @ (member @ gone) - gone == n - 1\n",
        "        pass\n",
        SUDOKU.format("test_propagation_against_its_definition"),
    ),
    Mutant(
        "solver: boxes do not count",
        "reductions/problems/sudoku/kernels.py",
        "free = allowed[cell] & ~(used[row] | used[column] | used[box])",
        "free = allowed[cell] & ~(used[row] | used[column])",
        SUDOKU.format("test_all_full_squares"),
    ),
    Mutant(
        "solver: it stops one solution late",
        "reductions/problems/sudoku/kernels.py",
        "            if found >= most:\n",
        "            if found > most:\n",
        SUDOKU.format("test_all_full_squares"),
    ),
    Mutant(
        "generator: the digit may come back",
        "reductions/problems/sudoku/generating.py",
        "allowed[cell] = search.full & ~(1 << (digit - 1))",
        "allowed[cell] = search.full & ~(1 << digit)",
        SUDOKU.format("test_generated_puzzles_are_minimal"),
    ),
    Mutant(
        "generator: cells are opened whatever the solutions",
        "reductions/problems/sudoku/generating.py",
        "        if others:\n",
        "        if others > 1:\n",
        SUDOKU.format("test_generated_puzzles_are_minimal"),
    ),
    Mutant(
        "signatures: the digits' names count",
        "reductions/problems/sudoku/symmetry.py",
        "color = _mixed((cells > 0).astype(np.uint64), 0)",
        "color = _mixed(cells.astype(np.uint64), 0)",
        SUDOKU.format("test_signatures"),
    ),
]
"""Puzzles, their solver, and single candidates as a circuit."""

RULE110_BUGS = [
    Mutant(
        "Rule 110: the left neighbor is read as the right one",
        RULES.format("rule110_cvp"),
        "left, middle, right = before[:-2], before[1:-1], before[2:]",
        "right, middle, left = before[:-2], before[1:-1], before[2:]",
        SMALL.format("rule110_cvp"),
    ),
    Mutant(
        "Rule 110: NOT of the wrong AND",
        RULES.format("rule110_cvp"),
        "(first + 1, none)",
        "(first, none)",
        INVARIANT.format("rule110_cvp"),
    ),
    Mutant(
        "Rule 110: a step is said to have depth 3",
        RULES.format("rule110_cvp"),
        '"depth": 4 * steps',
        '"depth": 3 * steps',
        SIZES.format("rule110_cvp"),
    ),
    Mutant(
        "Rule 110: provenance begins with the first gate",
        RULES.format("rule110_cvp"),
        "origin = [np.arange(2 * source.steps + 1)]",
        "origin = [np.arange(2 * source.steps)]",
        ORIGIN.format("rule110_cvp"),
    ),
    Mutant(
        "Rule 110: claims are read in the order of wires",
        RULES.format("rule110_cone"),
        "here = [known[wire] for wire in wires] or [OPEN] * len(row)",
        "here = [known[wire - 1] for wire in wires] or [OPEN] * len(row)",
        BACK.format("rule110_cvp"),
    ),
    Mutant(
        "Rule 110's program: the word on the right is repeated from the left",
        PROGRAMS.format("rule110"),
        "(cell - (right - 1 - middle)) % (end - right)",
        "cell % (end - right)",
        RULE110.format("test_programs_read_all_three_words"),
    ),
    Mutant(
        "look-up: the table is read from the other side",
        RULES.format("rule110_threshold_cvp"),
        "bits = (rows[:, None] >> np.arange(width)[::-1]) & 1",
        "bits = (rows[:, None] >> np.arange(width)) & 1",
        SMALL.format("rule110_threshold_cvp"),
    ),
    Mutant(
        "look-up: an AND fires with one cell wrong",
        RULES.format("rule110_threshold_cvp"),
        "np.tile([*bits.sum(axis=1), 1], len(windows))",
        "np.tile([*bits.sum(axis=1) - 1, 1], len(windows))",
        SMALL.format("rule110_threshold_cvp"),
    ),
    Mutant(
        "look-up: the last layer is forgotten in the depth",
        RULES.format("rule110_threshold_cvp"),
        "depth += 2 * is_rest",
        "depth += is_rest",
        SIZES.format("rule110_threshold_cvp"),
    ),
    Mutant(
        "look-up's program: ANDs count zeros",
        PROGRAMS.format("rule110"),
        "count += number >> place & 1",
        "count += 1 - (number >> place & 1)",
        PROGRAM.format("rule110_threshold_cvp"),
    ),
    Mutant(
        "Rule 110: its number is 124, the mirror image",
        "reductions/problems/rule110.py",
        "NUMBER = 110\n",
        "NUMBER = 124\n",
        RULE110.format("test_rows_from_one_cell"),
    ),
    Mutant(
        "tag systems: the production is that of the last symbol deleted",
        "reductions/problems/tag_systems/tag.py",
        "self.productions[word[0]]",
        "self.productions[word[self.deletion - 1]]",
        RULE110.format("test_a_tag_system_computes_the_collatz_function"),
    ),
    Mutant(
        "cyclic tag systems: one empty appendant is missing",
        "reductions/problems/tag_systems/cyclic.py",
        '*[""] * (k * (system.deletion - 1))',
        '*[""] * (k * (system.deletion - 1) - 1)',
        RULE110.format("test_cyclic_tag_systems_do_what_tag_systems_do"),
    ),
    Mutant(
        "clockwise machines: cell 0 has a left neighbor",
        "reductions/problems/tag_systems/clockwise.py",
        '(("at", q), (END,)) if c == END else _moved(machine, q, c)',
        "_moved(machine, q, c)",
        RULE110.format("test_clockwise_machines_of_any_table"),
    ),
]
"""Rule 110, its look-up layers, and the machines that lead to it."""

BILLIARD_BUGS = [
    Mutant(
        "billiards: two on a diagonal go on",
        "reductions/problems/billiards/board.py",
        "[0, 8, 4, 3, 2, 5, 9, 7, 1, 6,",
        "[0, 8, 4, 3, 2, 5, 6, 7, 1, 9,",
        BILLIARDS.format("test_the_rule"),
    ),
    Mutant(
        "billiards: both phases are the same",
        "reductions/problems/billiards/board.py",
        "found = _step(found, (phase + number) % 2)\n    return found\n\n\ndef back",
        "found = _step(found, phase)\n    return found\n\n\ndef back",
        BILLIARDS.format("test_what_is_kept"),
    ),
    Mutant(
        "billiards: phases backwards in the order forwards",
        "reductions/problems/billiards/board.py",
        "for number in reversed(range(integer(steps",
        "for number in list(range(integer(steps",
        BILLIARDS.format("test_what_is_kept"),
    ),
    Mutant(
        "interaction: a and b alone change places",
        "reductions/problems/billiards/interaction.py",
        "    ((16, 16), (14, 14)),\n    ((16, 3), (14, 5)),\n",
        "    ((16, 3), (14, 5)),\n    ((16, 16), (14, 14)),\n",
        BILLIARDS.format("test_the_interaction_gate"),
    ),
    Mutant(
        "interaction: stray particles are overlooked",
        "reductions/problems/billiards/interaction.py",
        "if not (_placed(balls, ports) == boards).all():",
        "if (_placed(balls, ports) > boards).any():",
        BILLIARDS.format("test_refusals"),
    ),
    Mutant(
        "Fredkin gate: both swap in the same sense",
        "reductions/problems/billiards/circuits.py",
        "control, second = join(control, q1, p0)",
        "control, second = join(control, q1, q0)",
        BILLIARDS.format("test_gates_of_balls"),
    ),
    Mutant(
        "circuits of balls: OR puts in a 0",
        "reductions/problems/billiards/circuits.py",
        "else (ball(1), b)",
        "else (ball(0), b)",
        BILLIARDS.format("test_circuits_run_by_balls"),
    ),
]
"""The billiard-ball machine."""

CONTROL_BUGS = [
    Mutant(
        "controls: automata are composed backwards",
        "reductions/problems/controls/words.py",
        "np.take_along_axis(second, first, axis=1)",
        "np.take_along_axis(first, second, axis=1)",
        CONTROLS.format("test_parallel_solvers_agree"),
    ),
    Mutant(
        "controls: a linear automaton squares once too often",
        "reductions/problems/controls/linear_automaton.py",
        "-offset * 2**k)",
        "-offset * 2 ** (k + 1))",
        CONTROLS.format("test_rules_90_and_150"),
    ),
    Mutant(
        "controls: values are minima",
        "reductions/problems/controls/deterministic_mdp.py",
        "power.max(axis=1)",
        "power.min(axis=1)",
        CONTROLS.format("test_parallel_solvers_agree"),
    ),
    Mutant(
        "controls: 2-SAT looks at one direction",
        "reductions/problems/controls/two_sat.py",
        "(forth & forth[literal ^ 1]).any()",
        "forth.any()",
        CONTROLS.format("test_two_sat_by_all_assignments"),
    ),
    Mutant(
        "controls: planar ORs read one wire",
        "reductions/problems/controls/planar_monotone.py",
        "firsts = (a,) if kinds[a] else (a, a + 1)",
        "firsts = (a,)",
        CONTROLS.format("test_planar_monotone_circuits_of_four_inputs"),
    ),
    Mutant(
        "controls: comparators are said to be in NC",
        "reductions/problems/controls/comparators.py",
        "in_nc=False,",
        "in_nc=True,",
        CONTROLS.format("test_none_is_called_serial"),
    ),
]
"""What is not serial."""
