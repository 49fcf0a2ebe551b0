"""A graph of ONNX nodes under construction, and the model around it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork

    Axes: TypeAlias = tuple[int | str, ...]

OPSET = 18
"""Version of the standard operators that models use."""
IR_VERSION = 8
"""Version of the file format, that of the opset."""
SCHEMA = "tcsim.integer_network/1"
"""What the metadata of a model says that its operators do not, as JSON, under the key ``tcsim``."""


class Graph:
    """Nodes and constants, written one after the other."""

    def __init__(self, onnx: Any) -> None:  # noqa: ANN401 - the package
        self.onnx = onnx
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.prefix = ""

    def add(self, operator: str, *operands: str, **attributes: object) -> str:
        """A node; the name of its result."""
        name = f"{self.prefix}/{operator}"
        self.nodes.append(
            self.onnx.helper.make_node(operator, operands, [name], name=name, **attributes)
        )
        return name

    def constant(self, name: str, values: np.ndarray) -> str:
        """An int64 constant; its name."""
        full = f"{self.prefix}/{name}"
        array = np.ascontiguousarray(values, np.int64).reshape(np.shape(values))
        self.constants.append(self.onnx.numpy_helper.from_array(array, full))
        return full

    def model(self, network: IntegerNetwork, names: list[str], shapes: list[Axes]) -> Any:  # noqa: ANN401
        """The whole, from the names and shapes of all values."""
        helper, kind = self.onnx.helper, self.onnx.TensorProto.INT64
        inputs = [
            helper.make_tensor_value_info(one.name, kind, ["rows", *one.axes])
            for one in network.sources
        ]
        outputs = []
        for count, number in enumerate(network.outputs):
            name = f"output{count}"
            self.nodes.append(helper.make_node("Identity", [names[number]], [name], name=name))
            outputs.append(helper.make_tensor_value_info(name, kind, ["rows", *shapes[number]]))
        graph = helper.make_graph(self.nodes, "network", inputs, outputs, self.constants)
        model = helper.make_model(
            graph,
            producer_name="tcsim",
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
        )
        helper.set_model_props(model, {"tcsim": _metadata(network)})
        return model


def _metadata(network: IntegerNetwork) -> str:
    inputs = {one.name: [one.code.lo, one.code.hi, one.code.kind] for one in network.sources}
    said: dict[str, object] = {"schema": SCHEMA, "inputs": inputs}
    if network.values:
        codes = [one.code for one in network.output_values if one.code is not None]
        said["outputs"] = [[one.lo, one.hi, one.kind] for one in codes]
    if network.labels is not None:
        said["labels"] = network.labels
    said["output_scale"] = network.output_scale
    return json.dumps(said, default=str)
