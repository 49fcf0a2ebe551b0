"""A softmax outside attention: probabilities that are rounded by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.codes import Code
from tcsim.networks.operations.softmax import Softmax
from tcsim.networks.quantizing.quantizer import Real
from tcsim.networks.tables.exp_table import ExpTable

if TYPE_CHECKING:
    from tcsim.networks.quantizing.quantizer import Quantizer


def softmax(quantizer: Quantizer, x: Real) -> Real:
    """The softmax along the last axis, in steps of one over the largest activation.

    Args:
        quantizer: what writes it.
        x: scores; rounded values of one scale.

    Raises:
        NetworkError: values of several scales.
    """
    top = 2**quantizer.activation_bits - 1
    made = Softmax(ExpTable.from_scale(x.step, top), Code(0, top), scale=top)
    weights = np.exp(x.sample - x.sample.max(axis=-1, keepdims=True))
    sample = weights / weights.sum(axis=-1, keepdims=True)
    return Real(quantizer.sketch.add(made, x.edge), np.full(1, 1 / top), np.zeros(1), sample)
