"""Score networks: integer weights of a trained denoiser that reads a prefix of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks import (
    Affine,
    Code,
    Combine,
    Embedding,
    IntegerNetwork,
    Requantize,
    Sketch,
    Sum,
    rescale,
)
from tcsim.networks.inputs import Inputs

if TYPE_CHECKING:
    from tcsim.networks.sketch import Edge
    from tcsim.typing import Integers


@dataclass(frozen=True, eq=False)
class ScoreNetwork:
    """Tokens embedded and summed, a layer of features, and a small network for each noise level.

    With [.] for rounding halves up and clipping to ``0..levels``::

        h = [feature_levels (sum_i embedding[token_i] + feature_bias) / scale]
        g = [unit_levels (h @ mix + X * state + unit_bias) / scale]
        r = g @ read + X * skip + bias

    where mix, state, unit_bias, read, skip and bias are those of the step.

    Attributes:
        embedding: integers, shape (tokens, features).
        feature_bias: shape (features,).
        mix: shape (steps, features, units).
        state: shape (steps, units).
        unit_bias: shape (steps, units).
        read: shape (steps, units).
        skip: shape (steps,).
        bias: shape (steps,).
        scale: what stands for 1.0 in both sums.
        feature_levels: what stands for 1.0 in h.
        unit_levels: what stands for 1.0 in g.

    Raises:
        ArgumentError: shapes that do not fit.
    """

    embedding: Integers
    feature_bias: Integers
    mix: Integers
    state: Integers
    unit_bias: Integers
    read: Integers
    skip: Integers
    bias: Integers
    scale: int
    feature_levels: int
    unit_levels: int

    def __post_init__(self) -> None:
        steps, features, units = self.mix.shape if self.mix.ndim == 3 else (0, 0, 0)
        shapes = {
            "embedding": (len(self.embedding), features),
            "feature_bias": (features,),
            "mix": (steps, features, units),
            "state": (steps, units),
            "unit_bias": (steps, units),
            "read": (steps, units),
            "skip": (steps,),
            "bias": (steps,),
        }
        for name, shape in shapes.items():
            if getattr(self, name).shape != shape or 0 in shape:
                raise ArgumentError(
                    f"{name} of a score network has shape {getattr(self, name).shape}, not {shape}"
                )

    @property
    def tokens(self) -> int:
        """How many tokens there are."""
        return len(self.embedding)

    @property
    def parameters(self) -> int:
        """How many weights it has."""
        return sum(value.size for value in vars(self).values() if isinstance(value, np.ndarray))

    @property
    def dimensions(self) -> int:
        """See `tcsim.networks.procedures.Score`."""
        return 1

    @property
    def condition(self) -> Inputs:
        """The features of the prefix."""
        return Inputs(len(self.feature_bias), Code(0, self.feature_levels), "features")

    def prefix_network(self, n: int) -> IntegerNetwork:
        """Reads n tokens in binary code and gives the features. Depth 2, for every n."""
        sketch = Sketch()
        prefix = sketch.input("prefix", n, Code(0, self.tokens - 1, "binary"))
        with sketch.scope("embedding"):
            summed = sketch.add(Sum([0]), sketch.add(Embedding(self.embedding), prefix))
        with sketch.scope("features"):
            total = sketch.add(Combine([1], self.feature_bias), summed)
            code = self.condition.code
            return sketch.network(sketch.add(self._activation(code), total))

    def edge(self, sketch: Sketch, state: Edge, condition: Edge, step: int) -> Edge:
        """See `tcsim.networks.procedures.Score`: one level, that of the units."""
        at = self.mix[step]
        pulled = sketch.add(Affine(at, self.unit_bias[step]), condition)
        none = np.zeros(at.shape[1], np.int64)
        moved = sketch.add(Affine(self.state[step][None], none), state)
        total = sketch.add(Combine([1, 1]), moved, pulled)
        units = sketch.add(self._activation(Code(0, self.unit_levels)), total)
        found = sketch.add(Affine(self.read[step][:, None], self.bias[step : step + 1]), units)
        skip = int(self.skip[step])
        if not skip:
            return found
        return sketch.add(Combine([1, skip]), found, state)

    def _activation(self, code: Code) -> Requantize:
        return rescale(code.hi, self.scale, code, rounding="half_up", name="clip")
