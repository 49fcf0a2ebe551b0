"""Planted bugs in evaluation: instructions, sums, orders, packed words, changes."""

from tests.quality.mutants import Mutant

EVERY_KIND = "tests/simulate/test_engines.py::test_every_kind_of_gate[bits]"
SUMS = "tests/simulate/test_engines.py::test_sums_of_many_sizes[17]"
TRACES = "tests/simulate/test_engines.py::test_traces_agree"
TABLES = "tests/simulate/test_table.py::test_exhaustive"
LAYERS = "tests/simulate/test_layers.py::test_two_layers"
DIFFERENTIAL = "tests/simulate/test_differential.py::test_engines_agree"

ENGINES = [
    # Gates of few operands
    Mutant(
        "the operands of the second gate of a cut keep their places",
        "tcsim/simulate/kernels/cuts.py",
        "code_b += m * place_b",
        "code_b += j * place_b",
        DIFFERENTIAL,
    ),
    Mutant(
        "an inverted second input is not inverted",
        "tcsim/simulate/kernels/cuts.py",
        "of_b = 0x33 if b & 1 else 0xCC",
        "of_b = 0xCC",
        DIFFERENTIAL,
    ),
    Mutant(
        "a form of three wires needs more than its threshold",
        "tcsim/simulate/kernels/cuts.py",
        "if value >= limit:",
        "if value > limit:",
        TRACES,
    ),
    Mutant(
        "operands of a truth table are moved the other way",
        "tcsim/simulate/operations.py",
        "moved[code] |= (tables >> source & 1) << row",
        "moved[code] |= (tables >> row & 1) << source",
        DIFFERENTIAL,
    ),
    Mutant(
        "all complements are taken for that of the first operand",
        "tcsim/simulate/kernels/code.py",
        "flipped |= inverted[operand[begin + k]] << k",
        "flipped |= inverted[operand[begin + k]]",
        DIFFERENTIAL,
    ),
    Mutant(
        "an AND of many literals forgets the first eight",
        "tcsim/simulate/kernels/code.py",
        "repeated = 2 * target if started else 2 * zeros + 1",
        "repeated = 2 * zeros + 1",
        DIFFERENTIAL,
    ),
    Mutant(
        "an OR is the complement of an AND of its literals",
        "tcsim/simulate/kernels/code.py",
        "sign = term_inverted[literal - terms] ^ flip ^ inverted[below]",
        "sign = term_inverted[literal - terms] ^ inverted[below]",
        DIFFERENTIAL,
    ),
    # Order and slots
    Mutant(
        "a slot is given away before its last reader",
        "tcsim/simulate/kernels/order.py",
        "            if uses[below] == 0:\n                for which",
        "            if uses[below] <= 1:\n                for which",
        TRACES,
    ),
    Mutant(
        "a gate is grouped before its last operand",
        "tcsim/simulate/kernels/runs.py",
        "missing[above] -= 1\n                if missing[above] == 0:",
        "missing[above] -= 1\n                if missing[above] <= 1:",
        TABLES,
    ),
    Mutant(
        "a slot of a draft is given away before its last reader",
        "tcsim/simulate/kernels/draft.py",
        "uses[below] -= 1\n            if uses[below] == 0:",
        "uses[below] -= 1\n            if uses[below] <= 1:",
        DIFFERENTIAL,
    ),
    # Sums
    Mutant(
        "a full adder forgets what is there",
        "tcsim/simulate/kernels/words.py",
        "carries.append(carry(sums[place], a, b))",
        "carries.append(a & b)",
        SUMS,
    ),
    Mutant(
        "comparisons take AND for OR",
        "tcsim/simulate/kernels/words.py",
        "so_far = carry(so_far, digit, ~bit)",
        "so_far = carry(so_far, digit, bit)",
        "tests/simulate/test_engines.py::test_majority_counts[63]",
    ),
    Mutant(
        "carries that wait overwrite each other",
        "tcsim/simulate/kernels/adders.py",
        "carry = first_waiting + 4 * (target - lowest) + waits",
        "carry = first_waiting + 4 * (target - lowest)",
        SUMS,
    ),
    Mutant(
        "limbs of 64 bits are read where there are 63",
        "tcsim/simulate/kernels/adders.py",
        "which - base + 63 * (part",
        "which - base + 64 * (part",
        "tests/simulate/test_engines.py::test_huge_weights_decide",
    ),
    Mutant(
        "literals that are held as complements are complemented once",
        "tcsim/simulate/emit.py",
        "term_inverted[is_wire] ^= inverted[term[is_wire]]",
        "term_inverted[is_wire] |= inverted[term[is_wire]]",
        DIFFERENTIAL,
    ),
    Mutant(
        "nested forms of negative weight are complemented by their value",
        "tcsim/simulate/normalize.py",
        "complement = -factor * ((1 << high[form].bit_length()) - 1)",
        "complement = -factor * high[form]",
        EVERY_KIND,
    ),
    Mutant(
        "one literal less than all is all",
        "tcsim/simulate/normalize.py",
        "conjunction = _holds(limit > highest - smallest)",
        "conjunction = _holds(limit >= highest - smallest)",
        TRACES,
    ),
    Mutant(
        "a sum of negative steps is shared as one of positive steps",
        "tcsim/simulate/sharing.py",
        "= members, unit[members]",
        "= members, np.abs(unit[members])",
        DIFFERENTIAL,
    ),
    Mutant(
        "the common sum of some wires enters with the weight of its first wire",
        "tcsim/simulate/kernels/proportional.py",
        "= ~group[wire], w // unit[wire]",
        "= ~group[wire], w",
        DIFFERENTIAL,
    ),
    # Layers
    Mutant(
        "values at the limit do not reach it",
        "tcsim/simulate/kernels/population.py",
        "totals[form_of] >= limits[:, None]",
        "totals[form_of] > limits[:, None]",
        LAYERS,
    ),
    Mutant(
        "layers read complements as they are held",
        "tcsim/simulate/emit.py",
        "literal[is_wire] += inverted[node[is_wire]]",
        "literal[is_wire] += 0",
        "tests/simulate/test_layers.py::test_any_circuit",
    ),
    # Words in and out
    Mutant(
        "outputs that are held as complements come out as they are",
        "tcsim/simulate/kernels/transfer.py",
        "outside[:] = inside ^ _U(mask)",
        "outside[:] = inside",
        EVERY_KIND,
    ),
    Mutant(
        "random words are those before",
        "tcsim/simulate/kernels/transfer.py",
        "np.arange(int(first) + 1, int(first) + length + 1,",
        "np.arange(int(first), int(first) + length,",
        "tests/simulate/test_engines.py::test_engines_make_the_same_inputs",
    ),
    Mutant(
        "parts of a random run start anew",
        "tcsim/simulate/sampling.py",
        "engine.random(seed, first + start, stop - start,",
        "engine.random(seed, first, stop - start,",
        "tests/simulate/test_sampling.py::test_parts_and_threads_change_nothing",
    ),
    Mutant(
        "vectors of a packed word are turned by the wrong blocks",
        "tcsim/simulate/tiles.py",
        "(28, 0xF0F0F0F0)",
        "(28, 0xF0F0F0F1)",
        "tests/simulate/test_packing.py::test_every_bit_has_its_place",
    ),
    Mutant(
        "truth tables order two inputs wrongly",
        "tcsim/simulate/sources.py",
        "number >> np.uint64(wire - 6)",
        "number >> np.uint64(wire - 5)",
        "tests/simulate/test_sources.py::test_counting_words_hold_the_binary_numbers",
    ),
    # Python integers
    Mutant(
        "a carry is lost where three literals meet",
        "tcsim/simulate/bigint.py",
        "value = (a & b) | (half & value)",
        "value = half & value",
        "tests/simulate/test_bigint.py::test_exhaustive_tables_of_integers",
    ),
    # Changes
    Mutant(
        "a gate that keeps its value tells its readers",
        "tcsim/simulate/kernels/changes.py",
        "return changes != ZERO",
        "return True",
        "tests/simulate/test_incremental.py::test_a_gate_that_does_not_change_stops_the_update",
    ),
    Mutant(
        "a borrow goes on as a carry",
        "tcsim/simulate/kernels/changes.py",
        "held &= value ^ scratch[down + U(word)]",
        "held &= value",
        "tests/simulate/test_incremental.py::test_weights_and_thresholds_of_any_size",
    ),
]
