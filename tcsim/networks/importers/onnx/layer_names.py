"""The layer that a node of an ONNX model belongs to, as its exporter wrote it down."""

from __future__ import annotations

import ast
from typing import Any

SCOPES = "pkg.torch.onnx.name_scopes"
"""Where PyTorch's exporter writes the modules that a node is in, as a list, the node's own last."""


def layer_of(node: Any, label: str) -> str:  # noqa: ANN401
    """A path such as ``blocks.0/up/linear_1``: modules from the outermost in, the node last.

    PyTorch's older exporter writes it as the node's name, the newer one as metadata; models from
    elsewhere may have any names.

    Args:
        node: of the model, an ``onnx.NodeProto``.
        label: its name.
    """
    modules = next((one.value for one in node.metadata_props if one.key == SCOPES), "")
    parts = _modules(modules) or label.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part) or "node"


def _modules(text: str) -> list[str]:
    """``['', '1', '1.0', 'linear']`` as parts: each module's name within the one around it."""
    try:
        names = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return []
    parts, around = [], ""
    for name in names:
        parts.append(name.removeprefix(f"{around}.") if around else name)
        around = name
    return [part.replace("/", "_").replace("\\", "_") for part in parts]
