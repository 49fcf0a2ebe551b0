"""Planted bugs in recurrences: linear ones, scans, linear attention, cells, a Mamba block."""

from tests.quality.mutants import Mutant

OPERATIONS = "tests/networks/operations"
LINEAR = f"{OPERATIONS}/test_linear_recurrence.py"
SCAN = f"{OPERATIONS}/test_selective_scan.py"
ATTENTION = f"{OPERATIONS}/test_linear_attention.py"
CELLS = "tests/networks/test_cells.py"
SERIAL = "tests/networks/test_recurrences.py"
MAMBA = "tests/networks/test_mamba.py"

RECURRENCE = [
    # Linear recurrences
    Mutant(
        "the kernel is read forward in time",
        "tcsim/networks/operations/linear_recurrence.py",
        "for one in kernel[t::-1]]",
        "for one in kernel[: t + 1]]",
        f"{LINEAR}::test_meaning",
    ),
    Mutant(
        "a cut between two integers is rounded down",
        "tcsim/networks/tables/matrices.py",
        "[ceil(cut * scale) for cut in cuts]",
        "[int(cut * scale) for cut in cuts]",
        f"{LINEAR}::test_meaning",
    ),
    Mutant(
        "an output of a recurrence does not read its own position",
        "tcsim/networks/circuits/linear_recurrence.py",
        "flat = [weight for row in weights for weight in row]",
        "flat = [weight * (row is not weights[-1]) for row in weights for weight in row]",
        f"{LINEAR}::test_circuit",
    ),
    Mutant(
        "every position of a recurrence reads all",
        "tcsim/networks/costs/prefixes.py",
        "(np.maximum.accumulate if rank - 2 in one.mixed else np.cumsum)(wires, axis=-1)",
        "wires if rank - 2 in one.mixed else wires * shape[-2]",
        f"{LINEAR}::test_cost",
    ),
    Mutant(
        "weights of a recurrence do not grow",
        "tcsim/networks/costs/linear_recurrence.py",
        "max(_norm(a[0]), a[1])",
        "1",
        f"{LINEAR}::test_cost",
    ),
    # Selective scans
    Mutant(
        "a decay counts the position that it starts from",
        "tcsim/networks/circuits/selective_scan.py",
        "slice(s + 1, t + 1)",
        "slice(s, t)",
        f"{SCAN}::test_circuit",
    ),
    Mutant(
        "a fused comparison holds with a literal missing",
        "tcsim/networks/circuits/selective_scan.py",
        "cut * (len(signals) - 1) + 1",
        "cut * (len(signals) - 1) - cut + 1",
        f"{SCAN}::test_exhaustive",
    ),
    Mutant(
        "a table that does not end at 0 does",
        "tcsim/networks/circuits/selective_scan.py",
        "if operation.tail:",
        "if False:",
        f"{SCAN}::test_circuit",
    ),
    Mutant(
        "a step is passed only beyond its cut",
        "tcsim/networks/operations/selective_scan.py",
        "(between[..., None, None] >= self.cuts)",
        "(between[..., None, None] > self.cuts)",
        f"{SCAN}::test_meaning",
    ),
    Mutant(
        "wires below 0 are not complemented",
        "tcsim/networks/circuits/monomials.py",
        "(-step, ~bit)",
        "(step, bit)",
        f"{SCAN}::test_circuit",
    ),
    Mutant(
        "a pair of positions is counted twice",
        "tcsim/networks/costs/selective_scan.py",
        "pairs = places * half(length * (length - 1))",
        "pairs = places * (length * (length - 1))",
        f"{SCAN}::test_cost",
    ),
    Mutant(
        "a fused scan has the levels of one that is not",
        "tcsim/networks/costs/scan_levels.py",
        "later_by = 0 if fused else 1",
        "later_by = 1",
        f"{SCAN}::test_cost",
    ),
    # Linear attention
    Mutant(
        "causal attention does not see its own position",
        "tcsim/networks/operations/linear_attention.py",
        "np.tril(scores)",
        "np.tril(scores, -1)",
        f"{ATTENTION}::test_meaning",
    ),
    Mutant(
        "epsilon is added to twice the denominator",
        "tcsim/networks/operations/linear_attention.py",
        "half * self.epsilon.numerator",
        "2 * half * self.epsilon.numerator",
        f"{ATTENTION}::test_meaning",
    ),
    Mutant(
        "a circuit of causal attention sees all keys",
        "tcsim/networks/circuits/linear_attention.py",
        "range(t + 1 if operation.causal else k.shape[-2])",
        "range(k.shape[-2])",
        f"{ATTENTION}::test_circuit",
    ),
    Mutant(
        "a normalized result does not read its denominator",
        "tcsim/networks/costs/linear_attention.py",
        "count * (triples + pairs) * channels * steps",
        "count * triples * channels * steps",
        f"{ATTENTION}::test_cost",
    ),
    # Cells
    Mutant(
        "the gates of an LSTM come in another order",
        "tcsim/networks/cells/lstm.py",
        "i, f, g, o = (weighted_sum",
        "i, g, f, o = (weighted_sum",
        f"{CELLS}::test_equations",
    ),
    Mutant(
        "a fused LSTM forgets the scale of what it keeps",
        "tcsim/networks/cells/lstm.py",
        "Combine([self._keep, self._write])",
        "Combine([1, self._write])",
        f"{CELLS}::test_equations",
    ),
    Mutant(
        "a GRU updates where it keeps",
        "tcsim/networks/cells/gru.py",
        "lambda z: gate.hi - z",
        "lambda z: z",
        f"{CELLS}::test_equations",
    ),
    Mutant(
        "a quotient is rounded half down",
        "tcsim/networks/cells/cell.py",
        "-(-(2 * value - 1) * divisor // (2 * factor))",
        "(2 * value - 1) * divisor // (2 * factor) + 1",
        f"{CELLS}::test_equations",
    ),
    Mutant(
        "the backward direction runs forward",
        "tcsim/networks/cells/unrolling.py",
        "for t in reversed(range(len(sequence))) if reverse else range(len(sequence)):",
        "for t in range(len(sequence)):",
        f"{CELLS}::test_both_directions",
    ),
    Mutant(
        "a second layer reads the inputs",
        "tcsim/networks/cells/unrolling.py",
        "            read = state[0]\n",
        "            read = sequence[t]\n",
        f"{CELLS}::test_stacked_layers_read_each_other",
    ),
    # Rounded at every step
    Mutant(
        "a rounded state loses its unit",
        "tcsim/networks/blocks/recurrences.py",
        "entry / unit for entry in row",
        "entry for entry in row",
        f"{SERIAL}::test_step_rounded",
    ),
    Mutant(
        "a rounded scan decays by the table of its first state",
        "tcsim/networks/blocks/rounded_scans.py",
        "Table(row[found], lo=code.lo)",
        "Table(scan.table[0][0][found], lo=code.lo)",
        f"{SERIAL}::test_rounded_scan",
    ),
    # Mamba
    Mutant(
        "the convolution of a Mamba block looks ahead",
        "tcsim/networks/blocks/mamba.py",
        "padding=[(taps - 1, 0)]",
        "padding=[(0, taps - 1)]",
        f"{MAMBA}::test_against_plain_python",
    ),
    Mutant(
        "a Mamba block skips what the convolution read",
        "tcsim/networks/blocks/mamba.py",
        "np.zeros_like(self.skip)), active)",
        "np.zeros_like(self.skip)), read)",
        f"{MAMBA}::test_against_plain_python",
    ),
]
