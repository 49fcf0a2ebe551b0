"""What products of several coded integers cost: ANDs of one literal of each factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.factors import code_wires, separate
from tcsim.networks.costs.operands import product
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula, Operands
    from tcsim.networks.costs.parts import Quantities


def monomial_count(quantity: Quantities, *factors: Operands) -> Formula:
    """ANDs in a product of one value each: no literal is the one-hot wire of 0."""
    return product(
        one.steps if one.kind == "one_hot" else code_wires(one, quantity) for one in factors
    )


def monomial_reads(*factors: Operands) -> int:
    """How many operands such an AND has; the wire of a constant is none."""
    return sum(bool(one.supports) for one in factors)


def plain(*factors: Operands) -> bool:
    """Whether every value of each stands on wires of its own, and no two factors on the same."""
    supports = [support for one in factors for support in one.supports]
    alone = all(len(one.supports) <= 1 for one in factors)
    even = not any(isinstance(support.wires, np.ndarray | Uneven) for support in supports)
    return alone and even and separate(*factors)
