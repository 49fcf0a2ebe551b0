"""PyTorch: an integer network as a module, exact in floating point. Needs the extra ``torch``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from tcsim.errors import MissingExtraError, NetworkError
from tcsim.networks.exporting.checking import check_network
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.values import Values
    from tcsim.typing import Integers

Precision: TypeAlias = Literal["float32", "float64"]
"""Names of floating-point formats."""

_EXACT = {"float32": 2**24, "float64": 2**53}
"""The integers within +- this are exact."""


def to_torch(network: IntegerNetwork, dtype: Precision = "float64") -> Any:  # noqa: ANN401
    """A ``torch.nn.Module`` that equals a network bit for bit.

    Its weights are integers in floating point, and every sum that it makes, in whatever order, is
    proven to stay where these are exact: up to 2**24 in float32, 2**53 in float64. So leave matrix
    products their precision (``torch.set_float32_matmul_precision("highest")``, the default).

    Args:
        network: of `Affine`, `Requantize` and `Argmax`, such as ``circuit.to_network()``, in a
            chain or not.
        dtype: of the weights.

    Returns:
        A module in evaluation mode that takes one tensor of integers per array of inputs, of any
        dtype, shape ``(rows, *shape)``, and gives what `IntegerNetwork.run` gives, an int64 tensor
        or a tuple of them. An `Affine` is a ``torch.nn.Linear``. Save its ``state_dict`` or
        ``torch.export`` it: its class is made when torch is loaded.

    Raises:
        NetworkError: another operation, named; a sum that could leave the exact range; or an axis
            of the inputs without a number.
        MissingExtraError: the package torch is not installed.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.sum(b.inputs("x", 3)) >= 2)
        >>> module = tc.networks.to_torch(b.build().to_network())  # doctest: +SKIP
        >>> module(torch.tensor([[0, 1, 1], [1, 0, 0]])).tolist()  # doctest: +SKIP
        [[1], [0]]
    """
    check_network(network, "to_torch")
    if dtype not in _EXACT:
        raise NetworkError(f"weights are in float32 or float64, not {dtype!r}")
    network.output_values  # noqa: B018 - refuses axes without a number
    for source, values in zip(network.sources, network.values, strict=False):
        _check(_reach(values).max(), dtype, f"input {source.name}")
    for number, node in enumerate(network.nodes, 1):
        x = network.values[node.sources[0]]
        what = f"operation {number} ({node.scope}), {node.operation!r},"
        match node.operation:
            case Affine() as affine:
                _check(_largest_sum(affine, x), dtype, what)
            case Requantize(code=code):
                _check(max(abs(code.lo), abs(code.hi)), dtype, what)
            case Argmax():
                pass
            case _:
                raise NetworkError(
                    f"{what} has no torch form here: there are those of Affine, Requantize, Argmax"
                )
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("torch", "torch", "writing torch modules") from error
    return _module(torch, network, dtype)


def _largest_sum(affine: Affine, x: Values) -> int:
    """The largest absolute value that any partial sum can have."""
    reach = np.broadcast_to(_reach(x), x.shape)
    # int64 is enough: the network's own check keeps these sums below 2**62.
    sums = reach @ np.abs(affine.weights) + np.abs(affine.bias)
    return int(sums.max())


def _reach(values: Values) -> Integers:
    reach: Integers = np.maximum(np.abs(values.lo), np.abs(values.hi))
    return reach


def _check(largest: int, dtype: Precision, what: str) -> None:
    if largest > _EXACT[dtype]:
        other = (
            "use float64"
            if dtype == "float32" and largest <= _EXACT["float64"]
            else ("use to_onnx, whose sums are in int64")
        )
        raise NetworkError(
            f"{what} could reach {largest}, beyond {_EXACT[dtype]}, up to which {dtype} is exact: "
            f"{other}"
        )


def _module(torch: Any, network: IntegerNetwork, dtype: Precision) -> Any:  # noqa: ANN401
    """The module; its classes are made here because torch is loaded on use."""
    kind = getattr(torch, dtype)
    nn = torch.nn

    class Staircase(nn.Module):  # type: ignore[misc, name-defined]
        """How many cuts a value has reached."""

        def __init__(self, operation: Requantize) -> None:
            super().__init__()
            # A cut that no value can reach, or that all have reached, may be no exact float.
            cuts, limit = operation.cuts.astype(np.float64), _EXACT[dtype]
            cuts = np.where(operation.cuts > limit, np.inf, cuts)
            cuts = np.where(operation.cuts < -limit, -np.inf, cuts)
            self.register_buffer("cuts", torch.tensor(cuts, dtype=kind))
            self.lo = operation.code.lo

        def forward(self, x: Any) -> Any:  # noqa: ANN401
            return (x.unsqueeze(-1) >= self.cuts).sum(dim=-1).to(kind) + self.lo

    class Largest(nn.Module):  # type: ignore[misc, name-defined]
        """The number of the largest value, the lowest on a tie."""

        def forward(self, x: Any) -> Any:  # noqa: ANN401
            return x.argmax(dim=-1, keepdim=True).to(kind)

    def layer(operation: object) -> Any:  # noqa: ANN401
        if isinstance(operation, Requantize):
            return Staircase(operation)
        if isinstance(operation, Argmax):
            return Largest()
        assert isinstance(operation, Affine)  # noqa: S101 - checked by the caller
        linear = nn.Linear(*operation.weights.shape, dtype=kind)
        linear.weight.data = torch.tensor(operation.weights.T.copy(), dtype=kind)
        linear.bias.data = torch.tensor(operation.bias, dtype=kind)
        return linear.requires_grad_(requires_grad=False)

    class Network(nn.Module):  # type: ignore[misc, name-defined]
        """The operations, each on inputs or results of earlier ones."""

        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList([layer(one) for one in network.operations])
            self.sources = [node.sources[0] for node in network.nodes]
            self.outputs = network.outputs

        def forward(self, *x: Any) -> Any:  # noqa: ANN401
            values = [one.to(kind) for one in x]
            for made, source in zip(self.layers, self.sources, strict=True):
                values.append(made(values[source]))
            found = tuple(values[number].to(torch.int64) for number in self.outputs)
            return found if len(found) > 1 else found[0]

    return Network().eval()
