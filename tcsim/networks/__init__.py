"""Trained networks as integer networks, and integer networks as threshold circuits, bit for bit.

A float network is quantized into an `IntegerNetwork`, which loses accuracy, and the loss is
measured; an integer network is compiled into a circuit, which loses nothing. Everything named here
is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.networks.checking import NetworkCheck as NetworkCheck
    from tcsim.networks.checking import check as check
    from tcsim.networks.codes import Code as Code
    from tcsim.networks.compiling import compile as compile  # noqa: A004 - tc.networks.compile
    from tcsim.networks.cost import Cost as Cost
    from tcsim.networks.cost import NetworkCost as NetworkCost
    from tcsim.networks.floats import FloatLayer as FloatLayer
    from tcsim.networks.floats import FloatNetwork as FloatNetwork
    from tcsim.networks.floats import from_layers as from_layers
    from tcsim.networks.importers.sklearn import from_sklearn as from_sklearn
    from tcsim.networks.inputs import Inputs as Inputs
    from tcsim.networks.integer import IntegerNetwork as IntegerNetwork
    from tcsim.networks.node import Node as Node
    from tcsim.networks.operations.affine import Affine as Affine
    from tcsim.networks.operations.argmax import Argmax as Argmax
    from tcsim.networks.operations.combine import Combine as Combine
    from tcsim.networks.operations.requantize import Requantize as Requantize
    from tcsim.networks.quantization import quantize as quantize
    from tcsim.networks.running import run as run
    from tcsim.networks.sketch import Sketch as Sketch
    from tcsim.networks.shipped import BuiltIn as BuiltIn
    from tcsim.networks.shipped import builtin as builtin

BUILTIN = {
    "digits": "tcsim.networks.digits:load",
}
"""The networks that ship with the package: name -> what loads it. Listing them loads nothing."""

_HOME = {
    "Affine": "tcsim.networks.operations.affine",
    "Argmax": "tcsim.networks.operations.argmax",
    "BuiltIn": "tcsim.networks.shipped",
    "Code": "tcsim.networks.codes",
    "Combine": "tcsim.networks.operations.combine",
    "Cost": "tcsim.networks.cost",
    "FloatLayer": "tcsim.networks.floats",
    "FloatNetwork": "tcsim.networks.floats",
    "Inputs": "tcsim.networks.inputs",
    "IntegerNetwork": "tcsim.networks.integer",
    "NetworkCheck": "tcsim.networks.checking",
    "NetworkCost": "tcsim.networks.cost",
    "Node": "tcsim.networks.node",
    "Requantize": "tcsim.networks.operations.requantize",
    "Sketch": "tcsim.networks.sketch",
    "builtin": "tcsim.networks.shipped",
    "check": "tcsim.networks.checking",
    "compile": "tcsim.networks.compiling",
    "from_layers": "tcsim.networks.floats",
    "from_sklearn": "tcsim.networks.importers.sklearn",
    "quantize": "tcsim.networks.quantization",
    "run": "tcsim.networks.running",
}
"""Where each public name lives. No function has the name of a module of this package: importing
the latter would put it in the former's place."""

__all__ = ["BUILTIN", *_HOME]  # noqa: PLE0604 - the keys are strings


def __getattr__(name: str) -> object:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'tcsim.networks' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
