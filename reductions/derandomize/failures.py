"""Errors of a vote: which input defeats it, and what would suffice."""

from __future__ import annotations

from tcsim.errors import ArgumentError


class VoteDefeatedError(ArgumentError):
    """No vote of the kind asked for is right on every input.

    Attributes:
        reason: ``"no seed is right"``, ``"gap"``, ``"tie"``, ``"outvoted"``, ``"pool too small"``
            or ``"not found"``.
        witness: bits of an input that defeats the vote, in the order of the circuit's inputs;
            empty where all inputs together do.
    """

    def __init__(self, message: str, reason: str, witness: tuple[int, ...]) -> None:
        super().__init__(message)
        self.reason = reason
        self.witness = witness

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (str(self), self.reason, self.witness)


def shown(witness: tuple[int, ...]) -> str:
    """An input's bits as text, shortened where it is long."""
    text = "".join(map(str, witness))
    return text if len(text) <= 80 else f"{text[:77]}..."
