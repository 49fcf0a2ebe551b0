"""Planted bugs in constructed networks and in what exports networks."""

from tests.quality.mutants import Mutant

_CVP = "tcsim/networks/constructed/circuit_value.py"
_CELLS = "tcsim/networks/constructed/cellular_automaton.py"
_DOUBLING = "tcsim/networks/constructed/segment_doubling.py"
_ONNX = "tcsim/networks/exporting/onnx.py"
_TORCH = "tcsim/networks/exporting/torch.py"
_TESTS = "tests/networks/constructed"

CONSTRUCTED = [
    Mutant(
        "a position agrees with itself in its ones alone",
        "tcsim/networks/constructed/positions.py",
        "np.concatenate((digits, 1 - digits), axis=1)",
        "np.concatenate((digits, digits), axis=1)",
        f"{_TESTS}/test_circuit_value.py::test_a_position_agrees_with_itself_alone",
    ),
    Mutant(
        "keys are told from the front",
        _CVP,
        "codes[None, :0:-1]",
        "codes[None, 1:]",
        f"{_TESTS}/test_circuit_value.py::test_every_circuit_and_input",
    ),
    Mutant(
        "both heads look at the left operand",
        _CVP,
        "for far in (2 * gates, gates)",
        "for far in (2 * gates, 2 * gates)",
        f"{_TESTS}/test_circuit_value.py::test_every_circuit_and_input",
    ),
    Mutant(
        "the unit is a NOR",
        _CVP,
        "Requantize(np.array([[-1]])",
        "Requantize(np.array([[0]])",
        f"{_TESTS}/test_circuit_value.py::test_every_circuit_and_input",
    ),
    Mutant(
        "a NOT passes for a NAND of anything",
        "tcsim/networks/constructed/circuit_prompts.py",
        "pairs.append((wires[0], wires[-1]))",
        "pairs.append((wires[0], wires[0]))",
        f"{_TESTS}/test_circuit_value.py::test_it_runs_a_circuit_of_the_library",
    ),
    Mutant(
        "neighborhoods are read from the right",
        _CELLS,
        "left, middle, right = unit >> 2 & 1, unit >> 1 & 1, unit & 1",
        "right, middle, left = unit >> 2 & 1, unit >> 1 & 1, unit & 1",
        f"{_TESTS}/test_cellular_automaton.py::test_rule_110_by_its_table",
    ),
    Mutant(
        "a mark is never said",
        _CELLS,
        "Affine(scores, [0, 0, 1])",
        "Affine(scores, [0, 0, 0])",
        f"{_TESTS}/test_cellular_automaton.py::test_every_row",
    ),
    Mutant(
        "later letters act first",
        _DOUBLING,
        "MatrixProduct(), before, matrices",
        "MatrixProduct(), matrices, before",
        f"{_TESTS}/test_segment_doubling.py::test_every_word_of_s3",
    ),
    Mutant(
        "the first token points to the second",
        _DOUBLING,
        "np.maximum(np.arange(tokens) - 1, 0)",
        "np.abs(np.arange(tokens) - 1)",
        f"{_TESTS}/test_segment_doubling.py::test_every_word_of_s3",
    ),
    Mutant(
        "a loop too few",
        _DOUBLING,
        "needed = (length - 1).bit_length()",
        "needed = length.bit_length() - 1",
        f"{_TESTS}/test_segment_doubling.py::test_every_word_of_s3",
    ),
    Mutant(
        "a one-hot wire is counted for every place of its origin",
        "tcsim/networks/costs/indicators.py",
        "return wires // word",
        "return np.ones_like(wires)",
        f"{_TESTS}/test_circuit_value.py::test_every_circuit_and_input",
    ),
]

EXPORTING = [
    Mutant(
        "ONNX takes the last of equal scores",
        _ONNX,
        "keepdims=1, select_last_index=0",
        "keepdims=1, select_last_index=1",
        "tests/networks/test_export_onnx.py::test_integers_beyond_floating_point",
    ),
    Mutant(
        "ONNX reaches a cut only above it",
        _ONNX,
        'graph.add("GreaterOrEqual", apart,',
        'graph.add("Greater", apart,',
        "tests/networks/test_export_onnx.py::test_any_chain",
    ),
    Mutant(
        "ONNX forgets the least value of a code",
        _ONNX,
        "if not operation.code.lo:",
        "if operation.code.lo < 0:",
        "tests/networks/test_export_onnx.py::test_any_chain",
    ),
    Mutant(
        "torch rounds a cut that is no float",
        _TORCH,
        "np.where(operation.cuts > limit, np.inf, cuts)",
        "np.where(operation.cuts > 2 * limit, np.inf, cuts)",
        "tests/networks/test_export_torch.py::test_cuts_that_are_no_floats",
    ),
    Mutant(
        "torch checks sums of either sign against each other",
        _TORCH,
        "reach @ np.abs(affine.weights)",
        "reach @ affine.weights",
        "tests/networks/test_export_torch.py::test_exact_up_to_the_limit_and_refused_beyond",
    ),
    Mutant(
        "torch forgets biases in its bound",
        _TORCH,
        " + np.abs(affine.bias)",
        "",
        "tests/networks/test_export_torch.py::test_exact_up_to_the_limit_and_refused_beyond",
    ),
]
