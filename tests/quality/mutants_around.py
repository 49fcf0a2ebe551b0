"""Planted bugs in what stands around the core: transforms, further formats, pictures."""

from tests.quality.mutants import Mutant

EQUIVALENCE = "tests/transform/test_equivalence.py"

AROUND = [
    # Transforms
    Mutant(
        "a fixed input is always 1",
        "tcsim/transform/restrict.py",
        "copy.builder.constant(int(values[name]))",
        "copy.builder.constant(1)",
        f"{EQUIVALENCE}::test_restrict",
    ),
    Mutant(
        "duplicates count as one-input gates as well",
        "tcsim/transform/simplify.py",
        'causes["constant"] - causes["duplicate"]',
        'causes["constant"]',
        f"{EQUIVALENCE}::test_simplify",
    ),
    Mutant(
        "a gate that needs nothing fires never",
        "tcsim/transform/dual_rail.py",
        "limit = 0 if limit <= 0 else 1",
        "limit = 0 if limit < 0 else 1",
        f"{EQUIVALENCE}::test_majority_basis",
    ),
    Mutant(
        "an OR of the majority basis needs two operands",
        "tcsim/transform/dual_rail.py",
        "literals, limit = [(signal, 1) for signal, _ in literals], 1",
        "literals, limit = [(signal, 1) for signal, _ in literals], 2",
        f"{EQUIVALENCE}::test_monotone",
    ),
    Mutant(
        "NOR is NAND",
        "tcsim/transform/bounded_fanin.py",
        "return self.gate([(a, -1), (b, -1)], 0)",
        "return self.gate([(a, -1), (b, -1)], -1)",
        f"{EQUIVALENCE}::test_two_input_gates",
    ),
    Mutant(
        "unrolled outputs are those of the first step",
        "tcsim/transform/unroll.py",
        "t == times - 1",
        "t == 0",
        f"{EQUIVALENCE}::test_unroll",
    ),
    Mutant(
        "a table of 0s is not complemented",
        "tcsim/transform/flatten.py",
        "return signal if wanted else ~signal",
        "return signal",
        f"{EQUIVALENCE}::test_flatten_a_chain",
    ),
    Mutant(
        "the last multiple of the base is dropped from a digit",
        "tcsim/transform/small_weights.py",
        "range(base, len(steps) + 1, base)",
        "range(base, len(steps), base)",
        f"{EQUIVALENCE}::test_small_weights_at_every_threshold",
    ),
    Mutant(
        "a carry is not passed on through a digit of base - 1",
        "tcsim/transform/small_weights.py",
        "digit >= base - 1 for digit",
        "digit >= base for digit",
        f"{EQUIVALENCE}::test_small_weights_at_every_threshold",
    ),
    Mutant(
        "circuits side by side share inputs that they should not",
        "tcsim/transform/combine.py",
        'unique = name if share_inputs else f"{k}.{name}"',
        "unique = name",
        f"{EQUIVALENCE}::test_parallel",
    ),
    # Formats
    Mutant(
        "XNOR is XOR",
        "tcsim/formats/bench.py",
        '"XNOR": lambda gates, x: gates.parity(x, inverted=True)',
        '"XNOR": lambda gates, x: gates.parity(x)',
        "tests/formats/test_bench.py::test_kinds",
    ),
    Mutant(
        "a table of the 0s is read as one of the 1s",
        "tcsim/formats/blif/reader.py",
        "return assembly.disjunction(parts, inverted=not on)",
        "return assembly.disjunction(parts)",
        "tests/formats/test_blif.py::test_covers",
    ),
    Mutant(
        "a gate of .th fires above its threshold only",
        "tcsim/formats/th.py",
        "return assembly.gate(zip(literals, weights, strict=True), threshold)",
        "return assembly.gate(zip(literals, weights, strict=True), threshold + 1)",
        "tests/formats/test_th.py::test_the_dialect",
    ),
    Mutant(
        "a pseudo-Boolean constraint lets a gate fire that must not",
        "tcsim/formats/opb.py",
        "_constraint([*kept, (y, -down)], least)",
        "_constraint([*kept, (y, -down)], least - 1)",
        "tests/formats/test_constraints.py::test_opb",
    ),
    Mutant(
        "the bias of a gate is its threshold",
        "tcsim/formats/safetensors_file.py",
        "_tensor([-threshold])",
        "_tensor([threshold])",
        "tests/formats/test_round_trips.py::test_safetensors_keeps_all_gates_and_ports",
    ),
    # Pictures
    Mutant(
        "a bubble for every weight",
        "tcsim/draw/gates.py",
        "inverted = literals and weight < 0",
        "inverted = literals",
        "tests/draw/test_gates.py::test_label_bubbles_and_weights_mean_the_gate",
    ),
]
