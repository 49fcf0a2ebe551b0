"""Planted bugs in constructions: thresholds, weights and carries that are off by one."""

from tests.quality.mutants import Mutant

CHECK = "tests/library/test_constructions.py::test_check[{}]"

LIBRARY = [
    # The frame: what compares must notice
    Mutant(
        "formulas are compared with themselves",
        "tcsim/library/checking.py",
        "found = measured(circuit, measure)",
        "found = predicted[measure]",
        "tests/library/test_frame.py::test_wrong_formulas_fail",
    ),
    Mutant(
        "only the first output is compared with the oracle",
        "tcsim/library/checking.py",
        "different = np.argwhere(found != wanted)",
        "different = np.argwhere(found[:, :1] != wanted[:, :1])",
        "tests/library/test_frame.py::test_a_wrong_oracle_fails",
    ),
    Mutant(
        "the floor of a logarithm is its ceiling",
        "tcsim/library/exact.py",
        "return _positive(inside, at).bit_length() - 1",
        "return (_positive(inside, at) - 1).bit_length()",
        "tests/library/test_formula.py::test_logarithms",
    ),
    # Thresholds and symmetric functions
    Mutant(
        "the padding of a majority is one constant short",
        "tcsim/library/majority.py",
        "excess = min((2 * k - 1 - n, 2 * k - 2 - n)",
        "excess = min((2 * k - 1 - n, 2 * k - 3 - n)",
        CHECK.format("k-of-n"),
    ),
    Mutant(
        "a negative weight does not move the threshold",
        "tcsim/library/weighted_threshold.py",
        "limit = t + sum(-weight for weight in weights if weight < 0)",
        "limit = t + sum(-weight for weight in weights if weight < -1)",
        CHECK.format("weighted-threshold"),
    ),
    Mutant(
        "literals of negative weight are not complemented",
        "tcsim/library/small_weights.py",
        "(wire if weight > 0 else ~wire, abs(weight))",
        "(wire, abs(weight))",
        CHECK.format("weighted-threshold-small"),
    ),
    Mutant(
        "the change at n ones is forgotten",
        "tcsim/library/symmetric.py",
        "for k in range(1, len(values)))",
        "for k in range(1, len(values) - 1))",
        CHECK.format("symmetric"),
    ),
    Mutant(
        "parity with skip wires stops before n",
        "tcsim/library/parity.py",
        "for k in range(2, len(wires) + 1, 2)",
        "for k in range(2, len(wires), 2)",
        CHECK.format("parity-skip"),
    ),
    Mutant(
        "the weight of an extracted bit is one too small",
        "tcsim/library/parity.py",
        "rest = rest - (1 << place) * digit",
        "rest = rest - max((1 << place) - 1, 1) * digit",
        CHECK.format("parity-bits"),
    ),
    Mutant(
        "remainders are counted from 1",
        "tcsim/library/modulo.py",
        "for s in range(len(wires) + 1)]",
        "for s in range(1, len(wires) + 2)]",
        CHECK.format("mod"),
    ),
    Mutant(
        "a digit of the count changes one step late",
        "tcsim/library/counting.py",
        "multiples = ladder[step - 1 :: step]",
        "multiples = ladder[step::step]",
        CHECK.format("binary-count"),
    ),
    # Addition and comparison
    Mutant(
        "a carry needs one more",
        "tcsim/library/addition.py",
        "out = low >= 2 << j",
        "out = low >= (2 << j) + 1",
        CHECK.format("addition"),
    ),
    Mutant(
        "a borrow where the digits are equal",
        "tcsim/library/addition.py",
        "out = low >= 1",
        "out = low >= 0",
        CHECK.format("subtraction"),
    ),
    Mutant(
        "a carry is dropped after two places",
        "tcsim/library/lookahead.py",
        "for i in range(j, -1, -1):",
        "for i in range(j, max(j - 3, -1), -1):",
        CHECK.format("addition-small"),
    ),
    Mutant(
        "a carry passes a column of two ones as well",
        "tcsim/library/lookahead.py",
        "passed = passed + positive[i] - generate[i]",
        "passed = passed + positive[i]",
        CHECK.format("addition-small"),
    ),
    Mutant(
        "the carry at the lowest place is never absent by generation alone",
        "tcsim/library/addition_ac0.py",
        "for i in range(1, j))]",
        "for i in range(2, j))]",
        CHECK.format("addition-ac0"),
    ),
    Mutant(
        "the field is one bit too small",
        "tcsim/library/small_bias.py",
        "return max(((n - 1) * (n - 2) // 2).bit_length(), min(n - 1, 1))",
        "return max(((n - 1) * (n - 2) // 4).bit_length(), min(n - 1, 1))",
        "tests/library/test_addition.py::test_small_bias",
    ),
    Mutant(
        "the reduction in the field stops one place early",
        "tcsim/library/small_bias.py",
        "for place in range(2 * m - 2, m - 1, -1):",
        "for place in range(2 * m - 2, m, -1):",
        "tests/library/test_addition.py::test_fields",
    ),
    Mutant(
        "equal digits do not let a comparison pass",
        "tcsim/library/comparison.py",
        "above = [a | ~b for a, b in places]",
        "above = [a & ~b for a, b in places]",
        CHECK.format("comparison-ac0"),
    ),
    Mutant(
        "equal numbers are not at least one another",
        "tcsim/library/comparison.py",
        "return small_threshold(literals, (1 << len(places)) - 1)",
        "return small_threshold(literals, 1 << len(places))",
        CHECK.format("comparison-small"),
    ),
    Mutant(
        "the highest multiple of a digit is left out of a sum",
        "tcsim/library/iterated_addition.py",
        "(m * ((2 << q) - 1) >> q) + 1)]",
        "(m * ((2 << q) - 1) >> q))]",
        CHECK.format("iterated-addition"),
    ),
    Mutant(
        "blocks are a column short",
        "tcsim/library/iterated_addition.py",
        "length, places = m.bit_length(), _digits(m, b)",
        "length, places = (m - 1).bit_length(), _digits(m, b)",
        CHECK.format("iterated-addition-small"),
    ),
]
