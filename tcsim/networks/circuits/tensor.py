"""Tensor: an array of integers in a circuit under construction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim import expressions
from tcsim.errors import NetworkError
from tcsim.expressions import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tcsim.builder import Builder
    from tcsim.expressions import Expression, Signal
    from tcsim.networks.codes import Code
    from tcsim.networks.values import Values


class Tensor:
    """An array of integers, each a linear form; where they are coded, each has its word of wires.

    Args:
        builder: the circuit under construction.
        name: what its stored forms are called, followed by their place: ``"block1/score[2,0]"``.
        values: its shape, range and code.
        forms: one `Expression` per integer, an object array of that shape; None where there are
            words, whose forms are made when they are asked for.
        words: the wires of each integer, lowest first, an object array of shape
            ``(*shape, wires)``.
    """

    def __init__(
        self,
        builder: Builder,
        name: str,
        values: Values,
        *,
        forms: npt.NDArray[Any] | None = None,
        words: npt.NDArray[Any] | None = None,
    ) -> None:
        self.builder = builder
        self.name = name
        self.values = values
        self._forms = forms
        self._words = words

    @property
    def shape(self) -> tuple[int, ...]:
        """Its axes."""
        return self.values.shape

    @property
    def code(self) -> Code:
        """How each integer stands on wires.

        Raises:
            NetworkError: it does not.
        """
        if self.values.code is None:
            raise NetworkError(f"{self.name} is a linear form and has no wires of its own")
        return self.values.code

    @property
    def words(self) -> npt.NDArray[Any]:
        """The wires of each integer: `Signal`, shape ``(*shape, wires)``."""
        assert self._words is not None  # noqa: S101 - coded values have words
        return self._words

    @property
    def forms(self) -> npt.NDArray[Any]:
        """Each integer as one stored form, which every reader of it uses: `Expression`."""
        if self._forms is None:
            weights, low = self.code.weights.tolist(), self.code.lo
            made = empty(self.shape)
            for place in np.ndindex(self.shape):
                word = self.words[place].tolist()
                made[place] = self.stored(expressions.dot(weights, word) + low, place)
            self._forms = made
        return self._forms

    def stored(self, value: Expression, place: Sequence[int]) -> Expression:
        """A linear form, kept and named after a place in this tensor."""
        return stored(self.builder, self.name, value, place)

    def gates(self) -> Iterator[Signal]:
        """Its wires, or the gates that its linear forms read without being stored."""
        if self._words is not None:
            yield from self._words.flat
        elif self._forms is not None:
            for form in self._forms.flat:
                yield from (term for term in form.linear().terms if isinstance(term, Condition))

    def places(self) -> Iterator[tuple[int, ...]]:
        """Each place of the array."""
        return np.ndindex(self.shape)


def stored(builder: Builder, name: str, value: Expression, place: Sequence[int]) -> Expression:
    """A linear form, kept and named after a place."""
    return builder.form(value, f"{name}[{','.join(map(str, place))}]")


def empty(shape: tuple[int, ...]) -> npt.NDArray[Any]:
    """An object array to be filled."""
    return np.empty(shape, object)


def thermometer(form: Expression, cuts: Sequence[int]) -> list[Signal]:
    """The gates ``[form >= cut]``."""
    return [form >= cut for cut in cuts]


def digit(steps: Sequence[Signal], k: int) -> Signal:
    """Binary digit k of how many steps are on: it changes at each multiple of 2^k."""
    changes = steps[2**k - 1 :: 2**k]
    return expressions.dot([1 - 2 * (i % 2) for i in range(len(changes))], changes) >= 1


def digits(steps: Sequence[Signal], count: int) -> list[Signal]:
    """The binary digits of how many steps are on, lowest first."""
    return [digit(steps, k) for k in range(count)]
