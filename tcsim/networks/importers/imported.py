"""Imported: what every importer of other libraries' models gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.tables.activations import Floats


@dataclass(frozen=True)
class Grid:
    """Integers that stand for real numbers: ``scale * (integer - zero)``.

    Attributes:
        scale: what a step of 1 is worth, positive; 1 where the integers mean themselves.
        zero: the integer that stands for 0.
    """

    scale: float = 1.0
    zero: int = 0

    def real(self, integers: object) -> Floats:
        """The real numbers of integers, float64, of any shape."""
        found: Floats = self.scale * (np.asarray(integers, np.float64) - self.zero)
        return found


@dataclass(frozen=True, eq=False)
class Imported:
    """A model of another library as an integer network.

    Attributes:
        network: the integers; compile it, ask its cost, run it.
        notes: what was done to the model on the way, one sentence each: what is rounded where, how
            the scales were found, what was left out. Empty where nothing was.
        inputs: what the integers of each array of inputs stand for.
        outputs: likewise of each output.
    """

    network: IntegerNetwork
    notes: tuple[str, ...]
    inputs: tuple[Grid, ...]
    outputs: tuple[Grid, ...]

    def integers(self, *rows: object) -> tuple[np.ndarray, ...]:
        """The integers that real rows stand for: rounded half to even, clipped to the range.

        Args:
            *rows: for each array of inputs, numbers of shape ``(rows, *shape)``.

        Raises:
            ArgumentError: another number of arrays, or a value that is not finite.
        """
        if len(rows) != len(self.inputs):
            raise ArgumentError(f"this network reads {len(self.inputs)} arrays, not {len(rows)}")
        found = []
        for given, one, source in zip(rows, self.inputs, self.network.sources, strict=True):
            try:
                real = np.asarray(given, np.float64)
            except (TypeError, ValueError) as error:
                raise ArgumentError(f"{source.name} must hold numbers: {error}") from None
            if not np.isfinite(real).all():
                raise ArgumentError(f"{source.name} holds a value that is not finite")
            steps = np.rint(real / one.scale) + one.zero
            found.append(np.clip(steps, source.code.lo, source.code.hi).astype(np.int64))
        return tuple(found)

    def __call__(self, *rows: object) -> tuple[Floats, ...]:
        """The real outputs of real rows, by the integer network.

        Args:
            *rows: for each array of inputs, numbers of shape ``(rows, *shape)``.

        Returns:
            One per output, float64, shape ``(rows, *shape)``.
        """
        outputs = self.network.run(*self.integers(*rows))
        return tuple(one.real(found) for one, found in zip(self.outputs, outputs, strict=True))
