"""Open axes: those of a model's inputs that have a name and no number."""

from __future__ import annotations

from tcsim.networks.importers.onnx.loading import read_model


def open_axes(source: object) -> tuple[str, ...]:
    """Names of the axes that `from_onnx` wants numbers for, the batch's left out.

    Args:
        source: a path, the bytes of a file, or an ``onnx.ModelProto``.

    Raises:
        MissingExtraError: onnx is not installed.
        ParseError: no model is there.
    """
    graph = read_model(source).graph
    fixed = {one.name for one in graph.initializer}
    found: dict[str, None] = {}
    batch = set()
    for value in graph.input:
        if value.name in fixed:
            continue
        for place, axis in enumerate(value.type.tensor_type.shape.dim):
            if axis.HasField("dim_value"):
                continue
            if place == 0:
                batch.add(axis.dim_param)
            else:
                found[axis.dim_param] = None
    return tuple(name for name in found if name and name not in batch)
