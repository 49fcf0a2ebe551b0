"""from_torch: a module of PyTorch as an integer network."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import MissingExtraError, NetworkError
from tcsim.networks.importers.imported import Grid, Imported
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.quantizing.quantizer import Quantizer, Real

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.tables.activations import Floats


def from_torch(
    module: object,
    calibration: object,
    *,
    classify: bool = False,
    weight_bits: int = 8,
    activation_bits: int = 8,
) -> Imported:
    """A module of PyTorch as integers, in the meaning that it has in ``eval`` mode.

    The module is traced with ``torch.fx``: layers of ``torch.nn`` are read as they are, what stands
    between them call by call. Weights are rounded; activations are rounded to grids that suit the
    calibration rows. The real network that was read is run on those rows beside the module, so what
    is imported is what was trained.

    Layers: Linear, Conv1d and 2d, BatchNorm (folded into the layer before it), LayerNorm, RMSNorm,
    Embedding, activations, MaxPool, AvgPool, Flatten, Dropout, MultiheadAttention,
    TransformerEncoder and its layers, RNN, LSTM and GRU (unrolled, also stacked and in both
    directions). Calls: sums, products, reshapes, transposes, slices, concatenation, means,
    ``scaled_dot_product_attention``, ``argmax``. The first axis is that of the batch.

    Args:
        module: an ``nn.Module``; it is copied and not changed.
        calibration: rows like those that it will see, a tensor or array, rows first, or a tuple of
            one per input. Integers are taken as they are: tokens, where an Embedding reads them,
            otherwise numbers of the range seen.
        classify: whether the answer is the index of the largest output.
        weight_bits: 2..16 per weight, sign included.
        activation_bits: 2..12 per value that is rounded.

    Raises:
        MissingExtraError: torch is not installed.
        NetworkError: the module cannot be traced, or has a layer or call without an exact
            construction, which is named; weights or rows that are not finite.
    """
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("torch", "torch", "a module of PyTorch") from error
    from tcsim.networks.importers.torch.tracing import Tracer

    module = getattr(module, "_orig_mod", module)  # of torch.compile, which changes no value
    if not isinstance(module, torch.nn.Module):
        raise NetworkError(f"from_torch takes an nn.Module, not {type(module).__name__}")
    quantizer = Quantizer(weight_bits=weight_bits, activation_bits=activation_bits)
    rows = _rows(calibration, torch)
    exact = _in_double(module, torch)
    _check_finite(exact)
    expected = _run(exact, rows, torch)
    tracer = Tracer(exact, quantizer, rows, rounds_outputs=not classify)
    outputs = [tracer.finished(one) for one in tracer.run()]
    _compare(outputs, expected)
    if classify:
        outputs = [_class(quantizer, outputs)]
    edges = [one.edge for one in outputs]
    network = quantizer.sketch.network(*edges, output_scale=outputs[0].step)
    return Imported(
        network,
        (*_notes(quantizer, len(rows[0])), *tracer.notes),
        tuple(Grid(one.step) for one in tracer.inputs),
        tuple(Grid(one.step) for one in outputs),
    )


def error(imported: Imported, module: Any, *rows: object) -> tuple[float, ...]:  # noqa: ANN401
    """The largest difference of each output from the module's, on some rows."""
    import torch

    expected = _run(copy.deepcopy(module).double().eval(), _rows(tuple(rows), torch), torch)
    found = imported(*rows)
    return tuple(
        float(np.abs(one - other.reshape(one.shape)).max())
        for one, other in zip(found, expected, strict=True)
    )


