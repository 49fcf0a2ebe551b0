"""Planted bugs: what is changed, and which test must find it.

The old text stands exactly once in its file; `test_planted_bugs.py` says so when it does not.
"""

from typing import NamedTuple


class Mutant(NamedTuple):
    """A bug.

    Attributes:
        name: what is wrong.
        file: the file in which it is planted.
        old: the right text.
        new: the wrong one.
        test: the pytest id of what must fail.
    """

    name: str
    file: str
    old: str
    new: str
    test: str


MUTANTS = [
    # Circuits and builders
    Mutant(
        "a gate may read itself",
        "tcsim/_validate.py",
        "late = operand >= c.n_inputs + born",
        "late = operand > c.n_inputs + born",
        "tests/core/test_circuit.py::test_rules",
    ),
    Mutant(
        "structure_id forgets big weights",
        "tcsim/identity.py",
        "for big in (circuit.big_weights, circuit.big_thresholds):",
        "for big in (circuit.big_thresholds,):",
        "tests/core/test_identity.py::test_big_values_are_structure",
    ),
    Mutant(
        "XOR subtracts the AND once",
        "tcsim/expressions.py",
        "Condition(both, 2).linear(), -2)",
        "Condition(both, 2).linear(), -1)",
        "tests/core/test_expressions.py::test_expressions_mean_what_they_say",
    ),
    Mutant(
        "a comparison that holds in one case alone is folded to 0",
        "tcsim/builder.py",
        "if low >= threshold or high < threshold:",
        "if low >= threshold or high <= threshold:",
        "tests/core/test_expressions.py::test_expressions_mean_what_they_say",
    ),
    Mutant(
        "repeated operands overflow",
        "tcsim/bulk.py",
        "np.abs(values).sum(dtype=np.float64) > 2.0**62",
        "np.abs(values).sum(dtype=np.float64) > 2.0**65",
        "tests/core/test_bulk.py::test_repeated_operands_beyond_int64",
    ),
    Mutant(
        "complemented gates shift nested readers by too little",
        "tcsim/inversion.py",
        "shift[row[term]] += weight[term] * shift[~operand[term]]",
        "shift[row[term]] += shift[~operand[term]]",
        "tests/core/test_inversion.py::test_forms_of_forms_absorb_the_complement",
    ),
    # Measures
    Mutant(
        "levels skip the first gate",
        "tcsim/measure/kernels.py",
        "if wire >= n_inputs and level[wire - n_inputs] > highest:",
        "if wire > n_inputs and level[wire - n_inputs] > highest:",
        "tests/measure/test_bases.py::test_threshold",
    ),
    Mutant(
        "tails stop one step early at shared forms",
        "tcsim/measure/kernels.py",
        "if form_tail[form] >= tail[gate] + 1:",
        "if form_tail[form] >= tail[gate]:",
        "tests/measure/test_path.py::test_tails_and_dead_gates",
    ),
    Mutant(
        "constant gates are asked for their operands",
        "tcsim/measure/kernels.py",
        "        if constant[gate]:\n            continue\n        form = gate_form[gate]",
        "        form = gate_form[gate]",
        "tests/measure/test_bases.py::test_majority",
    ),
    Mutant(
        "a NOT gate stands on top of the NOT gate that it is",
        "tcsim/measure/kernels.py",
        "below = not_level - 1",
        "below = not_level",
        "tests/measure/test_bases.py::test_every_gate_of_two_inputs",
    ),
    Mutant(
        "one processor too many",
        "tcsim/measure/kernels.py",
        "len(fired) < count:",
        "len(fired) <= count:",
        "tests/measure/test_schedule.py::test_list_schedule",
    ),
    Mutant(
        "the padding of a majority is off by one",
        "tcsim/measure/majority.py",
        "excess = 2 * limit - 1 - total",
        "excess = 2 * limit - total",
        "tests/measure/test_bases.py::test_majority",
    ),
    Mutant(
        "an OR is added up",
        "tcsim/measure/fan_in_2.py",
        "if limit <= self.least:",
        "if limit < self.least:",
        "tests/measure/test_bases.py::test_fan_in_2",
    ),
    Mutant(
        "operands that cancel are operands",
        "tcsim/measure/flat.py",
        "keep = (values != 0) | zero.astype(bool)",
        "keep = (values == values) | zero.astype(bool)",
        "tests/measure/test_flat.py::test_operands_that_cancel_are_none_and_written_zeros_are",
    ),
    Mutant(
        "totals overflow",
        "tcsim/measure/threshold.py",
        "* counts.sum() >= 2.0**62:",
        "* counts.sum() >= 2.0**80:",
        "tests/measure/test_flat.py::test_totals_beyond_int64",
    ),
    Mutant(
        "outputs die with the last level",
        "tcsim/measure/schedule.py",
        "last[outputs] = top + 1",
        "last[outputs] = top",
        "tests/measure/test_schedule.py::test_live_values",
    ),
    # Two-input gates
    Mutant(
        "a full adder loses carries",
        "tcsim/lowering.py",
        "return total, gates.disjunction(both, carried)",
        "return total, gates.conjunction(both, carried)",
        "tests/measure/test_bases.py::test_fan_in_2",
    ),
    # Readers
    Mutant(
        "a negative threshold is read as positive",
        "tcsim/formats/tc/reader.py",
        "self.draft.add_gate(-threshold if negative else threshold)",
        "self.draft.add_gate(threshold)",
        "tests/formats/test_tc.py::test_what_is_written_is_read_again",
    ),
    Mutant(
        "weights of repeated operands replace each other",
        "tcsim/formats/tc/draft.py",
        "total[operand] = total.get(operand, 0) + weight",
        "total[operand] = weight",
        "tests/formats/test_tc.py::test_sums",
    ),
    Mutant(
        "binary numbers are cut to 8 bits a byte",
        "tcsim/formats/aiger/ands.py",
        "<< 7 * byte",
        "<< 8 * byte",
        "tests/formats/test_aigverse.py::test_the_adder_adds",
    ),
    Mutant(
        "inversions are left out of the threshold",
        "tcsim/formats/aiger/draft.py",
        "threshold = 2 - inverted[:, 0] - inverted[:, 1]",
        "threshold = 2 - inverted[:, 0]",
        "tests/formats/test_aiger_literals.py::test_arrays_and_literals",
    ),
    Mutant(
        "readers of complemented ANDs are not told",
        "tcsim/formats/aiger/draft.py",
        "(block ^ self.complemented[block >> 1])",
        "block",
        "tests/formats/test_aiger_literals.py::test_arrays_and_literals",
    ),
    Mutant(
        "the compiled decoder keeps the high bit of a byte",
        "tcsim/formats/aiger/kernels.py",
        "int(data[at] & 127) << shift",
        "int(data[at] & 255) << shift",
        "tests/formats/test_aiger_literals.py::test_larger_graphs",
    ),
    Mutant(
        "the second operand of an AND takes the first's sign",
        "tcsim/literals.py",
        "(code >> 3 & 1)",
        "(code >> 1 & 1)",
        "tests/core/test_literals.py::test_every_gate_of_two_operands",
    ),
    # Networks
    Mutant(
        "the second of two equal classes wins",
        "tcsim/networks/circuits/argmax.py",
        "{j: sums[i] - sums[j] >= 0 for j in classes[i + 1 :]}",
        "{j: sums[i] - sums[j] >= 1 for j in classes[i + 1 :]}",
        "tests/networks/test_argmax.py::test_every_tie_in_the_circuit",
    ),
    Mutant(
        "digits change at every step",
        "tcsim/networks/circuits/tensor.py",
        "steps[2**k - 1 :: 2**k]",
        "steps[2**k - 1 :: 2 ** (k + 1)]",
        "tests/networks/test_compiling.py::test_exhaustive",
    ),
    Mutant(
        "a cut is reached one later",
        "tcsim/networks/operations/requantize.py",
        'np.searchsorted(self.cuts[place], x[part], side="right")',
        'np.searchsorted(self.cuts[place], x[part], side="left")',
        "tests/networks/test_requantize.py::test_equals_the_function_everywhere",
    ),
    Mutant(
        "integers just out of range stand on wires",
        "tcsim/networks/codewords.py",
        "values.max() <= code.hi)",
        "values.max() <= code.hi + 1)",
        "tests/networks/test_running.py::test_one_value_out_of_range_is_found",
    ),
]
