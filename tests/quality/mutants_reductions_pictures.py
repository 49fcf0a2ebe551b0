"""Planted bugs in pictures of reductions, planar circuits, and long runs of programs."""

from tests.quality.mutants import Mutant
from tests.quality.mutants_reductions import BACK, INVARIANT, ORIGIN, PROGRAM, SIZES, SMALL

PICTURES = "tests/reductions/test_pictures.py::{}"
PLANAR = "tests/reductions/test_planar.py::{}"
RULE = "reductions/rules/cvp_planar_cvp.py"
LAYOUT = "reductions/rules/planar_layout.py"
NAME = "cvp_planar_cvp"

PLANAR_BUGS = [
    Mutant(
        "planar: what leaves a crossing to the right is the track's value",
        RULE,
        "_xors(operands, n, layout.base + 4, layout.base + 3, y)",
        "_xors(operands, n, layout.base + 4, layout.base + 3, x)",
        PLANAR.format("test_one_crossing_is_three_xors"),
    ),
    Mutant(
        "planar: an XOR reads its first operand twice",
        RULE,
        "(y, base), (base + 1",
        "(x, base), (base + 1",
        SMALL.format(NAME),
    ),
    Mutant(
        "planar: tracks go straight through the rows",
        LAYOUT,
        "np.where(empty, direct,",
        "np.where(empty | True, direct,",
        PLANAR.format("test_one_crossing_is_three_xors"),
    ),
    Mutant(
        "planar: a row forgets its last crossing",
        LAYOUT,
        "row * self._count + before) - 1",
        "row * self._count + before) - 2",
        PLANAR.format("test_every_target_is_planar_and_values_cross"),
    ),
    Mutant(
        "planar: a track crosses one row too few",
        LAYOUT,
        "self.track_gate - 1 - self.track_operand\n",
        "np.maximum(self.track_gate - 2 - self.track_operand, 0)\n",
        PLANAR.format("test_crossings_are_as_many_as_rows_between"),
    ),
    Mutant(
        "planar: gates of a crossing are counted as eleven",
        RULE,
        "at_most(gates + GATES * crossings)",
        "at_most(gates + crossings)",
        SIZES.format(NAME),
    ),
    Mutant(
        "planar: the invariant does not look behind crossings",
        RULE,
        "and all(after[a] == before[b] for a, b in pairs)",
        "and all(after[a] != before[b] for a, b in pairs)",
        INVARIANT.format(NAME),
    ),
    Mutant(
        "planar: gates come from their crossings",
        RULE,
        "origin[layout.image] = np.arange(n + m)",
        "origin[layout.image] = 0",
        ORIGIN.format(NAME),
    ),
    Mutant(
        "planar: images are one gate early",
        LAYOUT,
        "self.image[n:] += GATES * np.cumsum(through)",
        "self.image[n:] += GATES * np.cumsum(through) - (through > 0)",
        BACK.format(NAME),
    ),
    Mutant(
        "planar: the program counts crossings of a gate at its end",
        "reductions/rules/programs/planar.py",
        "found = 12 * (crossings + row - a - 1) + gate + 7",
        "found = 12 * (crossings + row - a) + gate + 7",
        PROGRAM.format(NAME),
    ),
    Mutant(
        "planar: every circuit is planar",
        "reductions/problems/planar_circuits.py",
        "    return planar\n",
        "    return planar or True\n",
        PLANAR.format("test_what_must_cross_is_refused"),
    ),
]

PICTURE_BUGS = [
    Mutant(
        "picture: elements have the colors of their own numbers",
        "reductions/pictures/before_after.py",
        "else of_source(origin[item])",
        "else of_source(item)",
        PICTURES.format("test_colors_are_provenance_and_labels_are_values"),
    ),
    Mutant(
        "picture: NANDs are ORs of inverted operands",
        "reductions/pictures/panels.py",
        "pin.inverted &= pin.target != place_",
        "pin.inverted &= True",
        PICTURES.format("test_colors_are_provenance_and_labels_are_values"),
    ),
    Mutant(
        "picture: lists are not colored",
        "reductions/pictures/panels.py",
        "mine = key in elements[:1]",
        "mine = key in elements[:0]",
        PICTURES.format("test_clauses_have_the_colors_of_their_wires"),
    ),
    Mutant(
        "picture: arrows of a cycle go forward",
        "reductions/pictures/problem_graph.py",
        "if not nx.has_path(forward, target, source):",
        "if not nx.has_path(forward, source, target):",
        PICTURES.format("test_layers_of_a_graph_with_a_cycle"),
    ),
    Mutant(
        "graph in DOT: arrows point backward",
        "reductions/pictures/problem_graph.py",
        """f'  "{a}" -> "{b}" [label""",
        """f'  "{b}" -> "{a}" [label""",
        PICTURES.format("test_dot_has_every_rule"),
    ),
]

RECORDS = "reductions/rules/programs/records.py"
METER = "tcsim/uniformity/meter.py"

LONG_RUN_BUGS = [
    Mutant(
        "records: the one before begins a cell early",
        RECORDS,
        "    return place + 3\n",
        "    return place + 2\n",
        PROGRAM.format("monotone_cvp_alternating_cvp"),
    ),
    Mutant(
        "gate by gate: an image is counted back from the wrong gate",
        "reductions/rules/programs/gate_by_gate.py",
        "for _ in range(operand + 1, here):",
        "for _ in range(operand, here):",
        PROGRAM.format("cvp_nor_cvp"),
    ),
    Mutant(
        "gap: the first gate is copied over and over",
        "reductions/rules/programs/copying.py",
        "        copy(tape, write, place)\n        place = following(tape, place)\n",
        "        copy(tape, write, place)\n",
        PROGRAM.format("alternating_cvp_do1_gap"),
    ),
    Mutant(
        "meter: a register that grows counts from nothing",
        METER,
        "self.bits[slot] = length\n",
        "self.bits[slot] = 1\n",
        "tests/uniformity/test_program.py::test_values_on_their_way_are_counted",
    ),
]