def _rows(calibration: object, torch: Any) -> list[np.ndarray]:  # noqa: ANN401
    """Each input's calibration rows, float64 or int64."""
    given = calibration if isinstance(calibration, tuple) else (calibration,)
    found = []
    for number, one in enumerate(given):
        try:
            if isinstance(one, torch.Tensor):
                one = one.detach().cpu()  # noqa: PLW2901
                if one.is_floating_point():
                    one = one.double()  # noqa: PLW2901 - NumPy has no bfloat16
            array = np.asarray(one)
        except (TypeError, ValueError, RuntimeError) as error:
            raise NetworkError(f"calibration rows {number} are no array: {error}") from None
        if array.dtype.kind not in "fiub" or array.ndim < 2 or not array.size:
            raise NetworkError(
                f"calibration rows {number} must be numbers of shape (rows, *shape), at least one, "
                f"not {array.dtype} of shape {array.shape}"
            )
        if not np.isfinite(array).all():
            raise NetworkError(f"calibration rows {number} hold a value that is not finite")
        found.append(array.astype(np.float64 if array.dtype.kind == "f" else np.int64))
    if not found or len({len(one) for one in found}) > 1:
        raise NetworkError("every input needs as many calibration rows as the first")
    return found


def _in_double(module: Any, torch: Any) -> Any:  # noqa: ANN401
    """A copy in float64 and in ``eval`` mode, without gradients."""
    if isinstance(module, torch.jit.ScriptModule):
        raise NetworkError("a scripted module cannot be traced: give the nn.Module it is made of")
    for name, values in (*module.named_parameters(), *module.named_buffers()):
        if values.is_meta or torch.nn.parameter.is_lazy(values):
            raise NetworkError(
                f"{name} holds no numbers yet: load its weights, or run a lazy module once"
            )
    try:
        exact = copy.deepcopy(module).double().eval()
        for parameter in exact.parameters():
            parameter.requires_grad_(requires_grad=False)
    except Exception as error:  # noqa: BLE001 - a user's code may raise anything
        raise NetworkError(f"the module cannot be copied in float64: {error}") from None
    return exact


def _check_finite(module: Any) -> None:  # noqa: ANN401
    for name, values in (*module.named_parameters(), *module.named_buffers()):
        if values.is_floating_point() and bool(values.isnan().any()):
            raise NetworkError(f"{name} holds a value that is not a number")


def _run(module: Any, rows: Sequence[np.ndarray], torch: Any) -> list[Floats]:  # noqa: ANN401
    """What the module gives."""
    try:
        with torch.no_grad():
            found = module(*(torch.from_numpy(one) for one in rows))
    except Exception as error:  # noqa: BLE001 - a user's code may raise anything
        raise NetworkError(
            "the module cannot be run on the calibration rows: "
            f"{str(error) or type(error).__name__}"
        ) from None
    if isinstance(module, torch.nn.RNNBase):
        found = found[0]  # the states are those of the last position
    outputs = found if isinstance(found, tuple | list) else (found,)
    if not all(isinstance(one, torch.Tensor) for one in outputs):
        raise NetworkError("a module gives a tensor or a tuple of tensors")
    return [np.asarray(one, np.float64) for one in outputs]


def _compare(outputs: Sequence[Real], expected: Sequence[Floats]) -> None:
    """The real network that was read is the module, on the calibration rows."""
    if len(outputs) != len(expected):
        raise NetworkError(f"{len(outputs)} outputs were read of a module of {len(expected)}")
    for number, (one, other) in enumerate(zip(outputs, expected, strict=True)):
        found = one.sample.reshape(other.shape) if one.sample.size == other.size else np.array([])
        reach = max(1.0, float(np.abs(other).max(initial=0)))
        if found.shape != other.shape or float(np.abs(found - other).max()) > 1e-6 * reach:
            raise NetworkError(
                f"output {number} as it was read is not what the module computes: "
                "a layer behaves in a way that its type does not show"
            )


def _class(quantizer: Quantizer, outputs: Sequence[Real]) -> Real:
    if len(outputs) != 1 or len(outputs[0].edge.known.shape) != 1:
        raise NetworkError("classify needs one output of shape (rows, classes)")
    (one,) = outputs
    source = one.edge
    edge = quantizer.sketch.add(Argmax(source.known.shape[0]), source)
    return Real(edge, np.ones(1), np.zeros(1), one.sample.argmax(axis=-1)[:, None].astype(float))


def _notes(quantizer: Quantizer, rows: int) -> tuple[str, ...]:
    return (
        (
            f"Weights are rounded to {quantizer.weight_bits} bits, activations to "
            f"{quantizer.activation_bits}, on scales that suit {rows} calibration rows."
        ),
    )
