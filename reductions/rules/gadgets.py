"""What rules between circuits share: the invariant of images, and a back map of certificates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from reductions.problems.certificates import OPEN, claimed
from reductions.problems.circuit_value import CircuitValue, table_of, wire_values
from reductions.problems.gate_kinds import KINDS
from reductions.reduction import Invariant, Mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

C = TypeVar("C", bound=CircuitValue)


@dataclass(frozen=True, eq=False)
class Images:
    """Where the wires of the source are in the target.

    Attributes:
        same: int64, shape (source wires,): the target wire that has the same value; -1 for none.
        complement: likewise of the complementary value; None if the rule makes none.
    """

    same: Integers
    complement: Integers | None = None


STATEMENT = "every wire of the source has an image of the same value, whatever the inputs are"


def images_hold(source: CircuitValue, mapped: Mapped[Any]) -> bool:
    """Whether the images have the values of their wires (or the complement)."""
    before, after = wire_values(source), wire_values(mapped.instance)
    pairs = zip(before, mapped.images.same.tolist(), strict=True)
    if any(value != after[image] for value, image in pairs if image >= 0):
        return False
    if mapped.images.complement is None:
        return True
    pairs = zip(before, mapped.images.complement.tolist(), strict=True)
    return all(value != after[image] for value, image in pairs if image >= 0)


def one_gate(
    cls: type[CircuitValue], forward: Callable[[Any], Mapped[Any]]
) -> Iterator[tuple[str, bool]]:
    """The induction step: each kind of gate, over operands of all values.

    The map of a circuit treats its gates one by one, and reads of the operands their images alone;
    so what holds of a gate over inputs holds of it over any wires.
    """
    for number in cls.kinds or ():
        kind = KINDS[number]
        wires = tuple(range(kind.fan_in))
        kinds, operands = table_of([(number, *wires)])
        for values in product((0, 1), repeat=kind.fan_in):
            source = cls.of_gates(bytes(values), kinds, operands, kind.fan_in)
            yield f"{kind.name}{values}", images_hold(source, forward(source))


def same_on_extension(
    cls: type[CircuitValue], forward: Callable[[Any], Mapped[Any]]
) -> Iterator[tuple[str, bool]]:
    """That the map is local: a further gate leaves the images of those before it as they are."""
    for number in cls.kinds or ():
        kind = KINDS[number]
        rows = [(number, *range(kind.fan_in))]
        for second in cls.kinds or ():
            count = KINDS[second].fan_in
            late = range(kind.fan_in + 1 - count, kind.fan_in + 1)
            longer = [*rows, (second, *late)]
            values = bytes(kind.fan_in)
            short = forward(cls.of_gates(values, *table_of(rows), kind.fan_in))
            long = forward(cls.of_gates(values, *table_of(longer), kind.fan_in + 1))
            yield (
                f"{kind.name}, then {KINDS[second].name}",
                long.instance.rows[: short.instance.circuit.size] == short.instance.rows
                and np.array_equal(long.images.same[:-1], short.images.same),
            )


def image_invariant(
    cls: type[CircuitValue], forward: Callable[[Any], Mapped[Any]]
) -> Invariant[Any, Any]:
    """The invariant of a rule that maps a circuit gate by gate."""

    def steps() -> Iterator[tuple[str, bool]]:
        yield from one_gate(cls, forward)
        yield from same_on_extension(cls, forward)

    return Invariant(STATEMENT, images_hold, steps)


def back_by_images(source: CircuitValue, mapped: Mapped[Any], claims: str) -> str:
    """A gate is claimed to be what its images are claimed to be."""
    known = claimed(mapped.instance, claims)
    images: Images = mapped.images
    found = [known[image] if image >= 0 else OPEN for image in images.same.tolist()]
    if images.complement is not None:
        for wire, image in enumerate(images.complement.tolist()):
            if found[wire] == OPEN and image >= 0 and known[image] != OPEN:
                found[wire] = "0" if known[image] == "1" else "1"
    return "".join(found[len(source.values) :])


def adopted(cls: type[C], circuit: Circuit, values: bytes) -> C:
    """A circuit that a transform of tcsim made, as an instance.

    A transform finds equal gates, and reads one twice where a gate had two equal operands: such a
    gate, of one operand of weight 2 or -2, is a buffer or a NOT.
    """
    rows: list[tuple[int, ...]] = []
    for terms, threshold in CircuitValue(circuit, values).rows:
        weight = 1 if terms[0][1] > 0 else -1
        limit = threshold
        if len(terms) == 1:
            limit = 1 if weight > 0 else 0
        kind = next(
            number
            for number, kind in enumerate(KINDS)
            if (kind.fan_in, kind.weight, kind.threshold) == (len(terms), weight, limit)
        )
        rows.append((kind, *(wire for wire, _ in terms)))
    return cls.of_gates(values, *table_of(rows), int(circuit.output_wire[0]))
