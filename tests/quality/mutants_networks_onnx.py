"""Planted bugs in the door for ONNX models and in functions of binary words."""

from tests.quality.mutants import Mutant

WORDS = "tests/networks/operations/test_word_arithmetic.py"
EVERY = f"{WORDS}::test_every_value_of_short_words"
DOOR = "tests/networks/importers/onnx"
ONNX = "tcsim/networks/importers/onnx"

NETWORKS_ONNX = [
    Mutant(
        "a digit that nothing is carried into counts what is below it",
        "tcsim/networks/words/template.py",
        "if rest.largest < 1 << q:",
        "if rest.largest <= 1 << q:",
        EVERY,
    ),
    Mutant(
        "a negated weight keeps its constant",
        "tcsim/networks/words/template.py",
        "            constant += reduced\n",
        "",
        EVERY,
    ),
    Mutant(
        "the opposite of a gate fires at its own threshold too",
        "tcsim/networks/words/template.py",
        "return self.gate(Form(self.forms[number]) * -1, 1 - threshold)",
        "return self.gate(Form(self.forms[number]) * -1, -threshold)",
        EVERY,
    ),
    Mutant(
        "a quotient by 0 is not 0",
        "tcsim/networks/words/dividing.py",
        "rest - divisor * (c << place) - zero * block",
        "rest - divisor * (c << place)",
        EVERY,
    ),
    Mutant(
        "a remainder of other signs is not turned around",
        "tcsim/networks/words/dividing.py",
        "other_sign = _signed(t, _number(flipped), ~b)",
        "other_sign = _signed(t, _number(flipped), b)",
        EVERY,
    ),
    Mutant(
        "of equal words the last is first",
        "tcsim/networks/words/choosing.py",
        "before[i, j] = t.gate(difference, 0)",
        "before[i, j] = t.gate(difference, 1)",
        EVERY,
    ),
    Mutant(
        "a shift to the right fills with 0",
        "tcsim/networks/words/arithmetic.py",
        "sign = bits[-1] if signed else Form()",
        "sign = Form()",
        EVERY,
    ),
    Mutant(
        "the bias of a sum of words is lost",
        "tcsim/networks/words/functions.py",
        "constant = bias + sum(weights)",
        "constant = sum(weights)",
        f"{WORDS}::test_sums_of_words",
    ),
    Mutant(
        "gates of one word are counted a level late",
        "tcsim/networks/costs/word_arithmetic.py",
        "levels.append(latest + 1)",
        "levels.append(latest + 2)",
        EVERY,
    ),
    Mutant(
        "what a movement fills in comes from the first place",
        f"{ONNX}/movement.py",
        "np.arange(start, start + size)",
        "np.arange(start - 1, start + size - 1)",
        f"{DOOR}/test_integers.py::test_movements_cost_nothing",
    ),
    Mutant(
        "borders lose the whole zero point",
        f"{ONNX}/products.py",
        "lost = Convolution(weights, None, **options)(ones)[0]",
        "lost = Convolution(weights, None, **options)(ones)[0].max()",
        f"{DOOR}/test_quantized.py::test_equal_to_onnxruntime",
    ),
    Mutant(
        "zero points of two factors are not multiplied",
        f"{ONNX}/products.py",
        "Combine(factors, length * x_zero * zero)",
        "Combine(factors)",
        f"{DOOR}/test_conformance.py::test_products_with_scales_are_exact",
    ),
    Mutant(
        "halves are rounded up",
        f"{ONNX}/tensors.py",
        "units = np.rint(centered * (scale / step))",
        "units = np.floor(centered * (scale / step) + 0.5001)",
        f"{DOOR}/test_quantized.py::test_equal_to_onnxruntime",
    ),
    Mutant(
        "the narrow range is as wide as the other",
        f"{ONNX}/qonnx.py",
        "return -(1 << count - 1) + narrow, (1 << count - 1) - 1",
        "return -(1 << count - 1), (1 << count - 1) - 1",
        f"{DOOR}/test_quantized.py::test_weights_and_activations_of_few_bits",
    ),
    Mutant(
        "an average is a sum",
        f"{ONNX}/real_operators.py",
        "return [Lazy(Real(edge, x.scale / count, x.shift, sample / count))]",
        "return [Lazy(Real(edge, x.scale / count, x.shift, sample))]",
        f"{DOOR}/test_floats.py::test_convolutional",
    ),
    Mutant(
        "every key is seen",
        f"{ONNX}/real_operators.py",
        "importer.quantizer.attention(queries, keys, values, mask=scores.mask)",
        "importer.quantizer.attention(queries, keys, values)",
        f"{DOOR}/test_floats.py::test_attention",
    ),
    Mutant(
        "loops are no control flow",
        f"{ONNX}/graph.py",
        '    "If": "which branch runs depends on data",\n',
        "",
        f"{DOOR}/test_loading.py::test_branches_and_loops_are_refused_with_the_reason",
    ),
    Mutant(
        "64 bits wrap around without a word",
        f"{ONNX}/graph.py",
        "if max(-low, high) >= 2**60:",
        "if max(-low, high) >= 2**90:",
        f"{DOOR}/test_integers.py::test_wide_types_have_ranges",
    ),
    Mutant(
        "a constant that is greater is taken for one that is less",
        f"{ONNX}/thresholds.py",
        '"Greater": "Less",',
        '"Greater": "Greater",',
        f"{DOOR}/test_thresholds.py::test_a_comparison_with_a_constant_is_a_gate",
    ),
    Mutant(
        "what is less than a constant may be equal to it",
        f"{ONNX}/thresholds.py",
        'if not operator.endswith("Equal"):',
        'if operator == "Greater":',
        f"{DOOR}/test_thresholds.py::test_a_comparison_with_a_constant_is_a_gate",
    ),
    Mutant(
        "a sum with a constant that wraps around stays a linear form",
        f"{ONNX}/thresholds.py",
        "if low < x.type.lo or high > x.type.hi or",
        "if",
        f"{DOOR}/test_thresholds.py::test_sums_that_wrap_around_do",
    ),
    Mutant(
        "a cast that does not fit is left out",
        f"{ONNX}/elementwise.py",
        "to.lo <= known.least and known.largest <= to.hi",
        "to.lo <= known.largest and known.largest <= to.hi",
        f"{DOOR}/test_thresholds.py::test_casts_that_fit_are_nothing",
    ),
]
