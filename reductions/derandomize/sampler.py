"""A Python function as a randomized decider, with a pool of seeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Words


@dataclass(frozen=True)
class SamplerDecider:
    """A Python function as a decider.

    Attributes:
        sample: ``sample(seed, batch)`` gives the answers, 0/1 of shape (vectors, outputs), to a
            batch of 0/1 of shape (vectors, inputs).
        inputs: names of the input bits.
        outputs: names of the output bits.
        seeds: the pool, of whatever `sample` takes.
        build: ``build(seed)`` gives the same as a circuit with these inputs and outputs.
    """

    sample: Callable[[Any, Bits], Any]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    seeds: tuple[Any, ...]
    build: Callable[[Any], Circuit] | None = field(default=None)

    def words(self, seed: int, inputs: Words) -> Words:
        """See `Decider`.

        Raises:
            ArgumentError: the sampler's answer has the wrong shape, or is not 0/1.
        """
        batch = unpack(inputs, 64 * inputs.shape[1])
        said = np.asarray(self.sample(self.seeds[seed], batch))
        if said.shape != (len(batch), len(self.outputs)) or not np.isin(said, (0, 1)).all():
            raise ArgumentError(
                f"the sampler's answer for seed {self.seeds[seed]!r:.40} is not 0/1 of the shape "
                f"{(len(batch), len(self.outputs))}, but {said.dtype} of {said.shape}"
            )
        return pack(said.astype(np.uint8))

    def circuit(self, seed: int) -> Circuit:
        """See `Decider`.

        Raises:
            ArgumentError: nothing says how a seed becomes a circuit, or it has other ports.
        """
        if self.build is None:
            raise ArgumentError(
                "the sampler is no circuit: give build=, a function from a seed to its circuit"
            )
        made = self.build(self.seeds[seed])
        if made.input_names != self.inputs or made.output_names != self.outputs:
            raise ArgumentError(
                f"the circuit of seed {self.seeds[seed]!r:.40} has other inputs or outputs than "
                "the sampler: they must have the same names in the same order"
            )
        return made
