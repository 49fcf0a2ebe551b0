"""Content addresses of a circuit: stable, versioned digests of its arrays and names."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

_STRUCTURE_VERSION = "tcsim.structure/1"
_CONTENT_VERSION = "tcsim.content/1"


def structure_id(circuit: Circuit) -> str:
    """SHA-256 of the arrays in gate order, without names and scopes."""
    sha = hashlib.sha256(f"{_STRUCTURE_VERSION}\n{circuit.n_inputs}\n".encode())
    for name in (
        "form_start",
        "form_operand",
        "form_weight",
        "gate_form",
        "gate_threshold",
        "output_wire",
    ):
        array: Integers = getattr(circuit, name)
        sha.update(f"{name} {len(array)}\n".encode())
        sha.update(np.ascontiguousarray(array, dtype="<i8").data)
    for big in (circuit.big_weights, circuit.big_thresholds):
        sha.update(f"big {len(big)}\n".encode())
        sha.update("".join(f"{i} {big[i]:x}\n" for i in sorted(big)).encode())
    return sha.hexdigest()


def content_id(circuit: Circuit) -> str:
    """SHA-256 of the structure together with names and scopes."""
    names = [
        circuit.input_names,
        circuit.output_names,
        sorted(circuit.gate_names.items()),
        sorted(circuit.form_names.items()),
        circuit.scope_names,
    ]
    sha = hashlib.sha256(f"{_CONTENT_VERSION}\n{circuit.structure_id}\n".encode())
    sha.update(json.dumps(names, separators=(",", ":")).encode())
    sha.update(np.ascontiguousarray(circuit.gate_scope, dtype="<i8").data)
    return sha.hexdigest()
