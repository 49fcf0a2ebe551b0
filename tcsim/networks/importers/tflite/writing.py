"""Writer: the calls of a graph as operations of a sketch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.importers.tflite.model import RANGES
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.importers.tflite.model import Call, Graph, TensorInfo
    from tcsim.networks.sketch import Edge, Sketch
    from tcsim.typing import Integers


class Writer:
    """Writes a graph into a sketch, tensor by tensor.

    Attributes:
        graph: the graph.
        sketch: where the operations go.
        edges: what stands for each tensor that depends on the inputs.
    """

    def __init__(self, graph: Graph, sketch: Sketch) -> None:
        self.graph = graph
        self.sketch = sketch
        self.edges: dict[int, Edge] = {}

    def tensor(self, number: int) -> TensorInfo:
        """What the file says of a tensor."""
        if number < 0:
            raise NetworkError("an operand is missing")
        return self.graph.tensors[number]

    def edge(self, number: int) -> Edge:
        """What stands for a tensor.

        Raises:
            NetworkError: it is a constant, where values are expected, or not computed yet.
        """
        if number not in self.edges:
            raise NetworkError(f"tensor {self.tensor(number).name!r} is no value of the inputs")
        return self.edges[number]

    def constant(self, number: int) -> Integers:
        """The values of a constant tensor."""
        values = self.tensor(number).values
        if values is None:
            raise NetworkError(f"tensor {self.tensor(number).name!r} is no constant")
        return values

    def code(self, number: int) -> Code:
        """The range of a tensor's type."""
        made = self.tensor(number)
        if made.type not in RANGES or len(made.scales) != 1:
            raise NetworkError(
                f"tensor {made.name!r} is {made.type} with {len(made.scales)} scales: values are "
                "int8 or uint8 with one scale; convert the model with full integer quantization"
            )
        return Code(*RANGES[made.type])

    def centered(self, number: int) -> Edge:
        """Values less what stands for 0."""
        zero = self.tensor(number).zero
        edge = self.edge(number)
        return edge if zero == 0 else self.sketch.add(Combine([1], -zero), edge)

    def rounded(
        self,
        call: Call,
        x: Edge,
        function: Callable[[Integers], Integers],
        places: tuple[int, ...] = (),
        activation: int = 0,
    ) -> Edge:
        """Values of the output's type: a function of sums, then the fused activation's clip.

        Args:
            call: whose output it is.
            x: the sums.
            function: of int64, shape ``(*places, k)``; the output's zero point is added to it.
            places: the last axes along which the function differs; 1 for those where it does not.
            activation: number of the fused activation.
        """
        out = call.outputs[0]
        code, zero = self.code(out), self.tensor(out).zero
        low, high = clip(self.tensor(out), activation, code)

        def clipped(sums: Integers) -> Integers:
            return np.clip(function(sums) + zero, low, high)

        shape = places or (1,)
        lo, hi = (
            _reduced(end, shape, least)
            for end, least in zip(x.known.full(), (True, False), strict=True)
        )
        return self.sketch.add(
            Requantize.from_function(clipped, lo, hi, code, call.name.lower()), x
        )


def clip(out: TensorInfo, activation: int, code: Code) -> tuple[int, int]:
    """What a fused activation leaves of a type's range; `CalculateActivationRangeQuantized`.

    Raises:
        NetworkError: an activation that is no clip.
    """
    ends: dict[int, tuple[float | None, float | None]] = {
        0: (None, None),
        1: (0.0, None),
        2: (-1.0, 1.0),
        3: (0.0, 6.0),
    }
    if activation not in ends:
        raise NetworkError(
            f"fused activation {activation} is none of NONE, RELU, RELU_N1_TO_1, RELU6"
        )
    low, high = ends[activation]

    def grid(real: float) -> int:
        with np.errstate(over="ignore"):
            steps = np.float32(real) / np.float32(out.scale)
        if not np.abs(steps) < 2.0**31:
            raise NetworkError(f"tensor {out.name!r} of scale {out.scale} cannot hold {real}")
        return out.zero + int(np.copysign(np.floor(np.abs(steps) + np.float32(0.5)), steps))

    return (
        code.lo if low is None else max(code.lo, grid(low)),
        code.hi if high is None else min(code.hi, grid(high)),
    )


def _reduced(end: Integers, places: tuple[int, ...], least: bool) -> Integers:  # noqa: FBT001
    """The outermost end of all the values that share an entry of the last axes."""
    reach: Any = np.min if least else np.max
    rank = len(places)
    found = reach(end, axis=tuple(range(end.ndim - rank))) if end.ndim > rank else end
    axes = tuple(axis for axis, n in enumerate(places) if n == 1)
    reduced: Integers = reach(found, axis=axes, keepdims=True) if axes else found
    return reduced
