"""A view of each gate for people: kind, terms, threshold, level, name, scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


def kind(weights: Iterable[int], threshold: int) -> str:
    """What a comparison computes, read off its weights and threshold.

    Args:
        weights: the weights of the expanded form, of any sign.
        threshold: the gate fires iff the form is at least this.

    Returns:
        ``"constant 0"``, ``"constant 1"``, ``"buffer"``, ``"not"``, ``"and"``, ``"or"``,
        ``"maj"`` (strict), ``"k-of-n"`` or ``"weighted"``; inputs of all but the first two, buffer
        and not may be inverted (negative weights).
    """
    signed = [weight for weight in weights if weight]
    sizes = [abs(weight) for weight in signed]
    total = sum(sizes)
    limit = threshold + sum(-weight for weight in signed if weight < 0)
    if limit <= 0:
        return "constant 1"
    if limit > total:
        return "constant 0"
    if len(sizes) == 1:
        return "buffer" if signed[0] > 0 else "not"
    least = min(sizes)
    if limit > total - least:
        return "and"
    if limit <= least:
        return "or"
    if least != max(sizes):
        return "weighted"
    return "maj" if -(-limit // least) == len(sizes) // 2 + 1 else "k-of-n"


@dataclass(frozen=True)
class GateView:
    """One gate of a circuit.

    Attributes:
        number: gate number; its wire is ``circuit.n_inputs + number``.
        terms: {wire: weight} of the expanded form.
        threshold: fires iff the form is at least this.
        form: number of the stored form.
        level: 1 + the highest level among its operands.
        name: its name, or "".
        scope: path of its scope, "" for the root.
    """

    number: int
    terms: dict[int, int]
    threshold: int
    form: int
    level: int
    name: str
    scope: str

    @property
    def kind(self) -> str:
        """What the gate computes; see `kind`."""
        return kind(self.terms.values(), self.threshold)

    @property
    def fan_in(self) -> int:
        """Number of operands."""
        return len(self.terms)


class Gates(Sequence[GateView]):
    """The gates of a circuit, as views made on demand."""

    def __init__(self, circuit: Circuit) -> None:
        self._circuit = circuit

    def __len__(self) -> int:
        return self._circuit.size

    @overload
    def __getitem__(self, index: int) -> GateView: ...
    @overload
    def __getitem__(self, index: slice) -> list[GateView]: ...
    def __getitem__(self, index: int | slice) -> GateView | list[GateView]:
        circuit = self._circuit
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        form = int(circuit.gate_form[number])
        return GateView(
            number=number,
            terms=circuit.expand(form),
            threshold=circuit.threshold(number),
            form=form,
            level=int(circuit.levels[number]),
            name=circuit.gate_names.get(number, ""),
            scope=circuit.scope_names[int(circuit.gate_scope[number])],
        )

    def __repr__(self) -> str:
        return f"<Gates: {len(self)}>"
