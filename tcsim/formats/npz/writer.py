"""The writer of `.npz`: from a circuit to the members of an archive."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.formats.npz.layout import ARRAYS, VERSION, most_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def write_npz(circuit: Circuit) -> bytes:
    """The arrays of a circuit as a zip archive; reading it gives an equal circuit.

    Args:
        circuit: any circuit.
    """
    names = {
        "inputs": circuit.input_names,
        "outputs": circuit.output_names,
        "scopes": circuit.scope_names,
        "gates": dict(circuit.gate_names),
        "forms": dict(circuit.form_names),
    }
    big = {
        "form_weight": {at: hex(value) for at, value in circuit.big_weights.items()},
        "gate_threshold": {at: hex(value) for at, value in circuit.big_thresholds.items()},
    }
    members: dict[str, npt.NDArray[Any]] = {"version": np.array([VERSION], np.int8)}
    members |= {name: _narrow(getattr(circuit, name)) for name in ARRAYS}
    members |= {"names": _text(names), "big": _text(big)}
    packed = _archive(members, zipfile.ZIP_DEFLATED)
    unpacked = sum(array.nbytes + 128 for array in members.values())
    # Very regular arrays deflate so well that a reader could not tell them from a bomb.
    return packed if unpacked <= most_bytes(len(packed)) else _archive(members, zipfile.ZIP_STORED)


def _archive(members: Mapping[str, npt.NDArray[Any]], method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, array in members.items():
            entry = zipfile.ZipInfo(f"{name}.npy", _FIXED_DATE)
            entry.compress_type = method
            content = io.BytesIO()
            np.lib.format.write_array(content, array, version=(1, 0), allow_pickle=False)
            archive.writestr(entry, content.getbuffer(), compresslevel=4)
    return buffer.getvalue()


def _narrow(array: Integers) -> npt.NDArray[Any]:
    """The array in the least type that holds all its values."""
    low, high = int(array.min(initial=0)), int(array.max(initial=0))
    for size in (1, 2, 4):
        half = 1 << 8 * size - 1
        if -half <= low and high < half:
            return array.astype(f"<i{size}")
    return array.astype("<i8")


def _text(value: object) -> npt.NDArray[Any]:
    return np.frombuffer(json.dumps(value, separators=(",", ":")).encode(), np.uint8)
