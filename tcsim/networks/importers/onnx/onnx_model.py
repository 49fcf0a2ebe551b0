"""OnnxModel: what `from_onnx` gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tcsim.networks.importers.imported import Imported

if TYPE_CHECKING:
    import numpy as np

    from tcsim.networks.importers.onnx.holes import Hole


@dataclass(frozen=True, eq=False)
class OnnxModel(Imported):
    """An ONNX model as an integer network.

    Attributes:
        names: of the inputs of the model, then of its outputs.
        floats: what the real model gives on the calibration rows, per output; empty where there
            were none.
        error: the largest difference from it, per output.
        holes: parts of the model that are not in the network, with `allow_bounds`; what they give
            is among its inputs.
        ends: numbers of the network's values that are outputs of the model, where there are holes.
    """

    names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    floats: tuple[np.ndarray, ...] = ()
    error: tuple[float, ...] = ()
    holes: tuple[Hole, ...] = ()
    ends: tuple[int, ...] = ()

    def at(self, **axes: int) -> OnnxModel:
        """This model with numbers for open axes, such as ``at(n=16)``.

        Raises:
            NetworkError: no axis has that name, or the model cannot be read at its number.
        """
        return replace(self, network=self.network.at(**axes))
