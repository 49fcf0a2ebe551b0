"""A parameter of a construction: what it means, which values it takes, how it is written."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tcsim.errors import ArgumentError


@dataclass(frozen=True)
class Parameter:
    """A parameter of a construction.

    Args:
        name: what keyword arguments and the command line call it.
        meaning: in a few words.
        least: the least value (of each integer, of a sequence); None for no bound.
        most: the largest; None for no bound.
        kind: ``"integer"``; ``"integers"``, a tuple; ``"text"``.
        default: its value where none is given; None if one must be given.
    """

    name: str
    meaning: str
    least: int | None = 1
    most: int | None = None
    kind: Literal["integer", "integers", "text"] = "integer"
    default: int | tuple[int, ...] | str | None = None

    def checked(self, value: object) -> Any:  # noqa: ANN401
        """The value as an integer, a tuple of integers or a text.

        Raises:
            ArgumentError: it is none, or out of range.
        """
        if self.kind == "integer":
            return self._integer(value)
        if self.kind == "text":
            if not isinstance(value, str):
                raise ArgumentError(f"{self.name} must be text, not {value!r}")
            return value
        if not isinstance(value, Iterable) or isinstance(value, str | bytes):
            raise ArgumentError(f"{self.name} must be a sequence of integers, not {value!r}")
        return tuple(self._integer(item) for item in value)

    def parsed(self, text: str) -> Any:  # noqa: ANN401
        """The value that a word on the command line stands for, such as ``8`` or ``3,-1,2``."""
        if self.kind == "text":
            return text
        try:
            numbers = tuple(int(word) for word in text.split(",")) if text else ()
        except ValueError:
            raise ArgumentError(f"--{self.name} {text}: not an integer") from None
        if self.kind == "integers":
            return self.checked(numbers)
        if len(numbers) != 1:
            raise ArgumentError(f"--{self.name} {text!r}: one integer is needed")
        return self.checked(numbers[0])

    def _integer(self, value: object) -> int:
        try:
            number = int(operator.index(value))  # type: ignore[arg-type]
        except TypeError:
            raise ArgumentError(f"{self.name} takes an integer, not {value!r}") from None
        if self.least is not None and number < self.least:
            raise ArgumentError(f"{self.name} must be at least {self.least}, not {number}")
        if self.most is not None and number > self.most:
            raise ArgumentError(f"{self.name} must be at most {self.most}, not {number}")
        return number
