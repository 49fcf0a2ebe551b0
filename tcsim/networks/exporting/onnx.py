"""ONNX: an integer network as a model of standard operators on int64. Needs the extra ``onnx``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tcsim.errors import LimitError, MissingExtraError, NetworkError
from tcsim.networks.exporting.checking import check_network
from tcsim.networks.exporting.onnx_graph import Graph
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from tcsim.networks.exporting.onnx_graph import Axes
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.operations.operation import Operation

LIMIT = 2**31 - 2**20
"""Most bytes of weights: a model is one message of less than 2 GiB."""


def to_onnx(network: IntegerNetwork, path: str | PathLike[str] | None = None) -> Any:  # noqa: ANN401
    """An ONNX model that equals a network bit for bit.

    Opset 18, operators MatMul, Add, GreaterOrEqual, Cast, Unsqueeze, ReduceSum, ArgMax, Identity,
    all on int64: what the network cannot overflow, the model cannot. The metadata key ``tcsim``
    says the rest: ranges and codes of inputs and outputs, labels, the scale of outputs.

    Args:
        network: of `Affine`, `Requantize` and `Argmax`, such as ``circuit.to_network()``, in a
            chain or not. Its inputs may have named axes.
        path: where it is written as well, under a temporary name that is then changed; None for
            nowhere.

    Returns:
        An ``onnx.ModelProto``, checked by ``onnx.checker``. It reads each array of inputs under its
        name, int64 of shape ``(rows, *shape)``, the integers themselves, and gives ``output0``,
        ``output1``, ..., as `IntegerNetwork.run` does.

    Raises:
        NetworkError: another operation; it is named.
        LimitError: weights of 2 GiB or more.
        ArgumentError: the file cannot be written.
        MissingExtraError: the package onnx is not installed.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.sum(b.inputs("x", 3)) >= 2)
        >>> model = tc.networks.to_onnx(b.build().to_network())
        >>> [node.op_type for node in model.graph.node]
        ['MatMul', 'GreaterOrEqual', 'Cast', 'Identity']
    """
    check_network(network, "to_onnx")
    for number, node in enumerate(network.nodes, 1):
        if type(node.operation) not in _WRITERS:
            raise NetworkError(
                f"operation {number} ({node.scope}), {node.operation!r}, has no ONNX form here: "
                f"there are those of {', '.join(one.__name__ for one in _WRITERS)}"
            )
    _check_size(network)
    try:
        import onnx
    except ImportError as error:
        raise MissingExtraError("onnx", "onnx", "writing ONNX models") from error
    graph = Graph(onnx)
    names = [one.name for one in network.sources]
    shapes = [one.axes for one in network.sources]
    for number, node in enumerate(network.nodes, 1):
        graph.prefix = f"{node.scope}/{number}"
        write = _WRITERS[type(node.operation)]
        names.append(write(graph, node.operation, *(names[one] for one in node.sources)))
        shapes.append(_shape(node.operation, shapes[node.sources[0]]))
    model = graph.model(network, names, shapes)
    onnx.checker.check_model(model, full_check=True)
    if path is not None:
        from tcsim.formats.files import save

        save(model.SerializeToString(), path)
    return model


def _affine(graph: Graph, operation: Affine, x: str) -> str:
    product = graph.add("MatMul", x, graph.constant("weights", operation.weights))
    if not operation.bias.any():
        return product
    return graph.add("Add", product, graph.constant("bias", operation.bias))


def _requantize(graph: Graph, operation: Requantize, x: str) -> str:
    """How many cuts are reached: one comparison where there is one, else their number."""
    cuts = operation.cuts
    if cuts.shape[-1] == 1:
        above = graph.add("GreaterOrEqual", x, graph.constant("cuts", cuts[..., 0]))
        count = graph.add("Cast", above, to=graph.onnx.TensorProto.INT64)
    else:
        last = graph.constant("last", np.array([-1]))
        apart = graph.add("Unsqueeze", x, last)
        above = graph.add("GreaterOrEqual", apart, graph.constant("cuts", cuts))
        ones = graph.add("Cast", above, to=graph.onnx.TensorProto.INT64)
        count = graph.add("ReduceSum", ones, last, keepdims=0)
    if not operation.code.lo:
        return count
    return graph.add("Add", count, graph.constant("lo", np.array(operation.code.lo)))


def _argmax(graph: Graph, operation: Argmax, x: str) -> str:
    del operation  # the lowest of the largest, as `select_last_index=0` says
    return graph.add("ArgMax", x, axis=-1, keepdims=1, select_last_index=0)


_WRITERS: dict[type[Operation], Callable[..., str]] = {
    Affine: _affine,
    Requantize: _requantize,
    Argmax: _argmax,
}
"""What writes each operation: from a graph, the operation and names of operands, its result's."""


def _shape(operation: Operation, axes: Axes) -> Axes:
    """The shape of a result; axes may have names."""
    if isinstance(operation, Requantize):
        return axes
    last = 1 if isinstance(operation, Argmax) else len(cast("Affine", operation).bias)
    return (*axes[:-1], last)


def _check_size(network: IntegerNetwork) -> None:
    total = 0
    for operation in network.operations:
        if isinstance(operation, Affine):
            total += operation.weights.nbytes + operation.bias.nbytes
        elif isinstance(operation, Requantize):
            total += operation.cuts.nbytes
    if total > LIMIT:
        raise LimitError(f"{total:,} bytes of weights: an ONNX model holds less than {2**31:,}")
