"""Planted bugs in the importers of encoders, modules of PyTorch and TensorFlow Lite."""

from tests.quality.mutants import Mutant

_HERE = "tcsim/networks/importers"
_TESTS = "tests/networks/importers"

IMPORTED = [
    Mutant(
        "integers forget what stands for 0",
        f"{_HERE}/imported.py",
        "np.rint(real / one.scale) + one.zero",
        "np.rint(real / one.scale)",
        f"{_TESTS}/test_imported.py::test_rows_become_integers",
    ),
]

ENCODERS = [
    Mutant(
        "positions of an encoder are left out",
        f"{_HERE}/bert/encoder.py",
        "beside = places + self.weights",
        "beside = 0 * places + self.weights",
        f"{_TESTS}/bert/test_bert.py::test_integers_are_close_to_the_model",
    ),
    Mutant(
        "an encoder adds to the last sum, not to what it read",
        f"{_HERE}/bert/encoder.py",
        'return self._residual(f"{layer}.output", bent, x)',
        'return self._residual(f"{layer}.output", bent, up)',
        f"{_TESTS}/bert/test_bert.py::test_the_circuit_is_the_network_on_every_input",
    ),
    Mutant(
        "heads of an encoder are joined in the wrong order",
        f"{_HERE}/bert/encoder.py",
        "back = self.quantizer.apply(Transpose((1, 0, 2)), x, sample=turned)",
        "back = self.quantizer.apply(Reshape((n, heads, width)), x, sample=turned)",
        f"{_TESTS}/bert/test_bert.py::test_integers_are_close_to_the_model",
    ),
    Mutant(
        "the mean of an encoder is its sum",
        f"{_HERE}/bert/encoder.py",
        "total.scale / n, total.shift",
        "total.scale, total.shift",
        f"{_TESTS}/bert/test_bert.py::test_pooling",
    ),
    Mutant(
        "tensors of an encoder may have any shape",
        f"{_HERE}/bert/weights.py",
        "if tuple(part.get_shape()) != shape:",
        "if len(part.get_shape()) != len(shape):",
        f"{_TESTS}/bert/test_bad_files.py::test_tensors",
    ),
]

MODULES = [
    Mutant(
        "a batch norm is folded with its mean added",
        f"{_HERE}/torch/layers.py",
        "offset = -array(layer.running_mean) * factor",
        "offset = array(layer.running_mean) * factor",
        f"{_TESTS}/torch/test_torch.py::test_convolutions_and_batch_norm",
    ),
    Mutant(
        "a mask of booleans is read the wrong way round",
        f"{_HERE}/torch/attention.py",
        "return values if allowed else ~values",
        "return values",
        f"{_TESTS}/torch/test_torch.py::test_attention_written_by_hand",
    ),
    Mutant(
        "the reset gate leaves out its bias",
        "tcsim/networks/importers/gru.py",
        "weighted(sketch, u, self.inside, h)",
        "weighted(sketch, u, 0 * self.inside, h)",
        f"{_TESTS}/onnx/test_recurrent.py::test_gates_that_reset_before_or_after_the_matrix",
    ),
    Mutant(
        "the module that was read is not compared",
        f"{_HERE}/torch/importing.py",
        "    _compare(outputs, expected)\n",
        "",
        f"{_TESTS}/torch/test_torch.py::test_the_module_that_was_read_is_the_module",
    ),
]

LITE = [
    Mutant(
        "a multiplier rounds negative halves up",
        f"{_HERE}/tflite/arithmetic.py",
        "threshold = (mask >> 1) + (high < 0)",
        "threshold = mask >> 1",
        f"{_TESTS}/tflite/test_tflite.py::test_fixed_point_as_it_is_defined",
    ),
    Mutant(
        "padding is more at the start",
        f"{_HERE}/tflite/operators.py",
        "(total // 2, total - total // 2) if",
        "(total - total // 2, total // 2) if",
        f"{_TESTS}/tflite/test_tflite.py::test_a_convolution_by_hand",
    ),
    Mutant(
        "an average counts places outside",
        f"{_HERE}/tflite/operators.py",
        "count = inside[..., None]",
        "count = inside.max() + 0 * inside[..., None]",
        f"{_TESTS}/tflite/test_tflite.py::test_pools_by_hand",
    ),
    Mutant(
        "a sum forgets what stands for 0",
        f"{_HERE}/tflite/operators.py",
        "return multiply((x - zero) << _HEADROOM, *by)",
        "return multiply(x << _HEADROOM, *by)",
        f"{_TESTS}/tflite/test_tflite.py::test_sums_by_hand",
    ),
    Mutant(
        "a variable starts as zeros",
        f"{_HERE}/tflite/importing.py",
        "if values is not None and values.shape == shape:",
        "if values is not None and values.shape != shape:",
        f"{_TESTS}/tflite/test_tflite.py::test_variables_are_states_of_a_step",
    ),
    Mutant(
        "a fused activation clips nothing",
        f"{_HERE}/tflite/writing.py",
        "low, high = clip(self.tensor(out), activation, code)",
        "low, high = code.lo, code.hi",
        f"{_TESTS}/tflite/test_tflite.py::test_a_matrix_by_hand",
    ),
]
