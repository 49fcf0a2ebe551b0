"""Planted bugs in equivalence, search and the analysis of functions."""

from tests.quality.mutants import Mutant

DECIDING = "tests/equivalence/test_deciding.py"
SWEEP = "tests/equivalence/test_sweep.py"
SEARCH = "tests/search/test_threshold.py"
ANALYSIS = "tests/analysis/test_analysis.py"

EQUIVALENCE = [
    Mutant(
        "equal ANDs of an earlier round are kept",
        "tcsim/equivalence/merging.py",
        "self._near, self._index = {}, {}",
        "self._near = {}",
        f"{SWEEP}::test_a_node_is_merged_into_earlier_ones_alone",
    ),
    Mutant(
        "two nodes are compared in one direction",
        "tcsim/equivalence/prover.py",
        "return [[a, b ^ 1], [a ^ 1, b]]",
        "return [[a, b ^ 1]]",
        f"{SWEEP}::test_nodes_of_which_one_implies_the_other",
    ),
    Mutant(
        "a lemma of the proof assumes what it should derive",
        "tcsim/equivalence/proof.py",
        "negated = [literal ^ 1 for literal in assumed]",
        "negated = list(assumed)",
        f"{SWEEP}::test_proofs_of_multipliers",
    ),
    Mutant(
        "a gate that is off may reach its threshold",
        "tcsim/equivalence/linear.py",
        "total <= threshold - 1",
        "total <= threshold",
        f"{DECIDING}::test_a_verdict_is_that_of_the_truth_tables",
    ),
    Mutant(
        "the last part of all vectors is left out",
        "tcsim/equivalence/vectors.py",
        "total = max(1, (1 << inputs) // 64)",
        "total = max(1, (1 << inputs) // 64 - 1)",
        "tests/equivalence/test_vectors.py",
    ),
]

SEARCHED = [
    Mutant(
        "the threshold is that of a zero",
        "tcsim/search/threshold.py",
        "1 + max(_sum(weights, x) for x in maximal)",
        "max(_sum(weights, x) for x in maximal)",
        f"{SEARCH}::test_circuits",
    ),
    Mutant(
        "a refutation holds whatever its sums",
        "tcsim/search/gate.py",
        "return right and sums[0] == sums[1]",
        "return right",
        f"{SEARCH}::test_a_refutation_is_checked",
    ),
]

ANALYZED = [
    Mutant(
        "an interval forgets the range of its samples",
        "tcsim/analysis/estimate.py",
        "t = (high - low) * half_width(samples, confidence)",
        "t = half_width(samples, confidence)",
        f"{ANALYSIS}::test_intervals_are_hoeffdings_and_hold_as_often_as_they_say",
    ),
    Mutant(
        "influence is a share of all points",
        "tcsim/analysis/flips.py",
        "len(values) // 2",
        "len(values)",
        f"{ANALYSIS}::test_influences_and_sensitivity",
    ),
    Mutant(
        "the players' bits are in reverse order",
        "tcsim/analysis/rectangles.py",
        "[*reversed(mine), *reversed(theirs)]",
        "[*mine, *theirs]",
        f"{ANALYSIS}::test_the_matrix_has_the_players_bits_in_order",
    ),
]
