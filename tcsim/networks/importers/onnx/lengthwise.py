"""Lengthwise: an operation whose constants depend on the length of a named axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.codes import Code
    from tcsim.networks.importers.onnx.readings import Readings
    from tcsim.networks.operations.operation import Operation


class Lengthwise(Immutable):
    """An operation that is known at each length, such as one that holds a table of positions.

    Args:
        example: what it is at some lengths; its cost as a formula of shapes is that of all.
        number: of the node in the network.
        readings: give the operation at any lengths.
        known: lengths of axes that have one already.
    """

    __slots__ = ("example", "known", "number", "readings")
    costs = "tcsim.networks.importers.onnx.lengthwise_cost"

    example: Operation
    number: int
    readings: Readings
    known: Mapping[str, int]

    def __init__(
        self,
        example: Operation,
        number: int,
        readings: Readings,
        known: Mapping[str, int] | None = None,
    ) -> None:
        self._set(example=example, number=number, readings=readings, known=dict(known or {}))

    @property
    def code(self) -> Code:
        """That of the operation; there is none where it has none."""
        found: Code = self.example.code  # type: ignore[attr-defined]
        return found

    def at(self, axes: Mapping[str, int]) -> Operation:
        """With numbers for named axes."""
        known = {**self.known, **{k: n for k, n in axes.items() if k in self.readings.names}}
        if len(known) < len(self.readings.names):
            return Lengthwise(self.example, self.number, self.readings, known)
        return self.readings.operation(self.number, known)

    def _open(self) -> NoReturn:
        names = ", ".join(name for name in self.readings.names if name not in self.known)
        raise NetworkError(f"{self!r} has no number for {names}: use network.at")

    def infer(self, *operands: object) -> NoReturn:
        """See `Operation`."""
        del operands
        self._open()

    def __call__(self, *operands: object) -> NoReturn:
        """See `Operation`."""
        del operands
        self._open()

    def __repr__(self) -> str:
        return f"<Lengthwise: at one length {self.example!r}>"
