"""RMSNorm: gates that compare two quadratic forms; see `normalizing` and `squaring`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.circuits import normalizing, squaring

if TYPE_CHECKING:
    from tcsim.networks.circuits.tensor import Tensor
    from tcsim.networks.operations.rms_norm import RMSNorm
    from tcsim.networks.values import Values


def build(operation: RMSNorm, name: str, values: Values, x: Tensor) -> Tensor:
    """Group by group."""
    if x.code.kind == "binary":
        return squaring.build(operation, name, values, x)
    return normalizing.build(operation, name, values, x, normalizing.plain)
