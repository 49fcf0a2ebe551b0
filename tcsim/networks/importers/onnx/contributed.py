"""Quantized operators that onnxruntime adds to the standard: a value, its scale, its zero point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx import products, scaling
from tcsim.networks.importers.onnx.quantized_types import check_zero
from tcsim.networks.importers.onnx.scale_overflow import scale_product
from tcsim.networks.importers.onnx.scaling import requantized, scale_of, zero_of
from tcsim.networks.importers.onnx.tensors import Integers, Scaled
from tcsim.networks.operations.combine import Combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor


def scaled(step: Step, first: int, *, sums: bool = False) -> Tensor:
    """Inputs `first`, `first` + 1 and `first` + 2 as what they stand for.

    With `sums`, where they are sums of wires they need not stand on wires of their own.
    """
    x = step.input(first)
    check_zero(step, first, first + 2)
    scale = scale_of(step.needed(first + 1, "a scale"))
    zero = zero_of(step.constant(first + 2, "a zero point"))
    if isinstance(x, np.ndarray):
        return ((x.astype(np.int64) - zero) * scale).astype(np.float32)
    if scale.size != 1 or zero.size != 1:
        raise NetworkError("computed values with several scales: one is needed")
    edge = x.form if sums and x.form is not None else x.edge
    return Scaled(edge, scale.reshape(1), int(zero.reshape(-1)[0]))


def elementwise(importer: Importer, step: Step) -> Sequence[Tensor]:
    """QLinearAdd, QLinearMul and functions of one value."""
    count = 2 if step.operator in ("QLinearAdd", "QLinearMul") else 1
    sums = step.operator == "QLinearAdd"
    inputs = [scaled(step, 3 * number, sums=sums) for number in range(count)]
    inner = _inner(step, inputs)
    (made,) = scaling.HANDLERS[inner.operator](importer, inner)
    return [_ended(importer, step, made, 3 * count)]


def q_gemm(importer: Importer, step: Step) -> Sequence[Tensor]:
    """QGemm: ``x @ w`` and a bias of the product's scale."""
    if step.attributes.get("transA") or step.attributes.get("alpha", 1.0) != 1.0:
        raise NetworkError("a transposed left factor, or alpha other than 1")
    x = scaled(step, 0)
    check_zero(step, 3, 5)
    weights = step.needed(3, "the right factor").astype(np.int64)
    w_scale = scale_of(step.needed(4, "a scale")).reshape(-1)
    w_zero = zero_of(step.constant(5, "a zero point")).reshape(-1)
    if step.attributes.get("transB"):
        weights = weights.T
    form = products.product(importer, x.edge, x.zero, weights, w_zero)
    bias = step.constant(6, "the bias")
    if bias is not None:
        form = importer.add(Combine([1], bias.astype(np.int64)), form)
    made = Scaled(form, scale_product(x.scale.reshape(-1)[0], w_scale))
    if len(step.inputs) <= 7 or step.inputs[7] is None:
        return [made]
    return [_ended(importer, step, made, 7)]


def _ended(importer: Importer, step: Step, x: Scaled, first: int) -> Integers:
    scale = scale_of(step.needed(first, "the result's scale"))
    zero = step.constant(first + 1, "the result's zero point")
    if scale.size != 1:
        raise NetworkError("results with several scales: one is needed")
    like = next(one for one in step.inputs if isinstance(one, Integers))
    return requantized(importer, x, scale, zero, like.kind)


def _inner(step: Step, inputs: list[Tensor]) -> Step:
    """The step of the standard operator that the quantized one is named after."""
    made = object.__new__(type(step))
    made.__dict__.update(step.__dict__)
    made.operator = step.operator.removeprefix("QLinear")
    made.inputs = list(inputs)
    if made.operator.endswith("AveragePool") and step.attributes.get("channels_last"):
        raise NetworkError("channels last")
    return made


HANDLERS = {
    **dict.fromkeys(
        (
            "QLinearAdd",
            "QLinearMul",
            "QLinearSigmoid",
            "QLinearLeakyRelu",
            "QLinearGlobalAveragePool",
            "QLinearAveragePool",
        ),
        elementwise,
    ),
    "QGemm": q_gemm,
}
