"""What is said of a control: its class, what that rests on, and two ways to solve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


@dataclass(frozen=True)
class Control:
    """A problem that must not be called inherently serial.

    Attributes:
        name: in `CONTROLS`.
        question: what is asked of an instance, in a sentence.
        complexity: the smallest class of the literature that it is known to be in.
        in_nc: whether that class is in NC.
        assumption: under what it would be serial after all; what is not known.
        reference: source of the class.
        draw: (random, n) to an instance of size about n.
        serial: instance to the answer, step by step.
        parallel: instance to (answer, rounds): each round does many operations at once. None where
            no parallel way is known.
        rounds: n to the most rounds of `parallel` on what `draw` gives.
    """

    name: str
    question: str
    complexity: str
    in_nc: bool
    assumption: str
    reference: str
    draw: Callable[[Random, int], Any]
    serial: Callable[[Any], Any]
    parallel: Callable[[Any], tuple[Any, int]] | None
    rounds: Callable[[int], int] | None

    @property
    def verdict(self) -> str:
        """A line for reports; never that it is inherently serial."""
        where = "easy: in NC" if self.in_nc else "not known to be P-hard, nor to be in NC"
        return f"{self.name}: {where} ({self.complexity}; {self.reference}). {self.assumption}"
