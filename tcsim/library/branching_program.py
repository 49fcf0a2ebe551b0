"""Permutation branching programs of width 5: words over S_5, chosen by the inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.library.languages.tree import tree
from tcsim.library.wires import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.expressions import Signal

Permutation = tuple[int, ...]
"""Point p goes to ``permutation[p]``. Products apply the leftmost first."""

IDENTITY = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Instruction:
    """A permutation for each value of an input.

    Args:
        number: of the input.
        zero: the permutation if it is 0.
        one: if it is 1.
    """

    number: int
    zero: Permutation
    one: Permutation


@dataclass(frozen=True)
class BranchingProgram:
    """A permutation branching program of width 5.

    Args:
        instructions: in order.
        target: the five-cycle that the product is if the formula is true; else it is the identity.
        inputs: number of inputs.
    """

    instructions: tuple[Instruction, ...]
    target: Permutation
    inputs: int

    def __len__(self) -> int:
        """The number of instructions."""
        return len(self.instructions)

    def product(self, vector: Sequence[int]) -> Permutation:
        """The product of the permutations that an input vector, 0s and 1s, chooses."""
        if len(vector) != self.inputs:
            raise ArgumentError(f"the program has {self.inputs} inputs, not {len(vector)}")
        points: Permutation = IDENTITY
        for step in self.instructions:
            points = times(points, step.one if vector[step.number] else step.zero)
        return points

    def accept(self, x: Iterable[Signal], arity: int = 2) -> Signal:
        """Whether the product is the target, as a tree of products of 5 x 5 matrices.

        An entry of an instruction's matrix is a constant, an input or its complement.

        Args:
            x: as many signals as inputs.
            arity: most matrices that are multiplied at once, at least 2.
        """
        wires = bits(x, "x")
        if len(wires) != self.inputs or not self.instructions:
            raise ArgumentError(
                f"a program of {len(self)} instructions over {self.inputs} inputs needs as many "
                f"wires and at least one instruction, not {len(wires)}"
            )
        matrices = [
            {
                (p, q): _entry(wires[step.number], step.zero[p] == q, step.one[p] == q)
                for p in range(5)
                for q in range(5)
            }
            for step in self.instructions
        ]
        point = self.target[0]
        result = tree(matrices, 5, arity, [0], [point])[0, point]
        assert not isinstance(result, int)  # noqa: S101 - zero and one differ at every point
        return result


def times(first: Permutation, then: Permutation) -> Permutation:
    """One permutation and then another."""
    return tuple(then[point] for point in first)


def _entry(wire: Signal, zero: bool, one: bool) -> Any:  # noqa: ANN401, FBT001
    if zero == one:
        return int(zero)
    return wire if one else ~wire
